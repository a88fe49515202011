/// The forms of `check`'s output.
enum CheckFormat: String, CaseIterable {
  case text, markdown, csv, json
}

// The options of `run` that are its own.
import CommandLine

/// The forms that answers of a script have.
enum RunFormat: String, CaseIterable {
  case text, json
}

extension OptionDefinition {
  static let keepGoing = OptionDefinition(
    "keep-going", help: "do not stop at a command without an answer")

  static let allowPrograms = OptionDefinition(
    "allow-programs",
    help: "let the script run programs of its choice, as check --against does")

  static let echo = OptionDefinition("echo", help: "show each command before its answer")
}

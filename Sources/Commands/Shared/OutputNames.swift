// What the outputs of a list are called: f1, f2, and so on.
import Language

/// Names for the outputs of a list that no variable has.
struct OutputNames {
  /// The letters before the number.
  let stem: String
  let count: Int

  private static let stems = ["f", "y", "w", "F"]

  init(count: Int, besides variables: [String]) {
    self.count = count
    stem =
      Self.stems.first { stem in
        !variables.contains { name in
          name.hasPrefix(stem) && (Int(name.dropFirst(stem.count)).map { $0 <= count } ?? false)
        }
      } ?? "output"
  }

  subscript(_ output: Int) -> String { "\(stem)\(output + 1)" }

  var all: [String] { (0..<count).map { self[$0] } }
}

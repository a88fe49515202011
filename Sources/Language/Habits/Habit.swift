// The habits of other notations, each a rewriting of a whole text, and the search for one that helps.
import Syntax

/// A way of writing that other notations have and the language has not.
struct Habit: Sendable {
  /// The text without this habit; several texts where the habit has several meanings, none where it
  /// is not there.
  let rewrite: @Sendable (Pieces) -> [String]

  init(_ rewrite: @escaping @Sendable (Pieces) -> [String]) { self.rewrite = rewrite }

  /// A habit with one meaning.
  init(one rewrite: @escaping @Sendable (Pieces) -> String?) {
    self.rewrite = { pieces in rewrite(pieces).map { [$0] } ?? [] }
  }

  static let all: [Habit] =
    signs + numbers + brackets + programs + names + conditionals + words + operators
}

/// What a text that cannot be read was probably meant to be.
struct Guesses {
  /// Texts longer than this are not looked at.
  private static let lengthLimit = 400
  private static let candidateLimit = 400
  /// How many habits one text may have.
  private static let depth = 4

  /// Corrected texts, at most two.
  private(set) var texts: [String] = []

  /// - Parameter reading: what a text is read as, in the language's notation; nil where it cannot be.
  init(_ text: String, reading: (String) -> String?) {
    guard text.utf8.count <= Self.lengthLimit, !text.contains("\n") else { return }
    var seen: Set<String> = [text]
    var level = [text]
    for _ in 0..<Self.depth {
      var next: [String] = []
      for text in level {
        let pieces = Pieces(text)
        for candidate in Habit.all.flatMap({ $0.rewrite(pieces) })
        where seen.count < Self.candidateLimit && seen.insert(candidate).inserted {
          next.append(candidate)
        }
      }
      for candidate in next {
        guard let shown = reading(candidate), !texts.contains(shown) else { continue }
        texts.append(shown)
      }
      if !texts.isEmpty || next.isEmpty { break }
      level = next
    }
    texts = Array(texts.prefix(2))
  }

  /// "write 'a' or 'b'"; nil if there is no guess.
  var remedy: String? {
    texts.isEmpty ? nil : "write " + texts.map { "'\($0)'" }.joined(separator: " or ")
  }
}

// The search for what a text that cannot be read was meant to be.

extension Habit {
  static let all: [Habit] =
    signs + numbers + brackets + programs + names + conditionals + words + operators
}

/// What a text that cannot be read was probably meant to be.
struct Guesses {
  /// Longer texts are not searched.
  private static let lengthLimit = 400
  private static let candidateLimit = 400
  /// How many habits are undone in one text.
  private static let depth = 4

  /// Corrected texts, at most two.
  private(set) var texts: [String] = []

  /// - Parameter reading: a text in the language's notation; nil where it cannot be read.
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

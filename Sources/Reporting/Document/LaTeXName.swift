// Names in LaTeX's mathematics with amsmath: indices below, Greek letters as commands, others as
// text.
import Text

/// Names of variables and quantities in LaTeX's mathematics.
package enum LaTeXName {
  /// `x1` and `x₁` as x with an index, `θ` and `theta` as commands, `rate_of_change` upright.
  ///
  /// - Parameter accent: a command such as `\dot`, set over the name but not over its index.
  package static func text(_ name: String, accent: String = "") -> String {
    let plain = name.map { subscriptDigits[$0] ?? $0 }
    let letters = plain.prefix { !$0.isASCIIDigit && $0 != "_" }
    let rest = plain.dropFirst(letters.count)
    let index = rest.first == "_" ? rest.dropFirst() : rest
    let hasIndex =
      !letters.isEmpty && !index.isEmpty && index.allSatisfy { $0 != "_" }
      && (rest.first == "_" || index.allSatisfy(\.isASCIIDigit))
    if hasIndex {
      return accented(symbols(letters), accent) + "_{\(symbols(index))}"
    }
    return accented(symbols(plain[...]), accent)
  }

  /// The name letter by letter, upright, which no other name has.
  static func spelled(_ name: String, accent: String = "") -> String {
    accented("\\mathrm{\(name.map(piece).joined())}", accent)
  }

  private static func accented(_ base: String, _ accent: String) -> String {
    accent.isEmpty ? base : "\(accent){\(base)}"
  }

  /// One letter in italics, more of them upright as one word, digits as they are.
  private static func symbols(_ characters: ArraySlice<Character>) -> String {
    if let command = words[String(characters)] { return "\\" + command }
    if characters.count == 1, let only = characters.first { return symbol(only) }
    if characters.allSatisfy(\.isASCIIDigit) { return String(characters) }
    if characters.contains(where: isLetterOfText), characters.allSatisfy(isInText) {
      return "\\text{\(characters.map { $0 == "_" ? "\\_" : String($0) }.joined())}"
    }
    return "\\mathrm{\(characters.map(piece).joined())}"
  }

  /// A character within a word.
  private static func piece(_ character: Character) -> String {
    symbol(character) + (commands[character] == nil ? "" : "{}")
  }

  private static func symbol(_ character: Character) -> String {
    if character == "_" { return "\\_" }
    if let command = commands[character] { return "\\" + command }
    if let digit = subscriptDigits[character] { return "_{\(digit)}" }
    if character.isASCII { return String(character) }
    return "\\text{\(isLetterOfText(character) ? String(character) : code(of: character))}"
  }

  /// `U+65E5`, for what the fonts of LaTeX do not have.
  private static func code(of character: Character) -> String {
    let codes = character.unicodeScalars.map { scalar in
      let hex = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
    return codes.joined(separator: " ")
  }

  private static func isInText(_ character: Character) -> Bool {
    character.isASCII || isLetterOfText(character)
  }

  /// Whether every LaTeX has the letter in text, without a package.
  private static func isLetterOfText(_ character: Character) -> Bool {
    lettersOfText.contains(character)
  }

  private static let lettersOfText = Set(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ"
      + "ĀāĂăĆćĈĉĊċČčĎďĒēĔĕĖėĚěĜĝĞğĠġĤĥĨĩĪīĬĭİıĴĵĹĺĽľŁłŃńŇňŌōŎŏŐőŒœŔŕŘřŚśŜŝŞşŠšŤťŨũŪūŬŭŮůŰűŴŵŶŷŸŹźŻżŽž"
  )

  private static let subscriptDigits = Dictionary(
    uniqueKeysWithValues: zip("₀₁₂₃₄₅₆₇₈₉", "0123456789"))

  /// The letters that have a command.
  private static let commands: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϑ": "vartheta", "ϕ": "phi",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega", "µ": "mu", "ϵ": "epsilon",
    "ℏ": "hbar", "ħ": "hbar", "ℓ": "ell", "∂": "partial",
  ]

  /// The same letters by their names.
  private static let words: [String: String] = Dictionary(
    (Set(commands.values).subtracting(["partial"]).union(["epsilon", "phi"])).map { ($0, $0) }
  ) { first, _ in first }

  /// What stands for a character in running text that plain LaTeX has no glyph for; nil if it has.
  static func inText(_ character: Character) -> String? {
    if let command = commands[character] ?? signs[character] { return "$\\\(command)$" }
    if let digit = subscriptDigits[character] { return "$_{\(digit)}$" }
    if character.isASCII || isLetterOfText(character) { return nil }
    switch character {
    case "²": return "$^{2}$"
    case "³": return "$^{3}$"
    case "…": return "\\ldots{}"
    case "−": return "$-$"
    case "₋": return "$_{-}$"
    case "–": return "--"
    case "—": return "---"
    case "’": return "'"
    case "\u{A0}": return "~"
    default: return marked(character) ?? code(of: character)
    }
  }

  private static let signs: [Character: String] = [
    "∞": "infty", "×": "times", "·": "cdot", "÷": "div", "±": "pm", "≤": "le", "≥": "ge",
    "≠": "ne", "≈": "approx", "→": "rightarrow", "←": "leftarrow", "√": "surd",
  ]

  /// `ẋ` and `x̄`, the marks of a trace.
  private static func marked(_ character: Character) -> String? {
    let scalars = Array(character.unicodeScalars)
    guard scalars.count == 2, scalars[0].isASCII, scalars[0].properties.isAlphabetic else {
      return nil
    }
    let accents: [Unicode.Scalar: String] = ["\u{0307}": "dot", "\u{0304}": "bar"]
    return accents[scalars[1]].map { "$\\\($0){\(scalars[0])}$" }
  }
}

/// The names of several quantities, no two of which look the same.
package struct LaTeXNames: Sendable {
  private var spelled: Set<String> = []

  /// - Parameter reserved: the beginning of names that stand for something else.
  package init(_ names: [String], reserved: String? = nil) {
    // A name that shows its index, or is the letter, comes before one that only means it.
    let natural = names.enumerated().sorted { a, b in
      (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }
    var taken: Set<String> = []
    for (_, name) in natural {
      let text = LaTeXName.text(name)
      if reserved.map(text.hasPrefix) ?? false || !taken.insert(text).inserted {
        spelled.insert(name)
      }
    }
  }

  /// - Parameter accent: a command such as `\dot`, set over the name but not over its index.
  package func text(_ name: String, accent: String = "") -> String {
    spelled.contains(name)
      ? LaTeXName.spelled(name, accent: accent) : LaTeXName.text(name, accent: accent)
  }
}

private func rank(_ name: String) -> Int {
  name.utf8.allSatisfy { $0 < 0x80 } ? name.contains("_") ? 1 : 2 : 0
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}

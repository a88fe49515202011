// Names in LaTeX's mathematics without a package: indices below, Greek letters as commands.

package enum LaTeXName {
  /// `x1` and `x₁` as x with an index, `θ` as `\theta`, `rate_of_change` upright.
  ///
  /// - Parameter accent: a command such as `\dot`, set over the name but not over its index.
  package static func text(_ name: String, accent: String = "") -> String {
    let plain = name.map { subscriptDigits[$0] ?? $0 }
    let letters = plain.prefix { !$0.isWholeNumber && $0 != "_" }
    let rest = plain.dropFirst(letters.count)
    let index = rest.first == "_" ? rest.dropFirst() : rest
    let hasIndex =
      !letters.isEmpty && !index.isEmpty && index.allSatisfy { $0 != "_" }
      && (rest.first == "_" || index.allSatisfy(\.isWholeNumber))
    if hasIndex {
      return accented(symbols(letters), accent) + "_{\(symbols(index))}"
    }
    return accented(symbols(plain[...]), accent)
  }

  private static func accented(_ base: String, _ accent: String) -> String {
    accent.isEmpty ? base : "\(accent){\(base)}"
  }

  /// One letter in italics, more of them upright as one word, digits as they are.
  private static func symbols(_ characters: ArraySlice<Character>) -> String {
    if characters.count == 1, let only = characters.first { return symbol(only) }
    if characters.allSatisfy(\.isWholeNumber) { return String(characters) }
    let spelled = characters.map { symbol($0) + (greek[$0] == nil ? "" : "{}") }
    return "\\mathrm{\(spelled.joined())}"
  }

  private static func symbol(_ character: Character) -> String {
    character == "_" ? "\\_" : greek[character].map { "\\\($0)" } ?? String(character)
  }

  private static let subscriptDigits = Dictionary(
    uniqueKeysWithValues: zip("₀₁₂₃₄₅₆₇₈₉", "0123456789"))

  /// The letters that have a command.
  static let greek: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϑ": "vartheta", "ϕ": "phi",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
  ]

  /// What stands for a character in running text that plain LaTeX has no glyph for; nil if it has.
  static func inText(_ character: Character) -> String? {
    if let name = greek[character] { return "$\\\(name)$" }
    if let digit = subscriptDigits[character] { return "$_{\(digit)}$" }
    switch character {
    case "²": return "$^{2}$"
    case "∞": return "$\\infty$"
    case "…": return "\\ldots{}"
    default: return nil
    }
  }
}

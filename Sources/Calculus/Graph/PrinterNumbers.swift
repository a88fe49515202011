// Numbers in formulas: the shortest text that reads back, and the names of a few constants.

extension FormulaPrinter {
  /// What constants are called, in one style or the other.
  package static let constantNames = ["pi", "π", "e"]

  func constant(_ value: Double) -> String {
    switch (value, style) {
    case (.pi, .plain) where namesConstants: return "pi"
    case (.pi, .unicode) where namesConstants: return "π"
    case (.pi, .latex) where namesConstants: return "\\pi"
    case (2.718281828459045, _) where namesConstants: return "e"
    case (.infinity, .unicode): return "∞"
    case (.infinity, .latex): return "\\infty"
    default: break
    }
    let text = Self.shortest(value)
    switch style {
    case .plain: return text
    case .unicode: return text.first == "-" ? "−" + text.dropFirst() : text
    case .latex: return Self.latexNumber(text)
    }
  }

  /// The shortest text that reads back to the same double, without a fraction of zero.
  static func shortest(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func latexNumber(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    let power = "10^{\(exponent)}"
    switch text[..<mark] {
    case "1": return power
    case "-1": return "-" + power
    case let factor: return "\(factor) \\times \(power)"
    }
  }

  static func superscript(_ value: Double) -> String? {
    guard value == value.rounded(), value.magnitude < 1000 else { return nil }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(
      shortest(value).compactMap { $0 == "-" ? "⁻" : $0.wholeNumberValue.map { digits[$0] } })
  }
}

extension Graph {
  func isSymbol(_ node: NodeIndex) -> Bool {
    if case .variable = self[node] { true } else { false }
  }
}

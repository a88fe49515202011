// Signs that look like others: dashes, bullets, full-width forms, letters of mathematical alphabets.
import Syntax

extension Habit {
  static let signs: [Habit] = [
    Habit(one: { pieces in
      pieces.mapping { index in
        let piece = pieces[index]
        return plain(piece) ?? (piece.contains { foldedLetter($0) != nil } ? folded(piece) : nil)
      }
    }),
    // Quotation marks around the whole.
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      guard let first = text.first, let last = text.last, text.count > 2, quotes.contains(first),
        quotes.contains(last)
      else { return nil }
      return String(text.dropFirst().dropLast())
    }),
    // `30°`
    Habit(one: { pieces in
      guard let sign = pieces.all.firstIndex(of: "°") else { return nil }
      guard let number = pieces.operand(upTo: pieces.previous(sign)) else { return nil }
      return pieces.replacing(
        number.lowerBound..<sign + 1, by: "(\(pieces[number])*pi/180)")
    }),
    // `∑_{i=1}^{n} i²`, `\sum_{i=1}^{n} i^2`
    Habit(one: { pieces in
      guard let sign = pieces.indices.first(where: { sums[pieces[$0]] != nil }) else { return nil }
      var index = pieces[sign + 1] == "_" ? sign + 2 : sign + 1
      guard "{(".contains(pieces[index]), let end = pieces.closing(index) else { return nil }
      let lower = Pieces(pieces[index + 1..<end])
      guard let equals = lower.outside("=").first, pieces[end + 1] == "^" else { return nil }
      index = end + 2
      let isGroup = "{(".contains(pieces[index])
      guard let last = isGroup ? pieces.closing(index) : index else { return nil }
      let upper = isGroup ? pieces[index + 1..<last] : pieces[index]
      let start = pieces[sign - 1] == "\\" ? sign - 1 : sign
      let body = pieces[last + 1..<pieces.all.count]
      let name = sums[pieces[sign]] ?? "sum"
      return pieces[0..<start] + name + "("
        + lower[0..<equals] + ", " + lower[equals + 1..<lower.all.count] + ", \(upper), \(body))"
    }),
    // `∛x`, `³√x`
    Habit(one: { pieces in
      guard let root = pieces.indices.first(where: { ["∛", "∜"].contains(pieces[$0]) }),
        let operand = pieces.operand(from: pieces.next(root))
      else { return nil }
      let inner = pieces[operand]
      let call =
        pieces[root] == "∛" ? "cbrt(\(bare(inner)))" : "(\(bare(inner)))^(1/4)"
      return pieces.replacing(root..<operand.upperBound, by: call)
    }),
    Habit(one: { pieces in
      guard let root = pieces.indices.first(where: { pieces[$0] == "√" }), root > 0,
        pieces[root - 1] == "³", let operand = pieces.operand(from: pieces.next(root))
      else { return nil }
      return pieces.replacing(root - 1..<operand.upperBound, by: "cbrt(\(bare(pieces[operand])))")
    }),
  ]

  private static let sums = [
    "∑": "sum", "Σ_": "sum", "Σ": "sum", "∑_": "sum", "sum_": "sum", "∏": "prod", "prod_": "prod",
  ]

  /// Without the parentheses around the whole.
  static func bare(_ text: String) -> String {
    let pieces = Pieces(text)
    guard pieces[0] == "(", pieces.closing(0) == pieces.all.count - 1 else { return text }
    return pieces[1..<pieces.all.count - 1]
  }

  /// The name with letters of mathematical alphabets, or full-width ones, as plain letters.
  static func folded(_ name: String) -> String {
    String(name.map { foldedLetter($0) ?? $0 })
  }

  private static let quotes: Set<Character> = ["\"", "'", "`", "“", "”", "„", "‘", "’", "«", "»"]

  private static func plain(_ sign: String) -> String? {
    guard let scalar = sign.unicodeScalars.first, sign.unicodeScalars.count == 1 else { return nil }
    switch scalar {
    case "\u{2010}"..."\u{2015}", "﹣", "－": return "-"
    case "•", "∙", "●", "✕", "✖", "⨯", "∘", "⊗", "＊": return "*"
    case "⁄", "➗", "∶": return "/"
    case "∧": return " and "
    case "∨": return " or "
    case "¬": return " not "
    case "⩽", "≦", "⪕": return "<="
    case "⩾", "≧": return ">="
    case "⟨", "⦅": return "("
    case "⟩", "⦆": return ")"
    case _ where scalar.properties.generalCategory == .format: return ""
    default: return nil
    }
  }

  /// The letter that one of the mathematical alphabets, or a full-width one, stands for.
  private static func foldedLetter(_ character: Character) -> Character? {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return nil
    }
    switch scalar.value {
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { Character($0) }
    case 0x1D400..<0x1D6A4: return latin(scalar.value - 0x1D400)
    case 0x210E: return "h"
    case 0x1D6A8..<0x1D7CA: return greek(scalar.value - 0x1D6A8)
    case 0x1D7CE..<0x1D800:
      return Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10).map { Character($0) }
    default: return nil
    }
  }

  private static func latin(_ offset: UInt32) -> Character? {
    let index = offset % 52
    return Unicode.Scalar(index < 26 ? 0x41 + index : 0x61 + index - 26).map { Character($0) }
  }

  /// The alphabets have 58 signs each, from Alpha to Omega and nabla, then from alpha to omega.
  private static func greek(_ offset: UInt32) -> Character? {
    let index = offset % 58
    guard index != 25, index < 51 else { return nil }
    return Unicode.Scalar(index < 25 ? 0x391 + index : 0x3B1 + index - 26).map { Character($0) }
  }
}

// A cell without what dresses it: LaTeX's marks and quotients, types of a program, remarks in parentheses.
import Language
import Syntax

/// Puts `\dot{x}_1`, `\frac{\partial L}{\partial u}` and `float v = np.exp(x);` as `ẋ_1`, `∂L/∂u` and `v = exp(x)`.
struct PlainCell {
  private let cell: PlacedText
  private var plain = PlacedText()
  private var index = 0
  /// Braces that are left out, or become the line of a quotient.
  private var braces: [Int: String] = [:]
  /// A mark that goes onto the next letter.
  private var mark: Unicode.Scalar?

  static func text(of cell: PlacedText) -> PlacedText {
    var text = cell
    if text.bytes.contains(where: { "\\$".utf8.contains($0) }) {
      var reader = PlainCell(cell)
      reader.read()
      text = reader.plain.trimmed
    }
    return withoutCode(text)
  }

  private init(_ cell: PlacedText) { self.cell = cell }

  private mutating func read() {
    while index < cell.count {
      let byte = cell.bytes[index]
      if let replacement = braces[index] {
        emit(replacement)
        index += 1
      } else if byte == UInt8(ascii: "\\") {
        readCommand()
      } else if byte == UInt8(ascii: "$") || mark != nil && byte == UInt8(ascii: " ") {
        index += 1
      } else {
        copyScalar()
      }
    }
  }

  private mutating func emit(_ text: String) {
    plain.append(text, from: cell.places[min(index, cell.count - 1)])
  }

  private mutating func copyScalar() {
    repeat {
      plain.append(cell.bytes[index], from: cell.places[index])
      index += 1
    } while index < cell.count && cell.bytes[index] & 0xC0 == 0x80
    putMark()
  }

  private mutating func putMark() {
    guard let mark else { return }
    emit(String(mark))
    self.mark = nil
  }

  private mutating func readCommand() {
    let start = index + 1
    var end = start
    while end < cell.count, (0x41...0x5A).contains(cell.bytes[end] & 0xDF) { end += 1 }
    let command = String(decoding: cell.bytes[start..<end], as: UTF8.self)
    if let mark = Marks.commands[command] {
      index = end
      self.mark = mark
      dropGroup(at: end)
    } else if let sign = Self.signs[command] {
      emit(sign)
      index = end
      putMark()
    } else if ["frac", "dfrac", "tfrac"].contains(command), readQuotient(end) {
      index = end
    } else if end == start, end < cell.count, "[]()".utf8.contains(cell.bytes[end]) {
      // `\\[ … \\]` around a formula.
      index = end + 1
    } else {
      while index < max(end, min(start + 1, cell.count)) {
        plain.append(cell.bytes[index], from: cell.places[index])
        index += 1
      }
    }
  }

  /// Leaves the braces of an argument out.
  private mutating func dropGroup(at start: Int) {
    var open = start
    while open < cell.count, cell.bytes[open] == 0x20 { open += 1 }
    guard open < cell.count, cell.bytes[open] == UInt8(ascii: "{"),
      let close = cell.close(of: open, limit: 400)
    else { return }
    braces[open] = ""
    braces[close] = ""
  }

  /// `{\partial y}{\partial x}`, `{dy}{dx}`
  private mutating func readQuotient(_ start: Int) -> Bool {
    guard start < cell.count, cell.bytes[start] == UInt8(ascii: "{"),
      let middle = cell.close(of: start, limit: 400),
      middle + 1 < cell.count, cell.bytes[middle + 1] == UInt8(ascii: "{"),
      let end = cell.close(of: middle + 1, limit: 400)
    else { return false }
    let parts = [cell[start + 1..<middle].trimmed, cell[middle + 2..<end].trimmed]
    guard
      ["\\partial", "∂", "d", "\\mathrm{d}"].contains(where: { sign in
        parts.allSatisfy { $0.hasPrefix(sign) }
      })
    else { return false }
    braces[start] = ""
    braces[middle] = ""
    braces[middle + 1] = "/"
    braces[end] = " "
    return true
  }

  /// Commands that stand for one sign or letter.
  private static let signs: [String: String] = [
    "partial": "∂", "nabla": "∇", "times": "×", "cdot": "·", "ast": "*", "quad": " ",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "sigma": "σ", "phi": "φ", "omega": "ω", "rho": "ρ", "tau": "τ",
    "leftarrow": "←", "gets": "←", "approx": "≈", "to": "→", "rightarrow": "→",
  ]

  // MARK: Code

  private static let types: Set<String> = [
    "Type", "T", "local", "mut", "double", "float", "auto", "var", "let", "const", "real", "val",
  ]
  private static let modules = CodeCalls.modules.map { $0 == "std" ? "std::" : $0 + "." }

  /// Without the words of a programming language: types, modules, the semicolon at the end.
  private static func withoutCode(_ text: PlacedText) -> PlacedText {
    var text = text
    while let end = [";", "\\\\"].first(where: text.hasSuffix) {
      text = text[0..<text.count - end.utf8.count].trimmed
    }
    text = CodeCalls.plain(withoutRemark(text))
    var plain = PlacedText()
    var (index, startsWord) = (0, true)
    while index < text.count {
      if startsWord, let length = skipped(text, index, isFirst: plain.isEmpty) {
        index += length
        continue
      }
      var byte = text.bytes[index]
      // `2.d0` in Fortran.
      if byte == UInt8(ascii: "d"), index > 0, text.bytes[index - 1] == UInt8(ascii: "."),
        index + 1 < text.count, (0x30...0x39).contains(text.bytes[index + 1])
      {
        byte = UInt8(ascii: "e")
      }
      startsWord = byte < 0x80 && !byte.isWord && byte != UInt8(ascii: ".")
      plain.append(byte, from: text.places[index])
      index += 1
    }
    return plain.trimmed
  }

  /// How much to leave out at the beginning of a word.
  private static func skipped(_ text: PlacedText, _ start: Int, isFirst: Bool) -> Int? {
    let rest = text.bytes[start...].prefix(12)
    for module in modules where rest.starts(with: module.utf8) { return module.utf8.count }
    let word = String(decoding: rest.prefix(while: \.isWord), as: UTF8.self)
    guard types.contains(word), rest.count > word.utf8.count else { return nil }
    let next = rest[start + word.utf8.count]
    // `float v = …` and `Type(2)`, but not a quantity called T.
    if next == UInt8(ascii: "("), word.count > 1 { return word.utf8.count }
    let isDeclared = next == 0x20 && isFirst && text.equated.count > 1
    let end = start + word.utf8.count + 1
    return isDeclared && text.count > end && text.bytes[end].isWord ? end - start : nil
  }

  /// Without `(seed)` at the end: words in parentheses behind a space that are nobody's argument.
  private static func withoutRemark(_ text: PlacedText) -> PlacedText {
    guard text.hasSuffix(")"), let open = text.bytes.lastIndex(of: UInt8(ascii: "(")), open > 0,
      text.bytes[open - 1] == 0x20
    else { return text }
    let words = text[open + 1..<text.count - 1].text.split(separator: " ")
    let isRemark =
      !words.isEmpty
      && words.allSatisfy { word in
        word.count > 2 && word.allSatisfy(\.isLetter)
          && !Catalogue.functionNames.contains(String(word))
      }
    return isRemark ? text[0..<open].trimmed : text
  }
}

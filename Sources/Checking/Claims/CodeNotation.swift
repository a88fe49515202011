// Formulas as other languages write them: np.cos(x), 2.*x.*cos(x.^2), Cos[x^2], 2e^(2x).
import Language
import Syntax

/// Puts a text in the notation of programs into the one that is read here.
enum CodeNotation {
  private static let modules: Set<String> = [
    "np", "numpy", "jnp", "math", "Math", "torch", "tf", "cmath", "scipy",
  ]

  /// The same text in this language; places stay as far as nothing has to be put in.
  ///
  /// - Parameter variables: names that subscripts may stand for: `x_1`, `x_{1}` and `x₁` for x1.
  static func plain(_ source: SourceText, variables: Set<String>) -> SourceText {
    var bytes = source.bytes
    var index = 0
    let signs = bytes.count { $0 == UInt8(ascii: "$") }
    let isPaired = signs > 0 && signs % 2 == 0
    var brackets: [Int] = []
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if isLetter(byte), index == 0 || !isWord(bytes[index - 1]) {
        lowerSubscript(&bytes, at: index, variables)
        index = readWord(&bytes, at: index, &brackets)
        continue
      }
      // `2.d0` in Fortran.
      if byte == UInt8(ascii: "d"), index > 0,
        isDigit(bytes[index - 1]) || bytes[index - 1] == 0x2E,
        isDigit(next)
      {
        bytes[index] = UInt8(ascii: "e")
      }
      if byte == UInt8(ascii: "'"), index > 0, next != byte, let variable = variables.first,
        variables.count == 1
      {
        index += differentiate(&bytes, at: index, variable)
        continue
      }
      // `$…$`: formulas set by LaTeX.
      if byte == UInt8(ascii: "$"), isPaired { bytes[index] = 0x20 }
      if byte == UInt8(ascii: "."), "*/^".utf8.contains(next), index > 0 { bytes[index] = 0x20 }
      if byte == UInt8(ascii: "]"), let open = brackets.last, open < index {
        brackets.removeLast()
        bytes[index] = UInt8(ascii: ")")
      }
      // `2e^(2x)`: e behind a number, with a power.
      if byte == UInt8(ascii: "e"), next == UInt8(ascii: "^"), index > 0, isDigit(bytes[index - 1])
      {
        bytes.insert(UInt8(ascii: "*"), at: index)
        index += 1
      }
      index += 1
    }
    return bytes == source.bytes ? source : source.holding(bytes)
  }

  /// Puts the name of a variable in the place of the same name with a subscript.
  private static func lowerSubscript(
    _ bytes: inout [UInt8], at start: Int, _ variables: Set<String>
  ) {
    var end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
    let word = bytes[start..<end]
    if word.last == UInt8(ascii: "_"), end < bytes.count, bytes[end] == UInt8(ascii: "{") {
      guard let close = bytes[end...].firstIndex(where: { !isWord($0) && $0 != bytes[end] }),
        bytes[close] == UInt8(ascii: "}")
      else { return }
      end = close + 1
    }
    guard bytes[start..<end].contains(where: { $0 == UInt8(ascii: "_") || $0 >= 0x80 }) else {
      return
    }
    let written = String(
      decoding: bytes[start..<end].filter { !"{}".utf8.contains($0) }, as: UTF8.self)
    let plain = written.filter { $0 != "_" }.map { sign in
      "₀₁₂₃₄₅₆₇₈₉".contains(sign) ? sign.wholeNumberValue.map { "\($0)" } ?? "" : String(sign)
    }.joined()
    guard !variables.contains(written), variables.contains(plain) else { return }
    bytes.replaceSubrange(start..<end, with: plain.utf8)
  }

  /// `(x^2)'` as `diff((x^2), x)`.
  ///
  /// - Returns: how far to go on.
  private static func differentiate(
    _ bytes: inout [UInt8], at prime: Int, _ variable: String
  ) -> Int {
    guard bytes[prime - 1] == UInt8(ascii: ")") else { return 1 }
    var depth = 0
    for index in bytes[..<prime].indices.reversed() {
      if bytes[index] == UInt8(ascii: ")") { depth += 1 }
      if bytes[index] == UInt8(ascii: "(") { depth -= 1 }
      guard depth == 0 else { continue }
      let isSign = ["·", "×", "−"].contains {
        bytes[..<index].reversed().starts(with: $0.utf8.reversed())
      }
      guard index == 0 || isSign || !isWord(bytes[index - 1]) else { return 1 }
      bytes.replaceSubrange(prime...prime, with: ", \(variable))".utf8)
      bytes.insert(contentsOf: "diff(".utf8, at: index)
      return 5 + variable.utf8.count + 3
    }
    return 1
  }

  /// Leaves a module out, and gives `Cos[` the parenthesis that it has here.
  private static func readWord(
    _ bytes: inout [UInt8], at start: Int, _ brackets: inout [Int]
  ) -> Int {
    let end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    guard end + 1 < bytes.count else { return end }
    if bytes[end] == UInt8(ascii: "."), modules.contains(word), isLetter(bytes[end + 1]) {
      for index in start...end { bytes[index] = 0x20 }
      return end + 1
    }
    let name = word.lowercased()
    guard bytes[end] == UInt8(ascii: "["), name != word, Catalogue.functionNames.contains(name)
    else { return end }
    // The small letter may take fewer bytes: the Kelvin sign, of three, is a k.
    let bracket = start + name.utf8.count
    bytes.replaceSubrange(start..<end, with: name.utf8)
    bytes[bracket] = UInt8(ascii: "(")
    brackets.append(bracket)
    return bracket
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

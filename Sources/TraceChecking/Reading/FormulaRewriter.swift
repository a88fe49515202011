// Formulas of a trace table as people write them, `v̇₋₁ × cos v₀`, put into the expression language.
import Calculus
import Checking
import Language
import Syntax

/// A formula with identifiers in place of the names of quantities; the rest is textbook notation.
struct RewrittenFormula {
  private(set) var text = PlacedText()
  /// The quantities, called by the prefix and their numbers.
  private(set) var references: [MarkedName] = []
  /// The numbers, where they are called by names of their own.
  private(set) var numbers: [PlacedText] = []

  /// Begins no name of the formula itself.
  let prefix: String

  /// Whether numbers get names as quantities do, since they may be put in for some.
  private let namesNumbers: Bool

  private let formula: PlacedText
  private let scanner: NameScanner
  private var index = 0
  /// Whether an operand has just ended; a quantity beside another one is a product.
  private var endsOperand = false
  private var endsNumber = false
  private static let functions = Set(Catalogue.functionNames)

  init(
    _ formula: PlacedText, namesNumbers: Bool = false, _ scanner: (PlacedText) -> NameScanner
  ) {
    self.formula = formula
    self.namesNumbers = namesNumbers
    let runs = formula.bytes.split { $0 != UInt8(ascii: "q") }.map(\.count)
    prefix = String(repeating: "q", count: (runs.max() ?? 0) + 1) + "_"
    self.scanner = scanner(formula)
    while index < formula.count { readToken() }
  }

  private mutating func copy(through end: Int) {
    text.append(formula[index..<end])
    index = end
  }

  private mutating func emit(_ string: String) {
    text.append(string, from: formula.places[min(index, formula.count - 1)])
  }

  private mutating func readToken() {
    guard let (scalar, length) = scanner.scalar(at: index) else { return copy(through: index + 1) }
    switch scalar {
    case " ", "\t": copy(through: index + 1)
    case "0"..."9", ".": readNumber()
    case "\\": readCommand()
    case "∛":
      if endsOperand { emit("*") }
      emit("cbrt")
      index += length
      readArgument()
    case "(", "[":
      // `1/2 (y-t)` and `v1 (1 - v1)`
      if endsOperand, !endsNumber || formula.bytes[max(index, 1) - 1] == 0x20 { emit("*") }
      emit("(")
      index += 1
      endsOperand = false
    case ")", "]":
      emit(")")
      index += 1
      (endsOperand, endsNumber) = (true, false)
    default:
      if let quotient = scanner.quotient(at: index) {
        readReference(quotient.name, quotient.end)
      } else if let (name, end) = scanner.name(at: index) {
        readName(name, end)
      } else {
        copy(through: index + length)
        if !scalar.isSuperscript { endsOperand = false }
      }
    }
  }

  // MARK: Operands

  private mutating func readNumber() {
    if endsOperand { emit("*") }
    var end = index
    while end < formula.count, "0123456789._".utf8.contains(formula.bytes[end]) {
      end += 1
    }
    if end + 1 < formula.count, formula.bytes[end] | 0x20 == 0x65 {
      let isSigned = "+-".utf8.contains(formula.bytes[end + 1])
      var last = end + (isSigned ? 2 : 1)
      let first = last
      while last < formula.count, (0x30...0x39).contains(formula.bytes[last]) { last += 1 }
      if last > first { end = last }
    }
    end = max(end, index + 1)
    if namesNumbers {
      numbers.append(formula[index..<end])
      emit("\(prefix)n\(numbers.count - 1)")
      index = end
    } else {
      copy(through: end)
    }
    (endsOperand, endsNumber) = (true, !namesNumbers)
  }

  private mutating func readName(_ found: MarkedName, _ end: Int) {
    let name = scanner.spelledOut(found)
    let raw = String(decoding: formula.bytes[index..<end], as: UTF8.self)
    if name.mark == .partial || scanner.isKnown(name.base) {
      readReference(name, end)
    } else if Self.functions.contains(raw) {
      readFunction(end)
    } else if let other = functionMeant(by: raw), let next = nextSign(end), "({".contains(next) {
      if endsOperand { emit("*") }
      emit(next == "{" ? "\\mathrm{\(other)}" : other)
      index = end
      endsOperand = false
    } else if ["x", "X"].contains(raw), endsOperand {
      // `v-1 x v0`: times, since nothing is called so.
      emit("*")
      index = end
      endsOperand = false
    } else if let (first, end) = firstFactor(of: index..<end) {
      readReference(first, end)
    } else if let names = scanner.product(name) {
      for name in names { readReference(name, end) }
    } else {
      if endsOperand, !Self.operators.contains(raw) { emit(endsNumber ? "*" : " ") }
      copy(through: end)
      (endsOperand, endsNumber) = (!Self.operators.contains(raw), false)
    }
  }

  /// How many bytes two names without a sign between them have at most: each place for the joint is
  /// tried.
  private static let longestPair = 64

  /// The first of two names that a word is made of without a sign between them, where one has a
  /// mark: `ẋy`, `xy'`.
  private func firstFactor(of word: Range<Int>) -> (name: MarkedName, end: Int)? {
    guard word.count <= Self.longestPair else { return nil }
    for end in word.dropFirst().reversed() where formula.bytes[end] & 0xC0 != 0x80 {
      let part = NameScanner(
        bytes: Array(formula.bytes[word.lowerBound..<end]), decided: scanner.decided,
        isKnown: scanner.isKnown)
      guard let first = part.wholeName(), scanner.isKnown(first.base),
        let (next, last) = scanner.name(at: end), last >= word.upperBound
      else { continue }
      if Self.functions.contains(next.base) { return (first, end) }
      let second = scanner.spelledOut(next)
      if scanner.isKnown(second.base), first.mark != nil || second.mark != nil {
        return (first, end)
      }
    }
    return nil
  }

  private func nextSign(_ start: Int) -> Character? {
    formula.bytes[start...].first { $0 != 0x20 }.map { Character(Unicode.Scalar($0)) }
  }

  private static let operators: Set<String> = ["and", "or", "not"]

  private mutating func readReference(_ name: MarkedName, _ end: Int) {
    // The language says what `1/2x` may be.
    if endsOperand, !endsNumber || formula.bytes[max(index, 1) - 1] == 0x20 { emit("*") }
    let known = references.firstIndex(of: name)
    if known == nil { references.append(name) }
    emit("\(prefix)\(known ?? references.count - 1)")
    index = end
    (endsOperand, endsNumber) = (true, false)
  }

  // MARK: Functions

  /// `cos v₀` and `cos² v₀`: of a quantity alone, whatever stands behind it.
  private mutating func readFunction(_ end: Int) {
    if endsOperand { emit("*") }
    copy(through: end)
    while let (prime, length) = scanner.scalar(at: index), "'′’".unicodeScalars.contains(prime) {
      emit("'")
      index += length
    }
    readArgument()
  }

  private mutating func readArgument() {
    endsOperand = false
    var start = index
    if let end = powerEnd { start = end }
    var next = start
    while next < formula.count, formula.bytes[next] == 0x20 { next += 1 }
    guard let (found, end) = scanner.name(at: next) else { return }
    let name = scanner.spelledOut(found)
    guard scanner.isKnown(name.base), name.mark != .partial else { return }
    copy(through: start)
    emit("(")
    index = next
    readReference(name, end)
    if let power = powerEnd { copy(through: power) }
    emit(")")
    (endsOperand, endsNumber) = (true, false)
  }

  /// Where a power ends that stands here, `²` or `^2`; nil if there is none.
  private var powerEnd: Int? {
    var end = index
    if end < formula.count, formula.bytes[end] == UInt8(ascii: "^") {
      end += 1
      while end < formula.count, (0x30...0x39).contains(formula.bytes[end]) { end += 1 }
      return end > index + 1 ? end : nil
    }
    while let (digit, length) = scanner.scalar(at: end), digit.isSuperscript { end += length }
    return end > index ? end : nil
  }

  /// `\ln x`, `\frac{…}{…}`: the language reads them; a function takes its quantity here.
  private mutating func readCommand() {
    let start = index + 1
    var end = start
    while end < formula.count, (0x41...0x5A).contains(formula.bytes[end] & 0xDF) { end += 1 }
    let command = String(decoding: formula.bytes[start..<end], as: UTF8.self)
    if Self.functions.contains(command), command != "sqrt" {
      if endsOperand { emit("*") }
      index = start
      copy(through: end)
      return readArgument()
    }
    if ["frac", "sqrt"].contains(command), endsOperand { emit("*") }
    copy(through: max(end, min(start + 1, formula.count)))
    endsOperand = false
  }
}

extension Unicode.Scalar {
  fileprivate var isSuperscript: Bool {
    switch self {
    case "²", "³", "¹", "⁻", "\u{2070}", "\u{2074}"..."\u{2079}": true
    default: false
    }
  }
}

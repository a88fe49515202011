// Formulas of a trace table as people write them, `v̇₋₁ × cos v₀`, put into the expression language.
import Calculus
import Checking
import Language
import Syntax

/// A formula with identifiers in place of the names of quantities.
struct RewrittenFormula {
  private(set) var text = PlacedText()
  /// The quantities, called by the prefix and their numbers.
  private(set) var references: [MarkedName] = []
  /// Whether it speaks of partial derivatives, `v̄₅ × ∂v₅/∂v₄`, without saying what they are.
  private(set) var isGeneral = false
  /// Whether it has decimals: numbers that were put in for names, perhaps.
  private(set) var hasDecimals = false

  /// Begins no name of the formula itself.
  let prefix: String

  private let formula: PlacedText
  private let scanner: NameScanner
  private var index = 0
  /// Whether an operand has just ended; a number may stand before a name without a sign.
  private var endsOperand = false
  private var endsNumber = false
  private var openBars = 0
  private var depth = 0
  /// The powers of functions whose arguments are being read: `cos²(…)`.
  private static let functions = Set(Catalogue.functionNames)
  private var powers: [(depth: Int, exponent: PlacedText)] = []
  /// Whether the operand that has just ended is a quantity.
  private var endsReference: Bool {
    text.bytes.last.map { (0x30...0x39).contains($0) } == true && !endsNumber
  }

  /// - Parameter isKnown: whether a base is that of a quantity.
  init(_ formula: PlacedText, isKnown: @escaping (String) -> Bool) {
    self.formula = formula
    var prefix = "q"
    while formula.text.contains(prefix) { prefix += "_" }
    self.prefix = prefix
    scanner = NameScanner(bytes: formula.bytes, isKnown: isKnown)
    while index < formula.count { readToken() }
  }

  private func scalar(at index: Int) -> Unicode.Scalar? { scanner.scalar(at: index)?.scalar }

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
    case "|": readBar()
    case "\\": readCommand()
    case "∛":
      emit("cbrt")
      index += length
      endsOperand = false
      readArgument()
    case "(":
      multiplyIfNeeded(isParenthesis: true)
      copy(through: index + 1)
      depth += 1
      endsOperand = false
    case ")": closeParenthesis()
    default:
      if let quotient = scanner.quotient(at: index) {
        readQuotient(quotient.end)
      } else if let (name, end) = scanner.name(at: index) {
        readName(name, end)
      } else {
        let staysOperand = scalar.isSuperscript
        copy(through: index + length)
        if !staysOperand { endsOperand = false }
      }
    }
  }

  // MARK: Operands

  private mutating func readNumber() {
    var end = index
    var hasPoint = false
    while end < formula.count, "0123456789._".utf8.contains(formula.bytes[end]) {
      if formula.bytes[end] == UInt8(ascii: ".") { hasPoint = true }
      end += 1
    }
    if hasPoint { hasDecimals = true }
    if end + 1 < formula.count, formula.bytes[end] | 0x20 == 0x65 {
      let isSigned = "+-".utf8.contains(formula.bytes[end + 1])
      var last = end + (isSigned ? 2 : 1)
      let first = last
      while last < formula.count, (0x30...0x39).contains(formula.bytes[last]) { last += 1 }
      if last > first { end = last }
    }
    copy(through: max(end, index + 1))
    (endsOperand, endsNumber) = (true, true)
  }

  private mutating func readQuotient(_ end: Int) {
    isGeneral = true
    multiplyIfNeeded()
    emit("1")
    index = end
    (endsOperand, endsNumber) = (true, false)
  }

  private mutating func readName(_ found: MarkedName, _ end: Int) {
    let name = scanner.spelledOut(found)
    if scanner.isKnown(name.base) {
      multiplyIfNeeded()
      readReference(name, end)
      return
    }
    let raw = String(decoding: formula.bytes[index..<end], as: UTF8.self)
    if Self.functions.contains(raw) {
      multiplyIfNeeded()
      readFunction(end)
    } else {
      let isOperator = ["and", "or", "not"].contains(raw)
      copy(through: end)
      (endsOperand, endsNumber) = (!isOperator, false)
    }
  }

  /// A quantity beside another one is a product.
  private mutating func multiplyIfNeeded(isParenthesis: Bool = false) {
    if endsOperand, !endsNumber, !isParenthesis || endsReference { emit("*") }
  }

  private mutating func readReference(_ name: MarkedName, _ end: Int) {
    let known = references.firstIndex(of: name)
    if known == nil { references.append(name) }
    emit("\(prefix)\(known ?? references.count - 1)")
    index = end
    (endsOperand, endsNumber) = (true, false)
  }

  // MARK: Functions

  /// `cos v₀`, `cos² v₀` and `cos^2(v₀)` beside `cos(v₀)`.
  private mutating func readFunction(_ end: Int) {
    var call = formula[index..<end]
    index = end
    while let prime = scalar(at: index), "'′’".unicodeScalars.contains(prime) {
      call.append("'", from: formula.places[index])
      index += scanner.scalar(at: index)?.length ?? 1
    }
    endsOperand = false
    guard let power = powerLength else {
      text.append(call)
      return readArgument()
    }
    let exponent = formula[index..<index + power]
    index += power
    emit("(")
    text.append(call)
    while scalar(at: index) == " " { index += 1 }
    if scalar(at: index) == "(" {
      powers.append((depth, exponent))
    } else {
      readArgument()
      emit(")")
      text.append(exponent)
    }
  }

  /// How many bytes of a power stand here, `²` or `^2`; nil if there is none.
  private var powerLength: Int? {
    var end = index
    if scalar(at: end) == "^" {
      end += 1
      while end < formula.count, (0x30...0x39).contains(formula.bytes[end]) { end += 1 }
      return end > index + 1 ? end - index : nil
    }
    while let (digit, length) = scanner.scalar(at: end), digit.isSuperscript { end += length }
    return end > index ? end - index : nil
  }

  /// Puts a number or a quantity, and its power, into the parentheses that a function or a root needs.
  private mutating func readArgument() {
    var start = index
    while start < formula.count, formula.bytes[start] == 0x20 { start += 1 }
    guard let next = scalar(at: start) else { return }
    let quantity = scanner.name(at: start).map { (scanner.spelledOut($0.name), $0.end) }
    let isNumber = ("0"..."9").contains(next) || next == "."
    guard isNumber || quantity.map({ scanner.isKnown($0.0.base) }) == true else { return }
    index = start
    emit("(")
    if let (name, end) = quantity { readReference(name, end) } else { readNumber() }
    if let power = powerLength { copy(through: index + power) }
    emit(")")
    (endsOperand, endsNumber) = (true, false)
  }

  private mutating func closeParenthesis() {
    copy(through: index + 1)
    depth -= 1
    (endsOperand, endsNumber) = (true, false)
    while let power = powers.last, power.depth >= depth {
      powers.removeLast()
      emit(")")
      text.append(power.exponent)
    }
  }

  // MARK: LaTeX

  /// `\ln x`, `\times`: words of LaTeX that mean what they say.
  private mutating func readCommand() {
    let rest = formula.bytes[(index + 1)...]
    for sign in ["times", "cdot"] where rest.starts(with: sign.utf8) {
      emit("*")
      index += 1 + sign.utf8.count
      endsOperand = false
      return
    }
    if let letter = rest.first, (0x61...0x7A).contains(letter) {
      index += 1
    } else {
      copy(through: index + 1)
    }
  }

  // MARK: Bars

  /// `|v₁|`: a bar opens where an operand is expected.
  private mutating func readBar() {
    if endsOperand, openBars > 0 {
      emit(")")
      openBars -= 1
      (endsOperand, endsNumber) = (true, false)
    } else {
      emit("abs(")
      openBars += 1
      endsOperand = false
    }
    index += 1
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

// How a formula goes wrong when it is written down: slips at one operation, in numbers.
import Calculus
import Language
import Syntax

/// A slip at one operation of a formula.
package enum FormulaEdit: Sendable, Equatable {
  case sign
  /// The operand at a position is not there, or is there twice.
  case termMissing(Int), termDoubled(Int), termSign(Int)
  case factorMissing(Int), factorDoubled(Int)
  case divisorMissing, divisorDoubled, divisorMultiplied, quotientInverted
  case exponentOffByOne(Int), exponentSign, powerMissing
  case functionMissing, coFunction(Operation)
  /// sin of an angle in degrees.
  case degrees
  case scaled(Double)
  /// A number of the formula, at a position, is another.
  case number(Int, Double)

  /// The slips that there are at an operation.
  ///
  /// - Parameter constants: the values of the operands that are numbers.
  package static func edits(of operation: Operation, constants: [Double?]) -> [FormulaEdit] {
    var edits: [FormulaEdit] = [.sign]
    switch operation {
    case .add, .subtract:
      edits += [0, 1].flatMap { [.termMissing($0), .termSign($0), .termDoubled($0)] }
    case .multiply: edits += [0, 1].flatMap { [.factorMissing($0), .factorDoubled($0)] }
    case .divide:
      edits += [
        .divisorMissing, .divisorDoubled, .divisorMultiplied, .quotientInverted,
        .factorMissing(0), .factorDoubled(0),
      ]
    case .power:
      edits += [.exponentOffByOne(-1), .exponentOffByOne(1), .exponentSign, .powerMissing]
    default:
      if operation.shape == .unary, operation != .negate { edits.append(.functionMissing) }
      if [.sin, .cos, .tan].contains(operation) { edits.append(.degrees) }
      edits += coFunctions(operation).map { .coFunction($0) }
    }
    edits += [2, 0.5, 3, 1 / 3.0].map { .scaled($0) }
    for (position, constant) in constants.enumerated() {
      guard let constant else { continue }
      edits += [constant + 1, constant - 1, 2 * constant, constant / 2, 1 / constant]
        .filter { $0.isFinite && $0 != constant }.map { .number(position, $0) }
    }
    return edits
  }

  /// The operation's value with the slip.
  package func value(of operation: Operation, _ arguments: [Double], _ value: Double) -> Double {
    func at(_ position: Int) -> Double { arguments[position] }
    let isDifference = operation == .subtract
    switch self {
    case .sign: return -value
    case .scaled(let factor): return value * factor
    case .termMissing(0): return isDifference ? -at(1) : at(1)
    case .termMissing: return at(0)
    case .termDoubled(0): return value + at(0)
    case .termDoubled: return isDifference ? value - at(1) : value + at(1)
    case .termSign(0): return value - 2 * at(0)
    case .termSign: return isDifference ? at(0) + at(1) : at(0) - at(1)
    case .factorMissing(let position):
      if operation == .divide { return 1 / at(1) }
      return at(1 - position)
    case .factorDoubled(let position): return value * at(position)
    case .divisorMissing: return at(0)
    case .divisorDoubled: return value / at(1)
    case .divisorMultiplied: return at(0) * at(1)
    case .quotientInverted: return at(1) / at(0)
    case .exponentOffByOne(let shift): return operation.value([at(0), at(1) + Double(shift)])
    case .exponentSign: return operation.value([at(0), -at(1)])
    case .powerMissing, .functionMissing: return at(0)
    case .coFunction(let other): return other.value(arguments)
    case .degrees: return operation.value([at(0) * (.pi / 180)])
    case .number(let position, let number):
      var arguments = arguments
      arguments[position] = number
      return operation.value(arguments)
    }
  }

  private static func coFunctions(_ operation: Operation) -> [Operation] {
    let families: [[Operation]] = [
      [.sin, .cos, .tan, .cot], [.sinh, .cosh, .tanh], [.sec, .csc, .cos, .sin],
      [.ln, .log10, .log2, .exp], [.exp, .ln, .exp2], [.sqrt, .cbrt],
      [.asin, .acos, .atan], [.sin, .sinh], [.cos, .cosh], [.tan, .tanh],
    ]
    var others: [Operation] = []
    for family in families where family.contains(operation) {
      others += family.filter { $0 != operation && !others.contains($0) }
    }
    return others
  }
}

// What the tests of Calculus share: tapes of single operations, distances in units in the last place.
import Synchronization
import Testing

@testable import Calculus

/// A tape of one operation on as many variables as it has arguments, those in `fixed` constants.
///
/// Where a rule has no derivative (a Bessel function's order), an active variable would have every
/// sweep look for a limit in its place.
func tape(of operation: Operation, arguments count: Int, fixed: Set<Int> = []) -> Tape {
  let graph = Graph()
  let variables = (0..<count).map { graph.variable($0) }
  let output: NodeIndex
  switch operation.shape {
  case .unary: output = graph.unary(operation, variables[0])
  case .binary: output = graph.binary(operation, variables[0], variables[1])
  case .variadic: output = graph.variadic(operation, variables)
  }
  return Tape(graph, output: output, isActive: (0..<count).map { !fixed.contains($0) })
}

/// The first derivatives of an operation, then the second ones row by row, by the formulas that
/// symbolic mode evaluates.
func symbolicDerivatives(of operation: Operation, at arguments: [Double]) -> [Double] {
  let graph = Graph()
  let variables = Array(arguments.indices)
  let output = graph.plain(operation, variables.map { graph.variable($0) })
  let paths = variables.map { [$0] } + variables.flatMap { k in variables.map { [k, $0] } }
  return DerivativeFormulas(graph, of: [output], along: paths, variableCount: variables.count)
    .values(at: arguments)
}

/// The operation that a user calls by `name` with `count` arguments, or an operator by its words.
func operation(_ name: String, arguments count: Int) -> Operation? {
  let operators: [String: Operation] = [
    "add": .add, "subtract": .subtract, "multiply": .multiply, "divide": .divide, "neg": .negate,
    "power": .power,
  ]
  return operators[name]
    ?? Operation.named(name).first { $0.about.arity.contains(count) }
}

/// Whether an operation sits on a kink at its arguments.
func hasKink(_ operation: Operation, _ arguments: [Double]) -> Bool {
  let tape = tape(of: operation, arguments: arguments.count)
  return !tape.kinks(tape.slotValues(at: arguments)).isEmpty
}

/// How many doubles lie between `x` and the correctly rounded `expected`, in units of `expected`'s
/// last place; 0 for two NaN or equal infinities, infinity where only one is finite.
func ulps(_ x: Double, _ expected: Double) -> Double {
  if x == expected || (x.isNaN && expected.isNaN) { return 0 }
  guard x.isFinite, expected.isFinite else { return .infinity }
  return (x - expected).magnitude / expected.ulp
}

/// A reproducible stream of random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// Costly results, kept for all tests that ask for them.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[Key: Value]>([:])

  /// The result for the key, computed unless it is known. Two who ask at once both compute it: no
  /// test waits for another.
  func callAsFunction(_ key: Key, _ compute: () -> Value) -> Value {
    if let value = known.withLock({ $0[key] }) { return value }
    let value = compute()
    known.withLock { $0[key] = value }
    return value
  }
}

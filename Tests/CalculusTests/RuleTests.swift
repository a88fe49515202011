// Every rule of the roster against differences, against its own formula, and mode against mode.
import Testing

@testable import Calculus

@Suite struct RuleTests {
  /// Points inside every operation's domain, away from kinks, drawn for its number of arguments.
  private static func draw(for operation: Operation, count: Int) -> [[Double]] {
    var generator = SeededGenerator(seed: UInt64(operation.rawValue) + 7)
    let arity = operation.about.arity
    var points: [[Double]] = []
    for attempt in 0..<4000 where points.count < count {
      let size = arity.lowerBound + (arity.upperBound == .max ? attempt % 4 : 0)
      var point = (0..<size).map { _ in Double.random(in: -3...3, using: &generator) }
      switch operation {
      case _ where ordered.contains(operation):
        point[0] = Double(attempt % 4)
        if operation == .softmaxWeight { point[0] = Double(attempt % (size - 1)) }
      case .factorial, .gamma, .lgamma, .digamma: point[0] = 0.2 + point[0].magnitude
      case .log: point[1] = 1.5 + point[1].magnitude
      case .inverseBernoulliVariance: point[0] = 0.5 + point[0] / 8
      default: break
      }
      let stencil = point.indices.filter { k in !(k == 0 && ordered.contains(operation)) }
        .flatMap { k in
          [-0.02, 0.02].map { h in
            var moved = point
            moved[k] += h
            return moved
          }
        }
      guard (stencil + [point]).allSatisfy(operation.isDefined) else { continue }
      let values = stencil.map(operation.value)
      guard values.allSatisfy(\.isFinite) else { continue }
      // A jump or a corner within the stencil would spoil the difference, not the rule.
      let isFlat = operation.roles(point).contains { $0 != .smooth }
      let value = operation.value(point)
      let isConstant = values.allSatisfy { $0 == value }
      if !hasKink(operation, point),
        !isFlat || isConstant || operation.shape == .variadic || operation == .relu
      {
        points.append(point)
      }
    }
    return points
  }

  static func points(for operation: Operation, count: Int = 40) -> ArraySlice<[Double]> {
    drawn(operation) { draw(for: operation, count: 40) }.prefix(count)
  }

  private static let drawn = Memo<Operation, [[Double]]>()

  /// Operations that have no derivative in their first argument, a whole order.
  static let ordered: Set<Operation> = [
    .polygamma, .besselj, .bessely, .besseljSlope, .besselySlope, .besseljCurvature,
    .besselyCurvature, .besseli, .besselk, .besseliSlope, .besselkSlope, .besseliCurvature,
    .besselkCurvature, .sincDerivative, .softmaxWeight,
  ]

  /// A declared derivative is what the user says.
  private static let ruled = Operation.allCases.filter {
    $0 != .declaredDerivative && $0 != .longSum
  }

  @Test(arguments: Self.ruled)
  func rosterAndDeclarationAgree(_ operation: Operation) {
    #expect(operation.about.name.isEmpty == false)
    #expect(operation.about.summary.isEmpty == false)
    let declared = operation.accept(DeclaredOperation())
    #expect(declared == operation)
    let shape: Shape =
      switch operation.about.arity {
      case 1...1: .unary
      case 2...2: .binary
      default: .variadic
      }
    #expect(operation.shape == shape)
  }

  @Test func namesAreUnique() {
    var seen: Set<String> = []
    for operation in Operation.allCases {
      for name in operation.about.callNames {
        // `log` is ln with one argument and the logarithm to a base with two.
        #expect(seen.insert("\(name)/\(operation.about.arity)").inserted, "\(name)")
      }
    }
    #expect(Operation.named("arctan2") == [.atan2])
    #expect(Operation.named("log").count == 2)
    #expect(Operation.named("sine").isEmpty)
  }

  @Test(arguments: Self.ruled)
  func partialsAreDifferences(_ operation: Operation) {
    // It is there to differ from differences.
    if operation == .stopGradient { return }
    let points = Self.points(for: operation)
    #expect(points.count >= 20)
    let fixed: Set<Int> = Self.ordered.contains(operation) ? [0] : []
    for point in points {
      let tape = tape(of: operation, arguments: point.count, fixed: fixed)
      let gradient = tape.reverseGradient(at: point).partials
      let forward = tape.forwardGradient(at: point).partials
      #expect(zip(gradient, forward).allSatisfy { ulps($0, $1) == 0 })
      for k in point.indices where !isOrder(operation, k) {
        expectDifference(gradient[k], "\(point) \(k)") { h in
          var moved = point
          moved[k] += h
          return operation.value(moved)
        }
      }
    }
  }

  @Test(arguments: Self.ruled)
  func secondPartialsAreDifferencesOfFirst(_ operation: Operation) {
    let fixed: Set<Int> = Self.ordered.contains(operation) ? [0] : []
    for point in Self.points(for: operation, count: 15) {
      let tape = tape(of: operation, arguments: point.count, fixed: fixed)
      let hessian = tape.hessian(at: point)
      for k in point.indices where !isOrder(operation, k) {
        for m in point.indices where !isOrder(operation, m) {
          expectDifference(hessian[k][m], "\(point) \(k) \(m)") { h in
            var moved = point
            moved[k] += h
            return tape.reverseGradient(at: moved).partials[m]
          }
        }
      }
    }
  }

  @Test(arguments: Self.ruled)
  func partialsAreTheirFormulas(_ operation: Operation) {
    for point in Self.points(for: operation, count: 15) {
      let graph = Graph()
      let arguments = point.indices.map { Term(graph, graph.variable($0)) }
      let result = Term.unfolded(operation, arguments)
      let numbers = operation.partials(point, operation.value(point))
      let formulas = operation.partials(arguments, result)
      for (number, formula) in zip(numbers, formulas) {
        let tape = Tape(
          graph, output: formula.index(in: graph),
          isActive: Array(repeating: false, count: point.count))
        #expect(isClose(tape.value(at: point), number, 1e-9), "\(point)")
      }
    }
  }

  private func isClose(_ x: Double, _ y: Double, _ tolerance: Double) -> Bool {
    let gap: Double = x - y
    return (x.isNaN && y.isNaN) || gap.magnitude <= tolerance * Swift.max(1, y.magnitude)
  }

  /// Polygamma and Bessel functions have no derivative in their first argument.
  private func isOrder(_ operation: Operation, _ position: Int) -> Bool {
    position == 0 && Self.ordered.contains(operation)
  }

  /// That a derivative is the limit of five-point differences, as far as two steps of them agree.
  private func expectDifference(
    _ derivative: Double, _ place: String, _ f: (Double) -> Double
  ) {
    let coarse = fivePoint(0x1p-8, f)
    let fine = fivePoint(0x1p-9, f)
    let gap: Double = derivative - fine
    let truncation: Double = coarse - fine
    let size: Double = Swift.max(1, fine.magnitude)
    #expect(gap.magnitude <= truncation.magnitude + 1e-7 * size, "\(place)")
  }

  /// Error h⁴/30 times the fifth derivative.
  private func fivePoint(_ h: Double, _ f: (Double) -> Double) -> Double {
    let outer: Double = f(-2 * h) - f(2 * h)
    let inner: Double = f(h) - f(-h)
    return (outer + 8 * inner) / (12 * h)
  }
}

/// What a declaration says its place in the roster is.
private struct DeclaredOperation: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Operation { Op.operation }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Operation { Op.operation }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Operation { Op.operation }
}

// Figure 3: V-shaped errors, their slopes and best steps, against numbers from elsewhere.
import Testing

@testable import Calculus

@Suite struct StepSweepTests {
  /// 64x (1 - x) (1 - 2x)² (1 - 8x + 8x²)², in the order of the sample.
  static func figure3() -> Tape {
    let graph = Graph()
    let x = graph.variable(0)
    func times(_ a: NodeIndex, _ b: NodeIndex) -> NodeIndex { graph.binary(.multiply, a, b) }
    func squared(_ a: NodeIndex) -> NodeIndex { graph.binary(.power, a, graph.constant(2)) }
    func number(_ value: Double) -> NodeIndex { graph.constant(value) }
    let first = times(times(number(64), x), graph.binary(.subtract, number(1), x))
    let second = squared(graph.binary(.subtract, number(1), times(number(2), x)))
    let third = squared(
      graph.binary(
        .add, graph.binary(.subtract, number(1), times(number(8), x)),
        times(number(8), squared(x))))
    return Tape(graph, output: times(times(first, second), third), isActive: [true])
  }

  /// f'(0.2), by mpmath at the double nearest to 0.2.
  static let derivative = 9.066086400000001

  private static func sweep(perDecade: Int = 10) -> StepSweep {
    StepSweep(
      figure3(), at: [0.2], along: [1], derivative: derivative,
      [.forward, .central, .richardson, .complexStep],
      steps: StepSweep.steps(from: 1e-17, to: 1e-1, perDecade: perDecade), perDecade: perDecade)
  }

  @Test func stepsAreEvenAndPowersOfTenExact() {
    let steps = StepSweep.steps(from: 1e-17, to: 1e-1, perDecade: 10)
    #expect(steps.count == 161 && steps[0] == 1e-17 && steps[160] == 1e-1 && steps[80] == 1e-9)
    #expect(
      zip(steps, steps.dropFirst()).allSatisfy { ($1 / $0 - 1.2589254117941673).magnitude < 1e-11 })
    #expect(StepSweep.steps(from: 0.5, to: 200, perDecade: 1) == [1, 10, 100])
    #expect(StepSweep.steps(from: 2, to: 3, perDecade: 1).isEmpty)
  }

  /// The same errors as Python's floating-point arithmetic gives, operation by operation.
  @Test(arguments: [
    (1e-1, 2.012774400000003, 5.539430400000002), (1e-2, 0.27174986366977905, 0.065714218598389),
    (1e-4, 0.0033631982362987145, 6.581452877796323e-06),
    (1e-6, 3.369721197010733e-05, 5.825846471907425e-10),
    (1e-8, 3.3134634414011543e-07, 4.496120808994419e-09),
    (1e-10, 3.702041500019959e-07, 6.47759906158285e-07),
    (1e-12, 6.0692062204381614e-05, 6.0692062204381614e-05),
    (1e-17, 9.066086400000001, 9.066086400000001),
  ])
  func errorsOfFigure3(step: Double, forward: Double, central: Double) throws {
    let sweep = Self.sweep(perDecade: 1)
    let index = try #require(sweep.steps.firstIndex(of: step))
    #expect(sweep.series[0].errors[index] == forward)
    #expect(sweep.series[1].errors[index] == central)
  }

  /// REFERENCE: slopes 1 and 2 of truncation, -1 of rounding; best steps near 1e-8 and 1e-6.
  @Test(arguments: [(0, 1.0, 1e-9...1e-7), (1, 2, 1e-7...1e-5), (2, 6, 1e-4...1e-2)])
  func figure3IsVShaped(index: Int, order: Double, steps: ClosedRange<Double>) throws {
    let series = Self.sweep().series[index]
    let best = try #require(series.best)
    #expect(steps.contains(best.step))
    let truncation = try #require(series.slopes.truncation)
    let rounding = try #require(series.slopes.rounding)
    #expect((truncation / order - 1).magnitude < 0.1)
    #expect((rounding + 1).magnitude < 0.1)
    let expected = try #require(series.theory?.bestStep)
    #expect(Libm.log10(expected / best.step).magnitude < 1)
    let theory = try #require(series.theory)
    #expect(Double(theory.order) == order)
    // Both branches of the V are far above its bottom.
    #expect(series.errors[0] > 1e4 * best.error)
    #expect((series.errors.last ?? 0) > 1e4 * best.error)
  }

  /// Theory's curve lies within a factor of ten of the errors' upper edge, left and right.
  @Test func theoryPredictsTheSizeOfErrors() throws {
    let sweep = Self.sweep()
    for series in sweep.series.prefix(3) {
      let theory = try #require(series.theory)
      for start in stride(from: 20, to: 130, by: 10) {
        let worst = series.errors[start..<start + 10].max() ?? 0
        let expected = (start..<start + 10).map { theory.error(at: sweep.steps[$0]) }.max() ?? 0
        #expect(worst < 10 * expected && expected < 10 * worst, "\(series.formula.name) \(start)")
      }
    }
  }

  @Test func nothingCancelsInAComplexStep() throws {
    let series = Self.sweep().series[3]
    for (step, error) in zip(Self.sweep().steps, series.errors) where step < 1e-9 {
      #expect(error < 1e-14)
    }
    #expect(series.slopes.rounding == nil)
    let slope = try #require(series.slopes.truncation)
    #expect((slope - 2).magnitude < 0.1)
    #expect(series.theory?.isOneSided == true)
  }

  /// sin at 0 has no second derivative: the forward quotient is of second order there.
  @Test func theoryKnowsWhatVanishes() throws {
    let sweep = StepSweep(
      tape(of: .sin, arguments: 1), at: [0], along: [1], derivative: 1, [.forward, .central],
      steps: StepSweep.steps(from: 1e-6, to: 1e-1, perDecade: 10), perDecade: 10)
    #expect(sweep.series[0].theory?.order == 2)
    let slope = try #require(sweep.series[0].slopes.truncation)
    #expect((slope - 2).magnitude < 0.05)
  }

  @Test func oneSideOnly() {
    let graph = Graph()
    let output = graph.binary(.power, graph.variable(0), graph.constant(2.5))
    let sweep = StepSweep(
      Tape(graph, output: output, isActive: [true]), at: [0], along: [1], derivative: 0,
      [.forward, .central], steps: [1e-3, 1e-2], perDecade: 1)
    #expect(sweep.series[0].best != nil && sweep.series[1].best == nil)
    #expect(sweep.series[1].errors.allSatisfy { $0.isNaN })
  }
}

@Suite struct TaylorTests {
  private func coefficients(_ tape: Tape, at x: Double, order: Int) -> [Double] {
    tape.taylorCoefficients(at: [x], along: [1], order: order)
  }

  private func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { ($0 - $1).magnitude < 1e-13 * (1 + $1.magnitude) }
  }

  /// By mpmath.
  @Test func anExponentialOfASine() {
    let graph = Graph()
    let output = graph.unary(.exp, graph.unary(.sin, graph.variable(0)))
    let found = coefficients(Tape(graph, output: output, isActive: [true]), at: 0.5, order: 6)
    let expected = [
      1.6151462964420837, 1.4174242246593912, 0.23478219963286702, -0.39407357347586691,
      -0.23782225150738892, 0.0099034927516124461, 0.059960322468661219,
    ]
    #expect(isNear(found, expected), "\(found)")
  }

  /// tan(x) sqrt(x) + x^2.5/(1 + x), by mpmath.
  @Test func quotientsAndPowers() {
    let graph = Graph()
    let x = graph.variable(0)
    let first = graph.binary(.multiply, graph.unary(.tan, x), graph.unary(.sqrt, x))
    let second = graph.binary(
      .divide, graph.binary(.power, x, graph.constant(2.5)),
      graph.binary(.add, graph.constant(1), x))
    let tape = Tape(graph, output: graph.binary(.add, first, second), isActive: [true])
    let expected = [
      0.5041453253453972, 1.8151226878124962, 1.7700001311974588, 0.74806641859949388,
      1.0024377329527986, 0.75045650807163851,
    ]
    #expect(isNear(coefficients(tape, at: 0.5, order: 5), expected))
  }

  /// gamma(x) + besselj(1, x) + ln(x) + atan(x), by mpmath.
  @Test func specialFunctions() {
    let graph = Graph()
    let x = graph.variable(0)
    let special = graph.binary(
      .add, graph.unary(.gamma, x), graph.binary(.besselj, graph.constant(1), x))
    let rest = graph.binary(.add, graph.unary(.ln, x), graph.unary(.atan, x))
    let tape = Tape(graph, output: graph.binary(.add, special, rest), isActive: [true])
    let expected = [
      2.8324222647183511, 1.1465673716037111, -0.15102629942709259, 0.034410580608872102,
      0.092196989863436017,
    ]
    #expect(isNear(coefficients(tape, at: 1.5, order: 4), expected))
  }
}

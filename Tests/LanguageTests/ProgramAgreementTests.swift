// Programs with control flow: every engine gives the same derivatives, of first and second order.

@testable import Checking
import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct ProgramAgreementTests {
  /// A program along the way that it takes at a point.
  private struct Place {
    let program: SampleProgram
    let point: [Double]
    let subject: Subject
    var computation: Computation { subject.outputs[0].computation }
    var tape: Tape { computation.tape }

    init(_ program: SampleProgram, _ point: [Double], _ text: String? = nil) throws {
      self.program = program
      self.point = point
      subject = try Subject(
        Expression(SourceText(text ?? program.call)), first: program.variables,
        at: Point(names: program.variables, values: point))
    }

    var gradient: [Double] { tape.reverseGradient(at: point).partials }
    func value(of text: String) throws -> Double {
      let other = try Place(program, point, text)
      return other.tape.value(at: point)
    }
  }

  private func places() throws -> [Place] {
    try SampleProgram.all.flatMap { program in try program.points.map { try Place(program, $0) } }
  }

  private func isNear(_ x: Double, _ y: Double, _ tolerance: Double) -> Bool {
    (x - y).magnitude <= tolerance * max(x.magnitude, y.magnitude, 1e-3)
  }

  private func expectNear(
    _ found: [Double], _ expected: [Double], _ tolerance: Double, _ what: String, _ place: Place
  ) {
    let areNear =
      found.count == expected.count
      && zip(found, expected).allSatisfy { isNear($0, $1, tolerance) }
    #expect(areNear, "\(what): \(found), not \(expected): \(place.program.text) at \(place.point)")
  }

  @Test func forwardAndSymbolicModeEqualReverseMode() throws {
    for place in try places() {
      let gradient = place.gradient
      #expect(!gradient.contains { !$0.isFinite })
      expectNear(
        place.tape.forwardGradient(at: place.point).partials, gradient, 1e-11, "forward", place)
      let formulas = GradientFormulas(
        place.subject.outputs[0].graph, output: place.subject.outputs[0].root,
        isActive: place.subject.isActive)
      expectNear(formulas.partials(at: place.point), gradient, 1e-10, "symbolic", place)
    }
  }

  @Test func theyEqualWhatHasNoControlFlow() throws {
    for place in try places() {
      guard let plain = place.program.plain else { continue }
      let other = try Place(place.program, place.point, plain)
      #expect(!other.computation.isBoundToPoint)
      #expect(isNear(place.tape.value(at: place.point), other.tape.value(at: place.point), 1e-11))
      expectNear(place.gradient, other.gradient, 1e-10, plain, place)
    }
  }

  /// Numerical mode runs the program again at every point.
  @Test func numericalModeEqualsReverseMode() throws {
    for place in try places() {
      for variable in place.point.indices {
        let vote = place.tape.numericalVote(
          at: place.point, along: place.tape.unit(variable),
          rerun: Rerun(place.computation).function)
        let exact = place.gradient[variable]
        #expect(
          (vote.value - exact).magnitude <= 10 * vote.errorEstimate + 1e-7 * exact.magnitude
            && vote.errorEstimate <= 1e-4 * max(1, exact.magnitude),
          "\(vote.value) ± \(vote.errorEstimate), not \(exact): \(place.program.text) at \(place.point)"
        )
      }
    }
  }

  @Test func secondDerivatives() throws {
    for place in try places() {
      let hessian = place.tape.hessian(at: place.point)
      let paths = place.point.indices.flatMap { row in place.point.indices.map { [row, $0] } }
      let derivatives = DerivativeFormulas(
        place.subject.outputs[0].graph, of: [place.subject.outputs[0].root], along: paths,
        variableCount: place.point.count)
      expectNear(
        derivatives.values(at: place.point), hessian.flatMap { $0 }, 1e-8, "symbolic", place)
      for variable in place.point.indices {
        expectNear(
          try differences(of: place, along: variable), hessian[variable], 1e-5, "differences", place
        )
      }
    }
  }

  /// How the gradient changes, that of the program at other points.
  private func differences(of place: Place, along variable: Int) throws -> [Double] {
    let step = 0x1p-14 * max(0.1, place.point[variable].magnitude)
    func gradient(_ distance: Double) throws -> [Double] {
      var point = place.point
      point[variable] += distance
      return try Place(place.program, point).gradient
    }
    let stencil = [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)]
    var sum = place.point.map { _ in 0.0 }
    for (offset, weight) in stencil {
      let partials = try gradient(offset * step)
      for index in sum.indices { sum[index] += weight * partials[index] }
    }
    return sum.map { $0 / (12 * step) }
  }

  /// `f'(x)`, `diff(f(x), x, 2)` and `f` alone say the same.
  @Test func derivativesInExpressions() throws {
    for place in try places() {
      let program = place.program
      let hessian = place.tape.hessian(at: place.point)
      expectNear(
        [try place.value(of: program.text + "\nf")], [place.tape.value(at: place.point)], 0, "f",
        place)
      for (index, name) in program.variables.enumerated() {
        let call = "f(\(program.variables.joined(separator: ", ")))"
        let first = try place.value(of: "\(program.text)\ndiff(\(call), \(name))")
        let second = try place.value(of: "\(program.text)\ndiff(\(call), \(name), 2)")
        expectNear([first], [place.gradient[index]], 1e-10, "diff", place)
        expectNear([second], [hessian[index][index]], 1e-8, "diff", place)
      }
      guard program.variables.count == 1 else { continue }
      let first = try Place(program, place.point, program.text + "\nf'(x)")
      expectNear([first.tape.value(at: place.point)], place.gradient, 1e-10, "f'", place)
      expectNear(first.gradient, hessian[0], 1e-8, "the derivative of f'", place)
      expectNear([try place.value(of: program.text + "\nf''(x)")], hessian[0], 1e-8, "f''", place)
    }
  }

  /// What the engines agree on `check` finds no fault with, and claims that are wrong it does.
  @Test func checkAgrees() throws {
    for program in SampleProgram.all {
      let subject = try Subject(
        Expression(SourceText(program.call)), naming: [], active: nil, drawnFrom: [:], seed: 1)
      let sampler = Sampler(subject, seed: 1)
      let name = { (key: DerivativeKey) in "d/d\(key.path)" }
      var random = SplitMix64(state: 7)
      let results = VoteJudge(subject, areChosen: true, name: name)
        .results(at: program.points, &random)
      #expect(
        results.allSatisfy { $0.verdict == .agree || $0.verdict == .illConditioned },
        "\(program.text): \(results.map(\.worst))")
      guard let plain = program.plain else { continue }
      for (claim, verdict) in [
        ("diff(\(plain), x)", Verdict.agree), ("x + diff(\(plain), x)", .disagree),
      ] {
        let claims = try ClaimReader.claims(
          SourceText("x: " + claim), order: 1, outputNames: nil, for: subject)
        let result = ClaimJudge(
          subject, claims, chosen: program.points, random: [], sampler: sampler, name: name
        ).results()[0]
        #expect(result.verdict == verdict, "\(program.text), \(claim): \(result.telling)")
      }
    }
  }
}

// Formulas in SI units: sizes from 1e-34 to 1e24 side by side, where no step and no direction fits all.
import Calculus
import Syntax
import Testing

@testable import Checking
@testable import Language

@Suite struct UnitTests {
  static let formulas: [(String, String)] = [
    ("q*E/m", "q=1.6e-19,E=1000,m=9.11e-31"), ("m*c^2", "m=9.11e-31,c=2.998e8"),
    ("h*c/l", "h=6.626e-34,c=2.998e8,l=5e-7"),
    ("G*M*m/r^2", "G=6.674e-11,M=5.97e24,m=7.35e22,r=3.84e8"),
    ("sqrt(2*G*M/R)", "G=6.674e-11,M=5.97e24,R=6.371e6"),
    ("p*q/(4*pi*d*r^2)", "p=1.6e-19,q=1.6e-19,d=8.854e-12,r=5.29e-11"),
    (
      "2*h*c^2/l^5/(exp(h*c/(l*k*T))-1)", "h=6.626e-34,c=2.998e8,l=5e-7,k=1.38e-23,T=5778"
    ), ("sqrt(3*k*T/m)", "k=1.38e-23,T=300,m=4.65e-26"), ("s*A*T^4", "s=5.67e-8,A=2,T=300"),
    ("m*v/sqrt(1-v^2/c^2)", "m=1.67e-27,v=1e8,c=2.998e8"),
    ("I*(exp(q*V/(n*k*T))-1)", "I=1e-12,q=1.6e-19,V=0.6,n=1,k=1.38e-23,T=300"),
    ("1/(2*pi*sqrt(L*C))", "L=1e-6,C=1e-12"), ("exp(-E/(k*T))", "E=1e-20,k=1.38e-23,T=300"),
  ]

  private func subject(_ index: Int) throws -> (Subject, [Double]) {
    let (formula, point) = Self.formulas[index]
    let at = try PointReader.points(SourceText(point))[0]
    let subject = try Subject(Expression(SourceText(formula)), naming: at.names, at: at)
    return (subject, subject.coordinates(of: at))
  }

  @Test(arguments: formulas.indices, [1, 2, 3] as [UInt64])
  func noEngineIsAccused(index: Int, seed: UInt64) throws {
    let (subject, point) = try subject(index)
    var random = SplitMix64(state: seed)
    let results = VoteJudge(subject, areChosen: true) { _ in "d" }.results(at: [point], &random)
    for result in results { #expect(result.verdict == .agree, "\(result)") }
  }

  /// One step for all variables: the theory's, from the third derivative along the direction.
  @Test(arguments: formulas.indices)
  func numericalModeHasDigitsAlongADirection(index: Int) throws {
    let (subject, point) = try subject(index)
    let tape = subject.outputs[0].computation.tape
    let direction = point.map { 0.3 * $0.binade }
    let quotient = NumericalDifferentiator(tape, at: point).quotient(
      along: direction, size: Tape.size(of: point, along: direction), .central,
      usesTheory: true)
    let truth = tape.reverseDerivative(at: point, along: direction).partials[0]
    #expect((quotient.value / truth - 1).magnitude < 1e-6)
    #expect(quotient.evaluations == 2)
  }
}

@Suite struct TheoreticalStepTests {
  /// Functions at points whose size says little about the scale on which they vary.
  @Test(arguments: [
    ("sin(x)", -1e4, 1e-8), ("sin(x)", 1e7, 1e-5), ("cos(3*x)", 12345.0, 1e-8),
    ("tan(x)", 11, 1e-8),
    ("(1-cos(x))/x^2", 0.01, 1e-5), ("sin(1/x)", 0.001, 1e-7), ("exp(1000*x)", 0.5, 1e-7),
    ("besselj(0, x)", 1000, 1e-8), ("sin(x*1e9)", 1, 1e-3), ("exp(-(x/1e-9)^2)", 3e-10, 1e-8),
    ("exp(x*1e-9)", 1, 1e-6), ("x^3", 1e5, 1e-9),
  ])
  func centralQuotientsHaveDigits(text: String, x: Double, tolerance: Double) throws {
    let tape = try Computation(
      Expression(SourceText(text)), at: Point(names: ["x"], values: [x])
    ).tape
    let quotient = NumericalDifferentiator(tape, at: [x]).quotient(
      along: [1], size: x, .central, usesTheory: true)
    let truth = tape.reverseGradient(at: [x]).partials[0]
    #expect((quotient.value / truth - 1).magnitude < tolerance, "\(quotient.value) \(truth)")
    #expect(quotient.evaluations <= 4)
  }
}

@Suite struct ExtremeClaimTests {
  private func verdict(_ text: String, _ claim: String, at point: String) throws -> Verdict {
    let at = try PointReader.points(SourceText(point))[0]
    let subject = try Subject(Expression(SourceText(text)), naming: at.names, at: at)
    let claims = try ClaimReader.claims(
      SourceText(claim), order: 1, outputNames: nil, for: subject)
    let sampler = Sampler(subject, seed: 1)
    let judge = ClaimJudge(
      subject, claims, chosen: [subject.coordinates(of: at)], random: [], sampler: sampler
    ) { _ in "d" }
    return judge.results()[0].verdict
  }

  /// Below the smallest normal number a wrong sign or size is a wrong claim still.
  @Test(arguments: [
    ("x*exp(-x)", "x: exp(-x)", "x=720", Verdict.disagree),
    ("x*exp(-x)", "x: (1-x)*exp(-x)", "x=720", .agree),
    ("x*1e-300*1e-9", "x: -1e-300*1e-9", "x=1", .disagree),
    ("x*1e-300*1e-9", "x: 1e-300*1e-9", "x=1", .agree), ("x^2", "x: 0", "x=0", .agree),
  ])
  func subnormalClaims(text: String, claim: String, point: String, expected: Verdict) throws {
    #expect(try verdict(text, claim, at: point) == expected)
  }

  /// At a kink only what lies between the one-sided derivatives passes.
  @Test(arguments: [
    ("abs(x)", "x: 17", "x=0", Verdict.disagree), ("abs(x)", "x: 0.5", "x=0", .kink),
    ("abs(x)", "x: -1", "x=0", .kink), ("abs(x)", "x: -1.1", "x=0", .disagree),
    ("max(x, y)", "x: 2, y: 0.5", "x=1,y=1", .disagree), ("floor(x)", "x: 3", "x=1", .disagree),
    ("floor(x)", "x: 0", "x=1", .kink), ("relu(3*x)", "x: 3", "x=0", .kink),
    ("relu(3*x)", "x: -3", "x=0", .disagree), ("hypot(x, y)", "x: 2", "x=0,y=0", .disagree),
    ("abs(x)", "x: 1/0", "x=0", .disagree),
  ])
  func claimsAtKinks(text: String, claim: String, point: String, expected: Verdict) throws {
    #expect(try verdict(text, claim, at: point) == expected)
  }
}

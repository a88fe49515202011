// What `check` says went wrong, mistake by mistake.

@testable import Checking
import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct DiagnosisTests {
  private func mistake(_ text: String, _ claims: String, order: Int = 1) throws -> Mistake? {
    let checked = try #require(try Checked(text, samples: 12))
    let results = try checked.judged(claims, order: order)
    let wrong = try #require(results.first { $0.verdict == .disagree }, "\(claims) passes")
    return wrong.mistake
  }

  @Test(arguments: [
    ("sin(x*y)", "x: cos(x*y)", Mistake.Kind.innerDerivative, "sin(x*y)"),
    ("exp(2*x)", "exp(2*x)", .innerDerivative, "exp(2*x)"),
    ("cos(x^3)", "-sin(3*x^2)", .innerDerivative, "in place"),
    ("asin(x/2)", "1/2/(1 + x^2/4)", .otherRule, "the rule of atan"),
    ("tan(5*x)", "5*tan(5*x)/cos(5*x)", .otherRule, "the rule of sec"),
    ("(x^3 + 7)*exp(x)", "(3*x^2 + 7)*exp(x) + (x^3 + 7)*exp(x)", .extraTerm, "the constant 7"),
    ("ln(x) - x^2", "1/x - x^2", .notDifferentiated, "the term x^2"),
    ("(tanh(3*x) - 1)^2", "6*(tanh(3*x) - 1)", .chainPath, "tanh(3*x) is missing"),
    ("(3*x + 1)^4", "4*(3*x + 1)^3", .innerDerivative, "(3*x + 1)^4"),
    ("sin(x^2)", "4*x^2*cos(x^2)", .innerDerivativeTwice, "sin(x^2)"),
    ("ln(x) + x*y - sin(y)", "y: x + cos(y)", .termSign, "sin(y)"),
    ("cos(x)", "sin(x)", .sign, "minus the derivative"),
    ("x^3 - 2*x", "2 - 3*x^2", .sign, "minus the derivative"),
    ("x*sin(x)", "cos(x)*x", .missingTerm, "product rule"),
    ("x*sin(x)", "cos(x)", .productRule, "x*sin(x)"),
    ("x^2 + exp(x)", "2*x", .missingTerm, "exp(x)"),
    ("x^2 + exp(x)", "2*x + 2*exp(x)", .extraTerm, "exp(x)"),
    ("x^3*y", "x: x^2*y", .exponent, "factor"), ("x^3*y", "x: 3*x^3*y", .exponent, "not lowered"),
    ("x^3", "3*x", .exponent, "lowered by 2"), ("x^3", "2*x^2", .exponent, "lowered too"),
    ("sqrt(x)", "1/sqrt(x)", .rootFactor, "1/2"), ("cbrt(x)", "1/cbrt(x)^2", .rootFactor, "1/3"),
    ("log10(x)", "1/x", .logarithmBase, "base"),
    ("ln(x)", "1/(x*ln(10))", .logarithmBase, "ln(10)"),
    ("2^x", "2^x", .logarithmBase, "2^x"), ("2^x", "x*2^(x-1)", .exponentialRule, "power rule"),
    ("exp(x)", "x*exp(x-1)", .exponentialRule, "power rule"),
    ("sin(x)", "cos(x)*pi/180", .degrees, "degrees"),
    ("x^2 + sin(x)", "2*x + cos(x)*pi/180", .degrees, "degrees"),
    ("x/(x^2 + 1)", "(2*x^2 - (x^2 + 1))/(x^2 + 1)^2", .quotientRule, "exchanged"),
    ("x/(x^2 + 1)", "(1 - x^2)/(x^2 + 1)", .quotientRule, "square"),
    ("x/(x^2 + 1)", "(1 + 3*x^2)/(x^2 + 1)^2", .quotientRule, "+ in place of -"),
    ("x/(x^2 + 1)", "1/(2*x)", .quotientRule, "divided"),
    ("sin(x)/x", "(x*cos(x) - sin(x))/x", .quotientRule, "square"),
    ("tan(x)", "1/cos(x)", .exponent, "square"), ("atan(x)", "1/(1 + x)", .exponent, "square"),
    ("asin(x)", "1/(1 - x^2)", .exponent, "root"),
    ("exp(sin(x))", "exp(sin(x))*sin(x)", .notDifferentiated, "sin(x)"),
    ("x^2*y + y^3", "x: 2*x*y, y: 2*x*y", .otherVariable, "d/dx"),
    ("x^2*y", "x: x^2, y: 2*x*y", .swapped, "d/dx and d/dy"),
    ("x^2*y + y", "x: 4*x*y", .constantFactor, "doubled"),
    ("ln(x)", "2/x", .constantFactor, "doubled"),
    ("x^2*cos(y)", "x: 2*x", .missingFactor, "cos(y)"),
    ("exp(x*y)*x", "x: exp(x*y) + x*exp(x*y)", .innerDerivative, "exp(x*y)"),
    ("x*exp(-x^2)", "exp(-x^2) - 2*x^3*exp(-x^2)", .exponent, "not lowered"),
    ("sin(x)*cos(y)", "x: cos(x)*cos(x)", .variable, "x stands where y belongs"),
    ("sin(x)^2 + y", "x: 2*sin(x)*sin(x)", .notDifferentiated, "sin(x)"),
    ("sin(3*x*y)", "x: 3*y*sin(3*x*y)", .notDifferentiated, "sin(3*x*y)"),
    ("x^2", "x^3/3", .antiderivative, "antiderivative"), ("1/x", "ln(x)", .antiderivative, "anti"),
    ("sin(x)", "cos(x*pi/180)", .degrees, "degrees"),
    ("exp(4*x)", "4*x*exp(4*x-1)", .exponentialRule, "power rule"),
    ("3^x", "3^x*ln(x)", .logarithmBase, "of the exponent"),
    ("1/x^3", "1/(3*x^2)", .quotientRule, "reciprocal"),
    ("1/x^3", "-3*x^2", .quotientRule, "not divided"),
    ("ln(3*x+2)", "3/x", .chainPath, "taken at x where 3*x+2 belongs"),
    ("x^2*ln(x)", "2*x*ln(x) + x^2", .chainPath, "ln(x) is missing"),
    ("cosh(x)*y", "x: y*sin(x)", .function, "sin in place of sinh(x)"),
  ])
  func singleMistakes(text: String, claims: String, kind: Mistake.Kind, words: String) throws {
    let mistake = try #require(try mistake(text, claims), "no diagnosis")
    #expect(mistake.kind == kind && mistake.message.contains(words), "\(mistake)")
  }

  @Test func secondDerivatives() throws {
    let swapped = try mistake("x^2*y^3", "x,y: 6*x*y", order: 2)
    #expect(swapped?.kind == .exponent, "\(String(describing: swapped))")
    let first = try mistake("x^2*y^3", "x,x: 2*x*y^3", order: 2)
    #expect(
      first?.kind == .notDifferentiated || first?.kind == .exponent, "\(String(describing: first))")
    let inner = try mistake("sin(2*x)", "x,x: -2*sin(2*x)", order: 2)
    #expect(
      inner?.message.contains("inner derivative of cos(2*x)") == true,
      "\(String(describing: inner))")
  }

  @Test(arguments: [
    ("x/(x + y)", "x: y/(x + y)^2"), ("(x + 1)/(x - 1)", "-2/(x - 1)^2"),
    ("x/(x^2 + 1)", "(1 - x^2)/(1 + x^2)^2"), ("1/x + 1/(x + 1)", "-(2*x^2 + 2*x + 1)/(x^2 + x)^2"),
    ("x*y/(x + y)", "x: y^2/(x + y)^2"), ("(x+1)^3", "3*x^2 + 6*x + 3"),
  ])
  func algebraShowsThatFractionsAreEqual(text: String, claim: String) throws {
    let checked = try #require(try Checked(text))
    guard case .algebra = try checked.judged(claim)[0].evidence else {
      Issue.record("\(text): \(claim) is not seen to be equal")
      return
    }
  }

  /// Two mistakes at once are caught, and nothing is made up about them.
  @Test func twoMistakesHaveNoSingleCause() throws {
    #expect(
      try mistake("x^3*sin(x*y) + exp(x)", "x: 3*x*sin(x*y) - x^3*cos(x*y) + exp(2*x)") == nil)
  }

  @Test(arguments: [
    ("x^2", "2*x + 1e-7"), ("x^2", "2*x*1.0000001"), ("sqrt(x)", "0.5*x^(-0.500001)"),
    ("x", "ln(-1 - x^2)"), ("abs(x)", "1"), ("x^2", "2*abs(x)"),
  ])
  func smallOrPartialMistakesAreCaught(text: String, claim: String) throws {
    let checked = try #require(try Checked(text, samples: 20))
    #expect(try checked.judged(claim)[0].verdict == .disagree)
  }

  @Test(arguments: [
    ("sin(x)^2", "sin(2*x)"), ("tan(x)", "1/cos(x)^2"), ("tanh(x)", "1 - tanh(x)^2"),
    ("sigmoid(x)", "exp(-x)/(1 + exp(-x))^2"), ("sigmoid(x)", "exp(x)/(1 + exp(x))^2"),
    ("ln(x^2)", "2/x"), ("abs(x)", "x/abs(x)"), ("x*abs(x)", "2*x^2/abs(x)"),
    ("(x+1)^5", "5 + 20*x + 30*x^2 + 20*x^3 + 5*x^4"), ("atan(1/x)", "-1/(1 + x^2)"),
    ("x^x", "x^x*(ln(x) + 1)"), ("max(x, 0)", "step(x)"), ("acosh(x)", "1/sqrt(x^2 - 1)"),
    ("log2(x)", "1/(x*ln(2))"), ("x^2", "diff(x^2, x)"), ("gamma(x)", "gamma(x)*digamma(x)"),
    ("ln(x + sqrt(1 + x^2))", "1/sqrt(1 + x^2)"), ("1/(1 - x)", "1/(x - 1)^2"),
  ])
  func otherFormsPass(text: String, claim: String) throws {
    let checked = try #require(try Checked(text, samples: 20))
    let result = try checked.judged(claim)[0]
    #expect(result.verdict == .agree, "\(result)")
  }
}

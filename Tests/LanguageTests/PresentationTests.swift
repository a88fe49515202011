// Formulas as they are shown: shorter ones, of the same value, that read back as what they are.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite("Formulas as they are shown")
struct PresentationTests {
  @Test(arguments: [
    ("(x + 1)/(x - 1)", "-2/(x - 1)^2"), ("2^x/ln(2)", "2^x"), ("x^x", "x^x*(ln(x) + 1)"),
    ("x*ln(x)^2 - 2*x*ln(x) + 2*x", "ln(x)^2"),
    ("a*atan(x/a)/a", "a/(x^2 + a^2)"), ("atan(y/x)", "-y/(x^2 + y^2)"),
    ("(x - y)^2 + y", "2*(x - y)"), ("x^(n + 1)/(n + 1)", "x^n"),
    ("tan(x)", "sec(x)^2"), ("cot(x)", "-csc(x)^2"), ("ln(sec(x) + tan(x))", "sec(x)"),
    ("sin(x)^2", "sin(2*x)"), ("sin(x)*cos(x)", "cos(2*x)"), ("-ln(cos(x))", "tan(x)"),
    ("sec(x)^3/3 - sec(x)", "tan(x)^3*sec(x)"), ("x*tan(x) + ln(cos(x))", "x*sec(x)^2"),
    ("tanh(x)", "sech(x)^2"), ("x*tanh(x) - ln(cosh(x))", "x*sech(x)^2"),
    ("ln(1 - exp(x))", "exp(x)/(exp(x) - 1)"), ("(y - x)^4", "4*(x - y)^3"),
    ("ln((1 + x)/(1 - x))/2", "1/(1 - x^2)"), ("ln(tan(x/2))", "csc(x)"),
    ("ln(1 + exp(-y*x))", "-y/(exp(y*x) + 1)"), ("x*floor(x)/x", "0"), ("x*abs(x)/abs(x)", "1"),
    ("x*abs(x)", "2*abs(x)"), ("abs(x)^3", "3*x*abs(x)"), ("(x^2 + 2*x)/(x^2 - 4)", "-2/(x - 2)^2"),
    ("(x - 1/x)^2", "2*x - 2/x^3"), ("2*sqrt(y/x)", "-sqrt(y/x)/x"),
    ("sin(x)/x", "(x*cos(x) - sin(x))/x^2"),
    ("2*cos(x)/sqrt(1 - sin(x))", "sqrt(1 - sin(x))"), ("max(x, y)", "sign(x - y)/2 + 1/2"),
    ("clamp(x, 0, 1)", "(sign(x) - sign(x - 1))/2"),
    ("clamp(2*x, -1, 1/3)", "sign(2*x + 1) - sign(2*x - 1/3)"),
    // 2 + 1e200 is 1e200 in doubles: algebra in which min(2, 1e200) is 0 shows nothing.
    ("sin(min(2, 1e200) - cos(x) - 1)", "sin(x)*cos(min(2, 1e+200) - cos(x) - 1)"),
    // Where the sign is 0, what it would be multiplied by has no value.
    (
      "min(0, x)^(1/3)",
      "if(x < 0, 1/(3*min(0, x)^(2/3)), if(x == 0, 1/(6*min(0, x)^(2/3)), 0))"
    ),
    ("clamp(x, 3, 1)", "(sign(x - 3) + 1)*(1 - sign(x - 1))/4"),
    ("min(x, sin(x))", "if(x < sin(x), 1, if(x == sin(x), cos(x)/2 + 1/2, cos(x)))"),
  ])
  func theShortestFormIsShown(function: String, derivative: String) throws {
    #expect(try Derived(function, along: [[0]]).presented.texts[0] == derivative)
  }

  /// What no rewriting finds, but algebra shows.
  @Test(arguments: [
    ("x*asin(x) + sqrt(1 - x^2)", "asin(x)"),
    ("x*atan(x + sqrt(1 - x^2)) - x*atan(sqrt(1 - x^2) + x) + sin(x)", "cos(x)"),
    ("(x + 1)^4/4 - (x + 1)^3", "(x + 1)^2*(x - 2)"),
    ("exp(2*x)/2 + 2*x*exp(x) - 2*exp(x) + x^3/3", "(x + exp(x))^2"),
    ("x^3/3 - x^2 + x", "x^2 - 2*x + 1"), ("x^2*y/2 + x^3/3 + x*y^2/4", "(2*x + y)^2/4"),
  ])
  func algebraFindsWhatRewritingDoesNot(function: String, derivative: String) throws {
    #expect(try Derived(function, along: [[0]]).presented.texts[0] == derivative)
  }

  /// Terms and factors stand as they were written, and new ones in the usual order.
  @Test(arguments: [
    ("sin(omega*t)", "sin(omega*t)"), ("(c*x + d)^2", "(c*x + d)^2"), ("y + x", "y + x"),
    ("b*a*x", "b*a*x"), ("x*a*x", "x^2*a"), ("-x + 1", "1 - x"), ("1 - x + x^2", "1 - x + x^2"),
    ("a + b*x + c*x^2", "a + b*x + c*x^2"), ("m*g*h/(k*T)", "m*g*h/(k*T)"),
  ])
  func theUsersOrderStays(before: String, after: String) throws {
    let expression = try Expression(SourceText(before))
    let derived = try Derived(Function(expression), along: [[]], form: .simplified)
    #expect(try derived.presented.texts[0] == after)
  }

  @Test(arguments: [
    ("x*sin(a*x)", "x", "a*x*cos(a*x) + sin(a*x)"),
    ("a*x^3 + b*x^2 + x", "x", "3*a*x^2 + 2*b*x + 1"),
    ("A*exp(-k*t)*t", "t", "A*exp(-k*t)*(1 - k*t)"), ("(x + y)^2", "y", "2*(x + y)"),
    ("atan(y/x)", "y", "x/(x^2 + y^2)"), ("x^2*y*z", "x", "2*x*y*z"),
  ])
  func newTermsStandInTheUsualOrder(text: String, variable: String, shown: String) throws {
    let function = try Function(Expression(SourceText(text)))
    let index = try #require(function.variables.firstIndex(of: variable))
    #expect(try Derived(function, along: [[index]], form: .simplified).presented.texts[0] == shown)
  }

  /// Every formula has the value that it had before, wherever it had one.
  @Test(arguments: Self.functions)
  func aFormulaKeepsItsValue(function: String) throws {
    for path in [[], [0], [0, 0]] {
      let derived = try Derived(function, along: [path])
      let shown = try derived.presented
      let (before, after) = (derived.tape(), shown.tape())
      var random = SplitMix64(state: 5)
      var count = 0
      for _ in 0..<60 {
        let point = derived.function.variables.map { _ in random.value(in: -2...3) }
        let (x, y) = (Judged(before, at: point), Judged(after, at: point))
        guard x.value.isFinite, x.error.isFinite, y.error.isFinite else { continue }
        count += 1
        #expect(
          (x.value - y.value).magnitude <= 8 * (x.error + y.error),
          "\(derived.texts[0]) = \(x.value), \(shown.texts[0]) = \(y.value) at \(point)")
      }
      #expect(count > 0, "\(derived.texts[0])")
    }
  }

  @Test(arguments: Self.functions)
  func whatIsReadBackIsShownTheSame(function: String) throws {
    for path in [[], [0], [0, 0]] {
      let shown = try Derived(function, along: [path]).presented.texts[0]
      #expect(try Derived(shown).presented.texts[0] == shown)
    }
  }

  /// Where arguments tie, a formula says what the engines say.
  @Test(arguments: [
    "max(x, sin(x), -5)", "max(x, 2*x, 0)", "max(x, y, z)", "min(x, 3*y, z, 2*x)",
    "max(x, y, z, 2*x, 3*y)", "max(x, x)", "max(x, x, 2*x)", "min(x, sin(x))", "max(x, y)",
    "max(max(x, 2*x), 0)", "clamp(x, 0, 1)", "clamp(x, y, z)", "max(y, exp(x) - 1)",
    "max(0, x)^2 + y", "clamp(3*x, y, 2*z)",
  ])
  func tiesAreShared(function: String) throws {
    let derived = try Derived(function, along: [[0]])
    let count = derived.function.variables.count
    let isActive = Array(repeating: true, count: count)
    let engine = Tape(derived.function.graph, output: derived.function.output, isActive: isActive)
    let shown = try derived.presented
    for value in [0, 0.5, -0.5] {
      let point = Array(repeating: value, count: count)
      let expected = engine.reverseGradient(at: point).partials[0]
      let difference = (shown.tape().value(at: point) - expected).magnitude
      #expect(difference < 1e-15, "\(shown.texts[0]) at \(value)")
    }
  }

  @Test func aFormulaOfWhatIsHiddenByAConditionKeepsIt() throws {
    let shown = try Derived("max(y, sqrt(x))", along: [[0]]).presented
    #expect(shown.tape().value(at: [0, 1]) == 0, "\(shown.texts[0])")
  }

  /// Of a difference and its opposite the text keeps what the user wrote, also where both stand in it.
  @Test(arguments: [
    (
      "sqrt((x2 - x1)^2 + (y2 - y1)^2)", "x1",
      "(x1 - x2)/sqrt((x2 - x1)^2 + (y2 - y1)^2)"
    ),
    ("(b - a)^2", "a", "2*(a - b)"), ("ln((q - p)^2 + 1)", "p", "2*(p - q)/((q - p)^2 + 1)"),
    ("((2 - x)^2 + 4)^3", "x", "6*(x - 2)*((2 - x)^2 + 4)^2"),
    ("1/((r1 - r2)^2 + (s2 - s1)^2)", "s1", ""), ("exp(-(mu - x)^2/(2*sigma^2))", "x", ""),
    ("m/sqrt((p - q*a)^2*c^2 + m^2)", "a", ""), ("sqrt((b - a)^2 + (d - c)^2)/(a - b)", "a", ""),
    ("(x - 2)/((2 - x)^2 + 4)^2 + 3/(4 - x)^3", "x", ""), ("atan2(y2 - y1, x2 - x1)", "x1", ""),
    ("(a - b)^2*(b - a)/(a^2 - b^2)", "b", ""), ("(1 - p)^(n - k)*p^k", "p", ""),
  ])
  func squaredDifferencesStay(function: String, variable: String, shown: String) throws {
    let function = try Function(Expression(SourceText(function)))
    let index = try #require(function.variables.firstIndex(of: variable))
    let text = try Derived(function, along: [[index]], form: .simplified).presented.texts[0]
    #expect(shown.isEmpty || text == shown)
    let again = try Function(Expression(SourceText(text)))
    #expect(try Derived(again, along: [[]], form: .simplified).presented.texts[0] == text)
  }

  @Test func aLongFormulaStaysAsItIs() throws {
    let sum = (1...400).map { "x^\($0)/(x + \($0))" }.joined(separator: " + ")
    let derived = try Derived(sum, along: [[0]])
    #expect(try derived.presented.texts == derived.texts)
  }

  private static let functions = [
    "(x + 1)/(x - 1)", "x^3*exp(-2*x)", "x^x", "x*sqrt(2*x + 3)", "(2*x + 3)^(5/2) - x",
    "sqrt(x)*x", "x/(1 + ln(x))", "sin(x)/(1 - cos(x))", "ln(x + sqrt(x^2 + 1))", "x*abs(x)/y",
    "hypot(x, y)^2*x/hypot(x, y)", "max(x, y)/max(x, y)*x", "x*sign(x)/x", "if(x > y, x^2/x, y)",
    "sqrt(1 + x^2)/(1 - x)", "exp(x)*(x^2 - 1)/(x + 1)", "(x^2 + y^2)/(x*y)", "x^y*y^x",
    "sin(x)^3*cos(y)/x", "tan(x)*ln(1/cos(x))", "1/(1 + exp(-y*(x - 1)))", "cbrt(x)*x",
    "0.3*x/(0.7*x + y)", "x/(x + 1/(x + 1/(x + 1)))", "(x*y - 1)^3/(x*y - 1)", "sqrt(x*y)/x",
    "atan((x - y)/(1 + x*y))", "(x - 1)*(x - 2)*(x - 3)", "1/x + 1/y + 1/(x*y)", "relu(x)/relu(x)",
    "sqrt(5)^2*x/sqrt(5)", "x*e^(2*x)/(2*x + 1)^2", "x^(y + 1)/(y + 1)", "ln(x)/x^2 - 1/x",
    "tan(x)^2*sec(y)", "cot(x*y) - csc(x)^3", "sinh(x)^2*cosh(x) - coth(x)", "sech(x)^3*tanh(y)",
    "sec(x)/tan(x)", "sin(x)^4*cos(x)^2", "1/(y - x)^3", "csch(x)*cosh(x)/tanh(x)",
    "-x*(x - y)^3/(y - x)^2", "-(-x - y)^3*y", "(y - x)^2 + (x - y)*sin(y)", "(-x - y)^2*x",
    "1/(y - x)^2 - (x - y)^2", "asin(x)*sqrt(1 - x^2)/x", "sinh(x)/x + cosh(x)", "floor(x)*x^2/x",
    "x^2*log2(x)/3", "2*((x - 8)*sin(y) + (x - 4)*cos(y))",
    "1/((x - 4)^2 + (y - 4)^2 + 0.1) + 0.5/((x - 1)^2 + (y - 1)^2 + 0.2) - 1.5/((x - 8)^2 + 0.3)",
    "0.26*(x^2 + y^2) - 0.48*x*y", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2",
    "0.1*x^2*exp(-0.5*x)",
    "20*exp(-0.2*sqrt(0.5*(x^2 + y^2)))", "0.7*x/(0.3 + x)*ln(1.5*y)", "x^0.5*y^1.5/(x + 0.25)",
    "ln((x - 1)*(2 - x)^(1/3) + y^(1/3)*(1 - x))", "x^2*exp(-abs(x))*y", "max(x, 0.5*y)^2/x",
    "(x^3 - 8)/(x - 2)*y", "x*(1 - x/y) - y*x^2/(2 + x^2)", "(x - 1/x)^2*y", "2*pi*sqrt(y/x)",
  ]
}

extension Derived {
  /// As people see it.
  var presented: Derived {
    get throws { Derived(function: function, formulas: formulas.presented()) }
  }

  init(function: Function, formulas: Formulas) {
    self.function = function
    self.formulas = formulas
  }
}

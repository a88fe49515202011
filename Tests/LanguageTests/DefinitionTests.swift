// Definitions: scopes, calls, recursion, derivatives through them, and what is told about them.

import Calculus
import Language
import Syntax
import Testing

@Suite struct DefinitionTests {
  @Test(
    arguments: [
      ("a = 3; a*x", "x=2", 6), ("f(x) = x^2; f(3*a) + f(a)", "a=2", 40),
      ("g(x) = f(x) + 1; f(x) = 2*x; g(3)", "", 7), ("f(x, y) = x - y; f(y, x)", "x=1,y=5", 4),
      ("a = b + 1; b = 2*x; a", "x=3", 7), ("f(x) = x + y; g(y) = f(y); g(10)", "y=1", 11),
      ("f(x) = x; x = 5; f(2) + x", "", 7), ("f(i) = i^2; sum(i, 1, 3, f(i))", "", 14),
      ("a = i; sum(i, 1, 3, a)", "i=10", 30), ("f(n) = sum(i, 1, n, i*x); f(4)", "x=1", 10),
      ("f(x) = sum(x, 1, 3, x) + x; f(10)", "", 16), ("e = 3; e", "", 3),
      ("f(e) = e^2; f(3)", "", 9), ("gamma = 2; gamma*gamma(4)", "", 12),
      ("f(f) = f; f(2)", "", 2), ("f(x1, x2) = x1/x2; f", "x1=6,x2=3", 2),
      ("f(e) = e; f", "e=7", 7), ("x = 3; f(x) = x^2; g(y) = x*y; [f, g(2)]", "x=5", 25),
      ("fact(n) = if(n <= 1, 1, n*fact(n-1)); fact(10)", "", 3_628_800),
      ("fib(n) = if(n < 2, n, fib(n-1) + fib(n-2)); fib(70)", "", 190_392_490_709_135),
      ("even(n) = if(n == 0, 1, odd(n-1)); odd(n) = if(n == 0, 0, even(n-1)); even(7)", "", 0),
      ("h(x) = if(x < 1, x, h(x/2)); h(x)", "x=12", 0.75),
      ("f(x) = if(x > 0, g(x), 0); g(x) = if(x > 9, x, f(2*x)); f(x)", "x=3", 12),
      ("f(x) = x^3; f'(2) + f''(2)", "", 24), ("f(x) = x^3; g(x) = f'(x^2); g(x)", "x=2", 48),
      ("d(x, n) = diff(x^4, x, n); d(2, 1+1)", "", 48),
      ("f(x,y) = diff(x*y^2, x); f(a, a)", "a=3", 9),
      ("f(x) = diff(diff(x^3*y, x), y)*x; f(2)", "y=1", 24),
      ("f(x) = diff(x*diff(x*y, y), x); f(t)", "t=3,y=7", 6),
      ("f(t) = t*x^2; diff(f(2), x)", "x=3", 12), ("p(x) = x^(2+1); diff(p(x), x)", "x=-2", 12),
      ("f(x, n) = x^n; f(x, 5 - 2)", "x=-2", -8),
    ] as [(String, String, Double)])
  func value(text: String, point: String, expected: Double) throws {
    #expect(try firstValue(text, at: point) == expected)
  }

  @Test(arguments: [
    ("f(x) = sin(x)*y; f(x*y) + f(y)", "sin(x*y)*y + sin(y)*y"),
    ("p(x, n) = if(n == 0, 1, x*p(x, n-1)); p(x, 3)*y", "x^3*y"),
    ("f(x) = tanh(x*y); f'(x)", "diff(tanh(x*y), x)"),
    ("f(u, v) = diff(u*sin(v), v); f(x, x*y)", "x*cos(x*y)"),
    ("a = x*y; b = a + a; b*b", "4*x^2*y^2"),
    ("h(x) = if(x < 0.1, x*y, h(x/2)); h(x)", "x*y/16"),
  ])
  func everyEngineSeesThrough(text: String, plain: String) throws {
    let (run, other) = (try Run(text, at: "x=0.9,y=1.3"), try Run(plain, at: "x=0.9,y=1.3"))
    for partials in [run.reverse, run.forward, try run.symbolic] {
      for (partial, expected) in zip(partials, other.reverse) {
        #expect((partial - expected).magnitude < 1e-14)
      }
    }
  }

  /// The path is the one of the point, so another point has another computation.
  @Test func recursionIsBoundToThePoint() throws {
    let text = "h(x) = if(x < 1, x, h(x/2)); h(x)*y"
    let run = try Run(text, at: "x=5,y=1")
    #expect(run.computation.isBoundToPoint)
    #expect(run.reverse == [0.125, 0.625])
    #expect(try !Run("h(n) = if(n < 1, n, h(n/2)); h(5)*y", at: "y=1").computation.isBoundToPoint)
    // Where nothing recurs, both branches are there.
    #expect(try !Run("h(x) = if(x < 1, x, x/2); h(x)", at: "x=5").computation.isBoundToPoint)
  }

  @Test(arguments: [
    ("f(x) = sine(x); f(2)", "'sine' is not a function; did you mean 'sin'? @ sine"),
    ("sq(x) = x; sqq(2)", "'sqq' is not a function; did you mean 'sq'? @ sqq"),
    ("f(x) = x; f(1, 2)", "'f' is called with 2 arguments in place of f(x) @ f"),
    ("a = 3; a(2)", "'a' is not a function but a number; write 'a = 3; a*2' @ a"),
    ("f(x) = x; f + 1", "'f' is a function and needs its arguments; write 'f(…)' @ f"),
    ("a = a; a", "'a' is defined by itself @ a"),
    ("a = b; b = c; c = a + 1; a", "'a' is defined by itself @ a"),
    (
      "sin(x) = x; 1",
      "'sin' is a function of the language and keeps its meaning; "
        + "choose another name, such as 'my_sin' @ sin"
    ),
    ("f(x) = x; f", "no value is given for 'x'; add 'x=…' to --at @ x"),
    (
      "f(x, y) = x; f'(2)",
      "primes need a function of one argument, which 'f' is not; write 'diff(f(…), x)' @ f'"
    ),
    ("f(x) = x; f'(2, 3)", "'f'' is called with 2 arguments in place of f'(x) @ f'"),
    (
      "f(x) = diff(x, 2); f(1)",
      "'diff' needs a variable to differentiate in; write 'diff(x^2, x)' @ 2"
    ),
    (
      "f(x) = sum(i, 1, 3, diff(i^2, i)); f(1)",
      "'diff' needs a variable to differentiate in; write 'diff(x^2, x)' @ i"
    ),
    (
      "f(x) = f(x + 1); f(1)",
      "more than 100,000 calls are inside each other; the recursion may have no end @ f"
    ),
  ])
  func whatIsWrong(text: String, message: String) {
    #expect(complaint(text) == message)
  }

  @Test func aPointGivesNoDefinedName() {
    #expect(
      complaint("a = 3; a*x", at: "x=1,a=2")
        == "'a' is defined, and a point cannot give it a value; "
        + "remove it from the point, or the definition of 'a' @ a")
    #expect(complaint("f(x) = x; f(2)", at: "x=1").hasPrefix("'x' is not in the expression"))
  }

  @Test func recursionWithoutAPointNeedsNumbers() throws {
    let text = "h(x) = if(x < 1, x, h(x/2)); h(x)"
    let shown = complaint { _ = try Function(Expression(SourceText(text))) }
    #expect(shown.contains("where it depends on a variable, it needs a point"))
    #expect(
      try Function(Expression(SourceText("p(x, n) = if(n == 0, 1, x*p(x, n-1)); p(x, 3)")))
        .variables == ["x"])
  }

  @Test func stepsAreLimited() throws {
    let text = "f(n) = if(n == 0, 0, 1 + f(n-1)); f(1000)"
    #expect(throws: Never.self) {
      try Computation(
        Expression(SourceText(text), operationLimit: 10_000), at: Point(names: [], values: []))
    }
    let shown = complaint {
      _ = try Computation(
        Expression(SourceText(text), operationLimit: 1000), at: Point(names: [], values: []))
    }
    #expect(shown.hasPrefix("this takes more than 1,000 operations; --max-steps allows more"))
    // Without the memory of calls this would be 2^1000 of them.
    let doubling = "f(n) = if(n == 0, 0, f(n-1) + f(n-1)); f(1000)"
    #expect(try firstValue(doubling) == 0)
  }

  @Test func explanationsNameTheCalls() throws {
    let text = "f(x) = ln(x)\ng(x) = 1 + f(x-3)\nq = g(x)\nq*2"
    let explanation = try #require(try Run(text, at: "x=1").aboutValue.first)
    #expect(summary(explanation).hasSuffix("@ ln(x)"))
    #expect(
      explanation.diagnostic.context == [
        "in f, called at line 2, column 12", "in g, called at line 3, column 5",
        "in q, used at line 4, column 1",
      ])
    // A function that stands for its body is no call.
    let bare = try #require(try Run("f(x) = ln(x); f", at: "x=-1").aboutValue.first)
    #expect(bare.diagnostic.context.isEmpty)
    let problem = #expect(throws: Problem.self) { try Run("f(x) = sine(x); f(2)") }
    #expect(problem?.diagnostic.context == ["in f, called at column 17"])
  }

  @Test func namesAndConstants() throws {
    func names(_ text: String) throws -> [String] {
      try Expression(SourceText(text)).freeNames.map(\.name)
    }
    #expect(try names("f(x) = x*b; c*f(a)") == ["c", "a", "b"])
    #expect(try names("f(x) = x*b; unused = z; a") == ["a"])
    #expect(try names("f(x1, x2) = x2*x1*k; f") == ["x1", "x2", "k"])
    #expect(try names("f(x) = x; g(y) = f(y)*e; [g, x]") == ["y", "x", "e"])
    let expression = try Expression(SourceText("e = 3; f(pi) = pi; tau = 6; e*f(x)"))
    #expect(expression.redefinedConstants == ["e", "pi"])
  }

  @Test func aChainOfDefinitionsIsAnswered() throws {
    let length = 90_000
    let chain = (1...length).map { "f\($0)(x) = f\($0 - 1)(x) + 1" }.joined(separator: "\n")
    #expect(try firstValue("f0(x) = x\n\(chain)\nf\(length)(x)", at: "x=1") == Double(length + 1))
  }

  @Test func aChainTooLongIsRefused() {
    let values = (1...120_000).map { "a\($0) = a\($0 - 1) + 1" }.joined(separator: ";")
    #expect(complaint("a0 = 1;\(values);a120000").hasPrefix("more than 100,000 calls"))
    #expect(complaint("a0 = 1;\(values);a90000") == "no error")
  }
}

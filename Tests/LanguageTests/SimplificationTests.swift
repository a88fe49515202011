// The rules of simplification, one example each, and that they change no value.

import Calculus
import Syntax
import Testing

@testable import Language

@Suite struct SimplificationTests {
  /// Before and after, in text; a rule that must not apply has the same on both sides.
  private static let rules: [(String, String)] = [
    ("y + x + y", "2*y + x"), ("y*x*y", "y^2*x"), ("x - x", "0"), ("0*x", "0"), ("x + 0", "x"),
    ("1*x", "x"), ("x^1", "x"), ("x^0", "1"), ("x*(-y)", "-x*y"), ("x - (-y)", "x + y"),
    ("-(x - y)", "y - x"), ("x/(y/2)", "2*x/y"), ("x/2/y", "x/(2*y)"), ("2*(x + 1)", "2*x + 2"),
    ("(4 - 8*x)*(1 - 2*x)", "4*(1 - 2*x)^2"), ("(x - 1)*(1 - x)", "-(x - 1)^2"),
    ("(x^2)^3", "x^6"), ("(x*y)^1000", "(x*y)^1000"), ("x^2*x^-3", "1/x"),
    ("exp(x)/exp(x)", "1"), ("exp(x)^2*exp(x)", "exp(x)^3"), ("(x^2 + 1)/(x^2 + 1)", "1"),
    ("0.1 + 0.2", "0.3"), ("0.1*x + 0.2*x", "0.3*x"), ("x/3 + x/6", "x/2"), ("2^10", "1024"),
    ("2^-2", "1/4"), ("0^5", "0"), ("sqrt(4/9)", "2/3"), ("sin(0)", "0"), ("exp(0)", "1"),
    ("ln(e)", "1"), ("sin(-x)", "-sin(x)"), ("cos(-2*x)", "cos(2*x)"), ("ln(exp(x))", "x"),
    ("exp(ln(exp(x) + 1))", "exp(x) + 1"), ("sqrt(x^2)", "abs(x)"), ("abs(x)^2", "x^2"),
    ("abs(x^2)", "x^2"), ("abs(-3*x)", "3*abs(x)"), ("if(x > 0, 1, 0)", "step(x)"),
    ("if(1, x, y)", "x"), ("if(x, y, y)", "y"), ("3*sin(x)^2 + 3*cos(x)^2", "3"),
    ("sin(x)^2*sin(y)^2 + cos(x)^2*sin(y)^2 + cos(y)^2", "1"),
    ("sin(y)^2 + cos(y)^2 + sin(x)^2*sin(y)^2 + cos(x)^2*sin(y)^2", "sin(y)^2 + 1"),
    ("1/(1/x)", "x"), ("x/(y/z)", "x*z/y"), ("x/(y/(z/x))", "x*z/(x*y)"), ("(1/x^2)^-3", "x^6"),
    // A hole is filled where another term has it.
    ("x/x + ln(x)", "ln(x) + 1"), ("x^2/x + 1/x", "x + 1/x"), ("0/x + 1/x^2", "1/x^2"),
    ("x/x + y", "x/x + y"), ("0/x + 0/x^2", "0/x^2"),
    // What keeps a hole or a domain stays.
    ("x/x", "x/x"), ("x^2/x", "x^2/x"), ("ln(x) - ln(x)", "0*ln(x)"), ("0/x", "0/x"),
    ("sqrt(x)^2", "sqrt(x)^2"), ("exp(ln(x))", "exp(ln(x))"), ("(1/x)^0", "(1/x)^0"),
    ("x^0.25*x^0.25*x^0.5", "x^0.5*x^0.5"), ("x^0.5*x^0.25*x^0.25", "x^0.5*x^0.5"),
    ("-(x%y)", "-(x%y)"),
    // Exponents are never rounded: whether one is odd decides the sign. Nor are powers of numbers.
    ("(x^9007199254740991)^3", "(x^9007199254740991)^3"), ("3^40*x", "3^40*x"),
  ]

  @Test(arguments: rules)
  func aRuleDoesWhatItSays(_ before: String, _ after: String) throws {
    #expect(try simplified(before) == after)
  }

  private static let derivatives: [(String, String)] = [
    ("x*ln(x) - x", "ln(x)"), ("1/(1/(1/x))", "-1/x^2"), ("sinc(x)", "sinc'(x)"),
    ("sinc''(2*x)", "2*sinc'''(2*x)"),
    ("0^x", "0"), ("0^(x^2 + 1)", "0"),
    ("y%x", "-(y - y%x)/x"), ("x%3", "1"),
    ("x/3", "1/3"), ("0.1*x + 0.2*x", "0.3"), ("x^1e9", "1000000000*x^999999999"),
    (
      "16*x*(1-x)*(1-2*x)^2",
      "16*(1 - x)*(1 - 2*x)^2 - 64*x*(1 - x)*(1 - 2*x) - 16*x*(1 - 2*x)^2"
    ),
    // A sum that is used twice is a node of its own, and has a derivative.
    (
      "sin(1+x+x^2+x^3) + cos(1+x+x^2+x^3)",
      try! simplified(
        "cos(1+x+x^2+x^3)*(3*x^2+2*x+1) - sin(1+x+x^2+x^3)*(3*x^2+2*x+1)")
    ),
  ]

  @Test(arguments: derivatives)
  func derivativesAreWrittenAsAPersonWould(_ function: String, _ derivative: String) throws {
    let shown = try simplified(function, [0])
    #expect(shown == derivative)
  }

  @Test func polynomialsAreMultipliedOut() throws {
    #expect(
      try expanded("64*x*(1-x)*(1-2*x)^2*(1-8*x+8*x^2)^2", [0])
        == "64*(1 - 42*x + 504*x^2 - 2640*x^3 + 7040*x^4 - 9984*x^5 + 7168*x^6 - 2048*x^7)")
    #expect(try expanded("(x*y*z*2)*x + (x*y*z*2)*y") == "2*x^2*y*z + 2*x*y^2*z")
    #expect(try expanded("x^1e9", [0]) == "1000000000*x^999999999")
    #expect(throws: FormError.coefficientTooLarge) { try expanded("(2*x)^1000") }
    #expect(throws: FormError.coefficientTooLarge) { try expanded("(x+1)^64") }
  }

  // MARK: Values

  private static let marks = [0, -0.0, 1, -1, .infinity, -.infinity, 0.5, -2]

  /// A simplified function where the original is defined and finite: the same, up to rounding.
  @Test func noValueChanges() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 77))
    let random = (0..<700).map { generator.expression(depth: 1 + $0 % 4) }
    var (compared, unjudged, complaints) = (0, 0, [String]())
    for (index, text) in (Self.rules.map(\.0) + random).enumerated() {
      let derived = try Derived(text)
      let function = derived.function
      let tape = Tape(
        function.graph, output: function.output, isActive: function.variables.map { _ in true })
      let read = try derived.readBack()
      for round in 0..<12 {
        let point = function.variables.indices.map {
          round < 8
            ? Self.marks[(round + $0 * (1 + index % 7)) % 8]
            : Double.random(in: -3...3, using: &generator.random)
        }
        let original = Judged(tape, at: point)
        guard original.value.isFinite, tape.findingsAboutValue(tape.slotValues(at: point)).isEmpty
        else { continue }
        let new = Judged(read, at: point)
        let error = original.error + new.error
        guard error.isFinite || new.value.isNaN else {
          unjudged += 1
          continue
        }
        compared += 1
        let difference = (new.value - original.value).magnitude
        // A jump or a kink may be crossed by rounding alone.
        if !(difference <= 8 * error + 1e-290), tape.kinks(tape.slotValues(at: point)).isEmpty {
          complaints.append(
            "\(text) at \(point): \(original.value), \(derived.texts[0]) is \(new.value)")
        }
      }
    }
    print("simplified values: \(compared) compared, \(unjudged) too rough")
    #expect(
      complaints.isEmpty, "\(complaints.count): \(complaints.prefix(20).joined(separator: "\n"))")
    #expect(compared > 2000)
  }

  @Test(arguments: [
    ("x/x", 0.0), ("ln(x) - ln(x)", -1), ("sqrt(x)^2", -1), ("0/x", 0), ("exp(ln(x))", -1),
    ("x^0.5*x^0.5", -1), ("asin(x) - asin(x)", 2), ("0*ln(x)", -1), ("(x^-1)^-1*0/x", 0),
  ])
  func holesStay(_ text: String, _ x: Double) throws {
    for form in FormulaForm.allCases {
      let value = try Derived(text, along: [[]], form: form).tape().value(at: [x])
      #expect(value.isNaN, "\(form)")
    }
  }

  // MARK: Canonical

  @Test func simplifyingTwiceChangesNothing() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 4711))
    var complaints: [String] = []
    let random = (0..<700).map { generator.expression(depth: 1 + $0 % 4) }
    for text in Self.rules.map(\.0) + random {
      let once = try simplified(text)
      let twice = try simplified(once)
      // Numbers are decimals only where the text has some.
      if once != twice, !text.contains(".") { complaints.append("\(text): \(once), then \(twice)") }
    }
    #expect(
      complaints.isEmpty, "\(complaints.count): \(complaints.prefix(20).joined(separator: "\n"))")
  }

  @Test func theOrderOfOperandsDoesNotMatter() throws {
    var generator = ExpressionGenerator(random: SplitMix64(state: 99))
    var complaints: [String] = []
    for index in 0..<300 {
      let parts = (0..<3).map { _ in "(" + generator.expression(depth: index % 3) + ")" }
      let (a, b, c) = (parts[0], parts[1], parts[2])
      let pairs = [
        ("\(a)*\(b)", "\(b)*\(a)"), ("\(a)+\(b)", "\(b)+\(a)"),
        ("(\(a)+\(b))+\(c)", "\(a)+(\(b)+\(c))"), ("(\(a)*\(b))*\(c)", "\(a)*(\(b)*\(c))"),
      ]
      for (left, right) in pairs {
        let (first, second) = try (simplified(left), simplified(right))
        // Each keeps the order of its text, and what has to stand in parentheses depends on it.
        let symbols = { (text: String) in text.filter { !"()".contains($0) }.sorted() }
        if symbols(first) != symbols(second) {
          complaints.append("\(left): \(first), but \(second)")
        }
      }
    }
    #expect(
      complaints.isEmpty, "\(complaints.count): \(complaints.prefix(20).joined(separator: "\n"))")
  }
}

// Bodies that are deep, long or without end: answered or refused, and never a crash.
import Testing

@testable import Commands

@Suite struct BodyLimitTests {
  /// `AUTODIFF_MONSTERS=100000` is the large run, for a release build.
  private static let size = setting("AUTODIFF_MONSTERS", default: 5000)

  private static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  /// Bodies of f, and what f(x) and its derivative are at 1, or a part of the error.
  private static let bodies: [(String, String)] = [
    (times(size, "if x > 0 { ") + "x = 2*x" + times(size, " }") + " x", "1,2,2"),
    (times(size, "if x > 2 { ") + "x = 2*x" + times(size, " }") + " x", "1,1,1"),
    (times(size, "if x > 0 { ") + "return 2*x" + times(size, " }") + " x", "1,2,2"),
    (times(size, "if x > 2 { 7 } else { ") + "x" + times(size, " }"), "1,1,1"),
    ("if x > 2 { 7 }" + times(size, " else if x > 2 { 7 }") + " else { x }", "1,1,1"),
    (times(size, "for i in 1..1 { ") + "x = 2*x" + times(size, " }") + " x", "1,2,2"),
    (times(size, "for i in 1..0 { ") + "x = 2*x" + times(size, " }") + " x", "1,1,1"),
    (times(size, "while x < 2 { ") + "x = 2*x" + times(size, " }") + " x", "1,2,2"),
    (times(size, "x = x + 1; ") + "x", "1,\(size + 1),1"),
    (times(size, "x = x + 1\n") + "x", "1,\(size + 1),1"),
    (times(size, ";") + "x", "1,1,1"), (times(size, "{"), "'{'"),
    (times(size, "if x { "), "never closed"),
    (times(size, "if x {} "), "ends without a value"), (times(size, "if (x) {} ") + "x", "1,1,1"),
    ("x " + times(size, "}"), "never opened"), (times(size, "x = "), "single '='"),
    (times(size, "else "), "belongs to no 'if'"), (times(size, "return "), "error: "),
    (times(size, "for "), "needs a name"), (times(size, "for i in 1.."), "error: "),
    ("if " + times(size, "(") + "x" + times(size, ")") + " { x } else { 0 }", "1,1,1"),
    ("for i in 1..\(2 * size) { x = x + 1/1024 }; x", "1,\(1 + Double(2 * size)/1024),1"),
    ("n = 0; while n < \(2 * size) { n = n + 1 }; n*x", "1,\(2 * size),\(2 * size)"),
  ]

  @Test(arguments: bodies.indices)
  func isAnswered(index: Int) {
    let (body, expected) = Self.bodies[index]
    let run = ProgramRun(
      ["eval", "-", "--at", "x=1", "--format", "csv"], input: Array("f(x) = { \(body) }\nf(x)".utf8)
    )
    if expected.hasPrefix("1,") {
      #expect(run.status == 0 && run.output.contains("\n" + expected), "\(run.error.prefix(300))")
    } else {
      #expect(run.status == 2 && run.error.contains(expected), "\(run.error.prefix(300))")
      #expect(run.error.utf8.count < 2000 && run.errorIsClean)
    }
  }

  @Test(arguments: [
    (
      "a(m, n) = { if m == 0 { return n + 1 }; if n == 0 { return a(m-1, 1) }; a(m-1, a(m, n-1)) }; a(4, 2)",
      "20000"
    ),
    ("f(x) = { while 1 { x = x + 1 }; x }; f(2)", "10000"),
    ("f(x) = { while x {}; x }; f(2)", "10000"),
    ("f(x) = { for i in 1..1e9 {}; x }; f(2)", "10000"),
    ("f(x) = { for i in 1..1e300 {}; x }; f(2)", "10000"),
    ("f(x) = { for i in -9e15..9e18 { x = x + i }; x }; f(2)", "10000"),
    ("f(x) = { for i in 1..1e5 { for j in 1..1e5 {} }; x }; f(2)", "10000"),
    ("f(x) = { f(x + 1) }; f(2)", "10000"),
    ("f(x) = { if x > 0 { f(x + 1) } else { f(x - 1) } }; f(2)", "10000"),
    ("f(n) = { s = 0; for i in 1..9 { s = s + f(n + i) }; s }; f(1)", "10000"),
    (
      "f(n) = { for i in 1..100 { n = g(n) }; n }; g(n) = { for i in 1..100 { n = h(n) }; n }; h(n) = { for i in 1..100 { n = n + 1 }; n }; f(0)",
      "100000"
    ),
  ])
  func whatHasNoEndIsRefused(text: String, limit: String) {
    let run = ProgramRun(["eval", text, "--max-steps", limit])
    #expect(
      run.status == 2
        && run.error.contains("this takes more than \(Int(limit)! / 1000),000 operations"),
      "\(run.error)")
    #expect(run.error.utf8.count < 3000 && run.errorIsClean)
  }

  @Test func callsInsideEachOtherHaveALimit() {
    let run = ProgramRun(["eval", "f(x) = { f(x + 1) }; f(2)"])
    #expect(run.status == 2 && run.error.contains("more than 100,000 calls are inside each other"))
  }

  /// The value of a step that cannot be told from its error: no number stops the loop.
  @Test func aConditionThatIsNotDefinedEndsTheBody() {
    let run = ProgramRun("eval", "f(x) = { while ln(x) < 0 { x = x + 1 }; x }; f(x)", "--at x=-1")
    #expect(run.status == 1 && run.error.contains("ln(-1) is not defined"))
  }

  @Test func numericalModeTellsThatThePathChanges() throws {
    let branch = "f(x) = { if x > 1 { x^2 } else { 3*x } }; f"
    let near = ProgramRun("eval", branch, "--at x=1.000001 --mode numerical")
    #expect(near.error.contains("goes another way at some points of the difference quotient"))
    let far = ProgramRun("eval", branch, "--at x=2 --mode numerical")
    #expect(far.status == 0 && far.error == "")
  }
}

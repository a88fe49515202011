// Iterations that diverge, as gradient descent with too long a step does: explained, and never a crash.
import Testing

@testable import Commands

@Suite struct DivergenceTests {
  /// Bodies of f(x), with a point at which f has no finite value or derivative, or one of 0.
  private static let iterations = [
    ("z = 0; for i in 1..70 { z = z^2 + x }; z", "1"),
    ("z = x; for i in 1..90 { z = z^2 }; z", "2"),
    ("z = x; for i in 1..90 { z = z^2 }; z", "0.5"),
    ("z = x; for i in 1..90 { z = z*z }; z", "-0.5"),
    ("z = x; for i in 1..90 { z = 1/z^3 }; z", "3"),
    ("z = x; for i in 1..60 { z = z - 0.5*4*z^3 }; z", "2"),
    ("z = x; for i in 1..70 { z = z - atan(z)*(1 + z^2) }; z", "1.5"),
    ("z = x; for i in 1..200 { z = z^1000 }; z", "1.001"),
    ("z = x; for i in 1..200 { z = exp(z) }; z", "1"),
    ("z = x; for i in 1..100 { z = z/(z*z*z) }; z", "1e-3"),
  ]

  @Test(arguments: iterations.indices, ["", "--mode forward", "--mode all", "--hessian"])
  func evalAnswers(index: Int, options: String) {
    expectAnswer("eval", index, options)
  }

  @Test(arguments: iterations.indices, ["trace", "check", "graph", "sweep", "diff"])
  func everyCommandAnswers(index: Int, command: String) {
    expectAnswer(command, index, command == "diff" ? "--form shared" : "")
  }

  private func expectAnswer(_ command: String, _ index: Int, _ options: String) {
    let (body, point) = Self.iterations[index]
    let run = ProgramRun(command, "f(x) = { \(body) }; f", "--at x=\(point) \(options)")
    #expect(run.status == 0 || run.status == 1, "\(body): \(run.status) \(run.error.prefix(300))")
    #expect(run.status == 0 || !run.error.isEmpty || run.output.contains("no "))
  }

  /// z = 0, 1, 2, 5, 26, 677, … is above 1e154 after 11 passes, and its square overflows in the 12th.
  @Test(arguments: ["eval", "trace", "graph", "sweep", "check"])
  func thePassIsTold(command: String) {
    let run = ProgramRun(
      command, "f(c) = { z = 0; for i in 1..65 { z = z^2 + c }; z }; f", "--at c=1")
    #expect(run.error.contains("in pass 12 of the 'for' at column 21"), "\(run.error)")
    #expect(run.error.contains("z^2 + c = 1.437821978001524e+181"), "\(run.error)")
  }

  /// Passes are those of each loop: 2^(2^3), then ^(2^3) each time, so the fourth call overflows.
  @Test func passesOfLoopsInsideEachOther() {
    let text =
      "g(z) = { for j in 1..3 { z = z^2 }; z }; "
      + "f(x) = { i = 0; while i < 30 { for k in 1..2 { x = g(x) }; i = i + 1 }; x }; f"
    let run = ProgramRun("eval", text, "--at x=2")
    let lines = run.error.split(separator: "\n").filter { $0.contains("in pass") }
      .map { $0.drop { $0 == " " }.prefix { $0 != "'" } }
    #expect(lines == ["in pass 1 of the ", "in pass 2 of the ", "in pass 2 of the "])
  }

  /// Random maps of the plane, iterated; `AUTODIFF_LOOPS=8000` for a longer search.
  @Test func randomLoopsAnswer() {
    var random = SplitMix64(state: 13)
    let steps = [
      "z = z^2 + w", "w = w*z", "z = z*z - w*w", "w = 2*z*w + x", "z = z^3", "w = z/w", "z = -z*w",
      "z = sqrt(abs(z))*z^4", "w = w^-2", "z = z - 3*w^5", "w = exp(z)", "z = max(z, w)^7",
    ]
    for _ in 0..<setting("AUTODIFF_LOOPS", default: 150) {
      let body = (0..<3).map { _ in steps.randomElement(using: &random)! }.joined(separator: "; ")
      let count = Int.random(in: 20...120, using: &random)
      let start = Double.random(in: -3...3, using: &random)
      let mode = ["forward", "reverse", "symbolic"].randomElement(using: &random)!
      let text = "f(x) = { z = x; w = 1 - x; for i in 1..\(count) { \(body) }; z + w }; f"
      let run = ProgramRun("eval", text, "--at x=\(start) --mode \(mode)")
      #expect(run.status == 0 || (run.status == 1 && !run.error.isEmpty), "\(text) at \(start)")
    }
  }
}

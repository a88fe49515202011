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

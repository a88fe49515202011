// The Helmholtz free energy of the survey's Table 4: gradients against one evaluation.
import Calculus
import Language
import Syntax

/// f(x) = R T Σ ln(xᵢ / (1 - b·x)) - (x·A x) / (√8 b·x) · ln((1 + (1+√2) b·x) / (1 + (1-√2) b·x))
enum HelmholtzBenchmark {
  static func run() throws {
    print("Helmholtz energy of n components: times in µs, and in units of one evaluation")
    row(["n", "operations", "value", "reverse", "forward", "numerical"].map(cell))
    for count in [1, 8, 15, 22, 29, 36, 43, 50] {
      let x = (0..<count).map { 0.3 / Double(count) + 1e-4 * Double($0) }
      let point = Point(names: (1...count).map { "x\($0)" }, values: x)
      let computation = try Computation(
        try Expression(SourceText(expression(count))), at: point)
      let times = measure(computation.tape, at: x)
      row(
        [cell("\(count)"), cell("\(computation.tape.instructionCount)"), cell(times[0] * 1e6)]
          + times.dropFirst().map { cell($0 / times[0]) })
    }
  }

  private static func measure(_ tape: Tape, at x: [Double]) -> [Double] {
    let passes = max(1, 100_000 / tape.instructionCount)
    var sink = 0.0
    let bodies: [() -> Void] = [
      { sink += tape.value(at: x) },
      { sink += tape.reverseGradient(at: x).value },
      { sink += tape.forwardGradient(at: x).value },
      {
        let differentiator = NumericalDifferentiator(tape, at: x)
        for variable in x.indices {
          sink +=
            differentiator.quotient(along: tape.unit(variable), size: x[variable], .forward).value
        }
      },
    ]
    let times = bodies.map { body in
      bestTime(of: 20) { for _ in 0..<passes { body() } } / Double(passes)
    }
    precondition(!sink.isNaN)
    return times
  }

  private static func expression(_ count: Int) -> String {
    let b = (1...count).map { 0.02 + 0.001 * Double($0) }
    let bx = "(" + (1...count).map { "\(b[$0 - 1])*x\($0)" }.joined(separator: "+") + ")"
    let logarithms = (1...count).map { "ln(x\($0)/(1-\(bx)))" }.joined(separator: "+")
    let form = (1...count).map { i in
      let row = (1...count).map { "\(0.1 + 1 / Double(i + $0))*x\($0)" }.joined(separator: "+")
      return "x\(i)*(\(row))"
    }.joined(separator: "+")
    return """
      8.314*300*(\(logarithms)) - (\(form))/(sqrt(8)*\(bx)) \
      * ln((1+(1+sqrt(2))*\(bx))/(1+(1-sqrt(2))*\(bx)))
      """
  }
}

// Symbolic derivatives: the logistic map's iterates, gradients of long sums, and a tenth
// derivative.
import Calculus
import Language
import Syntax

enum DerivativeBenchmark {
  static func run() throws {
    print("symbolic derivatives: nodes of the simplified formulas' graph, time, ns per node")
    row([label("expression")] + ["nodes", "ms", "ns per node", "text, ms"].map(cell))
    for count in [100, 1_000, 10_000] {
      let logistic = try function("4*x*(1-x)")
      try measure(
        "4*x*(1-x) iterated \(count) times", logistic, iterated(logistic, count), paths: [[0]])
    }
    for count in [1_000, 10_000, 100_000] {
      let sum = try terms(count)
      try measure("gradient of \(count) terms", sum, sum.output, paths: (0..<10).map { [$0] })
    }
    let product = try function("exp(sin(x))*ln(1+x^2)")
    try measure(
      "10th derivative of exp(sin(x))*ln(1+x^2)", product, product.output,
      paths: [Array(repeating: 0, count: 10)])
  }

  private static func measure(
    _ name: String, _ function: Function, _ output: NodeIndex, paths: [[Int]]
  ) throws {
    var formulas: Formulas?
    let time = try bestTime(of: 3) {
      formulas = try function.graph.derivatives(
        of: [output], along: paths, form: .simplified)
    }
    guard let formulas else { return }
    var length = 0
    let printing = bestTime(of: 3) {
      let listing = SharedListing(
        formulas.graph, roots: formulas.roots, style: .plain,
        isTaken: function.variables.contains, name: { function.variables[$0] })
      length = listing.definitions.count
    }
    let nodes = formulas.graph.dagSize(of: formulas.roots)
    precondition(length <= nodes)
    row(
      [label(name), cell("\(nodes)"), cell(time * 1e3), cell(time / Double(nodes) * 1e9)]
        + [cell(printing * 1e3)])
  }

  /// A function composed with itself.
  private static func iterated(_ function: Function, _ count: Int) -> NodeIndex {
    (1..<count).reduce(function.output) { iterate, _ in
      function.graph.substituting(iterate, for: 0, in: function.output)
    }
  }

  /// Terms of which no two are alike, over 10 variables.
  private static func terms(_ count: Int) throws -> Function {
    try function(
      (0..<count).map { "\($0 + 2)*x\($0 % 10)^2*sin(\($0 + 3)*x\($0 * 7 % 10))" }
        .joined(separator: " + "))
  }

  private static func function(_ text: String) throws -> Function {
    try Function(Expression(SourceText(text)), first: (0..<10).map { "x\($0)" })
  }

  private static func label(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, 42 - text.count))
  }
}

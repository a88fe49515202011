// `swell`: sizes of the logistic map's iterates and of derivatives of rising order.
import Testing

@testable import Commands

@Suite struct SwellCommandTests {
  private static let logistic = "4*x*(1-x)"

  /// REFERENCE.md §3: nodes of l(n) and of its derivative by the product rule.
  @Test(arguments: [
    ("2", "7", "6", "12", "9", "3"), ("3", "19", "9", "48", "17", "6"),
    ("4", "43", "12", "144", "25", "9"), ("20", "3145723", "60", "59768832", "153", "57"),
  ])
  func theLogisticMap(
    n: String, tree: String, graph: String, rawTree: String, rawGraph: String, tape: String
  ) throws {
    let run = ProgramRun("swell", Self.logistic, "--iterate 20 --format csv")
    let rows = run.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let row = try #require(rows.first { $0[0] == n })
    #expect(Array(row[1...4]) == [tree, graph, rawTree, rawGraph] && row[8] == tape)
  }

  @Test func manyIteratesAreShownInPart() throws {
    let rows = try ProgramRun("swell", Self.logistic, "--iterate 700 --format json").json()["sizes"]
      .elements
    #expect(
      rows.compactMap(\.["n"].number) == Array(1...10).map(Double.init) + [
        20, 50, 100, 200, 500, 700,
      ])
    // Exact, though far beyond every word: 6 * 2^699 - 5.
    let last = rows[rows.count - 1]["function"]
    #expect(last["tree"].string?.utf8.count == 212 && last["graph"].number == 2100)
    #expect(rows[3]["raw"]["tree"].number == 144 && rows[3]["ratio"].string == "5.76")
  }

  @Test(arguments: [1, 2, 20, 21])
  func theLastIterateIsThere(last: Int) {
    let output = ProgramRun("swell", Self.logistic, "--iterate \(last)").output
    let rows = output.split(separator: "\n").dropFirst(2)
    #expect(rows.last?.split(separator: " ").first == "\(last)")
    #expect(rows.count == (last <= 20 ? last : 12))
  }

  @Test func ordersOfADerivative() throws {
    let run = ProgramRun("swell", "x^3*y", "--order 4 --wrt x --format json")
    let rows = try run.json()["sizes"].elements
    #expect(rows.compactMap(\.["n"].number) == [1, 2, 3, 4])
    #expect(rows.allSatisfy { $0["function"]["tree"].number == 5 && $0["tape"].number == 2 })
    // 0 in the end.
    #expect(rows[3]["simplified"]["tree"].number == 1)
    #expect(ProgramRun("swell", "x^3").output.split(separator: "\n").count == 7)
  }

  @Test func numbersThatPeopleRead() {
    let output = ProgramRun("swell", Self.logistic, "--iterate 200").output
    #expect(output.contains("4.821e+60"))
    let exact = ProgramRun("swell", Self.logistic, "--iterate 200 --format csv").output
    #expect(!exact.contains("e+60,") && exact.contains("200,4820"))
    for format in ["markdown", "latex"] {
      let run = ProgramRun("swell", Self.logistic, "--iterate 4 --format \(format)")
      #expect(run.status == 0 && run.output.contains("144"))
    }
  }

  @Test(arguments: [
    ("x*y", "", "the expression has several variables: 'x', 'y'"),
    ("x*y", "--wrt z", "'z' is not in the expression"), ("x*y", "--wrt x,y", "takes one name"),
    ("3", "", "has no variable"), ("x", "--iterate 0", "from 1 to 10000, not '0'"),
    ("x", "--order 2 --iterate 2", "exclude each other"), ("x", "--order 1e3", "from 1 to 100"),
    ("f(x) = { if x > 0 { x } else { 2 } }; f", "", "depends on 'x'; 'swell' is about all"),
    ("1 +", "", "error"), ("sum(i, 1, n, x)", "--wrt x", "all points at once"),
  ])
  func mistakes(expression: String, options: String, error: String) {
    let run = ProgramRun("swell", expression, options)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
  }
}

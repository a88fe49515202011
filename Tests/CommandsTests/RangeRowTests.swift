// Points of ranges as rows: as many as there are, one by one, the same numbers as in a table.
import Language
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct RangeRowTests {
  private func rows(_ expression: String, _ options: String) -> ProgramRun {
    ProgramRun("eval", expression, options)
  }

  /// Every row has the digits of the point alone; grids in another order of names stand behind.
  @Test(arguments: ["ln(x)+x*y-sin(y)", "sum(i,1,y,x^i)", "[x*y,x/y]", "abs(x)"])
  func aRowIsThePointAlone(expression: String) {
    let points =
      expression == "abs(x)" ? "--at x=1:3:0.5 --at x=7" : "--at x=1:3:0.5,y=1:3:1 --at y=2:3:1,x=7"
    let lines = rows(expression, points + " --format csv").output.split(separator: "\n")
    let names = expression == "abs(x)" ? 1 : 2
    #expect(lines.count == (names == 1 ? 7 : 18))
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",")
      let point = zip(["x", "y"], fields.prefix(names)).map { "\($0)=\($1)" }
      let alone = rows(expression, "--at \(point.joined(separator: ",")) --format csv")
      #expect(alone.output.split(separator: "\n")[1] == line)
    }
  }

  /// Beyond a million there are points all the same, the first of them at once, and any of them.
  @Test func anyNumberOfPoints() {
    let far = "--at x=0:1e9:1,y=0:9:1 --format csv --rows"
    #expect(rows("x*y", far + " 1:2").output == "x,y,value,d/dx,d/dy\n0,0,0,0,0\n0,1,0,1,0\n")
    let last = rows("x*y", far + " 10000000010:")
    #expect(last.output == "x,y,value,d/dx,d/dy\n1000000000,9,9000000000,9,1000000000\n")
    let table = rows("x", "--at x=0:1e9:1 --format text")
    #expect(table.status == 2 && table.error.contains("--format csv writes any number"))
    #expect(rows("x", "--at x=0:1e300:1").error.contains("1,000,000,000,000,000 points"))
  }

  @Test func manyPointsAreNoTable() {
    let run = rows("x", "--at x=0:100000:1")
    #expect(run.output.hasPrefix("x,value,d/dx\n0,0,1\n"))
    #expect(run.output.hasSuffix("\n100000,100000,1\n"))
    #expect(
      run.error == "note: 100,001 points come as CSV, one by one; --format text makes a table\n")
  }

  /// The pieces that threads take, and where grids meet, do not show.
  @Test(arguments: ["", " --strict", " --rows 700:1500", " --hessian"])
  func threadsDoNotMatter(options: String) {
    let points = "--at x=-1:40:0.05,y=1:2:1 --at y=5,x=0:99:1 --format csv"
    let alone = rows("sqrt(x)*y", points + options + " --jobs 1")
    let several = rows("sqrt(x)*y", points + options + " --jobs 3")
    #expect(alone.output == several.output && alone.error == several.error)
    #expect(!alone.output.isEmpty && alone.status == several.status)
    #expect(
      alone.output.split(separator: "\n").count
        == (options == " --strict" ? 2 : options == " --rows 700:1500" ? 802 : 1743))
  }

  @Test func pointsInTroubleAreNamedAsInATable() {
    let run = rows("abs(x)/y", "--at x=-1:1:1,y=0:1:1 --format csv")
    #expect(
      run.output
        == joined(
          "x,y,value,d/dx,d/dy", "-1,0,inf,-inf,-inf", "-1,1,1,-1,-1", "0,0,nan,nan,nan",
          "0,1,0,0,0", "1,0,inf,inf,-inf", "1,1,1,1,-1"))
    #expect(run.error.contains("error: at x = 0, y = 0: 0/0 is not defined"))
    #expect(run.error.contains("warning: at x = 0, y = 1: abs(0) has a kink"))
    #expect(run.error.contains("  abs(x) = 1, y = 0 → abs(x)/y = inf\n"))
    #expect(run.error.hasSuffix("note: 3 of 6 points have no result, or not all of it\n"))
    let many = rows("ln(x)", "--at x=-1:0:0.001 --format csv")
    #expect(many.error.split(separator: "\n").count { $0.hasPrefix("error:") } == 10)
    #expect(many.error.contains("1001 of 1001 points") && many.status == 1)
  }

  @Test func otherForms() {
    #expect(rows("x^2", "--at x=1:2:1 --format tsv").output == "x\tvalue\td/dx\n1\t1\t2\n2\t4\t4\n")
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(recording: recording)
    #expect(Program.run(["eval", "1/x", "--at", "x=0:1:1", "--output", "r.ndjson"], terminal) == 1)
    #expect(
      String(decoding: recording.files["r.ndjson"] ?? [], as: UTF8.self)
        == joined(
          "{\"x\": 0, \"value\": null, \"d/dx\": null}", "{\"x\": 1, \"value\": 1, \"d/dx\": -1}"))
  }

  @Test(arguments: [
    ("--at x=1 --jobs 2", "belongs to --points"), ("--at x=1:2:1 --strict", "--format csv"),
    ("--at x=1:2:1 --format csv --keep", "--keep belongs to --points"),
    ("--at x=1:2:1 --format npy", "needs a file"),
    ("--at x=1:2:1 --output a --format markdown", "no --format markdown"),
    ("--at x=1:2:1 --output a --mode all", "which --mode all does not have"),
    ("--at x=1:2:1 --format csv --rows 0:1", "--rows cannot be"),
  ])
  func refusals(options: String, expected: String) {
    let run = rows("x", options)
    #expect(run.status == 2 && run.output.isEmpty && run.error.contains(expected), "\(run.error)")
  }
}

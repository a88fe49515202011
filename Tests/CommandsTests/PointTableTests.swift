// Several points: repeated `--at`, ranges, grids, and numbers with every digit.

import Testing

@testable import Commands

@Suite struct PointTableTests {
  @Test func aRangeIsATable() {
    #expect(
      ProgramRun("eval", "x^2*y", "--at y=3,x=0:1:0.5").output
        == joined(
          "y    x  value  d/dy  d/dx", "─  ───  ─────  ────  ────", "3  0     0     0        0",
          "3  0.5   0.75  0.25     3", "3  1     3     1        6"))
  }

  @Test func csvHasEveryDigit() {
    #expect(
      ProgramRun("eval", "x/3", "--at x=0:1:0.1 --format csv --digits 2").output
        .split(separator: "\n")[4] == "0.3,0.09999999999999999,0.3333333333333333")
    #expect(
      ProgramRun("eval", "x^2*y", "--at y=3,x=1 --at x=2,y=1/3 --format csv").output
        == joined(
          "y,x,value,d/dy,d/dx", "3,1,3,1,6",
          "0.3333333333333333,2,1.3333333333333333,4,1.3333333333333333"))
    #expect(
      ProgramRun("eval", "x*2^-1074", "--at x=1 --format csv").output
        == joined("x,value,d/dx", "1,5e-324,5e-324"))
  }

  @Test func everyModeHasItsRow() {
    #expect(
      ProgramRun("eval", "2*x", "--at x=1 --at x=2 --format csv --mode all --step 0.5").output
        == joined(
          "x,mode,value,d/dx,d/dx formula,d/dx step", "1,forward,2,2,,", "1,reverse,2,2,,",
          "1,symbolic,2,2,,", "1,numerical,2,2,central,0.5", "2,forward,4,2,,",
          "2,reverse,4,2,,", "2,symbolic,4,2,,",
          "2,numerical,4,2,central,0.5"))
  }

  @Test func jsonIsAnArray() throws {
    let json = try ProgramRun("eval", "x^2*y", "--at y=0:1:1,x=1:3:1 --format json").json()
    #expect(json.count == 6)
    let points = json.elements.map { [$0["point"]["y"].number, $0["point"]["x"].number] }
    #expect(points == [[0, 1], [0, 2], [0, 3], [1, 1], [1, 2], [1, 3]])
    #expect(json[5]["value"].number == 9 && json[5]["gradient"]["x"].number == 6)
  }

  /// One point that fails does not hide the others; the status is the worst.
  @Test func aPoleAmongPoints() throws {
    let run = ProgramRun("eval", "1/x", "--at x=-1:1:1 --format csv")
    #expect(run.output == joined("x,value,d/dx", "-1,-1,-1", "0,inf,-inf", "1,1,-1"))
    #expect(run.status == 1)
    #expect(
      run.error.hasPrefix("error: at x = 0: 1/0 is infinite; '/' needs a divisor other than 0\n"))
    let json = try ProgramRun("eval", "1/x", "--at x=-1:1:1 --format json").json()
    #expect(json[0]["value"].number == -1 && json[1]["value"].isNull)
    #expect(json[1]["gradient"]["x"].isNull && json[1]["notes"][0]["kind"].string == "infinite")
    #expect(json[2]["notes"].elements.isEmpty)
  }

  /// The number of a sum's terms is read anew at each point.
  @Test func boundsThatDependOnThePoint() {
    let run = ProgramRun("eval", "sum(i, 1, n, i*x)", "--at x=2,n=0:3:1 --wrt x --format csv")
    #expect(run.output == joined("x,n,value,d/dx", "2,0,0,0", "2,1,2,1", "2,2,6,3", "2,3,12,6"))
    let broken = ProgramRun("trace", "sum(i, 1, n, i*x)", "--at x=2,n=1:2:0.5")
    #expect(broken.status == 2 && broken.output == "")
  }

  @Test(
    arguments: [
      ("--at x=1,y=2 --at x=3", "'y'"), ("--at x=1,y=2 --at x=1,y=2,z=3", "'z'"),
      ("--at x=1", "no value is given for 'y'; add 'y=…' to --at"),
      ("", "no values are given for 'x', 'y'; add --at x=…,y=…"),
    ])
  func pointsThatDoNotMatch(options: String, expected: String) {
    let run = ProgramRun("eval", "x*y", options)
    #expect(run.status == 2 && run.output == "" && run.error.contains(expected))
  }
}

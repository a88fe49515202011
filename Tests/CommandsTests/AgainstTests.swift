// `check --against`: what a program is given, what it may print, and every way it can fail.
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct AgainstTests {
  private func check(_ expression: String, _ words: String...) -> ProgramRun {
    ProgramRun(["check", expression] + words)
  }

  /// A program in awk with a header and what it prints for each row.
  private func awk(_ header: String, _ row: String) -> String {
    #"awk -F, 'NR == 1 {print "\#(header)"} NR > 1 {printf \#(row)}'"#
  }

  @Test func theProgramReadsTheVariablesAndTheirPoints() {
    let run = check("x*y", "--at", "x=1/3:1:1/3,y=-2e300", "--against", "cat >&2; exit 1")
    #expect(run.status == 2 && run.output == "")
    #expect(
      run.error == "error: the program ended with exit status 1\n  x,y\n"
        + "  0.3333333333333333,-2e+300\n  0.6666666666666666,-2e+300\n  1,-2e+300\n")
  }

  @Test(arguments: [
    ("d/dx,d/dy", #""%.17g,%.17g\n", 2*$1*$2, $1^2"#),
    ("df/dx,value", #""%.17g,%.17g\n", 2*$1*$2, $1^2*$2"#),
    (" dy , dx ", #""%.17g,%.17g\n", $1^2, 2*$1*$2"#),
    ("x,y", #""%.17g,%.17g\n", 2*$1*$2, $1^2"#),
    ("x,y,f,∂f/∂x,∂/∂y", #""%s,%s,%.17g,%.17g,%.17g\r\n\n", $1, $2, $1^2*$2, 2*$1*$2, $1^2"#),
  ])
  func columns(header: String, row: String) {
    let run = check("x^2*y", "--against", awk(header, row))
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("at 20 random points (seed 1) and 10 simple ones"), "\(run.error)")
  }

  @Test(arguments: [
    (#""%.17g,%.17g\n", 2*$1*$2, $1^2"#, ["d/dx  column 1", "d/dy  column 2"]),
    (#""%.17g\n", $1^2*$2"#, ["value  column 1"]),
    (
      #""%.17g,%.17g,%.17g\n", $1^2*$2, 2*$1*$2, $1^2"#,
      ["value  column 1", "d/dx  column 2", "d/dy  column 3"]
    ),
  ])
  func columnsWithoutNames(row: String, columns: [String]) {
    let run = check("x^2*y", "--against", "awk -F, 'NR > 1 {printf \(row)}'")
    let words = run.output.split(separator: " ").joined(separator: " ")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    for column in columns {
      let expected = column.split(separator: " ").joined(separator: " ")
      #expect(words.contains(expected + " agree"), "\(run.output)")
    }
  }

  @Test(arguments: [
    #""%.17g  %.17g\n", 2*$1*$2, $1^2"#, #""%.17g;%.17g\n", 2*$1*$2, $1^2"#,
    #""%.17g\t%.17g\n", 2*$1*$2, $1^2"#,
  ])
  func whereThereAreNoCommasOtherSignsPartTheColumns(row: String) {
    let run = check("x^2*y", "--against", "awk -F, 'NR > 1 {printf \(row)}'")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("column 2"))
  }

  @Test func aListHasValuesAndAJacobian() {
    let row = #""%.17g,%.17g,%.17g,%.17g,%.17g\n", $1*$2, $2, $1, 1/$2, -$1/$2^2"#
    let named = awk("f1,df1/dx,df1/dy,df2/dx,df2/dy", row)
    #expect(check("[x*y, x/y]", "--against", named).status == 0)
    let jacobian = #"awk -F, 'NR > 1 {printf "%.17g,%.17g,%.17g,%.17g\n", $2, $1, 1/$2, -$1/$2^2}'"#
    #expect(check("[x*y, x/y]", "--against", jacobian).status == 0)
    let wrong = check("[x*y, x/y]", "--against", awk("f1,f2", #""%.17g,%.17g\n", $1/$2, $1*$2"#))
    #expect(wrong.status == 1 && wrong.output.contains("f1 and f2 are swapped"), "\(wrong.output)")
  }

  @Test(arguments: [
    ("x^2*y - y", #""%.17g,%.17g\n", 2*$1*$2, $1^2 + 1"#, "wrong sign: the term that y gives"),
    (
      "sin(2*x)*y", #""%.17g,%.17g\n", cos(2*$1)*$2, sin(2*$1)"#, "the inner derivative of sin(2*x)"
    ),
    ("x*y^3", #""%.17g,%.17g\n", 3*$1*$2^2, $2^3"#, "d/dx and d/dy are swapped"),
  ])
  func mistakesAreNamed(expression: String, row: String, why: String) {
    let run = check(expression, "--against", "awk -F, 'NR > 1 {printf \(row)}'")
    #expect(run.status == 1 && run.output.contains(why), "\(run.output)\(run.error)")
  }

  @Test func theCounterexampleIsSimple() {
    let run = check("x*y", "--against", awk("value", #""%.17g\n", $1 + $2"#))
    #expect(run.output.contains("value: at x = 1, y = 1 the claim is 2, the value 1"))
    #expect(
      check("x*y", "--against", awk("value", #""%.6f\n", -$1*$2"#)).output.contains(
        "minus the value"))
  }

  /// What is right but for rounding passes with a word, unless a tolerance is given.
  @Test(arguments: [
    (#""%g,%g\n", 2*$1*$2, $1^2"#, "right to the 6 digits that are printed"),
    (#""%.17g,%.17g\n", 2*$1*$2*(1+1e-7), $1^2"#, "single precision"),
  ])
  func roundingIsNoMistake(row: String, note: String) {
    let program = awk("dx,dy", row)
    let run = check("x^2*y", "--against", program)
    #expect(run.status == 0 && run.error.contains(note), "\(run.output)\(run.error)")
    #expect(check("x^2*y", "--against", program, "--tolerance", "1e-10").status == 1)
    #expect(check("x^2*y", "--against", program, "--tolerance", "1e-5").status == 0)
  }

  /// As Python, NumPy and PyTorch print a row.
  @Test(arguments: [
    #""(%.17g, %.17g)\n", 2*$1*$2, $1^2"#, #""[%.17g %.17g]\n", 2*$1*$2, $1^2"#,
    #""(np.float64(%.17g), np.float64(%.17g))\n", 2*$1*$2, $1^2"#,
    #""tensor([%.17g, %.17g])\n", 2*$1*$2, $1^2"#,
  ])
  func rowsAsProgramsPrintThem(row: String) {
    let run = check("x^2*y", "--against", "awk -F, 'NR > 1 {printf \(row)}'")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    let wrong = row.replacing("$1^2", with: "$1^3")
    #expect(check("x^2*y", "--against", "awk -F, 'NR > 1 {printf \(wrong)}'").status == 1)
  }

  /// One column about one variable is the value if it is, and the derivative if it is not.
  @Test func oneColumnOfOneVariable() {
    let value = check("x^3", "--against", #"awk -F, 'NR > 1 {printf "%.17g\n", $1^3}'"#)
    #expect(value.status == 0 && value.output.contains("value "), "\(value.output)")
    let slope = check("x^3", "--against", #"awk -F, 'NR > 1 {printf "%.17g\n", 3*$1^2}'"#)
    #expect(slope.status == 0 && slope.output.contains("d/dx"), "\(slope.output)")
    #expect(check("x^3", "--against", #"awk -F, 'NR > 1 {printf "%.17g\n", 3*$1}'"#).status == 1)
  }

  @Test(arguments: [
    #"awk -F, 'NR > 1 {printf "%.17g,%.17g,%.17g,0\n", 2*$2, 2*$1, 2*$1}'"#,
    #"awk -F, 'NR == 1 {print "fxx,d2/dxdy"} NR > 1 {printf "%.17g,%.17g\n", 2*$2, 2*$1}'"#,
    #"awk -F, 'NR == 1 {print "x,y,dx,f_yx"} NR > 1 {printf "%s,%s,%.17g,%.17g\n", $1, $2, 2*$1*$2, 2*$1}'"#,
  ])
  func secondDerivatives(program: String) {
    let run = check("x^2*y", "--hessian", "--against", program)
    #expect(run.status == 0 && run.output.contains("dx"), "\(run.output)\(run.error)")
    let wrong = check(
      "x^2*y", "--hessian", "--against", program.replacing(", 2*$1", with: ", 3*$1"))
    #expect(wrong.status == 1, "\(wrong.output)\(wrong.error)")
    #expect(check("x^2*y", "--hessian").error.contains("--hessian needs a value"))
  }

  /// Where there is a value, nan is none; where there is none, a number is one too many.
  @Test(arguments: [
    (#"value,dx\nnan,nan\n0,inf\n1,0.5\n"#, 0, "agree"),
    (#"value,dx\nNaN,-nan\n0,nan\n1,0.5\n"#, 0, "agree"),
    (#"value,dx\nnan,nan\nnan,inf\n1,0.5\n"#, 1, "disagree: value"),
    (#"value,dx\nnan,nan\n0,inf\n1,nan\n"#, 1, "disagree: d/dx"),
    (#"value,dx\nnan,nan\n0,-inf\n1,0.5\n"#, 1, "outside the domain: d/dx"),
    (#"value,dx\n0,nan\n0,inf\n1,0.5\n"#, 1, "outside the domain: value"),
  ])
  func whatIsNotThere(printed: String, status: Int32, verdict: String) {
    let run = check("sqrt(x)", "--at", "x=-1:1:1", "--against", "printf '\(printed)'")
    #expect(run.status == status && run.output.contains(verdict), "\(run.output)\(run.error)")
  }

  @Test(arguments: [
    ("printf 'dx\\n1\\n'", "error: the program printed 1 row for 3 points"),
    ("true", "error: the program printed nothing for 3 points"),
    (
      "printf 'dx\\n1\\n1\\n1\\n1\\n'", "output:5:1: error: the program printed 4 rows for 3 points"
    ),
    ("printf 'dx\\n1\\n1;0\\n1\\n'", "output:3:1: error: the row has 2 cells in place of 1"),
    ("printf 'dx,f\\n1,1\\n1,\\n1,2\\n'", "output:3:3: error: a number is missing"),
    ("printf 'dx\\n1\\n1,5\\n1\\n'", "output:3:1: error: the row has 2 cells in place of 1"),
    ("printf 'd1\\n1\\n'", "output:1:1: error: no derivative and no value is called 'd1'"),
    ("printf 'dx,d/dx\\n1,1\\n'", "output:1:4: error: 'd/dx' is there twice"),
    ("printf '1,2,3\\n1\\n1\\n'", "error: it is not clear what 3 columns without names are"),
    ("printf 'x,dx\\n1,1\\n3,1\\n2,1\\n'", "this row is for another point: it was asked for x = 2"),
    ("no-such-program-anywhere", "error: the program was not found (exit status 127)"),
    ("echo one >&2; echo two >&2; exit 3", "ended with exit status 3\n  one\n  two\n"),
    ("exec >&-; sleep 0.1; echo late >&2; exit 3", "exit status 3\n  late\n"),
    (
      "awk 'BEGIN {for (i = 0; i < 20000; i++) print \"line\", i; print \"last\"}' >&2; exit 3",
      "  line 0\n  line 1\n  line 2\n  …\n  last\n"
    ),
    ("kill -9 $$", "error: the program was ended by signal 9"), ("exit 139", "as after signal 11"),
    ("yes", "error: the program printed more than"),
    ("echo broken >&2; printf 'dx\\n\\033[31m\\n'", "standard error\n  broken\n"),
  ])
  func programsThatFail(command: String, error: String) {
    let run = check("x", "--at", "x=1:3:1", "--against", command)
    #expect(run.status == 2 && run.output == "" && run.error.contains(error), "\(run.error)")
    #expect(run.errorIsClean)
  }

  /// A child that lives on keeps its end of the pipe, and this would not end.
  @Test func aProgramThatDoesNotEndIsKilledWithItsChildren() {
    let run = check("x", "--against", "sleep 100000 | sleep 100000", "--time-limit", "0.2")
    #expect(run.status == 2 && run.error.contains("did not end within 0.2 s"), "\(run.error)")
  }

  /// A process that is a group, or a session, of its own keeps its environment.
  @Test(arguments: ["setsid sleep 100000", "setsid sh -c 'sleep 100000; true' & (sleep 100000 &)"])
  func whatLeavesItsGroupIsKilledToo(command: String) throws {
    let mark = "autodiff-test-\(UInt64.random(in: 0 ... .max))"
    let run = check(
      "x", "--against", "MARK=\(mark) \(command) & sleep 100000", "--time-limit", "0.3")
    #expect(run.status == 2 && run.error.contains("did not end within 0.3 s"), "\(run.error)")
    #if os(Linux)
      // A process that has been killed may be there a moment longer on a busy machine.
      let search = ForeignProgram(
        command: """
          for try in 1 2 3 4 5 6 7 8 9 10; do
            found=$(grep -lz 'MARK=\(mark)' /proc/[0-9]*/environ 2>/dev/null | grep -v "/$$/")
            [ -z "$found" ] && exit
            sleep 0.5
          done
          echo "$found"
          """,
        input: [], timeLimit: 60, outputLimit: 1000)
      #expect(search.run().output.isEmpty)
    #endif
  }

  /// Neither reads all before writing, nor writes all before reading; more than a pipe holds.
  @Test(arguments: ["cat", "cat > /dev/null; echo x,y", "echo x,y; sed 1d | cat"])
  func muchGoesInAndOut(command: String) {
    let run = check(
      "(x^2 + y^2)/2", "--at", "x=0:400/3:1/30,y=-1/3", "--against", command)
    #expect(run.status == (command.contains("null") ? 2 : 0), "\(run.error)")
  }

  @Test func aProgramNeedNotReadItsInput() {
    let run = check(
      "2*x*y", "--at", "x=0:400/3:1/30,y=-1/3", "--against", "exec 0<&-; sleep 0.1; exit 7")
    #expect(run.error == "error: the program ended with exit status 7\n")
  }

  @Test func itsRemarksAreShown() {
    let run = check("x^2/2", "--at", "x=1", "--against", "cat; echo careful >&2")
    #expect(run.status == 0)
    #expect(run.error == "note: the program wrote to its standard error\n  careful\n")
  }

  @Test(arguments: [
    (["--against", "cat", "--gradient", "1"], "--against and --gradient exclude each other"),
    (["--against", "cat", "--hessian", "1"], "--against and --hessian exclude each other"),
    (["--against", "cat", "--time-limit", "0"], "more than 0"),
    (["--time-limit", "3"], "--time-limit is for the program of --against"),
    (["--against", "a\0b"], "cannot be started"),
  ])
  func mistakes(words: [String], error: String) {
    let run = ProgramRun(["check", "x"] + words)
    #expect(run.status == 2 && run.error.contains(error), "\(run.error)")
  }

  /// A script comes from somebody else.
  @Test func aScriptRunsNoProgramUnlessAllowed() {
    let script = Array("f(x) = x^2/2\n  check f --against cat\n".utf8)
    let refused = ProgramRun(["run", "-"], input: script)
    #expect(refused.status == 2 && refused.output == "")
    #expect(
      refused.error.hasPrefix("standard input:2:3: error: a script or a pipe runs no program"))
    let allowed = ProgramRun(["run", "-", "--allow-programs"], input: script)
    #expect(allowed.status == 0 && allowed.output.contains("agree: the claim"), "\(allowed.error)")
  }

  @Test func json() throws {
    let run = try check(
      "x^2", "--format", "json", "--against", awk("dx,value", #""%.17g,%s\n", $1, 3"#)
    )
    .json()
    #expect(run["against"].string?.hasPrefix("awk") == true && run["samples"].number == 30)
    let claim = run["claims"].elements[0]
    #expect(claim["name"].string == "d/dx" && claim["claim"].string == "dx")
    #expect(claim["verdict"].string == "disagree" && claim["derivative"].number == 2)
    #expect(run["claims"].elements[1]["wrt"].elements.isEmpty)
  }
}

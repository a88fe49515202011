// Expectations in scripts: what meets them, what does not, and what is told.

@testable import CommandLine
import Testing

@testable import Commands

@Suite struct ExpectationTests {
  private func run(_ script: String, _ options: [String] = []) -> ProgramRun {
    ProgramRun(["run", "-"] + options, input: Array("f(x) = x^2 + 2x\na = 3\n\(script)\n".utf8))
  }

  @Test(arguments: [
    "eval f --at x=2 : 8, x: 6", "eval f --at x=2 : 8", "eval f --at x=2 : x: 6",
    "eval f --at x=2 --mode all : 8.0, x: 6.000000", "eval f --at x=a : f(a), x: 2*(x + 1)",
    "eval f --at x=-1:1:0.25 : x*(x + 2), x: 2*x + 2", "eval f --at x=2 : 8.4 within 0.4 + 0.1",
    "eval f --at x=2 : 7.6 ± 0.4, x: 6", "eval 'sin(pi)' : 0", "eval 'pi' : 3.142",
    "eval 'pi/1000' : 3.14e-3", "eval 'pi' : 3.1415926536",
    "eval '[x*y, sin(x)]' --at x=2,y=3 : f1: 6, f1,x: 3, f2: 0.91, f2,y: 0",
    "eval 'x*y' --at x=2,y=3 --direction x=1,y=1 : 6, derivative: 5",
    "eval 'ln(x)' --at x=-1 : nan", "eval '1/x' --at x=0 : inf, x: -inf",
    "diff f : 2*(x + 1)", "diff 'x^2*y' : y: x^2", "diff 'sin(x)^2' : 'sin(2*x)'",
    "diff 'x^2*y' --hessian : x,x: 2*y, y,x: 2*x, y,y: 0", "diff 'x^5' --order 3 : 60*x^2",
    "diff 'x^5*y^2' --wrt x,x,y --mixed : 40*x^3*y", "diff '[x^2, x^a]' : f2,x: a*x^2",
    "diff f : f'(x)", "eval 'f(x)' --at x=2 : f'(x) + 2 # not 3", "eval 3 : if(2 < a, a, 0)",
    "check f", "check f --gradient 'x: 2*x + 2'", "fail check f --gradient 'x: 2*x'",
    "fail check f --gradient 'x: 2*x' : disagree", "fail eval 'ln(x)' --at x=-1 : ln(-1) is not",
    "error eval 'ln('", "error eval 'ln(' : never closed", "trace f --at x=1",
    "error eval f --wrong",
  ])
  func isMet(line: String) {
    let result = run("expect " + line)
    #expect(result.output == "1 of 1 expectation met\n" && result.error == "")
    #expect(result.status == 0)
  }

  @Test(arguments: [
    ("eval f --at x=2 : 9", "value is 8, expected 9"),
    ("eval f --at x=2 : 8, x: 6.1", "d/dx is 6, expected 6.1"),
    ("eval f --at x=2 : 8, x: 3*x+1", "d/dx is 6, expected 3*x+1 (7)"),
    ("eval f --at x=2 : 8.0000001", "value is 8, expected 8.0000001"),
    ("eval pi : 3.1415928", "value is 3.141592653589793, expected 3.1415928"),
    ("eval f --at x=2 : 8.4 within 0.3", "value is 8, expected 8.4 within 0.3"),
    ("eval '1e-11' : 0", "value is 1e-11, expected 0"),
    ("eval 2 : nan", "value is 2, expected nan"),
    ("eval 'exp(x)' --at x=0 --mode all --step 1e-3 : x: 1", "d/dx by numerical mode is "),
    ("eval f --at x=0:2:1 : x: 2", "at x = 1: d/dx is 4, expected 2"),
    ("eval '[x, 2*x]' --at x=1 : f2,x: 3", "df2/dx is 2, expected 3"),
    ("eval 'ln(x)' --at x=-1 : 3", "value is nan, expected 3"),
    ("diff f : 2*x", "d/dx is not 2*x: at x = 1 it is 4, expected 2"),
    ("diff 'x^5' --order 3 : 60*x", "d^3/dx^3 is not 60*x: at x = 2 it is 240, expected 120"),
    ("eval 'ln(x)' --at x=-1", "the exit status is 1, expected 0: "),
    ("error eval 'ln(x)' --at x=-1", "the exit status is 1, expected 2: "),
    ("fail check f", "the exit status is 0, expected 1: agree"),
    ("error eval 'ln(' : too long", "expected to read 'too long': standard input:3:"),
  ])
  func isNotMet(line: String, failure: String) throws {
    let result = run("expect \(line)\nexpect check f\neval a")
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0] == "value  3" && result.error == "")
    #expect(lines[1].hasPrefix("standard input:3:1: \(failure)"))
    #expect(lines[2] == "1 of 2 expectations met")
    #expect(result.status == 1)
  }

  /// What cannot be understood ends the script.
  @Test(arguments: [
    ("", "3:1: error: 'expect' needs a command"), (": 8", "3:1: error: 'expect' needs a command"),
    ("evla f", "3:1: error: 'evla' is not a command; did you mean 'eval'?"),
    ("run f", "3:1: error: 'run' is not a command"), ("load f", "3:1: error: 'load' is not"),
    ("eval f --at x=2 :", "3:1: error: nothing is expected behind ':'"),
    ("eval f --at x=2 : y: 3", "3:1: error: 'eval' gives no 'y' to expect"),
    ("eval f --at x=2 : (", "3:1: error: this '(' is never closed"),
    ("eval f --at x=2 : q", "3:1: error: 'q' is not in the expression"),
    ("eval f --at x=2 : 8 within h", "3:1: error: "),
    ("eval f --at x=2 : 9 within -2", "3:1: error: how far off"),
    ("eval f --at x=2 : 9 ± inf", "3:1: error: how far off"),
    ("eval f --at x=2 : x: ", "3:1: error: "),
    ("eval '[1, 2]' : 3", "3:1: error: several outputs have several values"),
    ("eval 'sin(' : 3", "3:17: error: this '(' is never closed"),
    ("fail eval 'sin('", "3:22: error"),
    ("trace f --at x=1 : 3", "3:1: error: 'trace' has no numbers"),
    ("diff 'x*y' --wrt x : y: 3", "3:1: error: 'diff' gives no 'y' to expect"),
    ("eval f --at x=2 --hessian : x,x: 2", "3:1: error: 'eval --hessian' has no second"),
    ("eval f --at x=2 : 8, x: 6, x: 6", "3:1: error: 'x' is given twice"),
    ("eval f --at x=2 : 8, x,x: 2", "3:1: error: a comma is only understood"),
    ("eval '[x]' --at x=2 : f1,x,x: 2", "3:1: error: several outputs have several values"),
    ("eval f --points x.csv : 8", "3:1: error: 'eval --points' has rows and no number"),
    ("diff 'x*y' : 3", "3:1: error: "), ("eval f --help : 3", "3:1: error: help is nothing"),
  ])
  func isRefused(line: String, error: String) {
    let script = "expect \(line)\nexpect check f"
    let result = run(script)
    #expect(result.status == 2 && result.output == "")
    #expect(result.error.hasPrefix("standard input:\(error)"))
    let kept = run(script, ["--keep-going"])
    #expect(kept.status == 2 && kept.output == "1 of 1 expectation met\n")
  }

  @Test func severalScriptsHaveOneSummary() {
    let recording = Terminal.Recording()
    let files = ["a.ad": "expect eval 1 : 2", "b.ad": "expect eval 1 : 1"]
    let status = Program.run(
      ["run", "a.ad", "b.ad"], .inMemory(recording: recording, files: files))
    #expect(status == 1)
    #expect(
      recording.output == "a.ad:1:1: value is 1, expected 2\n1 of 2 expectations met\n")
  }

  @Test func aSessionTellsAtOnce() {
    let run = ProgramRun(
      [], input: Array("f(x) = x^2\nf(3)\nexpect eval f --at x=ans : 81\nexpect diff f : x\n".utf8))
    let lines = run.output.split(separator: "\n")
    #expect(run.status == 1 && run.error == "" && lines.count == 3)
    #expect(lines[1] == "met" && lines[2].hasPrefix("d/dx is not x: at x = 1 it is 2, expected 1"))
  }
}

/// Expectations that there is nothing to judge by.
@Suite struct EmptyExpectationTests {
  @Test(arguments: [
    "diff ln(-1-x^2) : 1", "diff asin(x-1e6) : 1/sqrt(1-(x-1e6)^2)", "diff min(x,x) : 1",
    "diff abs(x-x) : 0", "diff x/0 : inf", "eval x --at x=2 : , x: 1", "eval x --at x=2 : ±, x: 1",
    "eval x --at x=2 : ;", "diff x^2 : ,",
  ])
  func areRefusedAndLoseNothing(expectation: String) {
    let run = ProgramRun(
      ["run", "-"], input: Array("eval 3\nexpect \(expectation)\n".utf8))
    #expect(run.output.hasPrefix("value  3\n"))
    #expect(run.status == 2 && run.error.contains("error: "), "\(run.error)")
  }
}

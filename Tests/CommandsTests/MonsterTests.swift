// Deep, wide and long input through the whole program, on standard input and as an argument.

import Testing

@testable import Commands

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Suite(.serialized) struct MonsterTests {
  /// The sizes are a million; tests run unoptimised, so a share of it unless asked for.
  private static let scale = setting("AUTODIFF_MONSTERS", default: 20_000)

  /// Texts with x = 1 in them, the exit status, and the value and derivative or part of the error.
  static let monsters: [(String, Int32, String)] = [
    (times(scale, "(") + "x" + times(scale, ")"), 0, "1,1,1"),
    (times(scale, "("), 2, "'(' is never closed"), (times(scale, "(") + "x", 2, "never closed"),
    ("x" + times(scale, ")"), 2, "error: "), (times(scale, "()"), 2, "the parentheses are empty"),
    (times(scale, "sin(") + "x*0" + times(scale, ")"), 0, "1,0,0"),
    (times(scale, "sin("), 2, "error: "), (times(scale, "-") + "x", 0, "1,1,1"),
    (times(scale, "-") + "x^2", 0, "1,1,2"), (times(scale, "x^"), 2, "error: "),
    (times(scale / 10, "x^") + "x", 0, "1,1,1"), (times(scale, "x+") + "x", 0, "1,S,S"),
    (times(scale, "x*") + "x", 0, "1,1,S"), ("max(" + times(scale, "0,") + "x)", 0, "1,1,1"),
    (times(scale, "x ") + "+" + times(10 * scale, " ") + "x", 0, "1,2,S"),
    (times(50 * scale, " ") + "x", 0, "1,1,1"), (times(50 * scale, "a"), 2, "no value is given"),
    ("0." + times(50 * scale, "3") + "*x", 0, "1,0.3333333333333333,0.3333333333333333"),
    (times(scale, "\n") + "x" + times(scale, "\n# c"), 0, "1,1,1"),
    (times(50 * scale, "\0"), 2, "error: "),
    (times(scale, "not ") + "x", 0, "1,1,0"),
    (times(scale, "if(1,") + "x" + times(scale, ",0)"), 0, "1,1,1"),
    ("sum(i, 1, " + "\(scale), x)", 0, "1,S-,S-"), (times(scale, "x<"), 2, "error: "),
    (times(60, "sum(i,1,1,") + "x" + times(60, ")"), 0, "1,1,1"),
    (times(60, "sum(i,2,1,") + "x" + times(60, ")"), 0, "1,0,0"),
  ]

  @Test(arguments: monsters.indices)
  func areAnswered(index: Int) {
    let (text, status, expected) = Self.monsters[index]
    for isInput in [true, false] {
      let run = ProgramRun(
        ["eval", "--at", text.contains("x") ? "x=1" : "y=1", "--format", "csv", "--"]
          + [isInput ? "-" : text], input: isInput ? Array(text.utf8) : [])
      #expect(run.status == status, "\(run.error.prefix(300))")
      if status == 0 {
        let sum = expected.replacing("S-", with: "\(Self.scale)")
          .replacing("S", with: "\(Self.scale + 1)")
        #expect(run.output == "x,value,d/dx\n\(sum)\n")
      } else {
        #expect(run.error.contains(expected), "\(run.error.prefix(300))")
        // A long line is shown in part, around the place of the error.
        #expect(run.error.utf8.count < 2000 && run.errorIsClean)
      }
    }
  }

  /// Sums within sums are refused when they have really made too much: a minute in debug.
  @Test(.enabled(if: scale > 20_000))
  func sumsWithinSums() {
    let text = times(60, "sum(i,1,10,") + "x" + times(60, ")")
    let run = ProgramRun(["eval", text, "--at", "x=1"])
    #expect(run.status == 2 && run.error.contains("more than 20,000,000 operations"))
  }

  /// An undefined result at the bottom of a deep expression: its way is told in a few steps.
  @Test func aLongWayIsShortened() {
    let text = times(Self.scale, "sin(") + "ln(x)" + times(Self.scale, ")")
    for command in ["eval", "trace"] where command == "eval" || Self.scale <= 20_000 {
      let run = ProgramRun([command, text, "--at", "x=-1", "--format", "json"])
      #expect(run.status == 1 && run.error == "")
      let message = try? run.json()["notes"][0]["message"].string
      #expect(message == "ln(-1) is not defined; 'ln' needs an argument > 0")
    }
    let error = ProgramRun(["eval", text, "--at", "x=-1"]).error
    #expect(error.utf8.count < 2000 && error.contains("more …"))
  }

  @Test func manyVariablesAndManyPoints() throws {
    let names = (1...1000).map { "x\($0)" }
    let point = names.map { $0 + "=2" }.joined(separator: ",")
    let run = ProgramRun(
      ["eval", "-", "--at", point, "--format", "json", "--mode", "forward"],
      input: Array(names.joined(separator: "*x1+").utf8))
    let gradient = try run.json()["gradient"]
    #expect(run.status == 0 && gradient.count == 1000)
    #expect(gradient["x1"].number == 1998 + 2 && gradient["x999"].number == 2)
    let points = ProgramRun("eval", "x", "--at x=1:5000:1 --format csv")
    #expect(
      points.output.split(separator: "\n").count == 5001
        && points.output.hasSuffix("\n5000,5000,1\n"))
  }
}

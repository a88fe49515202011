// Inputs that crashed the program or kept it busy without end, each for its kind.
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct CrashTests {
  private static func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
  }

  /// A line that names a task of a task was read by a function that called itself.
  @Test func aTaskIsNoTask() {
    let run = ProgramRun(
      ["run", "-"], input: Array((Self.times(5_000, "task a ") + "eval 1\n").utf8))
    #expect(run.status == 2 && run.error.contains("a task cannot be 'task'"))
    for command in ["load", "expect", "run"] {
      let run = ProgramRun(["run", "-"], input: Array("task a \(command) eval 1\n".utf8))
      #expect(run.status == 2 && run.error.contains("a task cannot be '\(command)'"))
    }
  }

  /// The Kelvin sign is a letter of three bytes whose small one has one.
  @Test(arguments: [
    "bessel\u{212A}[x", "2*bessel\u{212A}[1,x] bessel\u{212A}[x", "bessel\u{212A}[1,x]",
  ])
  func aSmallLetterMayBeShorter(claim: String) {
    let run = ProgramRun(["check", "x", "--gradient", claim])
    #expect((1...2).contains(run.status) && !(run.output + run.error).isEmpty)
  }

  /// What is 0 or its own square has no more terms however often it is multiplied.
  @Test(arguments: ["((x+1)^2 - x^2 - 2*x - 1)^1e15", "((1 + (-1)^floor(x))/2)^1e15"])
  func aPowerIsMultipliedOutToAnEnd(text: String) {
    let run = ProgramRun(["simplify", text, "--form", "expanded"])
    #expect(run.status == 2 && run.error.contains("multiplied out"))
  }

  /// The remedy of one glued name was read with its own remedies: twice as long for each name.
  @Test(arguments: ["+", "^"])
  func manyGluedNames(sign: String) {
    let names = ["sinx", "cosx", "tanx", "lnx", "expx", "sqrtx"].map {
      $0 + (sign == "+" ? "^2" : "")
    }
    let text = (0..<36).map { names[$0 % names.count] }.joined(separator: sign)
    let run = ProgramRun(["eval", text, "--at", "x=1"])
    #expect(run.status == 2 && run.error.contains("write 'sin(x)'"))
  }

  /// The objects in an object were read one in the other, each as a whole.
  @Test func objectsInObjects() {
    let text = Self.times(2_000, "{\"gradient\":") + "{\"x\":1}" + Self.times(2_000, "}")
    let run = ProgramRun(["check", "x^2", "--gradient", text])
    #expect(run.status == 2 && run.error.contains("error: "))
    #expect(
      ProgramRun(["check", "x^2", "--gradient", "{\"gradient\": {\"x\": \"2*x\"}}"]).status == 0)
  }

  // MARK: Tables

  private func check(_ table: String) -> ProgramRun {
    ProgramRun(["check", "x^2", "--at", "x=1", "--trace", "-"], input: Array(table.utf8))
  }

  /// The numbers of rows were counted on from the first, which may be the last there is.
  @Test func rowsThatAreNumberedFromTheLastNumber() {
    let run = check(
      "| n | name | value |\n|---|---|---|\n| 9223372036854775807 | v1 = x^2 | 1 |\n| 2 | v2 = v1 | 1 |\n"
    )
    #expect((0...2).contains(run.status) && !(run.error + run.output).isEmpty)
  }

  /// What stood behind the first mark was cut at the place of a second one.
  @Test(arguments: ["0.", "1)", "12:", "(1)", "1.)", "1).:", "* ", "-", "•", "n:", "step 1:"])
  func namesThatAreOnlyANumberOfARow(name: String) {
    for table in [
      "\(name)\t1\n", "v1\tx^2\t1\n\(name)\t\(name)\t2\n",
      "| \(name) | 1 |\n|---|---|\n| 2 | 3 |\n",
    ] {
      #expect((0...2).contains(check(table).status))
    }
  }

  /// Each end of a remark was taken off by a call of its own, with a copy of what was left.
  @Test func aRemarkWithManyEnds() {
    #expect(check("v1 = x^2 /* a square */*/ */\n").output == check("v1 = x^2\n").output)
    #expect((0...2).contains(check("v1 = x^2 # 1 " + Self.times(100_000, "*/") + "\n").status))
  }

  /// Names, subscripts and quotes that were looked through from each of their letters to the end.
  @Test(arguments: ["v1 = \(times(20_000, "q"))\n", "v1,a\(times(20_000, "\""))\n,1"])
  func longCells(table: String) {
    #expect((0...2).contains(check(table).status))
  }

  /// An archive whose header says more rows and columns than can be counted in bytes.
  @Test func anArchiveThatClaimsTooMuch() {
    let archive = InputGenerator.archive(shape: "(281474976710655, 16384)")
    let run = ProgramRun(["eval", "x", "--points", "-"], input: archive)
    #expect(run.status == 2 && run.error.contains("ends early"))
  }

  // MARK: Notations of other programs

  /// Between words and brackets in another order than the notation has them there is nothing.
  @Test(arguments: [
    "if x else y then z", "if x else y: z", "IF x ELSE y THEN z", "Piecewise(,x)", "\\binom n k",
    "\\binom{n} k", "\\binom{n", "Piecewise[{x}, 0]", "Piecewise((), ())", "x else if then",
    "{x otherwise, y if", "sum_{i=1}^", "Sum[x, {}]", "x %/% ", "x |> ", "(*", "*)", "return }",
  ])
  func wordsInAnotherOrder(text: String) {
    let run = ProgramRun(["eval", text, "--at", "x=1"])
    #expect(run.status == 2 && run.error.contains("error: "))
  }

  /// The last case may be for all else.
  @Test(arguments: [
    "Piecewise((x, x > 0), 0)", "piecewise((x, x > 0), 0)", "Piecewise[{x, x > 0}, 0]",
    "Piecewise[{{x, x > 0}}, 0]",
  ])
  func casesWithAnOther(text: String) {
    #expect(
      ProgramRun(["eval", text, "--at", "x=1"]).error.contains("write 'if(x > 0, x, 0)'"))
  }
}

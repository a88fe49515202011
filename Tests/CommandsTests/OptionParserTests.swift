// Command lines: options in any order, expressions that look like options, mistakes, help.
@testable import CommandLine
@testable import Text
import Reporting
import Testing

@testable import Commands

private let command = CommandDefinition(
  "eval", operands: ["EXPRESSION"], summary: "value and gradient at a point",
  examples: [Example("autodiff eval 'x1*x2' --at x1=2,x2=5", "by a reverse sweep")],
  options: [
    OptionDefinition("at", argument: "POINT", help: "the point"),
    OptionDefinition(
      "mode", short: "m", argument: "MODE", choices: ["forward", "reverse"], help: "engine"),
    OptionDefinition("load", argument: "FILE", isRepeatable: true, help: "definitions"),
    OptionDefinition("step", argument: "NUMBER", help: "the step"),
    OptionDefinition("hessian", help: "second derivatives"),
    OptionDefinition("order", argument: "N", in: 1...9, help: "the order"),
  ],
  description: ["A paragraph."])

private func run(_ words: String...) throws -> Arguments {
  guard case .run(let arguments) = try command.parse(words) else {
    throw UsageError.missingOperand("a run")
  }
  return arguments
}

@Suite struct OptionParserTests {
  @Test func optionsInAnyOrder() throws {
    let arguments = try run("--hessian", "--at", "x=1", "x^2", "--mode=forward")
    #expect(arguments.operands.map(\.text) == ["x^2"])
    #expect(arguments.operands[0].index == 3)
    #expect(arguments.value(.at) == Arguments.Word(text: "x=1", index: 2))
    #expect(arguments.value(.mode) == Arguments.Word(text: "forward", index: 4))
    #expect(arguments.has(.hessian) && !arguments.has(.load))
    #expect(arguments.value(.step) == nil)
  }

  @Test(arguments: ["-x^2", "-5", "-x1*2", "-", "-mx", "-x", "", "−x", "-m=1"])
  func aMinusMayBeginAnExpression(expression: String) throws {
    #expect(try run(expression).operands.map(\.text) == [expression])
  }

  @Test(arguments: ["--x", "--at", "-h", "--help", "--"])
  func afterTwoDashesEverythingIsAnOperand(expression: String) throws {
    #expect(try run("--hessian", "--", expression).operands.map(\.text) == [expression])
  }

  @Test func valuesMayBeginWithAMinus() throws {
    #expect(try run("x", "--step", "-1").value(.step)?.text == "-1")
    #expect(try run("x", "--step", "--1").value(.step)?.text == "--1")
    #expect(try run("x", "--at", "-h").value(.at)?.text == "-h")
    #expect(try run("x", "--at=").value(.at)?.text == "")
    #expect(try run("x", "--at==a=b").value(.at)?.text == "=a=b")
    #expect(try run("x", "-m", "forward").value(.mode)?.text == "forward")
  }

  @Test func repeatedOptionsKeepTheirOrder() throws {
    let arguments = try run("--load", "a", "x", "--load=b")
    #expect(arguments.values(.load).map(\.text) == ["a", "b"])
    #expect(arguments.value(.load)?.text == "b")
  }

  @Test(arguments: [
    (["x", "--hesian"], UsageError.unknownOption("--hesian", suggestion: "--hessian")),
    (["x", "--hess=1"], .unknownOption("--hess", suggestion: "--hessian")),
    (["--x9y8z7*2"], .unknownOption("--x9y8z7*2", suggestion: nil)),
    (["--=1"], .unknownOption("--", suggestion: nil)),
    (["x", "--at"], .missingValue(option: "--at", argument: "POINT")),
    (["x", "--at", "--hessian"], .missingValue(option: "--at", argument: "POINT")),
    (["x", "--at", "--mode=forward"], .missingValue(option: "--at", argument: "POINT")),
    (["--at", "--", "x"], .missingValue(option: "--at", argument: "POINT")),
    (["x", "--hessian=3"], .valueForFlag(option: "--hessian")),
    (["x", "--hessian="], .valueForFlag(option: "--hessian")),
    (["x", "--at", "a", "--at=b"], .repeatedOption("--at")),
    (["x", "-m", "forward", "--mode", "reverse"], .repeatedOption("--mode")),
    (
      ["x", "--mode", "revers"],
      .notAChoice(
        option: "--mode", value: "revers", choices: ["forward", "reverse"], suggestion: "reverse")
    ),
    (["x", "--order", "0"], .notACount(option: "--order", value: "0", range: 1...9)),
    (["x", "--order", "1.5"], .notACount(option: "--order", value: "1.5", range: 1...9)),
    ([], .missingOperand("EXPRESSION")),
    (
      ["x", "y"],
      .unexpectedOperand("y", remedy: "an expression with spaces in it goes in quotes: 'x y'")
    ),
  ])
  func mistakes(words: [String], expected: UsageError) {
    #expect(throws: expected) { try command.parse(words) }
  }

  @Test func theFirstMistakeIsReported() {
    #expect(throws: UsageError.repeatedOption("--at")) {
      try command.parse(["--at", "a", "--at", "b", "--nothing-like-it"])
    }
  }

  @Test func mistakesSayWhatToDo() {
    let unknown = UsageError.unknownOption("--x", suggestion: nil)
    #expect(unknown.message == "there is no option '--x'")
    #expect(unknown.remedy == "an expression that begins with '--' goes behind a '--' of its own")
    let choice = UsageError.notAChoice(
      option: "--mode", value: "f", choices: ["forward", "reverse"], suggestion: "forward")
    #expect(choice.message == "--mode cannot be 'f'; did you mean 'forward'?")
    #expect(choice.remedy == "--mode takes forward, reverse")
  }

  @Test func countsAreWholeNumbers() throws {
    #expect(try run("x", "--order", "9").count(.order) == 9)
    #expect(try run("x").count(.order) == nil)
    let error = UsageError.notACount(option: "--order", value: "x", range: 1...9)
    #expect(error.message == "--order needs a whole number from 1 to 9, not 'x'")
  }

  @Test(arguments: [["--help"], ["-h"], ["x", "y", "--nonsense", "--help"], ["--at", "--help"]])
  func helpCountsAnywhere(words: [String]) throws {
    #expect(try command.parse(words) == .help)
  }

  @Test func versionNeedsNothingElse() throws {
    #expect(try command.parse(["--version"]) == .version)
    #expect(try command.parse(["--version", "--help"]) == .help)
  }

  @Test func operandsMayBeOptionalOrMany() throws {
    let many = CommandDefinition(
      "run", operands: [OperandDefinition("FILE", isRequired: false, isRepeatable: true)],
      summary: "")
    #expect(many.usage == "autodiff run [FILE...] [options]")
    for words in [[], ["a"], ["a", "b"]] {
      guard case .run(let arguments) = try many.parse(words) else { continue }
      #expect(arguments.operands.map(\.text) == words)
    }
  }
}

@Suite struct HelpPageTests {
  @Test func aPageShowsExamplesFirst() {
    #expect(
      command.helpPage() == """
        Usage: autodiff eval EXPRESSION [options]

        value and gradient at a point

        Examples:
          autodiff eval 'x1*x2' --at x1=2,x2=5
              by a reverse sweep

        A paragraph.

        Options:
              --at POINT     the point
          -m, --mode MODE    engine (one of forward, reverse)
              --load FILE    definitions (may be repeated)
              --step NUMBER  the step
              --hessian      second derivatives
              --order N      the order
          -h, --help         show this help
              --version      show the version

        Exit status:
          0  the answer is there (and the check passed)
          1  the answer is no: a check failed, or there is no value or derivative at the
             point
          2  the request could not be understood or carried out

        """)
  }

  @Test(arguments: 26...90)
  func pagesKeepToTheWidth(width: Int) {
    let program = ProgramDefinition(
      summary: "derivatives of formulas", examples: [], commands: [command])
    for page in [command.helpPage(width: width), program.helpPage(width: width)] {
      for line in page.split(separator: "\n") where !line.hasPrefix("  autodiff ") {
        #expect(displayWidth(of: String(line)) <= width, "\(line)")
        #expect(line.last != " ")
      }
    }
  }

  @Test func theProgramListsItsCommands() {
    let program = ProgramDefinition(summary: "derivatives", examples: [], commands: [command])
    #expect(program.helpPage().contains("\nCommands:\n  eval  value and gradient at a point\n"))
  }
}

// `autodiff run`: scripts of definitions and command lines.
import CommandLine
import Text
import Reporting
import Syntax

enum RunCommand: Command {
  static let runsScripts = true

  static var definition: CommandDefinition {
    CommandDefinition(
      "run",
      operands: [
        OperandDefinition("FILE", isRepeatable: true),
        OperandDefinition("NAME=VALUE", isRequired: false, isRepeatable: true),
      ],
      summary: "a script",
      examples: [
        Example(
          "printf 'f(x) = x^2\\neval f --at x=3\\ndiff f\\n' | autodiff run -",
          "a script from standard input"),
        Example(
          "printf 'x0 = 1\\neval x0^2\\n' | autodiff run - x0=3", "with another definition of x0"),
        Example(
          "printf 'expect eval x^2 --at x=3 : 9, x: 6\\n' | autodiff run -", "a script that tests"),
      ],
      options: [
        .keepGoing, .allowPrograms, .echo,
        .format.explained(
          "what comes of the commands, as text or an object a line",
          choices: RunFormat.allCases.map(\.rawValue)),
        .memory, .color,
      ],
      description: [
        "A script is definitions and command lines, the same words as in the shell without "
          + "'autodiff', each on a line of its own or ended by ';'. A function's name alone stands "
          + "for its body: 'eval f --at x=3'. 'load \"other.ad\"' brings the definitions of "
          + "another script, whose path is relative to this one.",
        "An argument NAME=VALUE, or 'f(x)=FORMULA', is a definition that takes the place of the "
          + "script's own; the script or what it loads must have the name.",
        "'expect eval f --at x=2 : 8, x: 12' expects a value and a derivative, 'expect diff f : "
          + "2*x' a formula, 'expect COMMAND ...' an answer, 'expect fail COMMAND ...' the exit "
          + "status 1 and 'expect error COMMAND ...' 2. How many expectations were met is told at "
          + "the end, with those that were not; then the exit status is 1 at least.",
        "The script ends with its last line, or at the first command whose exit status is not 0, and "
          + "a note tells how much was not run; with --keep-going, which commands did not succeed. "
          + "The worst exit status is that of 'run'. A script runs the commands of this program and no "
          + "others, unless --allow-programs says so.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    try check(arguments)
    let words = arguments.operands.map(\.text)
    let given = try ScriptArguments(
      words.filter(ScriptArguments.isArgument), arguments.commands, terminal)
    let color = arguments.choice(.color, default: ColorOption.auto)
    var tally = ExpectationTally()
    defer {
      let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: color))
      let text = tally.summary(style, width: terminal.width)
      terminal.write(
        writesJSON(arguments) ? tally.jsonLine : terminal.inItsCharacters(text ?? ""))
    }
    let files = words.filter { !ScriptArguments.isArgument($0) }
    var worst: Int32 = 0
    for (index, file) in files.enumerated() {
      guard worst == 0 || arguments.has(.keepGoing) else {
        let rest = files[index...].map { "'\(echo($0))'" }.joined(separator: ", ")
        terminal.show(Diagnostic(.note, "not run: \(rest)"), color: color)
        break
      }
      var runner = try runner(of: file, given, arguments, color, terminal)
      worst = max(worst, runner.run())
      tally.add(runner.tally)
    }
    return tally.failures.isEmpty ? worst : max(worst, 1)
  }

  /// Throws where there is no file, or where a script that is run by another allows programs.
  private static func check(_ arguments: Arguments) throws {
    if arguments.operands.allSatisfy({ ScriptArguments.isArgument($0.text) }) {
      throw Failure.option(
        "FILE is missing", remedy: "a file with a '=' in its name is given as './a=b'")
    }
    if let script = arguments.script, arguments.has(.allowPrograms), !script.allowsPrograms {
      throw Failure.option(
        "what is read from a pipe or a file cannot allow programs",
        remedy: "give --allow-programs to 'autodiff run' in the shell; read the script first")
    }
  }

  /// Reads a script, and makes it ready to run.
  private static func runner(
    of file: String, _ given: ScriptArguments, _ arguments: Arguments, _ color: ColorOption,
    _ terminal: Terminal
  ) throws -> ScriptRunner {
    let isInput = file == "-"
    let source = terminal.readingDefinitions(
      SourceText(try terminal.readFile(file), name: isInput ? "standard input" : file),
      arguments.commands.scriptWords, color: color)
    let path = isInput ? nil : file
    try given.check(source, path: path, terminal)
    return ScriptRunner(
      source, path: path, given, keepsGoing: arguments.has(.keepGoing),
      allowsPrograms: arguments.has(.allowPrograms), echoes: arguments.has(.echo),
      writesJSON: writesJSON(arguments), color: color, arguments.commands, terminal)
  }

  private static func writesJSON(_ arguments: Arguments) -> Bool {
    arguments.choice(.format, default: RunFormat.text) == .json
  }
}

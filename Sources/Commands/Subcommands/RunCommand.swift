// `autodiff run`: scripts of definitions and command lines.
import Syntax

enum RunCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "run", operands: [OperandDefinition("FILE", isRepeatable: true)],
      summary: "a script",
      examples: [
        Example(
          "printf 'f(x) = x^2\\neval f --at x=3\\ndiff f\\n' | autodiff run -",
          "a script from standard input")
      ],
      options: [
        OptionDefinition("keep-going", help: "do not stop at a command without an answer"),
        OptionDefinition(
          "allow-programs",
          help: "let the script run programs of its choice, as check --against does"),
        .color,
      ],
      description: [
        "A script is definitions and command lines, the same words as in the shell without "
          + "'autodiff', each on a line of its own or ended by ';'. A function's name alone stands "
          + "for its body: 'eval f --at x=3'. 'load \"other.ad\"' brings the definitions of "
          + "another script, whose path is relative to this one.",
        "The script ends with its last line, or at the first command whose exit status is not 0; "
          + "the worst one is that of 'run'. A script runs the commands of this program and no "
          + "others, unless --allow-programs says so.",
      ])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    let keepsGoing = arguments.has("keep-going")
    var worst: Int32 = 0
    for word in arguments.operands where worst == 0 || keepsGoing {
      let bytes = try reading { () throws(FileError) in try terminal.readFile(word.text) }
      let isInput = word.text == "-"
      var runner = ScriptRunner(
        SourceText(bytes, name: isInput ? "standard input" : word.text),
        path: isInput ? nil : word.text, keepsGoing: keepsGoing,
        allowsPrograms: arguments.has("allow-programs"),
        color: arguments.choice("color", default: .auto), terminal)
      worst = max(worst, runner.run())
    }
    return worst
  }
}

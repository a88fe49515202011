// The program: finds the command that a command line names, runs it, and gives an exit status.
import CommandLine
import Language
import Reporting
import Syntax

/// The program as a function from words and a terminal to an exit status.
package enum Program {
  /// What `--version` shows.
  package static let version = Version.current

  static let commands = CommandSet(all: [
    EvalCommand.self, TraceCommand.self, DiffCommand.self, SimplifyCommand.self, CheckCommand.self,
    SwellCommand.self, GraphCommand.self, SweepCommand.self, BenchCommand.self, RunCommand.self,
    FunctionsCommand.self,
  ])

  /// What `autodiff --help`, the man page and the completions are made from.
  package static var definition: ProgramDefinition {
    ProgramDefinition(
      summary: "Differentiates expressions: values, gradients, and how they come about.",
      examples: [
        Example(
          "autodiff eval 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5",
          "the value and the gradient, by reverse mode"),
        Example(
          "autodiff eval 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --mode all",
          "all engines side by side"),
        Example(
          "autodiff trace 'ln(x1)+x1*x2-sin(x2)' --at x1=2,x2=5 --mode forward",
          "every step of it, with tangents"),
        Example("autodiff diff 'ln(x1)+x1*x2-sin(x2)'", "the gradient as formulas"),
      ],
      commands: commands.all.map { $0.definition },
      options: OptionDefinition.ofProgram,
      description: [
        "'autodiff functions' lists the functions, constants and operators of expressions; "
          + "'autodiff help NAME' tells all about one of them, or about a command.",
        "'autodiff EXPRESSION' without a command is 'eval' where --at gives a point or the expression "
          + "has no variables, and 'diff' otherwise; 'autodiff FILE.ad' is 'run'.",
        "'autodiff help topics' lists what else there is help for. The manual: 'man autodiff' has the "
          + "commands, options and formats, 'man autodiff-language' expressions and scripts, 'man "
          + "autodiff-tutorial' examples of everything.",
        "'autodiff' alone is an interactive session: it takes definitions, expressions and the same "
          + "commands, line by line. From a pipe or a file it reads the same lines.",
      ],
      expressionWords: Array(Set(Catalogue.functionNames)).sorted())
  }

  /// Runs the command that `words` (without the program's name) ask for; gives the exit status.
  package static func run(_ words: [String], _ terminal: Terminal) -> Int32 {
    terminal.finish(dispatch(words, terminal))
  }

  private static func dispatch(_ words: [String], _ terminal: Terminal) -> Int32 {
    guard let first = words.first else { return SessionLoop.run(terminal, commands) }
    if let command = commands.named(first) {
      return run(command, Array(words.dropFirst()), terminal)
    }
    switch first {
    case "-h", "--help":
      return help(words.dropFirst().prefix(1).filter(commands.names.contains), terminal)
    case "help":
      return help(Array(words.dropFirst()), terminal)
    case "--version":
      terminal.write("autodiff \(version)\n")
      return 0
    case _ where first.hasPrefix(OptionDefinition.completionScript.spelling):
      return writeCompletionScript(words, terminal)
    default:
      guard let command = impliedCommand(words) else {
        return fail(commands.unknown(first), words, terminal)
      }
      return run(command, words, terminal)
    }
  }

  /// The command of a line that begins with an expression or with a script's name; nil where a
  /// command's name was meant.
  private static func impliedCommand(_ words: [String]) -> (any Command.Type)? {
    let first = words[0]
    if first.hasSuffix(".ad") { return RunCommand.self }
    let isWord = first.count > 1 && first.allSatisfy { $0.isLetter || $0 == "-" }
    if words.count > 1, words[1].first?.isLetter == true, commands.remedy(for: first) != nil {
      return nil
    }
    if first.isEmpty || isWord && Catalogue.constant(first) == nil { return nil }
    if first.hasPrefix("--") { return nil }
    if words.contains(where: { ["--at", "-a"].contains($0) || $0.hasPrefix("--at=") }) {
      return EvalCommand.self
    }
    let expression = try? Expression(SourceText(first))
    let isConstant = expression?.freeNames.allSatisfy { Catalogue.constant($0.name) != nil } == true
    return isConstant ? EvalCommand.self : DiffCommand.self
  }

  /// The program's page, or that of each name.
  private static func help(_ names: [String], _ terminal: Terminal) -> Int32 {
    let asksForHelp = names.contains("-h") || names.contains("--help")
    do {
      var pages: [String] = []
      for name in names where !asksForHelp { pages += try commands.pages(about: name, terminal) }
      if pages.isEmpty {
        pages = [terminal.inItsCharacters(definition.helpPage(width: terminal.width ?? 80))]
      }
      terminal.write(pages.joined(separator: "\n"))
      return 0
    } catch {
      return fail(error, names, terminal)
    }
  }

  private static func run(
    _ command: any Command.Type, _ words: [String], _ terminal: Terminal
  ) -> Int32 {
    do {
      return try commands.execute(command, words, nil, terminal)
    } catch {
      return fail(error, words, terminal)
    }
  }

  private static func writeCompletionScript(_ words: [String], _ terminal: Terminal) -> Int32 {
    let option = OptionDefinition.completionScript
    do {
      // The option is parsed as that of a command without a name.
      guard
        case .run(let arguments) = try CommandDefinition("", summary: "", options: [option])
          .invocation(words)
      else { return dispatch(["--help"], terminal) }
      terminal.write(
        arguments.choice(option, default: CompletionShell.bash).script(for: definition))
      return 0
    } catch {
      return fail(error, words, terminal)
    }
  }

  /// The value of `--color`, searched for directly, since the words may be wrong anywhere.
  private static func color(_ words: [String]) -> ColorOption {
    for (word, next) in zip(words, words.dropFirst() + [""]) {
      if word == "--color", let option = ColorOption(rawValue: next) { return option }
      if word.hasPrefix("--color="), let option = ColorOption(rawValue: String(word.dropFirst(8))) {
        return option
      }
    }
    return .auto
  }

  /// Errors are written to standard error, and as JSON to standard output too where JSON was asked
  /// for.
  private static func fail(_ error: any Error, _ words: [String], _ terminal: Terminal) -> Int32 {
    let asksForJSON =
      words.contains("--format=json")
      || zip(words, words.dropFirst()).contains { ["--format", "-f"].contains($0) && $1 == "json" }
    if asksForJSON {
      terminal.write(JSON.object([("error", error.diagnostic.json)]).text)
    }
    terminal.show(error.diagnostic, color: color(words))
    return 2
  }
}

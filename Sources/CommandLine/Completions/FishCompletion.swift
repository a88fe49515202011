// Completions for fish, from 3.0 on.

struct FishCompletion {
  let program: ProgramDefinition

  init(_ program: ProgramDefinition) { self.program = program }

  var text: String {
    Self.opening.replacing("NAMES", with: program.expressionWords.joined(separator: " "))
      + firstWords + program.commands.map(lines).joined()
  }

  private static let opening = """
    # Completions of autodiff for fish, made by 'autodiff --generate-completion-script fish'.
    # Whether the command is the one that is named, or no command is there yet.
    function __autodiff_command
        set -l words (commandline -opc)
        if set -q argv[1]
            test (count $words) -gt 1; and test $words[2] = $argv[1]
        else
            test (count $words) -eq 1; or string match -q -- '-*' $words[2]
        end
    end

    # A claim, or the name of a file behind an @.
    function __autodiff_claim
        set -l word (commandline -ct | string replace -r '^--[a-z-]*=' '')
        if string match -q '@*' -- $word
            __fish_complete_path (string sub -s 2 -- $word) | string replace -r '^' '@'
        end
    end

    # An expression: its last name.
    function __autodiff_expression
        set -l word (commandline -ct | string trim -l -c '"\\'')
        set -l name (string match -r '[A-Za-z0-9_]+$' -- $word)
        test -n "$name"; or return
        set -l before (string replace -r '[A-Za-z0-9_]+$' '' -- $word)
        for function in NAMES
            string match -q "$name*" $function; and echo $before$function
        end
    end

    complete -c autodiff -f

    """

  private var firstWords: String {
    let words = program.commands.map { ($0.name, $0.summary) } + [ProgramDefinition.helpWord]
    let names = program.commands.map(\.name).joined(separator: " ")
    return words.map {
      "complete -c autodiff -n __autodiff_command -a \($0.0) -d \(quoted($0.1))\n"
    }
    .joined()
      + "complete -c autodiff -n '__autodiff_command help' -a \(quoted(names))\n"
      + program.options.map { line($0, "__autodiff_command") }.joined()
  }

  private func lines(_ command: CommandDefinition) -> String {
    let condition = "'__autodiff_command \(command.name)'"
    let operands = command.operands.flatMap { arguments($0.completedValue) }.map {
      "complete -c autodiff -n \(condition) \($0)\n"
    }
    return "\n" + operands.joined() + command.allOptions.map { line($0, condition) }.joined()
  }

  private func line(_ option: OptionDefinition, _ condition: String) -> String {
    var words = ["complete -c autodiff -n \(condition)"]
    if let short = option.short { words.append("-s \(short)") }
    words.append("-l \(option.name)")
    if let value = option.completedValue {
      words.append(value == .file ? "-r" : "-x")
      words += arguments(value)
    }
    return (words + ["-d \(quoted(option.help))"]).joined(separator: " ") + "\n"
  }

  private func arguments(_ value: CompletedValue) -> [String] {
    switch value {
    case .words(let words): ["-a \(quoted(words.joined(separator: " ")))"]
    case .file: ["-F"]
    case .fileBehindAt: ["-a '(__autodiff_claim)'"]
    case .shellCommand: ["-a '(__fish_complete_command)'"]
    case .expression: ["-a '(__autodiff_expression)'"]
    case .anything: []
    }
  }

  /// Between single quotes fish knows `\\` and `\'`.
  private func quoted(_ text: String) -> String {
    "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }
}

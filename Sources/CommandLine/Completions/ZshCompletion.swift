// Completions for zsh, to be read from a folder of `fpath` or by `eval`.
import Text

struct ZshCompletion {
  let program: ProgramDefinition

  init(_ program: ProgramDefinition) { self.program = program }

  var text: String {
    """
    #compdef autodiff
    # Completions of autodiff for zsh, made by 'autodiff --generate-completion-script zsh'.
    _autodiff() {
      local curcontext=$curcontext state line ret=1
      typeset -A opt_args
      _arguments -C \\
    \(specifications(program.options))
        '1:command:_autodiff_commands' \\
        '*::argument:->rest' && ret=0
      [[ $state == rest ]] || return ret
      curcontext="${curcontext%:*}-$line[1]:"
      case $line[1] in
    \(program.commands.map(branch).joined())    \(ProgramDefinition.helpWord.name))
          _arguments '1:command:_autodiff_commands' && ret=0 ;;
      esac
      return ret
    }

    _autodiff_commands() {
      local -a commands=(
    \(commandLines)  )
      _describe command commands
    }

    # A claim, or the name of a file behind an @.
    _autodiff_claim() {
      compset -P '@' && _files
    }

    # An expression: its last name.
    _autodiff_expression() {
      local -a names=(\(program.expressionWords.joined(separator: " ")))
      compset -P '*[^A-Za-z0-9_]'
      [[ -n $PREFIX ]] && compadd -S '' -a names
    }

    if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
      _autodiff "$@"
    else
      compdef _autodiff autodiff
    fi

    """
  }

  private func branch(_ command: CommandDefinition) -> String {
    // zsh takes one specification for all operands that follow: the first kind that can be
    // completed.
    let repeatable = command.operands.filter(\.isRepeatable)
    let rest = repeatable.first { $0.completedValue != .anything } ?? repeatable.first
    let operands = command.operands.enumerated().filter { _, operand in
      !operand.isRepeatable || operand.name == rest?.name
    }.map { index, operand in
      let place = operand.isRepeatable ? "*" : "\(index + 1)"
      let name = (operand.isRequired ? ":" : "::") + operand.name
      return singleQuoted("\(place)\(name):\(action(operand.completedValue))")
    }
    let operandLines = operands.map { "        \($0)" }.joined(separator: " \\\n")
    return """
          \(command.name))
            _arguments -S \\
      \(specifications(command.allOptions, indent: 8))
      \(operandLines) && ret=0 ;;

      """
  }

  private func specifications(_ options: [OptionDefinition], indent: Int = 4) -> String {
    let spaces = String(repeating: " ", count: indent)
    return options.flatMap(specifications).map { "\(spaces)\($0) \\" }.joined(separator: "\n")
  }

  /// `'--mode=[the engine]:MODE:(forward reverse)'`, one for each spelling.
  private func specifications(_ option: OptionDefinition) -> [String] {
    let help = "[\(escaped(option.help, "[]"))]"
    let common = OptionDefinition.common.contains(option)
    let start =
      common || option.isRepeatable
      ? (common ? "(- *)" : "*")
      : option.short == nil ? "" : "(\(option.spellings.joined(separator: " ")))"
    return option.spellings.map { spelling in
      guard let argument = option.argument, let value = option.completedValue else {
        return singleQuoted(start + spelling + help)
      }
      // A short name has its value behind a space.
      let equals = spelling.hasPrefix("--") ? "=" : ""
      return singleQuoted("\(start)\(spelling)\(equals)\(help):\(argument):\(action(value))")
    }
  }

  private func action(_ value: CompletedValue) -> String {
    switch value {
    case .words(let words): "(\(words.map { escaped($0, ":") }.joined(separator: " ")))"
    case .file: "_files"
    case .fileBehindAt: "_autodiff_claim"
    case .shellCommand: "_cmdstring"
    case .expression: "_autodiff_expression"
    case .anything: " "
    }
  }

  private var commandLines: String {
    let commands = program.commands.map { ($0.name, $0.summary) } + [ProgramDefinition.helpWord]
    return commands.map { "    \(singleQuoted("\($0.0):\(escaped($0.1, ":"))"))\n" }.joined()
  }

  private func escaped(_ text: String, _ characters: String) -> String {
    text.reduce(into: "") { $0 += (characters.contains($1) ? "\\" : "") + String($1) }
  }
}

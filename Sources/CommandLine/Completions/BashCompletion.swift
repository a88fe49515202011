// Completions for bash, from 3.2 on, with or without the package bash-completion.

struct BashCompletion {
  let program: ProgramDefinition

  init(_ program: ProgramDefinition) { self.program = program }

  var text: String {
    Self.opening + "    case $command in\n" + program.commands.map(branch).joined()
      + firstWordBranch + "    esac\n"
      + Self.closing.replacing("NAMES", with: program.expressionWords.joined(separator: " "))
  }

  /// bash splits words at `=` and `@`; they are joined first, and the part in front of `$2`, which
  /// bash completes, is removed from the answers at the end.
  private static let opening = #"""
    # Completions of autodiff for bash, made by 'autodiff --generate-completion-script bash'.
    _autodiff() {
        local IFS=$'\n' piece last= word option prefix= value command= list= kind= isOperand= stem i
        local -a words
        COMPREPLY=()
        for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
            if [[ ( $piece == =* || $last == *[=@] ) && $COMP_LINE == *"$last$piece"* ]]; then
                words[${#words[@]}-1]+=$piece
            else
                words+=("$piece")
            fi
            last=$piece
        done
        word=${words[${#words[@]}-1]#[\"\']}
        stem=${word%"$2"}
        if [[ $word == --*=* ]]; then
            option=${word%%=*} prefix=${word%%=*}= value=${word#*=}
        else
            option=${words[${#words[@]}-2]} value=$word
        fi
        for ((i = 2; i < ${#words[@]} - 1; i++)); do
            if [[ ${words[i]} == -- ]]; then isOperand=1 option= prefix= value=$word; fi
        done
        [[ ${#words[@]} -gt 2 ]] && command=${words[1]}

    """#

  private static let closing = #"""
        case $kind in
            file) COMPREPLY=($(compgen -f -P "$prefix" -- "$value")) ;;
            claim)
                # While bash completes the names of hosts behind an @, nothing else can be.
                if [[ $value == @* && ( $COMP_WORDBREAKS != *@* || $piece == [\"\']* ) ]]; then
                    for i in $(compgen -f -- "${value#@}"); do
                        if [[ -d $i ]]; then i+=/; compopt -o nospace 2>/dev/null; fi
                        COMPREPLY+=("$prefix@$i")
                    done
                fi ;;
            command) COMPREPLY=($(compgen -c -P "$prefix" -- "$value")) ;;
            expression)
                last=${value##*[!A-Za-z0-9_]}
                if [[ -n $last ]]; then
                    list='NAMES'
                    for i in $(compgen -W "${list// /$IFS}" -- "$last"); do
                        COMPREPLY+=("${value%"$last"}$i")
                    done
                    list=
                    compopt -o nospace 2>/dev/null
                fi ;;
        esac
        if [[ $kind == file || $kind == claim ]]; then
            compopt -o filenames 2>/dev/null
        elif [[ -n $list ]]; then
            COMPREPLY=($(compgen -P "$prefix" -W "${list// /$IFS}" -- "$value"))
        fi
        for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=${COMPREPLY[i]#"$stem"}; done
    }
    complete -F _autodiff autodiff

    """#

  // MARK: Commands

  private func branch(_ command: CommandDefinition) -> String {
    var text = "        \(command.name))\n            case $option in\n"
    for option in command.allOptions {
      guard let value = option.completedValue else { continue }
      text +=
        "                \(option.spellings.joined(separator: "|"))) \(assignment(value)) ;;\n"
    }
    let input = command.operands.contains(where: \.mayBeInput) ? "- " : ""
    let options = command.allOptions.flatMap(\.spellings).joined(separator: " ")
    // Of repeatable operands the first kind that can be completed is taken: for `run` its files,
    // since only the user knows its arguments.
    let values = command.operands.map(\.completedValue)
    let operand = (values.last { $0 != .anything } ?? values.last).map(assignment) ?? ":"
    return text + """
                      *)
                          if [[ -z $isOperand && $word == -* ]]; then
                              list='\(input)\(options)'
                          else
                              \(operand)
                          fi ;;
                  esac ;;

      """
  }

  private func assignment(_ value: CompletedValue) -> String {
    switch value {
    case .words(let words): "list='\(words.joined(separator: " "))'"
    case .file: "kind=file"
    case .fileBehindAt: "kind=claim"
    case .shellCommand: "kind=command"
    case .expression: "kind=expression"
    case .anything: ":"
    }
  }

  /// Where no command is named yet.
  private var firstWordBranch: String {
    let names = program.commands.map(\.name)
    let options = program.options.flatMap(\.spellings)
    var text =
      "        \(ProgramDefinition.helpWord.name)) list='\(names.joined(separator: " "))' ;;\n"
    for option in program.options {
      guard let value = option.completedValue else { continue }
      text += "        \(option.spelling)) \(assignment(value)) ;;\n"
    }
    let first = (names + [ProgramDefinition.helpWord.name] + options).joined(separator: " ")
    return text + "        '') list='\(first)' ;;\n"
  }
}

// `--generate-completion-script`: what shells complete, made from the one list of options.

extension CompletionShell {
  /// A script for the shell to read, which completes command lines of the program.
  package func script(for program: ProgramDefinition) -> String {
    switch self {
    case .bash: BashCompletion(program).text
    case .zsh: ZshCompletion(program).text
    case .fish: FishCompletion(program).text
    }
  }
}

/// What a shell can offer for a value.
enum CompletedValue: Equatable {
  case words([String])
  case file
  /// A file whose name follows a `@`.
  case fileBehindAt
  case shellCommand
  /// An expression, of which the last name can be completed.
  case expression
  /// What only the user knows.
  case anything

  /// - Parameter argument: what the value is called in the help.
  fileprivate init(_ argument: String, mayBeFile: Bool = false) {
    switch argument {
    case "FILE": self = .file
    case "COMMAND": self = .shellCommand
    case "EXPRESSION": self = .expression
    default: self = mayBeFile ? .fileBehindAt : .anything
    }
  }
}

extension OptionDefinition {
  /// What its value is; nil for a flag.
  var completedValue: CompletedValue? {
    if let choices { return .words(choices) }
    return argument.map { CompletedValue($0, mayBeFile: isReadFromFiles) }
  }

  /// `-h` and `--help`.
  package var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + [spelling] }
}

extension OperandDefinition {
  var completedValue: CompletedValue { words.map(CompletedValue.words) ?? CompletedValue(name) }

  /// Whether `-` stands for standard input.
  var mayBeInput: Bool { ["FILE", "EXPRESSION"].contains(name) }
}

extension ProgramDefinition {
  /// The word that takes a command's name, as `autodiff help eval`.
  package static let helpWord = (name: "help", summary: "how a command is used")
}

/// A text between single quotes for a shell that takes them as they are.
func singleQuoted(_ text: String) -> String {
  "'\(text.replacing("'", with: "'\\''"))'"
}

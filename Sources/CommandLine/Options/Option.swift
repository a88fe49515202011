// What a command takes: the one list that feeds the parser, the help, the man page and completions.

/// An option such as `--at POINT`, or a flag such as `--hessian`.
package struct OptionDefinition: Equatable, Sendable {
  /// The long name without its dashes.
  package let name: String
  /// The letter behind a single dash; nil if there is no short form.
  package let short: Character?
  /// What the value is called in the help, such as `POINT`; `nil` for a flag.
  package let argument: String?
  /// The values there are, if only these.
  package let choices: [String]?
  /// The whole numbers that the value may be, if it is one.
  package let range: ClosedRange<Int>?
  /// Whether it may be given more than once; otherwise a second one is an error.
  package let isRepeatable: Bool
  /// Whether the value may be `@` and the name of a file to read it from.
  package let isReadFromFiles: Bool
  /// Whether the value may be left out, and is then empty.
  package let isValueOptional: Bool
  /// What it does, in lower case and without a full stop; the help folds it.
  package let help: String

  /// A flag unless `argument` names its value.
  package init(
    _ name: String, short: Character? = nil, argument: String? = nil, choices: [String]? = nil,
    in range: ClosedRange<Int>? = nil, isRepeatable: Bool = false, isReadFromFiles: Bool = false,
    isValueOptional: Bool = false, help: String
  ) {
    self.name = name
    self.short = short
    self.argument = argument
    self.choices = choices
    self.range = range
    self.isRepeatable = isRepeatable
    self.isReadFromFiles = isReadFromFiles
    self.isValueOptional = isValueOptional
    self.help = help
  }

  /// The same option in a command that takes other values for it, or explains it in other words.
  package func explained(_ help: String, choices: [String]? = nil) -> OptionDefinition {
    OptionDefinition(
      name, short: short, argument: argument, choices: choices ?? self.choices, in: range,
      isRepeatable: isRepeatable, isReadFromFiles: isReadFromFiles,
      isValueOptional: isValueOptional, help: help)
  }

  /// The name as it is typed.
  package var spelling: String { "--\(name)" }

  /// The help with what the definition itself says: choices, and whether it may be repeated.
  package var fullHelp: String {
    let choices = choices.map { "one of \($0.joined(separator: ", "))" }
    let additions = [choices, isRepeatable ? "may be repeated" : nil].compactMap { $0 }
    return additions.isEmpty ? help : "\(help) (\(additions.joined(separator: "; ")))"
  }
}

extension OptionDefinition {
  /// The options that every command has.
  package static var common: [OptionDefinition] { [help, version] }

  /// `--help`, which every command has.
  package static let help = OptionDefinition("help", short: "h", help: "show this help")

  /// `--generate-completion-script`, which stands in place of a command.
  package static let completionScript = OptionDefinition(
    "generate-completion-script", argument: "SHELL",
    choices: CompletionShell.allCases.map(\.rawValue),
    help: "print a script that makes a shell complete commands, options and their values")

  /// `--version`, which every command has.
  package static let version = OptionDefinition("version", help: "show the version")
}

/// An argument that is not an option, such as `EXPRESSION`.
package struct OperandDefinition: Equatable, Sendable, ExpressibleByStringLiteral {
  /// In capitals, as the usage line shows it.
  package let name: String
  /// Whether the command line is wrong without it.
  package let isRequired: Bool
  /// Whether it takes all the operands that are left; only the last one can.
  package let isRepeatable: Bool
  /// The words that a shell can offer for it.
  package let words: [String]?

  /// - Parameters:
  ///   - isRepeatable: whether it takes all the operands that are left.
  ///   - words: the words that a shell can offer for it.
  package init(
    _ name: String, isRequired: Bool = true, isRepeatable: Bool = false, words: [String]? = nil
  ) {
    self.name = name
    self.words = words
    self.isRequired = isRequired
    self.isRepeatable = isRepeatable
  }

  /// A required operand, given once.
  package init(stringLiteral value: String) {
    self.init(value)
  }

  /// As a usage line shows it: `EXPRESSION`, `[FILE]`, `FILE...`.
  package var usage: String {
    let name = isRepeatable ? "\(name)..." : name
    return isRequired ? name : "[\(name)]"
  }
}

/// A command line in the help and the man page, which the tests run.
package struct Example: Equatable, Sendable {
  /// The whole command line, from `autodiff` on.
  package let commandLine: String
  /// What it shows; the help puts it below the line.
  package let comment: String

  /// - Parameter commandLine: the whole line, from `autodiff` on.
  package init(_ commandLine: String, _ comment: String) {
    self.commandLine = commandLine
    self.comment = comment
  }
}

/// A command with all that its help page shows.
package struct CommandDefinition: Equatable, Sendable {
  /// The word that calls it.
  package let name: String
  /// In the order in which they are typed; optional ones come last.
  package let operands: [OperandDefinition]
  /// What it does, in half a line.
  package let summary: String
  /// Whole command lines, run by the tests.
  package let examples: [Example]
  /// The options that are its own; `allOptions` adds those every command has.
  package let options: [OptionDefinition]
  /// Paragraphs.
  package let description: [String]

  /// - Parameter options: its own; those that every command has are added by `allOptions`.
  package init(
    _ name: String, operands: [OperandDefinition] = [], summary: String, examples: [Example] = [],
    options: [OptionDefinition] = [], description: [String] = []
  ) {
    self.name = name
    self.operands = operands
    self.summary = summary
    self.examples = examples
    self.options = options
    self.description = description
  }

  /// Its own options, then `--help` and `--version`.
  package var allOptions: [OptionDefinition] { options + OptionDefinition.common }

  /// `autodiff eval EXPRESSION [options]`
  package var usage: String {
    (["autodiff", name] + operands.map(\.usage) + ["[options]"]).joined(separator: " ")
  }
}

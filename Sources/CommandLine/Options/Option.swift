// What a command takes: the one list that feeds the parser, the help, the man page and completions.

/// An option such as `--at POINT`, or a flag such as `--hessian`.
package struct OptionDefinition: Equatable, Sendable {
  /// The long name without its dashes.
  package let name: String
  package let short: Character?
  /// What the value is called in the help, such as `POINT`; `nil` for a flag.
  package let argument: String?
  /// The values there are, if only these.
  package let choices: [String]?
  /// The whole numbers that the value may be, if it is one.
  package let range: ClosedRange<Int>?
  package let isRepeatable: Bool
  /// Whether the value may be `@` and the name of a file to read it from.
  package let isReadFromFiles: Bool
  /// Whether the value may be left out, and is then empty.
  package let isValueOptional: Bool
  package let help: String

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

  package static let help = OptionDefinition("help", short: "h", help: "show this help")

  package static let completionScript = OptionDefinition(
    "generate-completion-script", argument: "SHELL",
    choices: CompletionShell.allCases.map(\.rawValue),
    help: "print a script that makes a shell complete commands, options and their values")

  package static let version = OptionDefinition("version", help: "show the version")
}

/// An argument that is not an option, such as `EXPRESSION`.
package struct OperandDefinition: Equatable, Sendable, ExpressibleByStringLiteral {
  package let name: String
  package let isRequired: Bool
  /// Whether it takes all the operands that are left; only the last one can.
  package let isRepeatable: Bool
  /// The words that a shell can offer for it.
  package let words: [String]?

  package init(
    _ name: String, isRequired: Bool = true, isRepeatable: Bool = false, words: [String]? = nil
  ) {
    self.name = name
    self.words = words
    self.isRequired = isRequired
    self.isRepeatable = isRepeatable
  }

  package init(stringLiteral value: String) {
    self.init(value)
  }

  /// As a usage line shows it: `EXPRESSION`, `[FILE]`, `FILE...`.
  package var usage: String {
    let name = isRepeatable ? "\(name)..." : name
    return isRequired ? name : "[\(name)]"
  }
}

package struct Example: Equatable, Sendable {
  /// The whole command line, from `autodiff` on.
  package let commandLine: String
  package let comment: String

  package init(_ commandLine: String, _ comment: String) {
    self.commandLine = commandLine
    self.comment = comment
  }
}

package struct CommandDefinition: Equatable, Sendable {
  package let name: String
  package let operands: [OperandDefinition]
  /// What it does, in half a line.
  package let summary: String
  package let examples: [Example]
  /// The options that are its own; `allOptions` adds those every command has.
  package let options: [OptionDefinition]
  /// Paragraphs.
  package let description: [String]

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

  package var allOptions: [OptionDefinition] { options + OptionDefinition.common }

  /// `autodiff eval EXPRESSION [options]`
  package var usage: String {
    (["autodiff", name] + operands.map(\.usage) + ["[options]"]).joined(separator: " ")
  }
}

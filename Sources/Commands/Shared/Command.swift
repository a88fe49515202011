// A subcommand, and the set of them, which is handed to what runs others: scripts, sessions, help.
import CommandLine
import Language
import Text
import Syntax

/// A subcommand.
protocol Command: Sendable {
  static var definition: CommandDefinition { get }
  /// Whether it runs scripts, and so may not stand in one.
  static var runsScripts: Bool { get }
  /// Runs it; returns the exit status 0 or 1.
  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32
}

extension Command {
  static var runsScripts: Bool { false }
}

/// The program's commands.
struct CommandSet: Sendable {
  let all: [any Command.Type]
  /// Counts the steps of requests, for tests.
  var observer: RequestObserver?

  /// For requests that run no commands.
  static let none = CommandSet(all: [])

  /// The commands that a script may use: nothing outside of the program, and no other script.
  var forScripts: CommandSet { CommandSet(all: all.filter { !$0.runsScripts }, observer: observer) }

  var names: [String] { all.map { $0.definition.name } }

  func named(_ name: String) -> (any Command.Type)? {
    all.first { $0.definition.name == name }
  }

  /// The last lines of a command's page.
  static let manuals = "\nMore: man autodiff, autodiff-language, autodiff-tutorial\n"

  /// Runs a command with the words behind its name; `script` is where they come from, if anywhere.
  func execute(
    _ command: any Command.Type, _ words: [String], _ script: ScriptContext?, _ terminal: Terminal
  ) throws -> Int32 {
    switch try command.definition.invocation(words) {
    case .help:
      let page = command.definition.helpPage(width: terminal.width ?? 80)
      terminal.write(terminal.inItsCharacters(page + Self.manuals))
      return 0
    case .version:
      terminal.write("autodiff \(Version.current)\n")
      return 0
    case .run(var arguments):
      arguments.context = CallContext(script: script, commands: self)
      try arguments.limitMemory(terminal)
      do {
        return try command.run(arguments, terminal)
      } catch {
        throw error.withRemedies(of: command.definition)
      }
    }
  }

  /// What is wrong with a word that is no command.
  func unknown(_ word: String) -> UsageError {
    if word == "-v" || word == "-V" { return .unknownOption(word, suggestion: "--version") }
    if word.hasPrefix("-"), word.count > 1, !word.dropFirst().contains(where: \.isWhitespace) {
      let options = OptionDefinition.ofProgram.map(\.spelling)
      return .unknownOption(word, suggestion: editDistanceSuggestion(for: word, among: options))
    }
    if let remedy = remedy(for: word) { return .foreignCommand(word, remedy: remedy) }
    return .unknownCommand(word, suggestion: editDistanceSuggestion(for: word, among: names))
  }
}

enum Version {
  static let current = "0.1.0"
}

extension CommandDefinition {
  /// What words ask the command to do.
  func invocation(_ words: [String]) throws -> Invocation {
    try parse(words)
  }
}

extension OptionDefinition {
  /// The options of the program itself.
  static var ofProgram: [OptionDefinition] { common + [completionScript] }
}

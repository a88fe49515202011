// Runs a script: definitions are kept for the commands behind them.
import CommandLine
import Language
import Syntax

struct ScriptRunner {
  private let source: SourceText
  private let path: String?
  private let terminal: Terminal
  private let commands: CommandSet
  private let color: ColorOption
  private let keepsGoing: Bool
  private let allowsPrograms: Bool
  private var reader: ScriptReader
  private var loader: ScriptLoader
  private(set) var tally = ExpectationTally()

  /// - Parameters:
  ///   - path: nil for standard input.
  ///   - arguments: definitions that replace those of the script.
  ///   - allowsPrograms: whether its commands may run programs.
  init(
    _ source: SourceText, path: String?, _ arguments: ScriptArguments, keepsGoing: Bool,
    allowsPrograms: Bool = false,
    color: ColorOption, _ commands: CommandSet, _ terminal: Terminal
  ) {
    self.source = source
    self.path = path
    self.keepsGoing = keepsGoing
    self.allowsPrograms = allowsPrograms
    self.color = color
    self.terminal = terminal
    self.commands = commands
    reader = ScriptReader(
      source, commands: commands.scriptWords, given: arguments.names)
    loader = ScriptLoader(
      terminal, commands, after: arguments.definitions, script: path, given: arguments.names)
  }

  /// Runs it to its end, or to the first command that has no answer; gives the worst exit status.
  mutating func run() -> Int32 {
    var worst: Int32 = 0
    while terminal.isOutputOpen, worst == 0 || keepsGoing {
      do throws(Failure) {
        guard let statement = try next() else { break }
        worst = max(worst, try execute(statement))
      } catch {
        terminal.show(error.diagnostic, color: color)
        worst = 2
      }
    }
    return worst
  }

  private mutating func next() throws(Failure) -> ScriptReader.Statement? {
    do {
      return try reader.next()
    } catch {
      reader.recover(behind: error.range.end)
      throw .script(Diagnostic(error, in: source))
    }
  }

  private mutating func execute(_ statement: ScriptReader.Statement) throws(Failure) -> Int32 {
    switch statement {
    case .definitions(let piece):
      return try add(piece)
    case .command(let words):
      do {
        return try execute(words)
      } catch {
        throw error.placed(at: words[0].range, in: source)
      }
    }
  }

  /// Adds definitions, or where one of them is wrong and the script goes on, the others.
  private mutating func add(_ piece: SourceText) throws(Failure) -> Int32 {
    do {
      try loader.add(piece)
      return 0
    } catch {
      guard keepsGoing else { throw error }
      return addEach(of: piece)
    }
  }

  private mutating func addEach(of piece: SourceText) -> Int32 {
    var status: Int32 = 0
    var singles = ScriptReader(piece, commands: [], isSingle: true)
    while let statement = try? singles.next(), case .definitions(let single) = statement {
      do {
        try loader.add(single)
      } catch {
        terminal.show(error.diagnostic, color: color)
        status = 2
      }
    }
    return status
  }

  private mutating func execute(_ words: [ScriptWord]) throws(Failure) -> Int32 {
    if words[0].text == ScriptKeyword.load {
      for file in try ScriptLoader.paths(words, in: path) { try loader.load(file) }
      return 0
    }
    if words[0].text == ScriptKeyword.expect {
      try judge(words)
      return 0
    }
    if words[0].text == ScriptKeyword.task {
      let task = try TaskLine(words)
      terminal.write("# \(task.name)\n")
      return try execute(task.commandLine)
    }
    guard let command = commands.withoutRun.named(words[0].text) else {
      throw .option("a script cannot run another one", remedy: "'load' brings its definitions")
    }
    let rest = Array(words.dropFirst())
    // What has been said stays said, whatever becomes of this one.
    terminal.flush()
    return try commands.execute(command, rest.map(\.text), context(rest), terminal)
  }

  /// - Parameter words: those behind the command's name.
  private func context(_ words: [ScriptWord]) -> ScriptContext {
    ScriptContext(
      source: source, words: words, definitions: loader.definitions, commands: commands,
      allowsPrograms: allowsPrograms)
  }

  /// An expectation that is not met is kept for the end, and stops nothing.
  private mutating func judge(_ words: [ScriptWord]) throws(Failure) {
    let expectation = try Expectation(words, commands.withoutRun)
    let judge = ExpectationJudge(
      expectation: expectation, context: context(expectation.words), terminal: terminal)
    let failure = try judge.failure()
    tally.add(failure.map { "\(source.place(of: words[0].range)): \($0)" })
  }
}

// Runs a script: definitions are kept for the commands behind them.
import CommandLine
import Language
import Reporting
import Syntax

struct ScriptRunner {
  private let source: SourceText
  private let path: String?
  private let terminal: Terminal
  private let commands: CommandSet
  private let color: ColorOption
  private let keepsGoing: Bool
  private let allowsPrograms: Bool
  private let echoes: Bool
  private let writesJSON: Bool
  private var commandCount = 0
  /// The positions of statements that failed.
  private var failures: [String] = []
  private var place = ""
  private var reader: ScriptReader
  private var loader: ScriptLoader
  private(set) var tally = ExpectationTally()

  /// - Parameters:
  ///   - path: nil for standard input.
  ///   - arguments: definitions that replace those of the script.
  ///   - allowsPrograms: whether its commands may run programs.
  init(
    _ source: SourceText, path: String?, _ arguments: ScriptArguments, keepsGoing: Bool,
    allowsPrograms: Bool = false, echoes: Bool = false, writesJSON: Bool = false,
    color: ColorOption, _ commands: CommandSet, _ terminal: Terminal
  ) {
    self.source = source
    self.path = path
    self.keepsGoing = keepsGoing
    self.allowsPrograms = allowsPrograms
    self.echoes = echoes
    self.writesJSON = writesJSON
    self.color = color
    self.terminal = terminal
    self.commands = commands
    reader = ScriptReader(
      source, commands: commands.scriptWords, given: arguments.names)
    loader = ScriptLoader(
      terminal, commands, after: arguments.definitions, script: path, given: arguments.names)
  }

  /// Runs it to its end, or to the first command without an answer; returns the worst exit status.
  mutating func run() -> Int32 {
    var worst: Int32 = 0
    while terminal.isOutputOpen, worst == 0 || keepsGoing {
      do {
        guard let statement = try next() else { break }
        let status = try execute(statement)
        if status != 0 { failures.append(place) }
        worst = max(worst, status)
      } catch {
        terminal.show(error.diagnostic, color: color)
        if writesJSON {
          terminal.write(compactLine(.object([("error", error.diagnostic.json)])) + "\n")
        }
        failures.append(place)
        worst = 2
      }
    }
    if terminal.isOutputOpen, worst != 0 { summarize() }
    return worst
  }

  /// Reports what was not run or, where the script went on after errors, what failed.
  private mutating func summarize() {
    guard keepsGoing else {
      var count = 0
      while let statement = try? reader.next() {
        if case .command = statement { count += 1 }
      }
      guard count > 0 else { return }
      let rest = count == 1 ? "the command behind it was" : "\(count) commands behind it were"
      let message = "stopped at \(failures.last ?? place); \(rest) not run"
      terminal.show(Diagnostic(.note, message, remedy: "--keep-going runs them"), color: color)
      return
    }
    let places = failures.prefix(8).joined(separator: ", ") + (failures.count > 8 ? ", …" : "")
    terminal.show(
      Diagnostic(.note, "\(failures.count) of \(commandCount) did not succeed: \(places)"),
      color: color)
  }

  private mutating func next() throws -> ScriptReader.Statement? {
    do {
      return try reader.next()
    } catch {
      reader.recover(behind: error.range.end)
      throw Failure.script(Diagnostic(error, in: source))
    }
  }

  private mutating func execute(_ statement: ScriptReader.Statement) throws -> Int32 {
    switch statement {
    case .definitions(let piece):
      place = piece.place(of: SourceRange(start: 0, end: 0))
      return try add(piece)
    case .command(let words):
      commandCount += 1
      place = source.place(of: words[0].range)
      if echoes, !writesJSON {
        terminal.write((commandCount > 1 ? "\n" : "") + Prompt.first + text(of: words) + "\n")
      }
      do {
        return try execute(words)
      } catch {
        throw error.placed(at: words[0].range, in: source)
      }
    }
  }

  /// Adds definitions; where one of them is wrong and the script goes on, the others.
  private mutating func add(_ piece: SourceText) throws -> Int32 {
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

  private mutating func execute(_ words: [ScriptWord]) throws -> Int32 {
    if words[0].text == ScriptKeyword.load {
      for file in try ScriptLoader.paths(words, in: path) { try loader.load(file) }
      return 0
    }
    if words[0].text == ScriptKeyword.expect {
      let wasMet = try judge(words)
      if echoes, !writesJSON { terminal.write(wasMet ? "met\n" : "not met\n") }
      return 0
    }
    if words[0].text == ScriptKeyword.task {
      let task = try TaskLine(words)
      if !writesJSON { terminal.write("# \(task.name)\n") }
      return try execute(task.commandLine)
    }
    guard let command = commands.forScripts.named(words[0].text) else {
      throw Failure.option(
        "a script cannot run another one", remedy: "'load' brings its definitions")
    }
    let rest = Array(words.dropFirst())
    if writesJSON { return try writeObject(command, words) }
    // Output of earlier commands appears even if this one crashes.
    terminal.flush()
    return try commands.execute(command, rest.map(\.text), context(rest), terminal)
  }

  /// A command line as it stands in the script.
  private func text(of words: [ScriptWord]) -> String {
    let end = words.last?.range.end ?? words[0].range.end
    return source.text(in: SourceRange(start: words[0].range.start, end: end))
  }

  /// Runs a command and writes its result as a JSON object on a line.
  private func writeObject(
    _ command: any Command.Type, _ words: [ScriptWord]
  ) throws -> Int32 {
    let rest = Array(words.dropFirst())
    var texts = rest.map(\.text)
    let takesJSON = Self.takesJSON(command, texts)
    if takesJSON { texts += ["--format", "json"] }
    let recording = Terminal.Recording()
    let quiet = terminal.recording(recording)
    var status: Int32 = 2
    var failure: (any Error)?
    do {
      status = try commands.execute(command, texts, context(rest), quiet)
    } catch {
      failure = error.placed(at: words[0].range, in: source)
    }
    status = quiet.finish(status)
    var members: [(key: String, value: JSON)] = [
      ("line", .integer(source.column(of: words[0].range.start).line)),
      ("command", .string(text(of: words))), ("status", .integer(Int(status))),
    ]
    if !recording.error.isEmpty { members.append(("messages", .string(recording.error))) }
    if let failure {
      terminal.show(failure.diagnostic, color: color)
      members.append(("error", failure.diagnostic.json))
    }
    let isJSON = takesJSON && !recording.output.isEmpty
    if !isJSON { members.append(("text", .string(recording.output))) }
    var line = compactLine(.object(members))
    if isJSON {
      line = line.dropLast() + ", \"answer\": " + compact(recording.output) + "}"
    }
    terminal.write(line + "\n")
    return status
  }

  /// Whether a command can answer in JSON, and its words ask for no other format.
  private static func takesJSON(_ command: any Command.Type, _ words: [String]) -> Bool {
    let hasJSON = command.definition.options.contains {
      $0.name == "format" && $0.choices?.contains("json") == true
    }
    let isAsked =
      words.contains { ["-f", "--format", "--points", "--worker"].contains($0) }
      || words.contains { $0.hasPrefix("--format=") || $0.hasPrefix("--points=") }
    return hasJSON && !isAsked && !words.contains("--")
  }

  private func compactLine(_ value: JSON) -> String { compact(value.text) }

  /// JSON in one line: there are no line ends in its strings.
  private func compact(_ json: String) -> String {
    json.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  /// - Parameter words: those behind the command's name.
  private func context(_ words: [ScriptWord]) -> ScriptContext {
    ScriptContext(
      source: source, words: words, definitions: loader.definitions, commands: commands,
      allowsPrograms: allowsPrograms)
  }

  /// An expectation that is not met is recorded for the end; the script goes on.
  private mutating func judge(_ words: [ScriptWord]) throws -> Bool {
    let expectation = try Expectation(words, commands.forScripts)
    let judge = ExpectationJudge(
      expectation: expectation, context: context(expectation.words), terminal: terminal)
    let failure = try judge.failure()
    tally.add(failure.map { "\(source.place(of: words[0].range)): \($0)" })
    if writesJSON {
      terminal.write(
        compactLine(
          .object([
            ("line", .integer(source.column(of: words[0].range.start).line)),
            ("command", .string(text(of: words))), ("status", .integer(failure == nil ? 0 : 1)),
            ("text", .string(failure ?? "met")),
          ])) + "\n")
    }
    return failure == nil
  }
}

// A session: lines as in a script, and expressions alone, one after the other; nothing ends it
// early.
import CommandLine
import Language
import Syntax

/// What `autodiff` without arguments runs, on a terminal or reading a pipe.
struct Session {
  static let answerName = "ans"

  let terminal: Terminal
  /// The program's commands.
  let commands: CommandSet
  /// Whether a person types the lines. Otherwise errors name the line.
  let isInteractive: Bool
  /// The words that begin a command line.
  let commandWords: Set<String>
  private(set) var definitions = SessionDefinitions()
  /// The value of `ans`.
  private(set) var answer: Double?
  private(set) var isOver = false
  /// Names whose definitions could not be read.
  private var failed: Set<String> = []
  /// The worst exit status so far.
  private(set) var status: Int32 = 0

  init(_ terminal: Terminal, _ commands: CommandSet, isInteractive: Bool) {
    self.terminal = terminal
    self.commands = commands
    self.isInteractive = isInteractive
    commandWords = Set(
      commands.names + SessionCommand.allCases.map(\.rawValue)
        + [Self.programName, ScriptKeyword.expect])
  }

  /// What can be completed at the moment.
  var completer: Completer {
    Completer(
      commands: commands, commandWords: commandWords,
      definedNames: definitions.names.map { definitions.isFunction($0) ? $0 + "(" : $0 },
      names: terminal.interaction.names,
      variables: { [definitions] text in
        (try? Expression(SourceText(text), after: definitions.all))?.variableNames ?? []
      })
  }

  /// Commands are copied from where they stand behind the program's name.
  static let programName = "autodiff"

  /// Runs the statements of a text.
  mutating func run(_ typed: SourceText) {
    let source = terminal.readingDefinitions(typed, commandWords, color: .auto)
    var reader = ScriptReader(source, commands: commandWords)
    while !isOver, terminal.isOutputOpen {
      do {
        guard let statement = try reader.nextInSession() else { break }
        status = max(status, try execute(statement, of: source))
      } catch let error as SyntaxError {
        if isOver(by: typed) { break }
        noteFailed(reader.failedStatement)
        report(Problem(error, in: source))
        if isInteractive { break }
        reader.recover(behind: error.range.end)
      } catch {
        report(error)
      }
    }
    terminal.flush()
  }

  /// `exit()` and `:q`, as other programs end.
  private mutating func isOver(by typed: SourceText) -> Bool {
    isOver = ["exit()", "quit()", ":q", ":quit", "bye", "q()"].contains(typed.trimmedText)
    return isOver
  }

  /// After a definition that could not be read, its name has no meaning, unless it had one before.
  private mutating func noteFailed(_ source: SourceText) {
    guard let name = source.definedHead, !definitions.has(name) else { return }
    failed.insert(name)
  }

  /// What is wrong with a text that uses a name whose definition could not be read.
  private func checkFailed(_ text: String) throws {
    guard !failed.isEmpty, let (name, range) = firstFailed(in: text) else { return }
    throw Problem(
      .reported(
        "'\(name)' is not defined: its definition could not be read",
        remedy: "define it again, '\(name) = …' or '\(name)(x) = …'"),
      in: SourceText(text), at: range)
  }

  /// The first name whose definition could not be read, in a text that may be unreadable because of
  /// it: `g(2)`.
  private func firstFailed(in text: String) -> (name: String, range: SourceRange)? {
    guard let expression = try? Expression(SourceText(text), after: definitions.all) else {
      return SourceText(text).firstWord(among: failed)
    }
    let name = expression.freeNames.first { failed.contains($0.name) }
    return name.map { ($0.name, $0.range) }
  }

  private mutating func report(_ error: any Error) {
    terminal.show(error.diagnostic, color: .auto)
    status = 2
  }

  private mutating func execute(
    _ statement: SessionStatement, of source: SourceText
  ) throws -> Int32 {
    switch statement {
    case .definition(let piece):
      try define(piece)
      return 0
    case .expression(let piece):
      return try isolated { [self] in try show(piece) }
    case .command(var words):
      if words[0].text == Self.programName, words.count > 1 { words.removeFirst() }
      do {
        return try execute(words, of: source)
      } catch {
        throw isInteractive ? error : error.placed(at: words[0].range, in: source)
      }
    }
  }

  // MARK: Definitions

  /// In a definition, names have the meaning that they have when it is used, except for `ans` and a
  /// value's own name: these are replaced by their present values.
  private mutating func define(_ piece: SourceText) throws {
    var piece = piece
    let new = try Self.definitions(of: piece)
    let name = new.symbolNames[new.list[0].symbol.index]
    if let answer, !definitions.has(Self.answerName), Self.uses(Self.answerName, new) {
      piece = piece.replacing(
        Self.answerName, by: Self.literal(answer), from: piece.bodyStart)
    }
    if !new.list[0].isFunction, Self.bodyUses(name, piece) {
      guard let value = try value(of: name) else {
        throw Problem(.definedByItself(name), in: piece, at: new.list[0].nameRange)
      }
      guard value.isFinite else {
        throw Problem(.valueNotFinite(name, value), in: piece, at: new.list[0].nameRange)
      }
      piece = piece.replacing(name, by: Self.literal(value), from: piece.bodyStart)
    }
    try definitions.add(Self.definitions(of: piece))
    failed.remove(name)
  }

  private static func definitions(of piece: SourceText) throws -> Definitions {
    try Definitions(alone: piece)
  }

  /// Whether a definition uses a name that it does not bind.
  private static func uses(_ name: String, _ new: Definitions) -> Bool {
    let (definition, names) = (new.list[0], new.symbolNames)
    if definition.isDerivative {
      return !definition.localNames.contains { names[$0.symbol.index] == name }
    }
    let own = names[definition.symbol.index]
    let expression = try? Expression(SourceText(own), after: new)
    return expression?.freeNames.contains { $0.name == name && !$0.isParameter } ?? false
  }

  /// The same for a value's body; a definition under another name may use the name as usual.
  private static func bodyUses(_ name: String, _ piece: SourceText) -> Bool {
    let body = piece.bytes[piece.bodyStart...]
    let renamed = SourceText(Array("\(name)_ = ".utf8) + body)
    return (try? definitions(of: renamed)).map { uses(name, $0) } ?? false
  }

  /// The present value of a name as a number, finite or not; nil if it has none.
  private func value(of name: String) throws -> Double? {
    if name == Self.answerName, !definitions.has(name) { return answer }
    guard definitions.has(name) || Catalogue.constant(name) != nil else { return nil }
    return try BareExpression(SourceText(name), after: definitions.all).value()
  }

  /// A number as the language writes it, in parentheses so that it can stand anywhere.
  static func literal(_ value: Double) -> String { "(\(shortest(value)))" }

  // MARK: Expressions

  private func show(_ piece: SourceText) throws -> Int32 {
    let name = piece.trimmedText
    if let text = definitions.text(of: name), definitions.isFunction(name) {
      terminal.write(text + "\n")
      return 0
    }
    try checkFailed(name)
    let expression = try BareExpression(piece, after: definitions.with(answer: answer))
    return try expression.show(terminal)
  }

  // MARK: Commands

  private mutating func execute(
    _ words: [ScriptWord], of source: SourceText
  ) throws -> Int32 {
    if let command = SessionCommand(rawValue: words[0].text) {
      try execute(command, words.dropFirst().map(\.text), line: words)
      return 0
    }
    if words[0].text == ScriptKeyword.expect {
      return try judge(Expectation(words, commands.forScripts), in: source)
    }
    guard let command = commands.named(words[0].text) else {
      throw commands.unknown(words[0].text)
    }
    let rest = Array(words.dropFirst())
    if let text = rest.first?.text { try checkFailed(text) }
    let context = ScriptContext(
      source: source, words: rest, definitions: definitions.with(answer: answer),
      commands: commands, allowsPrograms: isInteractive)
    let texts = replacingAnswer(in: rest.map(\.text), of: command.definition)
    return try isolated { [terminal, commands] in
      try commands.execute(command, texts, context, terminal)
    }
  }

  /// Reports at once what a script reports at its end.
  private mutating func judge(
    _ expectation: Expectation, in source: SourceText
  ) throws -> Int32 {
    let context = ScriptContext(
      source: source, words: expectation.words, definitions: definitions.with(answer: answer),
      commands: commands, allowsPrograms: isInteractive)
    return try isolated { [terminal] in
      let judge = ExpectationJudge(expectation: expectation, context: context, terminal: terminal)
      let failure = try judge.failure()
      terminal.write(terminal.inItsCharacters(failure ?? "met") + "\n")
      return failure == nil ? 0 : 1
    }
  }

  private mutating func execute(
    _ command: SessionCommand, _ words: [String], line: [ScriptWord]
  ) throws {
    switch command {
    case .load:
      var loader = ScriptLoader(terminal, commands, after: Definitions())
      for path in try ScriptLoader.paths(line, in: nil) { try loader.load(path) }
      try definitions.add(loader.definitions)
    case .help: try help(words)
    case .forget:
      if words.isEmpty { throw Failure.option("'forget' needs a name", remedy: "forget x") }
      for name in words { try definitions.forget(name) }
    case .definitions:
      for name in definitions.names { terminal.write((definitions.text(of: name) ?? "") + "\n") }
    case .exit, .quit: isOver = true
    }
  }

  private func help(_ words: [String]) throws {
    var pages = words.isEmpty ? [SessionHelp.overview(terminal, commands)] : []
    for word in words {
      if let command = SessionCommand(rawValue: word) {
        pages.append("\(command.usage)\n  \(command.summary)\n")
      } else if let text = definitions.text(of: word) {
        pages.append(text + "\n")
      } else {
        pages += try commands.pages(about: word, terminal)
      }
    }
    terminal.write(pages.joined(separator: "\n"))
  }

  /// Replaces `ans` in the values of options, which do not see definitions.
  private func replacingAnswer(in words: [String], of command: CommandDefinition) -> [String] {
    guard let answer, !definitions.has(Self.answerName) else { return words }
    let options = command.allOptions.filter { $0.argument != nil && $0.argument != "FILE" }
    return words.indices.map { index in
      let previous = index > 0 ? words[index - 1] : ""
      let isValue = options.contains {
        $0.spellings.contains(previous) || words[index].hasPrefix($0.spelling + "=")
      }
      guard isValue else { return words[index] }
      let text = SourceText(words[index])
        .replacing(Self.answerName, by: Self.literal(answer))
      return String(decoding: text.bytes, as: UTF8.self)
    }
  }

  // MARK: By itself

  /// Runs a computation so that Ctrl-C ends it and not the session.
  private mutating func isolated(
    _ body: () throws -> Int32
  ) throws -> Int32 {
    guard isInteractive else {
      terminal.answer = nil
      let status = try body()
      answer = terminal.answer ?? answer
      return status
    }
    terminal.flush()
    let ending = terminal.interaction.isolate { [terminal] in
      terminal.answer = nil
      var status: Int32 = 2
      do { status = try body() } catch {
        terminal.show(error.diagnostic, color: .auto)
      }
      terminal.flush()
      return Outcome(status: status, answer: terminal.answer).bytes
    }
    switch ending {
    case .finished(let bytes):
      let outcome = Outcome(bytes)
      answer = outcome.answer ?? answer
      return outcome.status
    case .interrupted:
      terminal.writeError("\ninterrupted\n")
      return 2
    case .crashed(let signal):
      throw Failure.option("the computation was ended by signal \(signal)", remedy: nil)
    }
  }
}

/// What a computation in a process of its own leaves behind.
private struct Outcome {
  let status: Int32
  let answer: Double?

  init(status: Int32, answer: Double?) {
    self.status = status
    self.answer = answer
  }

  init(_ bytes: [UInt8]) {
    status = bytes.first.map(Int32.init) ?? 2
    answer =
      bytes.count == 9
      ? Double(bitPattern: bytes.dropFirst().reduce(0) { $0 << 8 | UInt64($1) }) : nil
  }

  var bytes: [UInt8] {
    let pattern = answer.map { value in
      stride(from: 56, through: 0, by: -8).map { UInt8(value.bitPattern >> UInt64($0) & 0xFF) }
    }
    return [UInt8(status)] + (pattern ?? [])
  }
}

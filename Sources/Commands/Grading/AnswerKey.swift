// The key of a class: a script with a line `task NAME [--marks N] COMMAND …` for each task.
import CommandLine
import Language
import Syntax

struct AnswerKey {
  let tasks: [GradingTask]

  private static let mostTasks = 1000

  init(_ path: String, _ arguments: Arguments, _ terminal: Terminal) throws {
    let bytes = try terminal.readFile(path)
    let source = SourceText(bytes, name: path == "-" ? "standard input" : path)
    let own = path == "-" ? nil : path
    let commands = arguments.commands
    var reader = ScriptReader(source, commands: commands.scriptWords)
    var loader = ScriptLoader(terminal, commands, after: Definitions(), script: own)
    var tasks: [GradingTask] = []
    while let statement = try Self.next(&reader, source) {
      switch statement {
      case .definitions(let piece): try loader.add(piece)
      case .command(let words):
        do {
          if words[0].text == ScriptKeyword.load {
            for file in try ScriptLoader.paths(words, in: own) { try loader.load(file) }
            continue
          }
          let task = try Self.task(words, source, loader.definitions, commands, terminal)
          guard !tasks.contains(where: { $0.name == task.name }) else {
            throw Failure.option("task '\(echo(task.name))' is there twice", remedy: nil)
          }
          guard tasks.count < Self.mostTasks else {
            throw Failure.option("there are more than \(Self.mostTasks) tasks", remedy: nil)
          }
          tasks.append(task)
        } catch {
          throw error.placed(at: words[0].range, in: source)
        }
      }
    }
    guard !tasks.isEmpty else {
      throw Failure.option(
        "'\(echo(path))' has no tasks", remedy: "write 'task 1 diff x^2' on a line of its own")
    }
    self.tasks = tasks
  }

  private static func next(
    _ reader: inout ScriptReader, _ source: SourceText
  ) throws -> ScriptReader.Statement? {
    do {
      return try reader.next()
    } catch {
      throw Failure.script(Diagnostic(error, in: source))
    }
  }

  private static func task(
    _ words: [ScriptWord], _ source: SourceText, _ definitions: Definitions,
    _ commands: CommandSet, _ terminal: Terminal
  ) throws -> GradingTask {
    guard words[0].text == ScriptKeyword.task else {
      throw Failure.option(
        "a key has definitions, 'load' and 'task' lines, and no other commands",
        remedy: "write 'task NAME \(words[0].text) …'")
    }
    let line = try TaskLine(words)
    guard let command = commands.named(line.command) else { throw Failure.noTask(line.command) }
    let texts = line.rest.map(\.text)
    guard case .run(var arguments) = try command.definition.invocation(texts) else {
      throw Failure.option("help is no task", remedy: nil)
    }
    let script = ScriptContext(
      source: source, words: line.rest, definitions: definitions, commands: commands)
    arguments.context = CallContext(script: script, commands: commands)
    return try GradingTask(
      line.name, marks: line.marks, line.command, texts, arguments, terminal)
  }
}

/// The words of a line `task NAME [--marks N] COMMAND …`.
struct TaskLine {
  let name: String
  let marks: Double
  /// The command's name and the words behind it.
  let commandLine: [ScriptWord]
  var command: String { commandLine[0].text }
  var rest: [ScriptWord] { Array(commandLine.dropFirst()) }

  private static let usage = "write 'task 1 diff x^2' or 'task 2a --marks 3 trace f --at x=2'"
  private static let mostMarks = 1e6

  /// - Parameter words: the whole line.
  init(_ words: [ScriptWord]) throws {
    var rest = words.dropFirst()
    guard let name = rest.popFirst()?.text, Self.isName(name) else {
      throw Failure.option("'task' needs a name, of letters and digits", remedy: Self.usage)
    }
    self.name = name
    marks = try Self.marks(&rest)
    guard !rest.isEmpty else {
      throw Failure.option("task '\(echo(name))' asks for nothing", remedy: Self.usage)
    }
    commandLine = Array(rest)
    guard GradingTask.commands.contains(command) else { throw Failure.noTask(command) }
  }

  private static func isName(_ name: String) -> Bool {
    (1...20).contains(name.count) && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." }
      && name.last != "."
  }

  private static func marks(_ words: inout ArraySlice<ScriptWord>) throws -> Double {
    guard let first = words.first?.text, first.hasPrefix("--marks") else { return 1 }
    words.removeFirst()
    let text = first.hasPrefix("--marks=") ? String(first.dropFirst(8)) : words.popFirst()?.text
    guard let marks = text.flatMap({ Double($0) }), marks > 0, marks <= mostMarks else {
      throw Failure.option("--marks needs a number more than 0", remedy: usage)
    }
    return marks
  }
}

extension Failure {
  fileprivate static func noTask(_ command: String) -> Failure {
    .option("a task cannot be '\(echo(command))'", remedy: "it is diff, eval, trace or check")
  }
}

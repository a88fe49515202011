// Definitions from files, and from the files that these load.
import CommandLine
import Language
import Syntax

/// Reads the definitions of files. Their commands are not run; what they `load` is loaded first,
/// where they say so. A file is loaded once, however often it is asked for.
struct ScriptLoader {
  private let terminal: Terminal
  private let commandWords: Set<String>
  private(set) var definitions: Definitions
  private var loaded: Set<String>
  /// The files that are being read, each loaded from the one before it.
  private var open: [File] = []

  private struct File {
    let path: String
    let source: SourceText
    var reader: ScriptReader
  }

  private static let depthLimit = 100
  private let script: String?
  private let given: Set<String>

  /// - Parameters:
  ///   - script: the path of the script that loads, which nothing may load again.
  ///   - given: names whose definitions in files are skipped.
  init(
    _ terminal: Terminal, _ commands: CommandSet, after definitions: Definitions,
    script: String? = nil, given: Set<String> = []
  ) {
    self.terminal = terminal
    commandWords = commands.scriptWords
    self.definitions = definitions
    self.script = script
    self.given = given
    loaded = []
  }

  /// Adds definitions of the script itself.
  mutating func add(_ piece: SourceText) throws {
    definitions = try definitions.loading(piece)
  }

  mutating func load(_ path: String) throws {
    defer { open = [] }
    try begin(path)
    while !open.isEmpty {
      switch try next() {
      case nil: open.removeLast()
      case .definitions(let piece): try add(piece)
      case .command(let words) where words[0].text == ScriptKeyword.load: try nested(words)
      case .command: break
      }
    }
  }

  private mutating func next() throws -> ScriptReader.Statement? {
    do {
      return try open[open.count - 1].reader.next()
    } catch {
      throw Failure.script(Diagnostic(error, in: open[open.count - 1].source))
    }
  }

  /// A `load` in a loaded file; errors in it are reported with their position.
  private mutating func nested(_ words: [ScriptWord]) throws {
    let file = open[open.count - 1]
    do {
      for path in try Self.paths(words, in: file.path) { try begin(path) }
    } catch {
      throw error.placed(at: words[0].range, in: file.source)
    }
  }

  /// The files that a `load` names, which are relative to the script that it stands in.
  static func paths(_ words: [ScriptWord], in script: String?) throws -> [String] {
    guard words.count == 2 else {
      throw Failure.option("'load' takes one file", remedy: "write 'load \"definitions.ad\"'")
    }
    let path = words[1].text
    guard !path.hasPrefix("/"), let script, let slash = script.lastIndex(of: "/") else {
      return [path]
    }
    return [String(script[...slash]) + path]
  }

  private mutating func begin(_ path: String) throws {
    if path == script || open.contains(where: { $0.path == path }) {
      throw Failure.option("'\(echo(path))' loads itself", remedy: nil)
    }
    guard open.count < Self.depthLimit else {
      throw Failure.option("more than \(Self.depthLimit) files load each other", remedy: nil)
    }
    guard loaded.insert(path).inserted else { return }
    let bytes = try terminal.readFile(path)
    let source = terminal.readingDefinitions(
      SourceText(bytes, name: path), commandWords, color: .auto)
    open.append(
      File(
        path: path, source: source,
        reader: ScriptReader(source, commands: commandWords, given: given)))
  }
}

extension Terminal {
  /// A script or a line of a session with its definitions in the language's own notation; reports
  /// how definitions in other notations were read.
  func readingDefinitions(
    _ source: SourceText, _ commands: Set<String>, color: ColorOption
  ) -> SourceText {
    let reading = TextbookDefinitions(source, commands: commands)
    for note in reading.notes { show(note, color: color) }
    return reading.text
  }
}

extension Error {
  /// An error of a script's command, with the command's position where its own source has none.
  func placed(at range: SourceRange, in script: SourceText) -> Failure {
    var diagnostic = diagnostic
    let place = script.place(of: range)
    diagnostic.place = diagnostic.place ?? place
    if let source = diagnostic.source, let range = diagnostic.range,
      source.isBeforeLastPart(range)
    {
      diagnostic.context.append("in the command at \(place)")
    }
    return .script(diagnostic)
  }
}

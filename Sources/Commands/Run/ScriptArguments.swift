// Definitions on the command line of `run`: `autodiff run fit.ad x0=3`.
import CommandLine
import Text
import Language
import Syntax

/// Definitions that replace those of a script.
struct ScriptArguments {
  let definitions: Definitions
  /// The names that they define.
  let names: Set<String>
  private let commands: CommandSet

  /// Whether an operand is a definition and no file: it has a `=`, and no `/` before it.
  static func isArgument(_ word: String) -> Bool {
    word.prefix { $0 != "/" }.contains("=")
  }

  init(
    _ words: [String], _ commands: CommandSet, _ terminal: Terminal
  ) throws {
    self.commands = commands
    var loader = ScriptLoader(terminal, commands, after: Definitions())
    for word in words { try loader.add(SourceText(word)) }
    definitions = loader.definitions
    names = Set(definitions.names)
  }

  /// Throws where a script, with the files that it loads, does not have each of the names.
  func check(_ script: SourceText, path: String?, _ terminal: Terminal) throws {
    guard !names.isEmpty else { return }
    var words = WordCollector(terminal, commands.scriptWords)
    words.add(script, path: path)
    for name in definitions.names where !words.all.contains(name) {
      let suggestion = editDistanceSuggestion(for: name, among: words.all.sorted())
      throw Failure.option(
        "'\(echo(script.name ?? ""))' has no '\(echo(name))'",
        remedy: suggestion.map { "did you mean '\($0)'?" }
          ?? "an argument NAME=VALUE is for a name that the script defines or uses")
    }
  }
}

/// Collects the words of scripts, quoted ones too, and of those that they load.
private struct WordCollector {
  private(set) var all: Set<String> = []
  private let terminal: Terminal
  private let commandWords: Set<String>
  private var seen: Set<String> = []
  private var pending: [(source: SourceText, path: String?)] = []

  init(_ terminal: Terminal, _ commandWords: Set<String>) {
    self.terminal = terminal
    self.commandWords = commandWords
  }

  mutating func add(_ script: SourceText, path: String?) {
    pending = [(script, path)]
    while let (source, path) = pending.popLast() {
      collectWords(source.bytes)
      collectFiles(source, path)
    }
  }

  private mutating func collectWords(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      let start = position
      if bytes[position] == UInt8(ascii: "#") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      } else if bytes[position].isPartOfName {
        while position < bytes.count, bytes[position].isPartOfName { position += 1 }
        all.insert(String(decoding: bytes[start..<position], as: UTF8.self))
      } else {
        position += 1
      }
    }
  }

  /// Errors in a file are reported when it is loaded.
  private mutating func collectFiles(_ source: SourceText, _ path: String?) {
    var reader = ScriptReader(source, commands: commandWords)
    while true {
      do {
        guard let statement = try reader.next() else { return }
        guard case .command(let words) = statement, words[0].text == ScriptKeyword.load,
          let files = try? ScriptLoader.paths(words, in: path)
        else { continue }
        for file in files where file != "-" && seen.insert(file).inserted {
          guard let bytes = try? terminal.readFile(file) else { continue }
          pending.append((SourceText(bytes, name: file), file))
        }
      } catch {
        reader.recover(behind: error.range.end)
      }
    }
  }
}

extension UInt8 {
  /// All bytes beyond ASCII belong to letters.
  fileprivate var isPartOfName: Bool {
    self >= 0x80 || self == UInt8(ascii: "_") || (0x30...0x39).contains(self)
      || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}

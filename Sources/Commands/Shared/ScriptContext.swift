// What scripts and sessions pass to the commands in them, and the words that they have besides
// commands.
import CommandLine
import Language
import Syntax

/// What a command line in a script knows of the script.
struct ScriptContext: Sendable {
  let source: SourceText
  /// The words behind the command's name.
  let words: [ScriptWord]
  /// What is defined before the command line.
  let definitions: Definitions
  /// The program's commands.
  let commands: CommandSet
  /// Whether its commands may run programs. A script may be somebody else's, so `--allow-programs`
  /// has to say so; lines typed in a session are the user's own.
  var allowsPrograms = false

  /// A word as a text with its place in the script.
  func source(of word: Arguments.Word) -> SourceText? {
    guard words.indices.contains(word.index) else { return nil }
    let start = words[word.index].start
    let (line, column) = source.column(of: start)
    return SourceText(Array(word.text.utf8), name: source.name, line: line, column: column)
  }
}

/// What the program hands along with a command's words.
struct CallContext: Sendable {
  /// The script that the command line stands in, if it does.
  let script: ScriptContext?
  /// The commands that it may run.
  let commands: CommandSet
}

extension Arguments {
  /// The script that the command line stands in, if it does.
  var script: ScriptContext? { (context as? CallContext)?.script }

  /// The commands that it may run.
  var commands: CommandSet { (context as? CallContext)?.commands ?? .none }
}

/// The words of a script that are no commands of the program.
enum ScriptKeyword {
  /// Brings the definitions of another script.
  static let load = "load"
  /// Declares what a command's result is to be.
  static let expect = "expect"
  /// Gives a command line a name, by which hand-ins are graded.
  static let task = "task"
}

extension CommandSet {
  /// The words that begin a command line in a script.
  var scriptWords: Set<String> {
    Set(names + [ScriptKeyword.load, ScriptKeyword.expect, ScriptKeyword.task])
  }
}

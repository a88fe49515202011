// The documents that the tests read: README.md, the manual, and the examples in them.
@testable import CommandLine
import Foundation
import Testing

@testable import Commands

/// A command line as it stands in a document behind `$ `, with the output shown below it.
///
/// The output is what a terminal shows: standard output, then standard error, without the empty
/// lines that separate it from the next example.
struct DocumentedExample: Sendable, CustomTestStringConvertible {
  let commandLine: String
  let output: String
  /// How wide the terminal is that shows it.
  let columns: Int

  var testDescription: String { commandLine }
}

enum Documents {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
  }

  static func files(in folder: String) -> [String] {
    let path = root.appendingPathComponent(folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The samples by the paths that examples have for them.
  static let samples = Dictionary(
    uniqueKeysWithValues: (files(in: "Samples") + files(in: "Samples/class").map { "class/\($0)" })
      .map { ("Samples/\($0)", text("Samples/\($0)")) })

  static let readme = text("README.md").components(separatedBy: "\n")

  /// The examples of the blocks marked as `console`.
  static let readmeExamples = blocks(readme, from: "```console", to: "```")
    .flatMap { examples($0, columns: 80) }
  /// A pager indents them by five columns.
  static let manualExamples = Manual.pages.flatMap { $0.displays }
    .flatMap { examples($0, columns: 75) }

  /// Sessions: what stands behind a prompt was typed, the other lines are what came of it.
  static let sessions =
    (blocks(readme, from: "```console", to: "```")
    + Manual.pages.flatMap { $0.displays }).filter { $0.first?.hasPrefix(Prompt.first) == true }

  /// The lines between each line `start` and the line `end` that follows it.
  static func blocks(_ lines: [String], from start: String, to end: String) -> [[String]] {
    var blocks: [[String]] = []
    var isInside = false
    for line in lines {
      if isInside, line == end {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].append(line)
      } else if line == start {
        isInside = true
        blocks.append([])
      }
    }
    return blocks
  }

  /// A command line goes on where a quote is open, and behind a backslash.
  private static func examples(_ block: [String], columns: Int) -> [DocumentedExample] {
    var examples: [(commandLine: String, output: [String])] = []
    for line in block {
      if line.hasPrefix("$ ") {
        examples.append((String(line.dropFirst(2)), []))
      } else if let last = examples.last, last.output.isEmpty, ShellLine.isOpen(last.commandLine) {
        examples[examples.count - 1].commandLine += "\n" + line
      } else if !examples.isEmpty {
        examples[examples.count - 1].output.append(line)
      }
    }
    return examples.map { example in
      DocumentedExample(
        commandLine: example.commandLine, output: trimmed(example.output.joined(separator: "\n")),
        columns: columns)
    }
  }

  /// Without line ends at the end.
  static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == "\n" }.reversed())
  }
}

/// A page of the manual, as far as the tests need to understand mdoc.
struct Manual {
  static let program = Manual("autodiff.1")
  static let language = Manual("autodiff-language.7")
  static let tutorial = Manual("autodiff-tutorial.7")
  static let pages = [program, language, tutorial]

  let lines: [String]

  /// The displays at the margin, with the text that escapes stand for.
  var displays: [[String]] {
    Documents.blocks(lines, from: ".Bd -literal", to: ".Ed").map { $0.map(Self.plain) }
  }

  private init(_ file: String) {
    lines = Documents.text("man/\(file)").components(separatedBy: "\n")
  }

  struct Item {
    /// What stands behind `.It`, macros and all.
    let head: String
    let body: String
    /// The lines of displays.
    let displays: [String]
  }

  /// The lines of a section `.Sh`, or of a subsection `.Ss`.
  func section(_ macro: String, _ title: String) -> [String] {
    let rest = lines.drop { $0 != ".\(macro) \(title)" }.dropFirst()
    return Array(rest.prefix { !$0.hasPrefix(".Sh ") && !$0.hasPrefix(".\(macro) ") })
  }

  /// The items of the lists in some lines; a body is its words, without macros.
  static func items(_ lines: [String]) -> [Item] {
    var items: [(head: String, body: [String], displays: [String])] = []
    for line in lines {
      if line.hasPrefix(".It ") {
        items.append((String(line.dropFirst(4)), [], []))
      } else if line.hasPrefix(".El") {
        items.append(("", [], []))
      } else if line.hasPrefix(".Dl "), !items.isEmpty {
        items[items.count - 1].displays.append(plain(String(line.dropFirst(4))))
      } else if !line.hasPrefix("."), !items.isEmpty {
        items[items.count - 1].body.append(plain(line))
      }
    }
    return items.filter { !$0.head.isEmpty }
      .map {
        Item(head: plain($0.head), body: $0.body.joined(separator: " "), displays: $0.displays)
      }
  }

  /// The text that escapes stand for.
  static func plain(_ text: String) -> String {
    let escapes = [
      ("\\(aq", "'"), ("\\(ga", "`"), ("\\(ha", "^"), ("\\(ti", "~"), ("\\(*p", "π"),
      ("\\(*t", "τ"), ("\\(if", "∞"), ("\\-", "-"), ("\\&", ""), ("\\(dq", "\""), ("\\e", "\\"),
    ]
    return escapes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }
}

/// As much of a shell as the examples need: quotes, `NAME=value` before the command, input by
/// `< FILE` or by a pipe from `echo` or `printf`.
struct ShellLine {
  private(set) var words: [String] = []
  private(set) var environment = ["LANG": "C.UTF-8", "COLUMNS": "80"]
  private(set) var input = ""
  /// The file behind a `>`.
  private(set) var target: String?

  /// Nil for what is beyond it.
  init?(_ line: String, columns: Int = 80) {
    environment["COLUMNS"] = String(columns)
    let line = line.replacingOccurrences(of: " \\\n", with: " ")
    guard let stages = Self.stages(line), (1...2).contains(stages.count) else { return nil }
    if stages.count == 2 {
      guard let text = Self.printed(stages[0]) else { return nil }
      input = text
    }
    words = stages[stages.count - 1]
    while let word = words.first, let mark = word.firstIndex(of: "="), word.first != "-" {
      environment[String(word[..<mark])] = String(word[word.index(after: mark)...])
      words.removeFirst()
    }
    // Where the output goes is for the test to know.
    if words.count > 2, words[words.count - 2] == ">" {
      target = words.last
      words.removeLast(2)
    }
    if let mark = words.firstIndex(of: "<"), mark + 2 == words.count {
      input = Documents.text(words[mark + 1])
      words.removeSubrange(mark...)
    }
    guard words.first == "autodiff", !words.contains("<") else { return nil }
    words.removeFirst()
  }

  /// Runs it; gives the exit status and what a terminal would show.
  func run() -> (status: Int32, output: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: input, files: Documents.samples, environment: environment)
    let status = Program.run(words, terminal)
    return (status, Documents.trimmed(recording.output + recording.error))
  }

  /// Whether the line that follows belongs to it.
  static func isOpen(_ line: String) -> Bool { line.hasSuffix(" \\") || stages(line) == nil }

  /// What `echo` and `printf` print.
  private static func printed(_ words: [String]) -> String? {
    guard words.count == 2 else { return nil }
    switch words[0] {
    case "echo": return words[1] + "\n"
    case "printf": return words[1].replacingOccurrences(of: "\\n", with: "\n")
    default: return nil
    }
  }

  /// The words of each stage of a pipeline; nil if a quote is not closed.
  private static func stages(_ line: String) -> [[String]]? {
    var stages: [[String]] = [[]]
    var word: String?
    var quote: Character?
    for character in line + " " {
      switch (quote, character) {
      case (character, _): quote = nil
      case (.some, _): word = (word ?? "") + String(character)
      case (nil, "'"), (nil, "\""):
        quote = character
        word = word ?? ""
      case (nil, " "):
        if let word { stages[stages.count - 1].append(word) }
        word = nil
      case (nil, "|"): stages.append([])
      default: word = (word ?? "") + String(character)
      }
    }
    return quote == nil ? stages : nil
  }
}

// A hand-in: data, which is read and never executed, divided among the tasks.
import CommandLine
import Language
import Syntax

/// The answers of one file.
struct HandIn {
  /// The answers to each task, by index.
  private(set) var answers: [Int: [SourceText]] = [:]
  /// Parts that belong to no task, each with its position.
  private(set) var strays: [String] = []

  private let source: SourceText
  private let tasks: [GradingTask]
  private let commands: CommandSet

  init(
    _ source: SourceText, _ tasks: [GradingTask], _ commands: CommandSet
  ) throws {
    self.source = source
    self.tasks = tasks
    self.commands = commands
    let lines = Self.lines(source.bytes)
    var headings = lines.compactMap { heading($0) }
    // Where there is one task, any heading stands for it.
    if tasks.count == 1, headings.allSatisfy({ $0.task == nil }) { headings = [] }
    if lines.contains(where: Self.isExpectation) {
      try readScript(headings)
    } else if tasks.count == 1, headings.isEmpty {
      answers[0] = [Self.bare(source, 0..<source.bytes.count)].compactMap { $0 }
    } else {
      try readSections(headings)
    }
  }

  // MARK: Lines

  private struct Heading {
    /// Nil for a task that the key does not have.
    let task: Int?
    let line: Range<Int>
    /// Where the answer begins.
    let start: Int
  }

  private static func lines(_ bytes: [UInt8]) -> [(range: Range<Int>, text: ArraySlice<UInt8>)] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      ($0.startIndex..<$0.endIndex, $0)
    }
  }

  private static func isExpectation(_ line: (range: Range<Int>, text: ArraySlice<UInt8>)) -> Bool {
    let word = Array("expect".utf8)
    let text = line.text.drop { $0 == 0x20 || $0 == 0x09 }
    return text.starts(with: word) && [0x20, 0x09].contains(text.dropFirst(word.count).first)
  }

  private static let nouns = [
    "task", "exercise", "problem", "question", "part", "no", "nr", "aufgabe", "exercice", "ex",
  ]

  /// `# 2a`, `## Task 2a: reverse mode`, `2a)`, `(2a)`, `Task 2a.`
  private func heading(_ line: (range: Range<Int>, text: ArraySlice<UInt8>)) -> Heading? {
    guard line.text.count <= 400 else { return nil }
    var rest = line.text[...]
    func skip(_ characters: String) -> Bool {
      let count = rest.count
      rest = rest.drop { characters.utf8.contains($0) }
      return rest.count < count
    }
    _ = skip(" \t\r")
    let isTitle = skip("#%")
    _ = skip(" \t*_")
    let (noun, behindNoun) = Self.word(rest)
    let hasNoun = Self.nouns.contains(noun.lowercased())
    if hasNoun {
      rest = behindNoun
      _ = skip(" \t.:#")
    }
    let isOpen = skip("(")
    let (name, behind) = Self.word(rest)
    let task = tasks.firstIndex { $0.name.lowercased() == name.lowercased() }
    rest = behind
    let isMarked = skip(").:*_")
    let isEnd = rest.isEmpty || " \t\r".utf8.contains(rest[rest.startIndex])
    guard !name.isEmpty, isEnd, isTitle || hasNoun || isMarked else { return nil }
    guard let task else {
      return hasNoun && name.contains(where: \.isNumber)
        ? Heading(task: nil, line: line.range, start: line.range.upperBound) : nil
    }
    if isOpen, !isMarked { return nil }
    // Behind `#` the rest of the line is a title; behind `2a)` it is the answer.
    return Heading(
      task: task, line: line.range,
      start: isTitle || hasNoun ? line.range.upperBound : rest.startIndex)
  }

  /// Letters, digits and points inside at the beginning.
  private static func word(_ text: ArraySlice<UInt8>) -> (word: String, rest: ArraySlice<UInt8>) {
    var word = text.prefix {
      $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
        || $0 == UInt8(ascii: ".")
    }
    while word.last == UInt8(ascii: ".") { word = word.dropLast() }
    return (String(decoding: word, as: UTF8.self), text[word.endIndex...])
  }

  // MARK: Sections

  private mutating func readSections(_ headings: [Heading]) throws {
    guard !headings.isEmpty else {
      let name = tasks[0].name
      throw Failure.option(
        "no line says which task it answers", remedy: "write '# \(name)' above the answer to it")
    }
    for (index, heading) in headings.enumerated() {
      let end = index + 1 < headings.count ? headings[index + 1].line.lowerBound : nil
      let range = heading.start..<(end ?? source.bytes.count)
      guard let task = heading.task else {
        strays.append("\(place(heading.line.lowerBound)): the key has no such task")
        continue
      }
      if let answer = Self.bare(source, range) { answers[task, default: []].append(answer) }
    }
  }

  /// A range without the fence, the back quotes and the blanks around it; nil if nothing is left.
  private static func bare(_ source: SourceText, _ range: Range<Int>) -> SourceText? {
    var rest = source.bytes[range]
    func trim() {
      rest = rest.drop { $0 <= 0x20 }
      while let last = rest.last, last <= 0x20 { rest = rest.dropLast() }
    }
    trim()
    let fence = Array("```".utf8)
    if rest.starts(with: fence) {
      rest = rest.drop { $0 != 0x0A }
      if rest.suffix(3).elementsEqual(fence) { rest = rest.dropLast(3) }
    }
    while rest.first == fence[0], rest.last == fence[0], rest.count > 1 {
      rest = rest.dropFirst().dropLast()
    }
    trim()
    if rest.isEmpty || rest.allSatisfy({ ".?-_–—…".utf8.contains($0) }) { return nil }
    return source.piece(SourceRange(start: rest.startIndex, end: rest.endIndex))
  }

  private func place(_ offset: Int) -> String {
    source.place(of: SourceRange(start: offset, end: offset))
  }

  // MARK: Expectations

  /// The claims of `expect COMMAND … : CLAIM`. Definitions are the key's, and no command is run.
  private mutating func readScript(_ headings: [Heading]) throws {
    var reader = ScriptReader(source, commands: commands.scriptWords)
    while true {
      do {
        guard let statement = try reader.next() else { return }
        guard case .command(let words) = statement else { continue }
        guard words[0].text == ScriptKeyword.expect else {
          strays.append("\(place(words[0].range.start)): '\(words[0].text)' is not carried out")
          continue
        }
        add(words, headings)
      } catch {
        throw Failure.script(Diagnostic(error, in: source))
      }
    }
  }

  private mutating func add(_ words: [ScriptWord], _ headings: [Heading]) {
    let asked = words.dropFirst().prefix { $0.text != ":" }.map(\.text)
    let plain = GradingTask.withoutForm(asked)
    let start = words[0].range.start
    let above = headings.last { $0.line.lowerBound <= start }?.task
    guard let task = tasks.firstIndex(where: { $0.words == plain }) ?? above else {
      strays.append("\(place(start)): no task of the key asks for this")
      return
    }
    let claim = words.dropFirst(asked.count + 2)
    guard let first = claim.first else { return }
    let (line, column) = source.column(of: first.start)
    let text = claim.map(\.text).joined(separator: " ")
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    answers[task, default: []].append(
      SourceText(Array(text.utf8), name: source.name, line: line, column: column))
  }
}

// The line that is being typed: what keys do to it. It knows no terminal.
import Syntax

struct LineEditor {
  /// What is to be done about a key.
  enum Outcome: Equatable {
    case edited
    /// The key has no effect here.
    case refused
    case accepted(String)
    case completionWanted
    case interrupted, ended, screenCleared, suspended
  }

  /// May hold line ends: a statement of several lines is edited as one text.
  private(set) var text: [Character] = []
  /// How many characters stand before the cursor.
  private(set) var cursor = 0
  private var killed: [Character] = []
  /// Earlier lines, and behind them the one that is being typed, each with the changes made to it.
  private var lines: [String]
  private var lineIndex: Int
  private(set) var search: HistorySearch?
  /// What is known of the lines before the last, so that each line of a long paste is read once.
  private var settled: (count: Int, input: UnfinishedInput)
  private let start: UnfinishedInput

  /// - Parameter commands: the words that begin a command line.
  init(history: [String] = [], commands: Set<String> = []) {
    lines = history + [""]
    lineIndex = history.count
    start = UnfinishedInput(commands: commands)
    settled = (0, start)
  }

  var string: String { String(text) }
  var textBeforeCursor: String { String(text[..<cursor]) }

  /// The keys and what they do, for the help.
  static let keys: [(label: String, text: String)] = [
    ("Tab", "complete a name, a command, an option or a file; again: list what there is"),
    ("Up, Down", "earlier and later lines; Ctrl-R searches them"),
    ("Left, Right, Home, End", "move, with Ctrl or Alt by words"),
    ("Ctrl-A, Ctrl-E", "to the beginning, to the end"),
    ("Ctrl-K, Ctrl-U, Ctrl-W", "cut to the end, to the beginning, a word; Ctrl-Y inserts it again"),
    ("Ctrl-C", "clear the line; stop a computation"),
    ("Ctrl-L", "clear the screen"),
    ("Ctrl-D", "end the session"),
  ]

  mutating func handle(_ key: Key) -> Outcome {
    if search != nil, let outcome = searching(key) { return outcome }
    switch key {
    case .text(let string): insert(string)
    case .enter: return enter(isPasted: false)
    case .pastedLineEnd: return enter(isPasted: true)
    case .tab: return .completionWanted
    case .interrupt:
      cursor = text.count
      return .interrupted
    case .clearScreen: return .screenCleared
    case .suspend: return .suspended
    case .endOfInput where text.isEmpty: return .ended
    case .search: search = HistorySearch(text: text, cursor: cursor)
    case .up: return vertically(-1)
    case .down: return vertically(1)
    case .yank: insert(String(killed))
    case .escape, .cancel, .searchForward: return .refused
    default: return moveOrDelete(key)
    }
    return .edited
  }

  private mutating func moveOrDelete(_ key: Key) -> Outcome {
    let before = (text.count, cursor)
    switch key {
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .wordLeft: cursor = nameStart
    case .wordRight: cursor = nameEnd
    case .home: cursor = lineStart
    case .end: cursor = lineEnd
    case .backspace: remove(max(0, cursor - 1)..<cursor)
    case .delete, .endOfInput: remove(cursor..<min(text.count, cursor + 1))
    case .killToEnd: kill(cursor..<max(lineEnd, min(cursor + 1, text.count)))
    case .killToStart: kill(lineStart..<cursor)
    case .killWordBefore: kill(wordStart..<cursor)
    case .killNameBefore: kill(nameStart..<cursor)
    case .killNameBehind: kill(cursor..<nameEnd)
    default: return .refused
    }
    return before == (text.count, cursor) ? .refused : .edited
  }

  // MARK: Changing

  /// Replaces the characters from `start` to the cursor.
  mutating func replace(from start: Int, with string: String) {
    remove(start..<cursor)
    insert(string)
  }

  /// A combining character, such as an accent, joins the character before it.
  private mutating func insert(_ string: String) {
    let rest = Array(text[cursor...])
    let joins = cursor > 0 && text[cursor - 1] != "\n"
    let start = joins ? cursor - 1 : cursor
    let inserted = String.UnicodeScalarView(string.unicodeScalars.filter(\.isEditable))
    text.replaceSubrange(start..., with: String(text[start..<cursor]) + String(inserted))
    cursor = text.count
    text += rest
    unsettle(from: start)
  }

  private mutating func remove(_ range: Range<Int>) {
    text.removeSubrange(range)
    cursor = range.lowerBound
    unsettle(from: cursor)
  }

  private mutating func kill(_ range: Range<Int>) {
    if !range.isEmpty { killed = Array(text[range]) }
    remove(range)
  }

  private mutating func enter(isPasted: Bool) -> Outcome {
    let isBlankLine = text[lineStart..<lineEnd].allSatisfy(\.isWhitespace)
    if isFinished() || (isBlankLine && !isPasted) {
      cursor = text.count
      return .accepted(string)
    }
    insert("\n")
    return .edited
  }

  /// Whether the text is a complete statement, so that Enter accepts it.
  private mutating func isFinished() -> Bool {
    while let end = text[settled.count...].firstIndex(of: "\n") {
      settled.input.add(Array(String(text[settled.count..<end]).utf8))
      settled.count = end + 1
    }
    var input = settled.input
    input.add(Array(String(text[settled.count...]).utf8))
    return !input.isUnfinished
  }

  private mutating func unsettle(from place: Int) {
    if place < settled.count { settled = (0, start) }
  }

  // MARK: Places

  private var lineStart: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  private var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

  private var wordStart: Int {
    start(of: { !$0.isWhitespace })
  }

  private var nameStart: Int { start(of: \.isNamePart) }

  private func start(of isInside: (Character) -> Bool) -> Int {
    var place = cursor
    while place > 0, !isInside(text[place - 1]) { place -= 1 }
    while place > 0, isInside(text[place - 1]) { place -= 1 }
    return place
  }

  private var nameEnd: Int {
    var place = cursor
    while place < text.count, !text[place].isNamePart { place += 1 }
    while place < text.count, text[place].isNamePart { place += 1 }
    return place
  }

  // MARK: Earlier lines

  /// Moves a line up or down in the text, or in the history at its first or last line.
  private mutating func vertically(_ step: Int) -> Outcome {
    let column = cursor - lineStart
    if step < 0, lineStart > 0 {
      cursor = lineStart - 1
      cursor = min(cursor, lineStart + column)
    } else if step > 0, lineEnd < text.count {
      cursor = lineEnd + 1
      cursor = min(lineEnd, cursor + column)
    } else {
      guard lines.indices.contains(lineIndex + step) else { return .refused }
      lines[lineIndex] = string
      recall(lineIndex + step)
    }
    return .edited
  }

  private mutating func recall(_ index: Int) {
    lineIndex = index
    text = []
    cursor = 0
    insert(lines[index])
  }

  // MARK: Searching

  /// Handles a key during a search of the history; nil for one that ends the search and is then
  /// handled as usual.
  private mutating func searching(_ key: Key) -> Outcome? {
    guard var current = search else { return nil }
    switch key {
    case .text(let more): current.query += more
    case .backspace: current.query = String(current.query.dropLast())
    case .search: return find(current, from: (current.match ?? lines.count) - 1, step: -1)
    case .searchForward: return find(current, from: (current.match ?? -1) + 1, step: 1)
    case .cancel, .interrupt:
      (text, cursor) = (current.text, current.cursor)
      search = nil
      return .edited
    default:
      search = nil
      return key == .escape ? .edited : nil
    }
    return find(current, from: current.match ?? lines.count - 1, step: -1)
  }

  private mutating func find(_ current: HistorySearch, from start: Int, step: Int) -> Outcome {
    search = current
    var index = start
    while lines.indices.contains(index) {
      if !current.query.isEmpty, let offset = lines[index].offset(of: current.query) {
        recall(index)
        cursor = min(offset, text.count)
        search?.match = index
        search?.isFailing = false
        return .edited
      }
      index += step
    }
    search?.isFailing = !current.query.isEmpty
    return current.query.isEmpty ? .edited : .refused
  }
}

/// A search through earlier lines, as Ctrl-R does it.
struct HistorySearch {
  /// The text before the search.
  let text: [Character]
  let cursor: Int
  var query = ""
  /// The line that was found last.
  var match: Int?
  var isFailing = false

  init(text: [Character], cursor: Int) {
    self.text = text
    self.cursor = cursor
  }

  var prompt: String { "\(isFailing ? "no " : "")search '\(query)': " }
}

extension Character {
  fileprivate var isNamePart: Bool { isLetter || isNumber || self == "_" }
}

extension Unicode.Scalar {
  /// Whether it can stand in a line: no control character, and nothing that turns the direction of
  /// the text around.
  fileprivate var isEditable: Bool {
    switch value {
    case 0x0A: true
    case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: false
    default: properties.generalCategory != .control
    }
  }
}

extension String {
  /// The last position of a text in this one, in characters.
  fileprivate func offset(of part: String) -> Int? {
    let (text, part) = (Array(self), Array(part))
    guard text.count >= part.count else { return nil }
    return (0...text.count - part.count).last { text[$0..<$0 + part.count].elementsEqual(part) }
  }
}

// The definitions of a session: each can be replaced, and what uses it then uses the new one.
import Session
import Syntax

struct SessionDefinitions {
  private(set) var all = Definitions()
  private var pieces: [(name: String, source: SourceText)] = []
  private var indices: [String: Int] = [:]

  var names: [String] { pieces.map(\.name) }

  func has(_ name: String) -> Bool { indices[name] != nil }

  func isFunction(_ name: String) -> Bool {
    all.list.contains { $0.isFunction && all.symbolNames[$0.symbol.index] == name }
  }

  /// The text of a definition.
  func text(of name: String) -> String? {
    indices[name].map { pieces[$0].source.trimmedText }
  }

  /// Adds definitions that were read by themselves. If anything is wrong, all stays as it was.
  mutating func add(_ new: Definitions) throws(Failure) {
    let added = new.pieces
    var changed = self
    for piece in added {
      if let index = indices[piece.name] {
        changed.pieces[index] = piece
      } else {
        changed.indices[piece.name] = changed.pieces.count
        changed.pieces.append(piece)
      }
    }
    let isPure = changed.pieces.count == pieces.count + added.count
    let text = SourceText(joining: (isPure ? added : changed.pieces).map(\.source))
    let base = isPure ? all : Definitions()
    changed.all = try asking { () throws(Problem) in try base.loading(text) }
    self = changed
  }

  /// Takes a definition away.
  mutating func forget(_ name: String) throws(Failure) {
    guard has(name) else {
      let suggestion = editDistanceSuggestion(for: name, among: names)
      throw .option(
        "'\(echo(name))' is not defined", remedy: suggestion.map { "did you mean '\($0)'?" })
    }
    pieces.removeAll { $0.name == name }
    indices = Dictionary(uniqueKeysWithValues: pieces.enumerated().map { ($1.name, $0) })
    let text = SourceText(joining: pieces.map(\.source))
    all = try asking { () throws(Problem) in try Definitions().loading(text) }
  }

  /// These and `ans`, unless the user has defined that.
  func with(answer: Double?) -> Definitions {
    guard let answer, !has(Session.answerName) else { return all }
    let text = SourceText("\(Session.answerName) = \(Session.literal(answer))")
    return (try? all.loading(text)) ?? all
  }
}

extension SourceText {
  /// The text without white space around it.
  var trimmedText: String {
    let isBlank: (UInt8) -> Bool = { $0 <= 0x20 || $0 == UInt8(ascii: ";") }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.count
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return text(in: SourceRange(start: start, end: end))
  }
}

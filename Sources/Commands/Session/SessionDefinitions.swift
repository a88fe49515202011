// The definitions of a session: each can be replaced, and what uses it then uses the new one.
import Text
import Language
import Syntax

struct SessionDefinitions {
  private(set) var all = Definitions()
  private var pieces: [DefinitionPiece] = []
  private var indices: [Key: Int] = [:]

  /// A function can have a derivative that is declared beside it.
  private struct Key: Hashable {
    let name: String
    var isDerivative = false
  }

  var names: [String] { pieces.filter { !$0.isDerivative }.map(\.name) }

  func has(_ name: String) -> Bool { indices[Key(name: name)] != nil }

  func isFunction(_ name: String) -> Bool {
    all.list.contains { $0.isFunction && all.symbolNames[$0.symbol.index] == name }
  }

  /// The text of a definition, with the derivative that is declared of it.
  func text(of name: String) -> String? {
    guard let index = indices[Key(name: name)] else { return nil }
    let derivative = indices[Key(name: name, isDerivative: true)]
    return ([index] + (derivative.map { [$0] } ?? []))
      .map { pieces[$0].source.trimmedText }.joined(separator: "\n")
  }

  /// Adds definitions that were read on their own. If anything is wrong, nothing changes.
  mutating func add(_ new: Definitions) throws {
    let added = new.pieces
    if areNew(added) {
      all = try all.loading(SourceText(joining: added.map(\.source)))
      for piece in added { put(piece) }
    } else {
      var changed = self
      for piece in added { changed.put(piece) }
      try changed.readAll()
      self = changed
    }
  }

  /// Whether none of the definitions replaces one, of the session or of each other.
  private func areNew(_ pieces: [DefinitionPiece]) -> Bool {
    let keys = Set(pieces.map { Key(name: $0.name, isDerivative: $0.isDerivative) })
    return keys.count == pieces.count && keys.allSatisfy { indices[$0] == nil }
  }

  /// Puts a definition in the place of the one that it replaces. A new function has no declared
  /// derivative.
  private mutating func put(_ piece: DefinitionPiece) {
    let key = Key(name: piece.name, isDerivative: piece.isDerivative)
    guard let index = indices[key] else {
      indices[key] = pieces.count
      pieces.append(piece)
      return
    }
    pieces[index] = piece
    if !piece.isDerivative { remove { $0.name == piece.name && $0.isDerivative } }
  }

  private mutating func remove(where isGone: (DefinitionPiece) -> Bool) {
    guard pieces.contains(where: isGone) else { return }
    pieces.removeAll(where: isGone)
    indices = [:]
    for (index, piece) in pieces.enumerated() {
      indices[Key(name: piece.name, isDerivative: piece.isDerivative)] = index
    }
  }

  private mutating func readAll() throws {
    let text = SourceText(joining: pieces.map(\.source))
    all = try Definitions().loading(text)
  }

  /// Removes a definition.
  mutating func forget(_ name: String) throws {
    guard has(name) else {
      let suggestion = editDistanceSuggestion(for: name, among: names)
      throw Failure.option(
        "'\(echo(name))' is not defined", remedy: suggestion.map { "did you mean '\($0)'?" })
    }
    remove { $0.name == name }
    try readAll()
  }

  /// These definitions and that of `ans`, unless the user has defined it.
  func with(answer: Double?) -> Definitions {
    guard let answer, !has(Session.answerName) else { return all }
    let text = SourceText("\(Session.answerName) = \(Session.literal(answer))")
    return (try? all.loading(text)) ?? all
  }
}

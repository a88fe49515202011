// Definitions in textbook notation and LaTeX, in scripts and sessions: `f(x) = 2x sin x`.
import Syntax

/// A text whose definitions are in the language's own notation.
package struct TextbookDefinitions {
  /// The source with every such line rewritten; the others are as they were.
  package private(set) var text: SourceText
  /// For each definition in another notation, how it was read, with its position.
  package private(set) var notes: [Diagnostic] = []

  /// Longer texts are not rewritten, nor are longer lines.
  private static let longestText = 1_000_000
  private static let longestLine = 400

  /// - Parameter commands: the words that begin a command line.
  package init(_ source: SourceText, commands: Set<String>) {
    text = source
    guard source.bytes.count <= Self.longestText, source.bytes.contains(UInt8(ascii: "=")) else {
      return
    }
    var bytes: [UInt8] = []
    var start = 0
    var isChanged = false
    while start < source.bytes.count {
      let lineEnd =
        source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      let line = source.bytes[start..<lineEnd]
      let comment = line.firstIndex(of: UInt8(ascii: "#")) ?? lineEnd
      let end = line[..<comment].firstIndex(of: UInt8(ascii: ";")) ?? comment
      let range = SourceRange(start: start, end: end)
      if let (line, reading) = Self.rewritten(source.text(in: range), commands) {
        bytes += Array(line.utf8)
        isChanged = true
        var note = Diagnostic(.note, "read as \(reading)")
        note.place = source.place(of: range)
        notes.append(note)
      } else {
        bytes += source.bytes[start..<end]
      }
      let next = end < comment ? end + 1 : min(lineEnd + 1, source.bytes.count)
      bytes += source.bytes[end..<next]
      start = max(next, end + 1)
    }
    let (line, column) = source.column(of: 0)
    if isChanged { text = SourceText(bytes, name: source.name, line: line, column: column) }
  }

  /// A line that defines something in textbook notation, in the language's own, and the definition
  /// without what surrounds it; nil for any other.
  private static func rewritten(
    _ line: String, _ commands: Set<String>
  ) -> (line: String, reading: String)? {
    guard line.utf8.count <= longestLine, line.contains("="),
      !line.contains(where: { "'\"".contains($0) })
    else { return nil }
    let margin = line.prefix { $0 == " " || $0 == "\t" }
    let pieces = Pieces(Pieces(line)[0..<Int.max])
    let start = ["let", "def", "func"].contains(pieces[0]) ? pieces.next(0) : 0
    guard let sign = pieces.outside("=").first, pieces.outside("=").count == 1,
      !commands.contains(pieces[0]) || pieces.next(0) == sign
    else { return nil }
    let isColon = pieces[sign - 1] == ":"
    var left = pieces[start, isColon ? sign - 1 : sign]
    for sign in ["]", ","] { left = Habit.replacing("_" + sign, by: sign, in: left) }
    let head = Pieces(left)
    let call = Habit.bracketedCall(head) ?? head[head.indices]
    guard head.isWord(0), Pieces(call).operand(from: 0) == Pieces(call).indices else { return nil }
    let body = pieces[sign + 1, pieces.all.count]
    if start == 0, !isColon, call == head[head.indices],
      (try? parseDefinitions(SourceText("\(call) = \(body)"), isSkimming: true)) != nil
    {
      return nil
    }
    guard !body.isEmpty, let reading = Expression.bodyReading(body, of: call) else { return nil }
    return ("\(margin)\(call) = \(reading)", "\(call) = \(reading)")
  }
}

extension Habit {
  /// `f(x)` of `f[x]`; nil for what has no square brackets.
  static func bracketedCall(_ pieces: Pieces) -> String? {
    pieces.mapping { ["[": "(", "]": ")"][pieces[$0]] }
  }
}

extension Expression {
  /// How the formula of a definition is read, which may call functions that are defined elsewhere.
  ///
  /// - Parameter head: what is defined, `f(x)`.
  static func bodyReading(_ body: String, of head: String) -> String? {
    let parameters = Pieces(head).all.filter { $0.first?.isLetter == true }
    let expression = try? Expression(
      reading: SourceText(body), after: Definitions(), named: Set(parameters))
    guard let expression else { return nil }
    guard (try? expression.checkNames(naming: parameters)) != nil else { return nil }
    return expression.reading ?? body
  }
}

// Scripts: where statements end, what quotes mean, and what is wrong where.

import Testing

@testable import Syntax

@Suite struct ScriptReaderTests {
  private static let commands: Set = ["eval", "diff", "load"]

  /// Commands as their words between bars, definitions as their text.
  private func statements(_ source: SourceText) throws -> [String] {
    var reader = ScriptReader(source, commands: Self.commands)
    var shown: [String] = []
    while let statement = try reader.next() {
      switch statement {
      case .definitions(let piece):
        shown.append(String(decoding: piece.bytes, as: UTF8.self))
      case .command(let words): shown.append(words.map(\.text).joined(separator: "|"))
      }
    }
    return shown
  }

  @Test(arguments: [
    ("eval f --at x=2", ["eval|f|--at|x=2"]), ("", []), ("# only\n;;\n", []),
    ("#! /x\na = 1\nf(x) = x +\n a\neval f", ["a = 1\nf(x) = x +\n a\n", "eval|f"]),
    ("eval 'a b' \"c'd\" e\\ f\"g\"'h'; diff x # no", ["eval|a b|c'd|e fgh", "diff|x"]),
    ("eval a \\\n  b\\\nc", ["eval|a|bc"]), ("eval \"a\\\"\\\\\\n\" ''", ["eval|a\"\\\\n|"]),
    ("eval 'two\nlines'", ["eval|two\nlines"]), ("eval x#y # z", ["eval|x#y"]),
    ("eval = 3; diff(x) = x\neval eval", ["eval = 3; diff(x) = x\n", "eval|eval"]),
    ("eval == 3", ["eval|==|3"]), ("\u{FEFF}eval x\r\ndiff y\r\n", ["eval|x", "diff|y"]),
    ("load \"a b.ad\"", ["load|a b.ad"]), ("a = 1; eval a; b = 2", ["a = 1; ", "eval|a", "b = 2"]),
    ("eval \\'x é", ["eval|'x|é"]), ("eval x :  f'(x) < $2 # no", ["eval|x|:|f'(x) < $2 "]),
    ("eval x : 'a; b'; diff x:y : x\\\n y", ["eval|x|:|a; b", "diff|x:y|:|x y"]),
    ("\\\n", []), ("\\\r\n\\\n", []), ("\u{A0}", []), ("\u{2003}\n\\\n\u{A0}eval x", ["eval|x"]),
    ("a = 1\n\\\n\u{A0}\n", ["a = 1\n\\\n\u{A0}\n"]),
  ])
  func reads(text: String, expected: [String]) throws {
    #expect(try statements(SourceText(text)) == expected)
  }

  /// Every statement and every error goes on behind the one before it: no text is read for ever.
  @Test func everyTextOfFourPiecesEnds() {
    let pieces = ["\\", "\n", "\r", "\u{A0}", "#", ";", "{", "}", "a", "=1", "'", " "]
    var texts = [""]
    for _ in 0..<4 {
      texts = texts.flatMap { text in pieces.map { text + $0 } }
      #expect(texts.filter { !ends($0) }.isEmpty, "these are read for ever")
    }
  }

  /// Whether a script comes to its end within as many statements and errors as it has bytes.
  private func ends(_ text: String) -> Bool {
    var reader = ScriptReader(SourceText(text), commands: Self.commands)
    for _ in 0...text.utf8.count {
      do {
        guard try reader.next() != nil else { return true }
      } catch {
        reader.recover(behind: error.range.end)
      }
    }
    return false
  }

  @Test(arguments: [
    ("a = 1\n⟪evla⟫ f", "'evla' is not a command; did you mean 'eval'?"),
    ("⟪plot⟫ --at x=1", "'plot' is not a command; a definition has a '='"),
    ("eval ⟪'⟫x", "this ' is never closed"), ("eval a⟪\"⟫x\\\"", "this \" is never closed"),
    ("eval x ⟪|⟫ y", "'|' has no meaning in a command of a script; put the word in quotes"),
    ("eval ⟪$⟫x", "'$' has no meaning in a command of a script; put the word in quotes"),
    ("eval x⟪\\⟫", "nothing follows the backslash"),
    (
      "⟪f(2)⟫",
      "only definitions are accepted here; "
        + "write 'name = …' or 'f(x) = …', or a command and the expression"
    ),
    (
      "a = 1\n⟪for⟫ i in 1..3 { a = 2 }",
      "'for' is not understood here; write it in a body, 'f(x) = { … }'"
    ),
    ("a = 1\nb = ⟪)⟫", "an operand is missing between '=' and ')'"),
  ])
  func refuses(text: String, message: String) {
    let marked = Marked(text)
    let error = #expect(throws: SyntaxError.self) { try statements(marked.source) }
    #expect(error.map(words) == message)
    #expect(error?.range == marked.range)
  }

  @Test func goesOnBehindAnError() throws {
    let source = SourceText("eval $x\nb = )\ndiff y")
    var reader = ScriptReader(source, commands: Self.commands)
    for _ in 0..<2 {
      let error = #expect(throws: SyntaxError.self) { try reader.next() }
      reader.recover(behind: error?.range.end ?? 0)
    }
    guard case .command(let words) = try reader.next() else {
      Issue.record("no command")
      return
    }
    #expect(words.map(\.text) == ["diff", "y"])
  }

  /// What stands in a body that is wrong is no statement of the script.
  @Test(arguments: [
    ("g(x) = {\n  y = x +* 2\n  z = y # }\n  if z { z }\n}\ndiff y", "an operand is missing"),
    ("g(x) = {\n  y = x\n  y\n\n  diff y\nh(x) = )", "this '{' is never closed"),
    ("g(x) = {\n  y\n  if x > 0 {\n y = 2 }\n\ndiff y", "this '{' is never closed"),
    ("g(x) = { y +* 2\ndiff y", "this '{' is never closed"),
    ("g(x) = { y +* 2 }; a = 3\ndiff y", "an operand is missing"),
    ("g(x) = }\ndiff y", "this '}' was never opened"),
  ])
  func goesOnBehindABody(text: String, message: String) throws {
    var reader = ScriptReader(SourceText(text), commands: Self.commands)
    let error = #expect(throws: SyntaxError.self) { try reader.next() }
    #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error?.message))")
    reader.recover(behind: error?.range.end ?? 0)
    guard case .command(let words) = try reader.next() else {
      Issue.record("no command")
      return
    }
    #expect(words.map(\.text) == ["diff", "y"])
  }

  @Test func manyOpenBracesTakeNoTime() {
    let text = String(repeating: "f(x) = { +*\n", count: 20_000)
    var reader = ScriptReader(SourceText(text), commands: Self.commands)
    var errors = 0
    while true {
      do {
        guard try reader.next() != nil else { break }
      } catch {
        errors += 1
        reader.recover(behind: error.range.end)
      }
    }
    #expect(errors == 20_000)
  }

  /// Pieces know their places, with others before them.
  @Test func piecesKnowTheirPlaces() throws {
    let source = SourceText("x1\n  a = 1\nb", name: "s.ad")
    let piece = source.piece(SourceRange(start: 5, end: 12))
    let whole = SourceText("first\nsecond").followed(by: piece)
    let start = whole.bytes.count - piece.bytes.count
    #expect(whole.place(of: SourceRange(start: start, end: start)) == "s.ad:2:3")
    #expect(whole.place(of: SourceRange(start: start + 6, end: start + 7)) == "s.ad:3:1")
    #expect(whole.place(of: SourceRange(start: 6, end: 7)) == "line 2, column 1")
  }

  @Test func aHundredThousandLines() throws {
    let text = String(repeating: "a;\n", count: 10) + "x"
    #expect(throws: SyntaxError.self) { try statements(SourceText(text)) }
    let lines = String(repeating: "eval 1\n", count: 100_000)
    #expect(try statements(SourceText(lines)).count == 100_000)
  }
}

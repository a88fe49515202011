// What a session reads: statements that may be expressions, and whether a text goes on.

import Testing

@testable import Syntax

@Suite struct SessionReaderTests {
  private static let commands: Set<String> = ["eval", "diff", "help"]

  /// The statements of a text in short: `=` a definition, `:` an expression, `$` a command.
  private func statements(_ text: String) throws(SyntaxError) -> [String] {
    let source = SourceText(text)
    var reader = ScriptReader(source, commands: Self.commands)
    var found: [String] = []
    while let statement = try reader.nextInSession() {
      switch statement {
      case .definition(let piece): found.append("=" + String(decoding: piece.bytes, as: UTF8.self))
      case .expression(let piece): found.append(":" + String(decoding: piece.bytes, as: UTF8.self))
      case .command(let words): found.append("$" + words.map(\.text).joined(separator: "|"))
      }
    }
    return found
  }

  @Test(
    arguments: [
      ("", []), (" ; # nothing\n;", []), ("1 + 2", [":1 + 2"]), ("a = 3", ["=a = 3"]),
      ("a = 3; b = 4", ["=a = 3", "=b = 4"]), ("f(x) = x^2\nf(3)", ["=f(x) = x^2", ":f(3)"]),
      ("eval f --at x=1; a", ["$eval|f|--at|x=1", ":a"]), ("diff(x^2, x)", [":diff(x^2, x)"]),
      ("diff x", ["$diff|x"]), ("diff = 3; diff", ["=diff = 3", "$diff"]), ("not x", [":not x"]),
      ("[1, 2]", [":[1, 2]"]), ("a == 3", [":a == 3"]),
      ("(1 +\n2)*\n3; 4", [":(1 +\n2)*\n3", ":4"]),
      ("help 'a;b'", ["$help|a;b"]),
    ])
  func reads(text: String, expected: [String]) throws {
    #expect(try statements(text) == expected)
  }

  @Test(
    arguments: [
      ("evl x --at x=1", "'evl' is not a command; did you mean 'eval'?"),
      ("foo 'x'", "'foo' is not a command"), ("x y", "an operator is missing between 'x' and 'y'"),
      ("1 +", "an operand is missing after '+'"), ("(1", "this '(' is never closed"),
    ])
  func refuses(text: String, message: String) {
    let error = #expect(throws: SyntaxError.self) { try statements(text) }
    #expect(error?.message.hasPrefix(String(message.prefix { $0 != ";" })) == true)
  }

  @Test(
    arguments: [
      ("1 + 2", false), ("1 +", true), ("1 +\n2", false), ("f(x", true), ("f(x\n)", false),
      ("f(x) = {", true), ("f(x) = {\na = 1; b = 2\n", true), ("f(x) = {\na\n}", false),
      ("a =", true), ("# (", false), ("1 # (", false), ("(1 # )", true), ("(1 # )\n)", false),
      ("eval '(", true), ("eval '(\n'", false), ("eval (", false), ("eval \"a'", true),
      ("eval x \\", true), ("eval x \\\n--at x=1", false), ("eval 'x\\'", false),
      ("eval \"x\\\"", true), ("eval x # '", false), ("eval x#'", true), ("a = 1; (", true),
      ("eval x; (", true), ("eval x; 1", false), (")", false), ("(]", false), ("[1,", true),
      ("f'(x)", false), ("\u{1}(", false), ("not", true), ("", false), ("x and", true),
      ("\u{FEFF}1", false), ("(1 +\r\n2\r", true), ("eval x \\\r", true),
    ])
  func knowsWhetherATextGoesOn(text: String, isUnfinished: Bool) {
    var input = UnfinishedInput(commands: Self.commands)
    for line in Array(text.utf8).split(separator: 10, omittingEmptySubsequences: false) {
      input.add(Array(line))
    }
    #expect(input.isUnfinished == isUnfinished)
  }

  @Test func definitionsComeApart() throws {
    let text = "a = (1 +\n 2)  # one\nb = a ;; f(x) = (x) # two\n\n"
    let pieces = try parseDefinitions(SourceText(text, name: "d.ad")).pieces
    #expect(pieces.map(\.name) == ["a", "b", "f"])
    #expect(
      pieces.map { String(decoding: $0.source.bytes, as: UTF8.self) }
        == ["a = (1 +\n 2)", "b = a", "f(x) = (x)"])
    let joined = SourceText(joining: pieces.map(\.source))
    let again = try parseDefinitions(joined)
    #expect(again.pieces.map(\.name) == ["a", "b", "f"])
    #expect(joined.place(of: again.list[2].nameRange) == "d.ad:3:10")
  }

  @Test(
    arguments: [
      ("b = ans*2 + answer", "b = (5)*2 + answer"), ("ans = ans", "ans = (5)"),
      ("b = 2 # ans", "b = 2 # ans"), ("b = ans'", "b = (5)'"), ("b = \u{1}ans", "b = \u{1}ans"),
    ])
  func replacesANameInABody(text: String, expected: String) {
    let source = SourceText(text)
    let replaced = source.replacing("ans", by: "(5)", from: source.bodyStart)
    #expect(String(decoding: replaced.bytes, as: UTF8.self) == expected)
  }
}

// Definitions before the expression: what is read, and what is refused where.

import Testing

@testable import Syntax

@Suite struct StatementTests {
  /// `f(x,y) = … | a = … | expression`, from the arena that they share.
  private func shown(_ text: String) throws -> String {
    let tree = try parseOutputs(SourceText(text))
    let bodies = tree.definitions.map { definition in
      let parameters = definition.parameters.map { parameters in
        "(\(parameters.map { tree.name(of: $0.symbol) }.joined(separator: ",")))"
      }
      return tree.name(of: definition.symbol) + (parameters ?? "")
    }
    return (bodies + [dump(tree)]).joined(separator: " ; ")
  }

  @Test(arguments: [
    ("a = 3; a*x", "a ; 3 | (a*x)"), ("f(x) = x^2\nf(3)", "f(x) ; (x^2) | f[3]"),
    ("f(x, y)=x*y;f(1,2)", "f(x,y) ; (x*y) | f[1,2]"), ("x", "x"), ("; ;\n x ;\n;", "x"),
    ("a = 1 # one\n\n b = 2;; a + b # both", "a ; b ; 1 | 2 | (a+b)"),
    ("a =\n 3; a", "a ; 3 | a"), ("f(x) = (x +\n 1)\nf(2)", "f(x) ; (x+1) | f[2]"),
    ("gamma = 2; gamma", "gamma ; 2 | gamma"), ("a = 2; [a, b]", "a ; 2 | [a, b]"),
    ("e = 3; -e", "e ; 3 | (-e)"),
  ])
  func reads(text: String, expected: String) throws {
    #expect(try shown(text) == expected)
  }

  @Test(
    arguments: [
      ("a = 3⟪⟫", "an expression must come last, after the definition of 'a'"),
      ("f(x) = x⟪⟫;", "an expression must come last, after the definition of 'f'"),
      ("a = ⟪;⟫ a", "an operand is missing between '=' and ';'"),
      ("a =⟪⟫", "an operand is missing after '='"),
      ("x⟪;⟫ a = 3", "the expression must come last"),
      ("x\n⟪a⟫ = 3", "only one expression is accepted here"),
      ("a = 1; ⟪a⟫ = 2; a", "'a' is already defined, at column 1"),
      ("a = 1\n⟪a⟫(x) = 2; a", "'a' is already defined, at line 1, column 1"),
      ("f(⟪2⟫) = 3; 1", "'2' is not the name of a parameter"),
      ("f(x, ⟪x+1⟫) = 3; 1", "'x+1' is not the name of a parameter"),
      ("f(x, ⟪x⟫) = 3; 1", "the parameter 'x' is there twice"),
      ("⟪f'⟫(x) = 3; 1", "a derivative cannot be defined"),
      ("2*a ⟪=⟫ 3; 1", "a single '=' does not compare"),
      ("(a) ⟪=⟫ 3; 1", "a single '=' does not compare"),
      ("√(x) ⟪=⟫ 3; 1", "a single '=' does not compare"),
      ("a = b ⟪=⟫ 3; 1", "a single '=' does not compare"),
      ("a = ⟪[⟫1, 2]; a", "a list of outputs cannot be a part of an expression"),
      ("a = 1⟪,⟫ b = 2; a", "a comma is only understood between the arguments of a function"),
      ("⟪f()⟫ = 3; 1", "'f()' has no arguments"), ("⟪=⟫ 3", "a single '=' does not compare"),
      ("a ⟪b⟫ = 3", "an operator is missing between 'a' and 'b'"),
      ("f(x = x^2", nil),
    ] as [(String, String?)])
  func refuses(text: String, message: String?) {
    let marked = Marked(text)
    do {
      _ = try parseOutputs(marked.source)
      Issue.record("no error")
    } catch {
      guard let message else { return }
      #expect(error.message == message)
      #expect(error.range == marked.range)
    }
  }

  @Test func definitionsFromSeveralTexts() throws {
    let first = try parseDefinitions(SourceText("\u{FEFF}a = 1\nf(x) = a*x # times a", name: "one"))
    let text = first.text(with: SourceText("\u{FEFF}# more\ng(x) = f(x)", name: "two"))
    let both = try parseDefinitions(text, after: first)
    #expect(both.list.count == 3)
    let whole = both.text(with: SourceText("g(2) + $"))
    let error = #expect(throws: SyntaxError.self) { try parseOutputs(whole, after: both) }
    let range = try #require(error?.range)
    #expect(whole.text(in: range) == "$")
    #expect(whole.place(of: range) == "column 8")
    let name = try #require(both.list.last?.nameRange)
    #expect(whole.place(of: name) == "two:2:1")
    let shown = DiagnosticRenderer().render(
      Diagnostic(.error, "m", source: whole, range: name, context: ["in f, called"]))
    #expect(shown == "two:2:1: error: m\n  g(x) = f(x)\n  ^\n  in f, called")
    let tree = try parseOutputs(both.text(with: SourceText("f(g(2))")), after: both)
    #expect(tree.definitions.count == 3 && tree.outputs.count == 1)
    #expect(tree.nodes[tree.root].firstIndex == tree.expressionStart)
  }

  @Test func aFileHasNoExpression() {
    let marked = Marked("a = 1\n⟪a*x⟫\n", name: "file")
    let error = #expect(throws: SyntaxError.self) { try parseDefinitions(marked.source) }
    #expect(error?.kind == .expressionAmongDefinitions && error?.range == marked.range)
    // What ends with its file does not go on in the next one.
    #expect(throws: SyntaxError.self) { try parseDefinitions(SourceText("a = 1 +")) }
  }

  @Test func aHundredThousandStatements() throws {
    let text = (0..<100_000).map { "a\($0)=\($0)" }.joined(separator: ";") + ";a7"
    let tree = try parseOutputs(SourceText(text))
    #expect(tree.definitions.count == 100_000 && tree.nodes.count == 100_001)
  }
}

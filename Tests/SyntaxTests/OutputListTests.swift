// Lists of outputs: what they mean, and what is said of brackets in the wrong places.

import Testing

@testable import Syntax

@Suite("[f, g]")
struct OutputListTests {
  @Test(arguments: [
    ("[x*y, x+y]", "[(x*y), (x+y)]"), ("[x]", "[x]"), (" [ 1 , -x^2 ] # two", "[1, (-(x^2))]"),
    ("\n[\nx,\n\ny\n]\n", "[x, y]"), ("[f(a, b), (x), 2x]", "[f[a,b], x, (2*x)]"),
    ("[a < b, not c, f'(x)]", "[(a<b), (not c), f'[x]]"), ("[√x, x²]", "[sqrt[x], (x^2)]"),
    ("x+1", "(x+1)"), ("\u{FEFF}[x]", "[x]"),
  ])
  func meaning(text: String, tree: String) throws {
    let parsed = try parseOutputs(SourceText(text))
    #expect(dump(parsed) == tree)
    #expect(isWellFormed(parsed))
    #expect(parsed.isList == text.contains("["))
  }

  @Test func outputsAreInTheOrderOfTheText() throws {
    let source = SourceText("[x*y, (x), sin(y) ]")
    let tree = try parseOutputs(source)
    #expect(tree.outputs.map { source.text(in: tree.nodes[$0].range) } == ["x*y", "x", "sin(y)"])
    #expect(source.text(in: tree.nodes[tree.root].range) == "[x*y, (x), sin(y) ]")
    #expect(try parseOutputs(SourceText("x+y")).outputs == [2])
  }

  @Test(arguments: [
    ("⟪[]⟫", "the list of outputs is empty; write '[x*y, x+y]'"),
    ("⟪[ ]⟫ + 1", "the list of outputs is empty; write '[x*y, x+y]'"),
    ("[x⟪,⟫]", "nothing follows the last comma; remove it"),
    ("[x, y⟪,⟫ \n ]", "nothing follows the last comma; remove it"),
    ("[⟪,⟫x]", "an operand is missing between '[' and ','"),
    ("[x,⟪,⟫y]", "an operand is missing between ',' and ','"),
    ("[x+⟪]⟫", "an operand is missing between '+' and ']'"),
    ("⟪[⟫", "this '[' is never closed"), ("⟪[⟫x, y", "this '[' is never closed"),
    ("[x, ⟪(⟫y", "this '(' is never closed"), ("⟪[⟫x, (y)", "this '[' is never closed"),
    ("[x, (y⟪]⟫", "']' is not understood here; write ')'"),
    ("[x⟪)⟫", "this ')' was never opened"), ("[x] ⟪)⟫", "this ')' was never opened"),
    ("x⟪]⟫", "this ']' was never opened"), ("[x]⟪]⟫", "this ']' was never opened"),
    ("[x, ⟪[⟫y]]", "a list of outputs cannot stand inside another one"),
    ("[⟪[⟫x]]", "a list of outputs cannot stand inside another one"),
    ("[sin(⟪[⟫x])]", "'[' is not understood here; write '(x)'"),
    (
      "[x] ⟪+⟫ 1",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output"
    ),
    (
      "[x]⟪[⟫0]",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output"
    ),
    (
      "[x]⟪'⟫",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output"
    ),
    (
      "[x] ⟪y⟫",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output"
    ),
    (
      "2*⟪[⟫x, y]",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output"
    ),
    ("1 + ⟪[⟫x]", "'[' is not understood here; write '(x)'"),
    ("max⟪[⟫x, y]", "'[' is not understood here; write 'max(x, y)'"),
    ("⟪{⟫x, y}", "'{' is not understood here; write '[x, y]'"),
    ("[x ⟪y⟫]", "an operator is missing between 'x' and 'y'; write 'x*y' or 'x, y'"),
    ("[x⟪;⟫ y]", "';' is not understood here; write ','"),
    ("[x⟪=⟫2]", "a single '=' does not compare; write '=='"),
    ("[x]⟪;⟫ [y]", "the expression must come last; definitions, such as 'a = 3', go before it"),
    (
      "[x]\n⟪[⟫y]", "'[' is not understood here; write '(y)'"
    ),
    ("[x]⟪,⟫ [y]", "a comma is only understood between the arguments of a function"),
    (
      "x*y⟪,⟫ x+y",
      "a comma is only understood between the arguments of a function; "
        + "for several outputs write '[x*y, x+y]'"
    ),
    (
      "(x*y⟪,⟫ x+y)",
      "a comma separates arguments, and these parentheses are no call; "
        + "for several outputs write '[x*y, x+y]'"
    ),
    ("1+(x⟪,⟫ y)", "a comma separates arguments, and these parentheses are no call"),
    ("[⟪1/2x⟫]", "'1/2x' can be read in two ways; write '1/(2*x)' or '(1/2)*x'"),
  ])
  func errors(text: String, message: String) {
    let marked = Marked(text)
    do {
      _ = try parseOutputs(marked.source)
      Issue.record("no error in \(text)")
    } catch {
      #expect(words(error) == message)
      #expect(error.range == marked.range)
    }
  }

  @Test func aHundredThousandOutputsAndBrackets() throws {
    let count = 100_000
    let list = "[" + String(repeating: "x,", count: count - 1) + "y]"
    #expect(try parseOutputs(SourceText(list)).outputs.count == count)
    for text in [String(repeating: "[", count: count), String(repeating: "[]", count: count)] {
      #expect(throws: SyntaxError.self) { try parseOutputs(SourceText(text)) }
    }
  }
}

// Malformed expressions: what is said, and where.

import Testing

@testable import Syntax

@Suite struct ErrorTests {
  @Test(arguments: [
    ("⟪⟫", "there is no expression"), ("⟪⟫  # nothing", "there is no expression"),
    ("⟪()⟫", "the parentheses are empty"),
    ("1+⟪f()⟫", "'f()' has no arguments; write 'f(x)' with at least one"),
    ("2+⟪⟫", "an operand is missing after '+'"), ("2+⟪⟫  \n", "an operand is missing after '+'"),
    ("⟪*⟫3", "an operand is missing before '*'"),
    ("2+⟪*⟫3", "an operand is missing between '+' and '*'"),
    ("(2+⟪)⟫", "an operand is missing between '+' and ')'"),
    ("2 and⟪⟫", "an operand is missing after 'and'"),
    ("sin⟪(⟫", "this '(' is never closed"), ("⟪(⟫1", "this '(' is never closed"),
    ("f⟪(⟫g(x)+1", "this '(' is never closed"), ("(⟪(⟫1+2", "this '(' is never closed"),
    ("1⟪)⟫", "this ')' was never opened"), ("(1)⟪)⟫+2", "this ')' was never opened"),
    ("(1⟪,⟫2)", "a comma separates arguments, and these parentheses are no call"),
    ("f(1,⟪,⟫2)", "an argument is missing between ',' and ','"),
    ("f(1,⟪)⟫", "an argument is missing between ',' and ')'"),
    ("f(⟪,⟫1)", "an argument is missing between '(' and ','"),
    ("1⟪,⟫2", "a comma is only understood between the arguments of a function"),
    ("f(1⟪;⟫2)", "';' cannot stand inside parentheses"),
  ])
  func operandsAndParentheses(text: String, message: String) { check(text, message) }

  @Test(arguments: [
    ("x ⟪y⟫", "an operator is missing between 'x' and 'y'; write 'x*y'"),
    ("2 ⟪x⟫", "an operator is missing between '2' and 'x'; write '2*x'"),
    ("(a) ⟪b⟫", "an operator is missing between '(a)' and 'b'; write '(a)*b'"),
    ("(a)⟪b⟫", "an operator is missing between '(a)' and 'b'; write '(a)*b'"),
    ("(x+1)⟪2⟫", "an operator is missing between '(x+1)' and '2'; write '(x+1)*2'"),
    ("2 ⟪(⟫x+1)", "an operator is missing between '2' and '('; write '2*(x+1)'"),
    ("(a) ⟪(⟫b)", "an operator is missing between '(a)' and '('; write '(a)*(b)'"),
    ("x⟪.5⟫", "an operator is missing between 'x' and '.5'; write 'x*.5'"),
    ("x ⟪sin⟫(y)", "an operator is missing between 'x' and 'sin'; write 'x*sin(y)'"),
    (
      "sin²⟪(⟫x)",
      "an operator is missing between 'sin²' and '('; write 'sin²*(x)' or 'sin(x)^2'"
    ),
    ("⟪1/2x⟫", "'1/2x' can be read in two ways; write '1/(2*x)' or '(1/2)*x'"),
    ("a+⟪1 / -2x^2⟫+3", "'1 / -2x^2' can be read in two ways; write '1/(-2*x^2)' or '(1/-2)*x^2'"),
    ("⟪5%2(x)⟫", "'5%2(x)' can be read in two ways; write '5%(2*(x))' or '(5%2)*(x)'"),
    ("⟪2^3x⟫", "'2^3x' can be read in two ways; write '2^(3*x)' or '(2^3)*x'"),
    ("⟪1/(2)(x)⟫(y)", "'1/(2)(x)' can be read in two ways; write '1/((2)*(x))' or '(1/(2))*(x)'"),
    ("⟪√2x⟫", "'√2x' can be read in two ways; write '√(2*x)' or '√2*x'"),
    ("√⟪-⟫2", "'√' takes one operand, and '-' is none; write '√(…)'"),
    (
      "a < b ⟪<⟫ c",
      "comparisons cannot be chained as in 'a < b < c'; write 'a < b and b < c'"
    ),
    (
      "(1<=x+1⟪==⟫2*y)",
      "comparisons cannot be chained as in '1 <= x+1 == 2*y'; write '1 <= x+1 and x+1 == 2*y'"
    ),
    ("a + ⟪not⟫ b", "'not' cannot stand here without parentheses; write '(not …)'"),
    ("a⟪&&⟫b", "'&&' is not an operator here; write 'and'"),
    ("a⟪||⟫b", "'||' is not an operator here; write 'or'"),
    ("⟪!⟫a", "'!' is not an operator here; write 'not'"),
    ("1+a⟪=⟫b", "a single '=' does not compare; write '=='"),
    ("f(a⟪=⟫b)", "a single '=' does not compare; write '=='"),
  ])
  func operators(text: String, message: String) { check(text, message) }

  @Test(arguments: [
    (
      "1⟪..⟫2", "'..' stands between the first and the last number of 'for' only"
    ),
    (
      "⟪1.2.3⟫",
      "'1.2.3' is not a number: it has more than one decimal point, or one in its exponent"
    ),
    (
      "⟪1e2.5⟫+1",
      "'1e2.5' is not a number: it has more than one decimal point, or one in its exponent"
    ),
    ("⟪1e⟫", "the exponent of '1e' has no digits; for a product with e write '1*e'"),
    ("⟪1e+⟫", "the exponent of '1e+' has no digits; for a product with e write '1*e'"),
    ("⟪2e+⟫x", "the exponent of '2e+' has no digits; for a product with e write '2*e'"),
    ("⟪2e⟫(x)", "the exponent of '2e' has no digits; for a product with e write '2*e'"),
    ("⟪1__0⟫", "'1__0' is not a number: an underscore stands between two digits"),
    ("⟪1_⟫", "'1_' is not a number: an underscore stands between two digits"),
    ("⟪1_x⟫", "'1_x' is not a number: an underscore stands between two digits"),
    ("⟪0x1F⟫", "'0x1F' is not understood: numbers are decimal; for a product write '0*x1F'"),
    ("⟪1e400⟫", "'1e400' is too large: the largest number is about 1.8e308"),
    ("-⟪1e-400⟫", "'1e-400' is too small: the smallest number is about 5e-324"),
    ("⟪.⟫", "'.' is not understood here"), ("x⟪.⟫y", "'.' is not understood here"),
  ])
  func numbers(text: String, message: String) { check(text, message) }

  @Test(arguments: [
    ("exp⟪[⟫x]", "'[' is not understood here; write 'exp(x)'"),
    ("2*⟪{⟫x+1}", "'{' is not understood here; write '(x+1)'"),
    ("(x⟪]⟫", "']' is not understood here; write ')'"),
    ("⟪|x|⟫", "bars for the absolute value are not understood; write 'abs(x)'"),
    ("x⟪!⟫", "'!' is not an operator here; for the factorial write 'factorial(x)'"),
    ("⟪\"⟫x\"", "'\"' is not understood here; remove the quotation marks"),
    ("⟪'⟫x'", "''' is not understood here; remove the quotation marks"),
    ("⟪$⟫x", "'$' is not understood here; write names without a '$'"),
    ("x⟪@⟫y", "'@' is not understood here"), ("x⟪~⟫y", "'~' is not understood here"),
    (#"⟪\sin⟫"#, #"'\sin' is not understood here"#),
    ("x⟪?⟫1:2", "'?' is not understood here; for a conditional write 'if(condition, a, b)'"),
    ("x⟪:⟫2", "':' is not understood here; for a conditional write 'if(condition, a, b)'"),
    ("x ⟪–⟫ 1", "'–' (U+2013 EN DASH) is not understood here; write '-'"),
    ("⟪２⟫", "'２' (U+FF12 FULLWIDTH DIGIT TWO) is not understood here; write '2'"),
    ("⟪∞⟫", "'∞' (U+221E INFINITY) is not understood here; write 'inf'"),
    ("x⟪😀⟫", "'😀' (U+1F600 GRINNING FACE) is not understood here"),
    ("x⟪\u{200B}⟫", "the invisible character U+200B ZERO WIDTH SPACE is not understood; remove it"),
    (
      "1+⟪\u{301}⟫",
      "U+0301 COMBINING ACUTE ACCENT is not understood here; a combining mark must follow a letter"
    ),
    ("x⟪\u{0}⟫", "the control character U+0000 is not understood"),
    ("x⟪\u{1B}⟫[31m", "the control character U+001B is not understood"),
    ("x⟪\u{9B}⟫", "the control character U+009B is not understood"),
    ("x⟪;⟫y", "only one expression is accepted here"),
    ("x⟪;⟫", "only one expression is accepted here"),
    (
      "x\n\n⟪y⟫",
      "only one expression is accepted here; a line goes on after an operator or in parentheses"
    ),
    (
      "a ⟪=⟫ 3",
      "only one expression is accepted here, not the definition of 'a'; to compare write '=='"
    ),
    (
      "f(x) ⟪=⟫ 3",
      "only one expression is accepted here, not the definition of 'f(x)'; to compare write '=='"
    ),
  ])
  func characters(text: String, message: String) { check(text, message) }

  @Test(arguments: [
    (
      "⟪x'⟫",
      "'x'' differentiates a function, but 'x' is not called here; "
        + "for a derivative write 'diff(x^2, x)' or 'sin'(x)'"
    ),
    (
      "1+⟪f''⟫ x",
      "'f''' differentiates a function, but 'f' is not called here; "
        + "for a derivative write 'diff(x^2, x)' or 'sin'(x)'"
    ),
    (
      "(x^2)⟪'⟫",
      "primes stand behind the name of a function, not behind '(x^2)'; write 'diff(x^2, x)'"
    ),
    (
      "sin(t)⟪″⟫",
      "primes stand behind the name of a function, not behind 'sin(t)'; write 'diff(sin(t), t)'"
    ),
    (
      "(x*y)⟪'⟫",
      "primes stand behind the name of a function, not behind '(x*y)'; write 'diff(x^2, x)'"
    ),
    ("2⟪'⟫", "primes stand behind the name of a function, not behind '2'; write 'diff(x^2, x)'"),
    ("⟪sin'()⟫", "'sin'()' has no arguments; write 'sin'(x)' with at least one"),
    ("sin'⟪(⟫x", "this '(' is never closed"),
    ("x ⟪sin⟫'(y)", "an operator is missing between 'x' and 'sin'; write 'x*sin'(y)'"),
    ("√⟪'⟫(x)", "''' is not understood here; remove the quotation marks"),
    (
      "⟪”⟫x”",
      "'”' (U+201D RIGHT DOUBLE QUOTATION MARK) is not understood here; remove the quotation marks"
    ),
  ])
  func primes(text: String, message: String) { check(text, message) }

  @Test(arguments: [0x80, 0xC0, 0xFF] as [UInt8])
  func invalidBytes(byte: UInt8) {
    let error = expressionError(SourceText([0x78, 0x2B, byte, 0x79]))
    #expect(error?.kind == .invalidUTF8(byte: byte))
    #expect(error?.range == SourceRange(start: 2, end: 3))
    let digits = String(byte, radix: 16, uppercase: true)
    #expect(error?.message == "the byte 0x\(digits) is not valid UTF-8")
  }

  @Test func longNamesAreCut() {
    let name = String(repeating: "a", count: 1_000_000)
    let error = expressionError(SourceText("x " + name))
    #expect(error?.message.contains("'" + name.prefix(40) + "…'") == true)
    #expect((error?.message.count ?? 0) < 120)
  }

  private func check(_ text: String, _ message: String) {
    let marked = Marked(text)
    let error = expressionError(marked.source)
    #expect(error.map(words) == message)
    #expect(error?.range == marked.range)
  }
}

// Bodies in braces: every statement, scopes as in Python's functions, and what is told of errors.

import Calculus
import Language
import Syntax
import Testing

@Suite struct BodyTests {
  /// Texts and their values, at x = 3.
  private static let statements: [(String, Double)] = [
    // Assignments.
    ("f(x) = { x }; f(2)", 2), ("f(x) = { y = x; y }; f(2)", 2),
    ("f(x) = { y = x; y = y*x; y }; f(3)", 9), ("f(x) = { x = x + 1; x = 2*x; x }; f(3)", 8),
    ("f(a, b) = { t = a; a = b; b = t; a - b }; f(1, 5)", 4), ("f(x) = { return x^2 }; f(3)", 9),
    ("f(u) = { return u; 7 }; f(x)", 3), ("a = { b = 3; b*x }; a + a", 18),
    ("f(u) = { v₁ = u; θ = v₁^2; θ }; f(x)", 9), ("f(u) = { u == 3 }; f(x)", 1),
    // Counting.
    ("f(u) = { s = 0; for i in 1..4 { s = s + i*u }; s }; f(2)", 20),
    ("f(u) = { for i in 3..1 { u = 0 }; u }; f(4)", 4),
    ("f(u) = { for i in 3..3 { u = i }; u }; f(4)", 3),
    ("f(u) = { for i in -2..2 { u = u + i^2 }; u }; f(0)", 10),
    ("f(u) = { for i in 1+1..2*2 { u = u + i }; u }; f(0)", 9),
    ("f(n) = { s = 0; for i in 1..n { s = s + i }; s }; f(100)", 5050),
    ("f(u) = { s = 0; for i in 1..u { s = s + u }; s }; f(x)", 9),
    ("f(u) = { for i in 1..3 { i = 2*i; u = u + i }; u }; f(0)", 12),
    ("f(u) = { n = 3; for i in 1..n { n = 10; u = u + 1 }; u }; f(0)", 3),
    ("f(u) = { for i in 1..3 { for j in 1..i { u = u + j } }; u }; f(0)", 10),
    ("f(u) = { for i in 1..3 { for i in 1..2 { u = u + 1 } }; 100*u + i }; f(0)", 602),
    // While.
    ("f(u) = { while u < 10 { u = 2*u }; u }; f(x)", 12),
    ("f(u) = { while u < 0 { u = 2*u }; u }; f(x)", 3),
    ("f(u) = { while (u < 10) { u = 2*u }; u }; f(x)", 12),
    ("f(u) = { n = 0; while u > 1 { u = u/2; n = n + 1 }; n }; f(1000)", 10),
    (
      "f(n) = { k = 0; while n != 1 { n = if(n % 2 == 0, n/2, 3*n + 1); k = k + 1 }; k }; f(27)",
      111
    ),
    ("f(u) = { while 1 { u = u + 1; if u > 9 { return u } }; 0 }; f(x)", 10),
    // Branches.
    ("f(u) = { if u > 1 { 2 } else { 3 } }; 10*f(2) + f(0)", 23),
    ("f(u) = { if u > 1 { v = 2 } else { v = 3 }; v }; 10*f(2) + f(0)", 23),
    ("f(u) = { if u > 1 { u = 7 }; u }; 10*f(2) + f(0)", 70),
    ("f(u) = { if u > 1 { return 7 }; u }; 10*f(2) + f(0)", 70),
    ("f(u) = { if (u > 1) { 2 } else { 3 } }; 10*f(2) + f(0)", 23),
    ("f(u) = { if (u > 1) and (u < 5) { 2 } else { 3 } }; 10*f(2) + f(7)", 23),
    ("f(u) = { if(u > 1, 2, 3) }; 10*f(2) + f(0)", 23),
    ("f(u) = { if(u > 1, 2, 3) + 1 }; f(2)", 3), ("f(u) = { v = if(u > 1, 2, 3); v }; f(2)", 2),
    (
      "f(u) = { if u > 0 { 1 } else if u > -1 { 2 } else { 3 } }; 100*f(1) + 10*f(-0.5) + f(-2)",
      123
    ),
    (
      "f(u) = { if u > 0 { if u > 1 { 1 } else { 2 } } else { 3 } }; 100*f(2) + 10*f(1) + f(0)", 123
    ),
    ("f(u) = { if u { 1 } else { 0 } }; 10*f(-2) + f(0)", 10),
    ("f(u) = { if u > 1 {} else { u = 5 }; u }; 10*f(2) + f(0)", 25),
    ("f(u) = { if u > 0 { return 1 } else { return 2 } }; f(1)", 1),
    ("f(u) = { for i in 1..10 { if i*i > u { return i } }; 0 }; 10*f(20) + f(200)", 50),
    // Recursion.
    (
      "p(u, n) = { if n == 0 { return 1 }; h = p(u, floor(n/2)); if n % 2 == 1 { return u*h*h }; h*h }; p(2, 31)",
      2_147_483_648
    ),
    ("fib(n) = { if n < 2 { return n }; fib(n-1) + fib(n-2) }; fib(60)", 1_548_008_755_920),
    (
      "ack(m, n) = { if m == 0 { return n + 1 }; if n == 0 { return ack(m-1, 1) }; ack(m-1, ack(m, n-1)) }; ack(2, 3)",
      9
    ),
    ("gcd(a, b) = { if b == 0 { return a }; gcd(b, a % b) }; gcd(1071, 462)", 21),
    (
      "even(n) = { if n == 0 { 1 } else { odd(n-1) } }; odd(n) = { if n == 0 { 0 } else { even(n-1) } }; even(8)",
      1
    ),
    // What else an expression may hold.
    ("f(u) = { s = sum(i, 1, 3, i*u); i = 2; s + i }; f(2)", 14),
    ("f(u) = { for i in 1..2 { s = sum(i, 1, 3, i*u) }; s + i }; f(2)", 14),
    ("f(u) = { v = u^3; v }; f'(2)", 12), ("f(u) = { v = u^3; v }; f''(2)", 12),
    ("f(u) = { for i in 1..2 { u = u*u }; u }; diff(f(x), x)", 108),
    ("f(u) = { diff(u^2, u) }; f(x)", 6), ("f(u) = { u = u^2; diff(u^2, u) }; f(x)", 18),
  ]

  @Test(arguments: statements.indices)
  func statement(index: Int) throws {
    let (text, expected) = Self.statements[index]
    // What stands last is the expression, which may be over x.
    let isOverX = text.hasPrefix("a = {") || text.hasSuffix("(x)") || text.hasSuffix("(x), x)")
    #expect(try firstValue(text, at: isOverX ? "x=3" : "") == expected, "\(text)")
  }

  /// Names belong to the call that assigns them; others are the outer ones.
  @Test(
    arguments: [
      ("a = 5; f(u) = { u*a }; f(3)", "", 15), ("a = 5; f(u) = { a = 7; u*a }; f(3) + a", "", 26),
      ("f(u) = { u*z }; f(3)", "z=2", 6), ("f(u) = { z = u; z }; f(3) + z", "z=2", 5),
      ("g(u) = { t = 10*u; t }; f(u) = { t = u; v = g(1); t + v }; f(3)", "", 13),
      ("f(n) = { t = n; if n > 0 { v = f(n-1) }; t }; f(5)", "", 5),
      ("f(u) = { for i in 1..3 {}; i }; f(0)", "", 3),
      ("f(u) = { i = 9; for i in 1..0 {}; i }; f(0)", "", 9),
      ("f(u) = { for i in 1..3 { v = i }; v }; f(0) + i", "i=10", 13),
      ("f(u) = { e = 2; e*u }; f(2)", "", 4), ("f(u) = { f = 2; f*u }; f(3)", "", 6),
      ("g(u) = u + 1; f(u) = { g = 2; g*g(u) }; f(3)", "", 8),
      ("f(u) = { sin = 2; sin*sin(0) + sin }; f(3)", "", 2),
      ("f(u) = { in = 2; in*u }; f(3)", "", 6),
      ("f(x) = { x = x^2; x }; f(x) + x", "x=3", 12), ("f(x) = { x = 2*x; x }; f", "x=3", 6),
      ("while = 2; while*for", "for=3", 6),
      ("h(i) = i^2; f(u) = { s = 0; for i in 1..3 { s = s + h(i + u) }; s }; f(1)", "", 29),
    ] as [(String, String, Double)])
  func scope(text: String, point: String, expected: Double) throws {
    #expect(try firstValue(text, at: point) == expected)
  }

  /// The same body however it is laid out.
  @Test(arguments: [
    "f(u) = { v = u; if v > 1 { v = v^2 } else { v = 0 }; v }; f(3)",
    "f(u)={v=u;if v>1{v=v^2}else{v=0};v};f(3)", "f(u)={v=u;if v>1{v=v^2}else{v=0}v};f(3)",
    "f(u) =\n{\n  v = u\n  if v > 1\n  {\n    v = v^2\n  }\n  else\n  {\n    v = 0\n  }\n  v\n}\nf(3)",
    "f(u) = {\n v = u; if v > 1 { v = v^2 }\n\n else { v = 0 }\n v\n}; f(3)",
    "f(u) = { # }\n v = # {\n u # ;\n if v > 1 { v = v^2 # }\n } # x\n # else\n else { v = 0 } # y\n v }\nf(3) # end",
    "f(u) = { v = u;;; ; if v > 1 {; v = v^2;; } ; else {; v = 0; }; ; v; }; f(3)",
    "f(u) = {\r\n v = u\r\n if (v > 1) { v = v**2 } else { v = 0 }\r\n return v\r\n}\r\nf(3)",
    "f(u) = { v = (u\n + 0); if v >\n 1 { v =\n v^2 } else { v = 0 }; v }; f(3)",
    "f(u) = { v = u; if not (v <= 1) { v = v² } else { v = 0 }; v }; f(3)",
  ])
  func layout(text: String) throws {
    #expect(try firstValue(text) == 9)
  }

  @Test(arguments: [
    ("f(x) = {}; f(1)", "the body of 'f' ends without a value; end it with an expression @ }"),
    (
      "f(x) = { y = 1 }; f(1)",
      "the body of 'f' ends without a value; end it with 'return y' or with 'y' alone @ }"
    ),
    (
      "f(x) = { while 1 { return x } }; f(1)",
      "the body of 'f' ends without a value; end it with an expression @ }"
    ),
    (
      "f(x) = { x + 1; 2 }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ x + 1"
    ),
    (
      "f(x) = { for i in 1..3 { i*x } x }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ i*x"
    ),
    (
      "f(x) = { if x > 1 { 22 } }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ 22"
    ),
    (
      "f(x) = { if x > 1 { 22 } else { x = 3 } }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ 22"
    ),
    (
      "f(x) = { y == 3; x }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ y == 3"
    ),
    ("f(x) = { return }; f(1)", "'return' has no value; write 'return x' @ return"),
    ("f(x) = { return\n x }; f(1)", "'return' has no value; write 'return x' @ return"),
    ("f(x) = { x", "this '{' is never closed @ {"),
    ("f(x) = { if x > 1 { x = 2 }; f(1)", "this '{' is never closed @ {"),
    ("f(x) = { x }}; f(1)", "this '}' was never opened @ }"),
    (
      "f(x) = { if x > 1 { 2 } elif x > 0 { 3 } else { 4 } }; f(1)",
      "'elif' is not understood here; write 'else if' @ elif"
    ),
    (
      "f(x) = { for i in 1..9 { if i > x { break }; x = x - 1 }; x }; f(1)",
      "'break' is not understood here; let the condition of the loop end it, or 'return' a value "
        + "@ break"
    ),
    ("{ b = 3; b*x }", "'{' is not understood here; write 'f(x) = { … }' @ {"),
    ("f(x) = { else { 2 } }; f(1)", "this 'else' belongs to no 'if' @ else"),
    ("f(x) = { if x = 3 { 1 } else { 2 } }; f(1)", "a single '=' does not compare; write '==' @ ="),
    ("let a = 3; a", "'let' is not understood here; write 'a = 3; a' @ let"),
    ("f(x) = { var y = 2; x*y }; f(1)", "'var' is not understood here; write 'y = …' alone @ var"),
    (
      "f(x) = { for i in 1..3 { x = x*i } }; f(1)",
      "the body of 'f' ends without a value; end it with 'return x' or with 'x' alone @ }"
    ),
    ("return 3", "'return' is not understood here; write '3' @ return"),
    (
      "for i in 1..3 { x = 2 }",
      "'for' is not understood here; write it in a body, 'f(x) = { … }' @ for"
    ),
    ("f(x) = { else = x; x }; f(1)", "'else' is not a name that can be assigned @ else"),
    ("f(x) = { while = x; x }; f(1)", "'while' is not a name that can be assigned @ while"),
    (
      "f(x) = { while (x < 10) x = 2*x; x }; f(1)",
      "'{' is missing behind 'while'; write 'while … { … }' @ x"
    ),
    (
      "f(x) = { if (x < 9) return 3; x }; f(1)",
      "'{' is missing behind 'if'; write 'if … { … }' @ return"
    ),
    ("f(x) { return x }; f(1)", "'{' is not understood here; write 'f(x) = { … }' @ {"),
    (
      "f(x) = { for i in 2^60..2^60+5000 { x = x+1 }; x }; f(1)",
      "'for' counts up to 2^53 only; doubles leave out numbers beyond @ 2^60"
    ),
    (
      "f(x) = { for i in -2^60..1 { return i }; x }; f(1)",
      "'for' counts up to 2^53 only; doubles leave out numbers beyond @ -2^60"
    ),
    (
      "f(x) = { if x > 1 { 2 }; x = 3; else { 2 }; x }; f(1)",
      "this value is not used; keep it with 'name = …', or end with it by 'return …' @ 2"
    ),
    (
      "f(x) = { if x > 1 { 2 } else }; f(1)", "'{' is missing behind 'else'; write 'else { … }' @ }"
    ),
    (
      "f(x) = { for (i in 1..3) { x = 1 }; x }; f(1)",
      "'for' needs a name to count with; write 'for i in 1..10 { … }' @ ("
    ),
    (
      "f(x) = { for i = 1..3 { x = 1 } x }; f(1)",
      "'in' is missing behind 'for i'; write 'for i in 1..10 { … }' @ ="
    ),
    (
      "f(x) = { for i in 1 { x = 1 } x }; f(1)",
      "the last number of 'for' is missing; write 'for i in 1..10 { … }' @ {"
    ),
    ("f(x) = { sin(x) = 3; x }; f(1)", "'sin(x)' is not a name that can be assigned @ sin(x)"),
    ("f(x) = { 2x = 3; x }; f(1)", "'2x' is not a name that can be assigned @ 2x"),
    ("f(x) = { x = 1 = 2; x }; f(1)", "a single '=' does not compare; write '==' @ ="),
    ("f(x) = { x += 1; x }; f(1)", "'+=' is not an operator here; write 'x = x + …' @ +="),
    (
      "f(x) = { if x > 1 { y = 2 }; y }; f(1)",
      "'y' is used before it has a value; the body assigns 'y', but not on the way to this place @ y"
    ),
    (
      "z = 4; f(x) = { y = z; z = 1; y }; f(1)",
      "'z' is used before it has a value; the body assigns 'z', but not on the way to this place @ z"
    ),
    (
      "f(x) = { for i in 1..0 {}; i }; f(1)",
      "'i' is used before it has a value; the body assigns 'i', but not on the way to this place @ i"
    ),
    (
      "f(x) = { for i in 1..2.5 { x = 0 }; x }; f(1)",
      "the bounds of 'for' must be whole numbers, not 2.5 @ 2.5"
    ),
    (
      "f(x) = { for i in x/2..2 { x = 0 }; x }; f(1)",
      "the bounds of 'for' must be whole numbers, not 0.5 @ x/2"
    ),
    (
      "f(x) = { for i in 1..1/0 { x = 0 }; x }; f(1)",
      "the bounds of 'for' must be whole numbers, not inf @ 1/0"
    ),
    (
      "f(x) = { for i in 0/0..1 { x = 0 }; x }; f(1)",
      "the bounds of 'for' must be whole numbers, not nan @ 0/0"
    ),
    ("f(x) = { y = q; y }; f(1)", "no value is given for 'q'; add 'q=…' to --at @ q"),
    (
      "f(x) = { y = [x, 1]; y }; f(1)",
      "a list of outputs cannot be a part of an expression; write the operation inside, with each output @ ["
    ),
    (
      "f(x) = { x } f(2)",
      "only one expression is accepted here; a line goes on after an operator or in parentheses @ f"
    ),
  ])
  func error(text: String, expected: String) {
    #expect(complaint(text) == expected)
  }
}

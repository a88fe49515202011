// What expressions mean: precedence, numbers, names, pasted text, extents.

import Testing

@testable import Syntax

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("1+2*3", "(1+(2*3))"), ("a-b-c", "((a-b)-c)"), ("a/b*c%d", "(((a/b)*c)%d)"),
    ("2^3^2", "(2^(3^2))"), ("2**3**2", "(2^(3^2))"), ("-x^2", "(-(x^2))"),
    ("2^-3", "(2^(-3))"), ("2^-3*x", "((2^(-3))*x)"), ("2^-x^2", "(2^(-(x^2)))"),
    ("2*-3", "(2*(-3))"), ("--x", "(-(-x))"), ("+-x", "(+(-x))"), ("-a*b", "((-a)*b)"),
    ("a<b+1", "(a<(b+1))"), ("a!=b and c==d or e", "(((a!=b) and (c==d)) or e)"),
    ("not a<b", "(not (a<b))"), ("not not a and b", "((not (not a)) and b)"),
    ("a and not b", "(a and (not b))"), ("(a<b)<c", "((a<b)<c)"), ("((x))", "x"),
    ("f(a,b+1,(c))", "f[a,(b+1),c]"), ("sin (x)", "sin[x]"), ("f(g(h(x)))", "f[g[h[x]]]"),
    ("f'(x)", "f'[x]"), ("f''(x+1)^2", "(f''[(x+1)]^2)"), ("2f″ (a, b)", "(2*f''[a,b])"),
    ("f'(g''(x))*-h(x)", "(f'[g''[x]]*(-h[x]))"), ("(f'\n(x))", "f'[x]"),
    ("f’’‴⁗(x)", "f'''''''''[x]"),
    ("(a+b)*c", "((a+b)*c)"), ("a*(b+c)", "(a*(b+c))"), ("not(a)", "(not a)"),
  ])
  func precedence(text: String, tree: String) throws {
    #expect(try dump(text) == tree)
  }

  @Test(arguments: [
    ("2x", "(2*x)"), ("3sin(x)", "(3*sin[x])"), ("2(x+1)", "(2*(x+1))"),
    ("(x+1)(x-1)", "((x+1)*(x-1))"), ("2x^2", "(2*(x^2))"), ("2x²", "(2*(x^2))"),
    ("-2x", "(-(2*x))"), ("2π", "(2*π)"), ("2√(3)", "(2*sqrt[3])"), ("a*2x", "(a*(2*x))"),
    ("2x*y", "((2*x)*y)"), ("2x/3", "((2*x)/3)"), ("2(x)(y)", "((2*x)*y)"),
    ("2exp(x)", "(2*exp[x])"), ("2e3x", "(2000*x)"), ("f(x)(y)", "(f[x]*y)"),
    ("(x)(y)^2", "(x*(y^2))"), ("2.x", "(2*x)"), ("1/(2x)", "(1/(2*x))"),
    ("(1/2)(x)", "((1/2)*x)"), ("2x3", "(2*x3)"),
  ])
  func implicitProducts(text: String, tree: String) throws {
    #expect(try dump(text) == tree)
  }

  @Test(arguments: [
    ("a−b·c⋅d×e∗f÷g∕h", "(a-((((((b*c)*d)*e)*f)/g)/h))"), ("a≤b", "(a<=b)"), ("a≥b", "(a>=b)"),
    ("a≠b", "(a!=b)"), ("x²", "(x^2)"), ("x³y", ""), ("x¹⁰", "(x^10)"), ("x⁻¹", "(x^(-1))"),
    ("-x²", "(-(x^2))"), ("2^x²", "(2^(x^2))"), ("√(x+1)", "sqrt[(x+1)]"), ("√x", "sqrt[x]"),
    ("√2*√√y", "(sqrt[2]*sqrt[sqrt[y]])"), ("√x^2", "(sqrt[x]^2)"), ("√f(x)+1", "(sqrt[f[x]]+1)"),
    ("x\u{A0}+\u{2003}y", "(x+y)"), ("\u{FEFF}x", "x"), ("x\r\n", "x"), ("\tx ", "x"),
    ("x # all", "x"), ("# a\n\n  x # b\n# c\n", "x"), ("(x\n+\n1)", "(x+1)"),
    ("x +\n\n 1", "(x+1)"), ("f(a,\nb\n)", "f[a,b]"), ("x # +\n", "x"), ("-\nx", "(-x)"),
  ])
  func pastedTextAndLines(text: String, tree: String) throws {
    if tree.isEmpty {
      #expect(throws: SyntaxError.self) { try parseExpression(SourceText(text)) }
    } else {
      #expect(try dump(text) == tree)
    }
  }

  @Test(arguments: [
    ("2", 2), ("2.5", 2.5), (".5", 0.5), ("5.", 5), ("1e-3", 1e-3), ("1E+3", 1000),
    ("1_000", 1000), ("1_0.0_1", 10.01), ("007", 7), ("0", 0), ("0e400", 0), ("0.000e-999", 0),
    ("18446744073709551615", 0x1p64), ("5e-324", .leastNonzeroMagnitude),
    ("18446744073709551616", 0x1p64),
    ("9007199254740993", 0x1p53), ("1.7976931348623157e308", 0x1.fffffffffffffp1023),
    ("0.1", 0.1), ("123456789.123456789", 123_456_789.123456789), ("8.41e21", 8.41e21),
    ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown), ("1e23", 1e23), ("1e22", 1e22),
    ("9007199254740993.0", 0x1p53), ("6.02214076e23", 6.02214076e23),
  ])
  func numbers(text: String, value: Double) throws {
    let tree = try parseExpression(SourceText(text))
    #expect(tree.nodes.map(\.kind) == [.number(value)])
  }

  @Test func numbersAreRoundedCorrectly() throws {
    var random = SplitMix64(state: 7)
    for _ in 0..<2000 {
      let whole = UInt64.random(in: 0...UInt64.max, using: &random) >> UInt64.random(in: 0..<60)
      let fraction = UInt64.random(in: 0...99_999, using: &random)
      let text = "\(whole).\(fraction)e\(Int.random(in: -40...40, using: &random))"
      let tree = try parseExpression(SourceText(text))
      #expect(Double(text).map { .number($0) } == tree.nodes[0].kind, "\(text)")
    }
  }

  @Test func names() throws {
    let text = "x1+x₁+θ+_a+x1+e\u{301}+é+漢+gamma+x_2"
    let tree = try parseExpression(SourceText(text))
    #expect(tree.symbols == ["x1", "x₁", "θ", "_a", "é", "漢", "gamma", "x_2"])
    #expect(try parseExpression(SourceText("√x+sqrt(y)")).symbols == ["x", "sqrt", "y"])
    #expect(try parseExpression(SourceText("sqrt(y)+√x")).symbols == ["sqrt", "y", "x"])
    #expect(try parseExpression(SourceText("android+order+nothing")).symbols.count == 3)
  }

  @Test func manyNamesStayApart() throws {
    let names = (0..<5000).map { "v\($0)" }
    let tree = try parseExpression(SourceText((names + names).joined(separator: "+")))
    #expect(tree.symbols == names)
  }

  /// The node whose head is the first thing with that text, and its extent.
  @Test(arguments: [
    ("⟪(a+b)*c⟫", "*"), ("1 - ⟪(a) / (b)⟫", "/"), ("(⟪a + b⟫)*c", "+"), ("2*⟪sin( x )⟫^2", "sin"),
    ("3+⟪-x^2⟫*y", "-"), ("1+⟪2x⟫", ""), ("1+⟪x²⟫", "²"), ("⟪√(x)⟫+1", "√"), ("⟪not a<b⟫", "not"),
  ])
  func extents(text: String, head: String) throws {
    let marked = Marked(text)
    let tree = try parseExpression(marked.source)
    let node = tree.nodes.first { marked.source.text(in: $0.head) == head && $0.childCount > 0 }
    #expect(node?.range == marked.range)
    #expect(isWellFormed(tree))
  }

  @Test func extentsOfSuperscripts() throws {
    let source = SourceText("x ⁻²")
    let tree = try parseExpression(source)
    #expect(tree.nodes.map { source.text(in: $0.range) } == ["x", "⁻²", "⁻²", "x ⁻²"])
    #expect(isWellFormed(tree))
  }

  @Test func children() throws {
    let tree = try parseExpression(SourceText("f(a+b, -c, g(d, e)) < 2"))
    #expect(tree.operands(of: tree.root).right == tree.root - 1)
    let call = tree.operands(of: tree.root).left
    #expect(tree.children(of: call) == [2, 4, 7])
    #expect(tree.children(of: 4) == [3])
    #expect(tree.children(of: 7) == [5, 6])
    #expect(tree.children(of: 0).isEmpty)
    #expect(MemoryLayout<SyntaxTree.Node>.stride <= 40)
  }
}

// Graph nodes as formulas: plain text that reads back, Unicode for people, LaTeX.

/// How a formula is written.
package enum FormulaStyle: Sendable {
  /// ASCII, as a user types it.
  case plain
  /// `×`, `√`, superscripts, `cos v₀` without parentheses.
  case unicode
  case latex
}

/// Writes formulas of a graph. Nothing here recurses: a formula may be as deep as its graph.
package struct FormulaPrinter {
  let graph: Graph
  let style: FormulaStyle
  /// What a variable is called, in the style's own notation.
  let name: (Int) -> String

  package init(_ graph: Graph, style: FormulaStyle, name: @escaping (Int) -> String) {
    self.graph = graph
    self.style = style
    self.name = name
  }

  /// What is still to be written.
  private enum Piece {
    case text(String)
    /// A node where an operand of at least this precedence is needed without parentheses.
    case node(NodeIndex, Precedence)
  }

  /// The formula of a node.
  package func text(_ node: NodeIndex) -> String {
    var result = ""
    var pending: [Piece] = [.node(node, .or)]
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text): result += text
      case .node(let node, let needed):
        pending.append(contentsOf: pieces(node, needed).reversed())
      }
    }
    return result
  }

  private func pieces(_ node: NodeIndex, _ needed: Precedence) -> [Piece] {
    let (pieces, precedence) = layout(node, needed)
    guard precedence < needed else { return pieces }
    let (open, close) = style == .latex ? ("\\left(", "\\right)") : ("(", ")")
    return [.text(open)] + pieces + [.text(close)]
  }

  /// A node in pieces, and how tightly the whole holds together.
  private func layout(_ node: NodeIndex, _ needed: Precedence) -> ([Piece], Precedence) {
    switch graph[node] {
    case .variable(let index): return ([.text(name(index))], .atom)
    case .constant(let value):
      let text = constant(value)
      return ([.text(text)], text.first == "-" || text.first == "−" ? .sign : .atom)
    case .unary(let operation, let x): return layout(operation.about, [x], needed)
    case .binary(let operation, let x, let y): return layout(operation.about, [x, y], needed)
    case .variadic(let operation, let xs): return layout(operation.about, xs, needed)
    }
  }

  private func layout(
    _ about: About, _ xs: [NodeIndex], _ needed: Precedence
  ) -> ([Piece], Precedence) {
    switch about.notation {
    case .infix(let precedence): return (infix(sign(about), xs, precedence), precedence)
    case .prefix(let precedence):
      let space = about.name.last?.isLetter == true ? " " : ""
      // `-a*b` is the opposite of the product to the reader and the product of the opposite to the
      // parser, which is the same number.
      let reach = precedence == .sign ? Precedence.product : precedence
      return ([.text(sign(about) + space), .node(xs[0], reach)], reach)
    case .fraction: return fraction(sign(about), xs)
    case .power: return power(sign(about), xs)
    case .radical(let index): return radical(about, index, xs[0])
    case .bars:
      switch style {
      case .plain: return call(about, xs, needed)
      case .unicode: return ([.text("|"), .node(xs[0], .or), .text("|")], .atom)
      case .latex: return ([.text("\\left|"), .node(xs[0], .or), .text("\\right|")], .atom)
      }
    case .function: return call(about, xs, needed)
    }
  }

  private func sign(_ about: About) -> String {
    switch style {
    case .plain: about.name
    case .unicode: about.unicode
    case .latex: about.latex
    }
  }

  private func infix(_ sign: String, _ xs: [NodeIndex], _ precedence: Precedence) -> [Piece] {
    // Products are set tight in plain text, as people type them: `x1*x2 + 3`.
    let space = style == .plain && precedence == .product && sign.first?.isLetter != true ? "" : " "
    // Before a product's sign `cos v₀ × v₁` would be misread, and a sign behind one looks wrong.
    let left = precedence == .product && isApplication(xs[0]) ? Precedence.power : precedence
    let right = precedence < .sum ? precedence.tighter : max(precedence.tighter, .application)
    return [
      .node(xs[0], left), .text(space + sign + space),
      .node(xs[1], precedence == .sum && !isSigned(xs[1]) ? .product : right),
    ]
  }

  private func isApplication(_ node: NodeIndex) -> Bool {
    if case .unary(let operation, _) = graph[node] {
      operation.about.notation == .function
    } else {
      false
    }
  }

  /// Whether a node is printed with a sign in front.
  private func isSigned(_ node: NodeIndex) -> Bool {
    switch graph[node] {
    case .constant(let value): value.sign == .minus
    case .unary(let operation, _): operation == .negate
    default: false
    }
  }

  private func fraction(_ sign: String, _ xs: [NodeIndex]) -> ([Piece], Precedence) {
    if style == .latex {
      let pieces: [Piece] = [
        .text("\\frac{"), .node(xs[0], .or), .text("}{"), .node(xs[1], .or), .text("}"),
      ]
      return (pieces, .product)
    }
    return (infix(sign, xs, .product), .product)
  }

  private func power(_ sign: String, _ xs: [NodeIndex]) -> ([Piece], Precedence) {
    let base = Piece.node(xs[0], .atom)
    if style == .latex {
      return ([base, .text("^{"), .node(xs[1], .or), .text("}")], .power)
    }
    if style == .unicode, case .constant(let value) = graph[xs[1]],
      let superscript = Self.superscript(value)
    {
      return ([base, .text(superscript)], .power)
    }
    return ([base, .text(sign), .node(xs[1], .sign)], .power)
  }

  private func radical(_ about: About, _ index: String, _ x: NodeIndex) -> ([Piece], Precedence) {
    switch style {
    case .plain: return call(about, [x], .atom)
    case .unicode: return ([.text(about.unicode), .node(x, .atom)], .atom)
    case .latex:
      let opening = index.isEmpty ? "\\sqrt{" : "\\sqrt[\(index)]{"
      return ([.text(opening), .node(x, .or), .text("}")], .atom)
    }
  }

  private func call(
    _ about: About, _ xs: [NodeIndex], _ needed: Precedence
  ) -> ([Piece], Precedence) {
    if style != .plain, xs.count == 1, graph.isSymbol(xs[0]), needed <= .application {
      // As the survey sets it: `cos v₀`.
      return ([.text(sign(about) + " "), .node(xs[0], .atom)], .application)
    }
    let (open, close) = style == .latex ? ("\\left(", "\\right)") : ("(", ")")
    var pieces: [Piece] = [.text(sign(about) + open)]
    for (position, x) in xs.enumerated() {
      if position > 0 { pieces.append(.text(", ")) }
      pieces.append(.node(x, .or))
    }
    return (pieces + [.text(close)], .atom)
  }

  // MARK: Constants

  private func constant(_ value: Double) -> String {
    switch (value, style) {
    case (.pi, .plain): return "pi"
    case (.pi, .unicode): return "π"
    case (.pi, .latex): return "\\pi"
    case (.infinity, .unicode): return "∞"
    case (.infinity, .latex): return "\\infty"
    default: break
    }
    let text = Self.shortest(value)
    switch style {
    case .plain: return text
    case .unicode: return text.first == "-" ? "−" + text.dropFirst() : text
    case .latex: return Self.latexNumber(text)
    }
  }

  /// The shortest text that reads back to the same double, without a fraction of zero.
  static func shortest(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func latexNumber(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return "\(text[..<mark]) \\times 10^{\(exponent)}"
  }

  private static func superscript(_ value: Double) -> String? {
    guard value == value.rounded(), value.magnitude < 1000 else { return nil }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(
      shortest(value).compactMap { $0 == "-" ? "⁻" : $0.wholeNumberValue.map { digits[$0] } })
  }
}

extension Operation {
  /// The operation on numbers as a user would type it: `ln(-1)`, `0/0`, `(-8)^0.5`.
  package func text(_ arguments: [Double]) -> String {
    let graph = Graph()
    let node = Term.unfolded(self, arguments.map { Term(graph, graph.constant($0)) })
    return FormulaPrinter(graph, style: .plain) { _ in "" }.text(node.index(in: graph))
  }
}

extension Graph {
  func isSymbol(_ node: NodeIndex) -> Bool {
    if case .variable = self[node] { true } else { false }
  }
}

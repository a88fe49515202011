// Graph nodes as formulas: plain text that reads back, Unicode for people, LaTeX.

/// How a formula is written.
package enum FormulaStyle: Sendable {
  /// ASCII, as a user types it.
  case plain
  /// `×`, `√`, superscripts, `cos v₀` without parentheses.
  case unicode
  case latex
}

/// How a product is written where the style has a choice; plain text always has its `*`.
package enum ProductSign: Sendable {
  /// `×`, which stands out in the steps of a trace.
  case cross
  /// As in a formula: `·` in Unicode, side by side in LaTeX.
  case quiet
}

/// Writes formulas of a graph. Nothing here recurses: a formula may be as deep as its graph.
package struct FormulaPrinter {
  let graph: Graph
  let style: FormulaStyle
  /// What a variable is called, in the style's own notation.
  let name: (Int) -> String
  let product: ProductSign
  /// Operations that are not written out but called by a name of their own.
  let names: [NodeIndex: String]
  /// Whether a constant may be called π or e: not where a variable has that name.
  let namesConstants: Bool

  /// - Parameters:
  ///   - product: how a product is written where the style has a choice.
  ///   - names: what nodes are called that are not to be written out.
  ///   - namesConstants: whether the numbers π and e are written by their names.
  ///   - name: what a variable is called, by its position, in the style's own notation.
  package init(
    _ graph: Graph, style: FormulaStyle, product: ProductSign = .cross,
    names: [NodeIndex: String] = [:], namesConstants: Bool = true,
    name: @escaping (Int) -> String
  ) {
    self.graph = graph
    self.style = style
    self.product = product
    self.names = names
    self.namesConstants = namesConstants
    self.name = name
  }

  /// What is still to be written.
  enum Piece: Equatable {
    case text(String)
    /// A node where an operand of at least this precedence is needed without parentheses.
    case node(NodeIndex, Precedence)
    /// The left factors of a product.
    case factors(NodeIndex)
  }

  /// The formula of a node, or its name if it has one.
  package func text(_ node: NodeIndex) -> String { text([.node(node, .or)]) }

  /// The formula of a node even if it has a name.
  package func definition(of node: NodeIndex) -> String { text(layout(node, .or).0.reversed()) }

  private func text(_ start: [Piece]) -> String {
    var result = ""
    var pending = start
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text): result += text
      case .node(let node, let needed):
        pending.append(contentsOf: pieces(node, needed).reversed())
      case .factors(let node):
        pending.append(contentsOf: pieces(node, .product, isInside: true).reversed())
      }
    }
    return result
  }

  /// - Parameter isInside: whether more factors of the same product follow.
  private func pieces(
    _ node: NodeIndex, _ needed: Precedence, isInside: Bool = false
  ) -> [Piece] {
    if let name = names[node] { return [.text(name)] }
    let (pieces, precedence) = layout(node, needed, isInside: isInside)
    guard precedence < needed else { return pieces }
    let (open, close) = style == .latex ? ("\\left(", "\\right)") : ("(", ")")
    return [.text(open)] + pieces + [.text(close)]
  }

  /// A node in pieces, and how tightly the whole holds together.
  private func layout(
    _ node: NodeIndex, _ needed: Precedence, isInside: Bool = false
  ) -> ([Piece], Precedence) {
    switch graph[node] {
    case .variable(let index): return ([.text(name(index))], .atom)
    case .constant(let value):
      let text = constant(value)
      return ([.text(text)], precedence(ofNumber: text))
    case .unary(let operation, let x): return layout(operation, [x], needed, isInside)
    case .binary(let operation, let x, let y): return layout(operation, [x, y], needed, isInside)
    case .variadic(let operation, let xs): return layout(operation, xs, needed, isInside)
    }
  }

  private func layout(
    _ operation: Operation, _ xs: [NodeIndex], _ needed: Precedence, _ isInside: Bool
  ) -> ([Piece], Precedence) {
    let about = operation.about
    switch about.notation {
    case .infix(let precedence): return (infix(about, xs, precedence, isInside), precedence)
    case .prefix(let precedence):
      let space = about.name.last?.isLetter == true ? " " : ""
      // A reader takes `-a*b` for -(a*b), the parser for (-a)*b, and both have the same value; that
      // is not so for `-a%b`.
      let reach =
        precedence == .sign && !beginsWithRemainder(xs[0]) ? Precedence.product : precedence
      // Two signs in a row are hard to read, and at the start of an argument they would begin an
      // option.
      let operand = beginsWithSign(xs[0]) ? Precedence.power : reach
      return (
        [.text(sign(about) + space), .node(xs[0], precedence == .sign ? operand : reach)], reach
      )
    case .fraction: return fraction(about, xs, isInside)
    case .power: return power(sign(about), xs, needed)
    case .radical(let index): return radical(about, index, xs[0])
    case .bars:
      switch style {
      case .plain: return call(about, xs, needed)
      case .unicode: return ([.text("|"), .node(xs[0], .or), .text("|")], .atom)
      case .latex: return ([.text("\\left|"), .node(xs[0], .or), .text("\\right|")], .atom)
      }
    case .function: return call(about, xs, needed)
    case .cases: return style == .latex ? (cases(xs), .or) : call(about, xs, needed)
    case .kernel:
      if let primed = primed(operation, xs, needed) { return primed }
      return about.name.last == "'" ? call(about, xs, needed) : (kernel(operation, xs), .or)
    }
  }

  /// Whether a formula begins with a minus sign.
  private func beginsWithSign(_ node: NodeIndex) -> Bool {
    var first = node
    while names[first] == nil {
      switch graph[first] {
      case .unary(.negate, _): return true
      case .constant(let value): return value.sign == .minus
      case .binary(let operation, let left, _):
        guard case .infix = operation.about.notation else {
          guard operation == .divide, style != .latex else { return false }
          first = left
          continue
        }
        first = left
      default: return false
      }
    }
    return false
  }

  /// Whether a chain of products has a remainder in it, which does not take a sign from outside.
  private func beginsWithRemainder(_ node: NodeIndex) -> Bool {
    var first = node
    while names[first] == nil, case .binary(let operation, let left, _) = graph[first],
      operation.about.notation == .infix(.product) || operation == .divide
    {
      if operation == .remainder { return true }
      first = left
    }
    return false
  }

  private func sign(_ about: About) -> String {
    switch style {
    case .plain: about.name
    case .unicode: about.unicode
    case .latex: about.latex
    }
  }

  private func infix(
    _ about: About, _ xs: [NodeIndex], _ precedence: Precedence, _ isInside: Bool
  ) -> [Piece] {
    let sign = sign(about)
    // Products are set tight in plain text, as people type them: `x1*x2 + 3`.
    let space = style == .plain && precedence == .product && sign.first?.isLetter != true ? "" : " "
    let isProduct = about.name == "*"
    let isQuiet = product == .quiet && isProduct && style != .plain
    // `cos v₀ × v₁` would be misread, so an application on the left gets parentheses; so does a
    // sign on the right. Comparisons do not chain.
    let left =
      precedence == .product && isApplication(xs[0])
      ? Precedence.power
      : precedence == .comparison || isMisread(xs[0], isProduct: isProduct, precedence)
        ? precedence.tighter : precedence
    let right =
      precedence < .sum
      ? precedence.tighter
      // The same for a right operand that is followed by more factors.
      : isInside
        ? .power : max(precedence.tighter, .application)
    return [
      left == .product ? .factors(xs[0]) : .node(xs[0], left),
      .text(isQuiet ? quietSign(xs[0], xs[1]) : space + sign + space),
      .node(
        xs[1],
        precedence == .sum && !isSigned(xs[1]) || isProduct && isScientific(xs[1])
          ? .product : right),
    ]
  }

  /// Whether a left operand would be read otherwise in LaTeX: a remainder before another factor,
  /// and a number that is itself a product before the sign of a remainder.
  private func isMisread(
    _ node: NodeIndex, isProduct: Bool, _ precedence: Precedence
  ) -> Bool {
    guard style == .latex, precedence == .product, names[node] == nil else { return false }
    guard isProduct else { return isScientific(node) }
    if case .binary(.remainder, _, _) = graph[node] { return true }
    return false
  }

  /// Whether a node is a number such as `1.6 \times 10^{-19}`.
  private func isScientific(_ node: NodeIndex) -> Bool {
    guard style == .latex, names[node] == nil, case .constant(let value) = graph[node] else {
      return false
    }
    return precedence(ofNumber: constant(value)) == .product
  }

  /// What stands between two factors of a formula.
  private func quietSign(_ x: NodeIndex, _ y: NodeIndex) -> String {
    guard style == .latex else { return "·" }
    var first = y
    while names[first] == nil {
      switch graph[first] {
      case .binary(.multiply, let left, _), .binary(.power, let left, _): first = left
      case .constant(let value):
        // Digits behind a factor would be read with it; π is a letter.
        return constant(value).first?.isNumber == true ? " \\cdot " : " "
      case .binary(.divide, _, _):
        // 2 before a fraction would be a mixed number.
        if case .constant = graph[x] { return " \\cdot " }
        return " "
      case .variable(let index):
        // Words need more than the space that LaTeX drops.
        let isWord = ["\\mathrm", "\\text{"].contains(where: name(index).hasPrefix)
        return isWord ? " \\, " : " "
      default: return " "
      }
    }
    return " "
  }

  private func isApplication(_ node: NodeIndex) -> Bool {
    guard names[node] == nil else { return false }
    switch graph[node] {
    case .unary(let operation, _):
      return operation.about.notation == .function
        && (style != .latex || operation.about.isBareInLaTeX)
    case .binary(.power, let base, let exponent): return raised(base, exponent) != nil
    default: return false
    }
  }

  /// Whether a node is printed with a sign in front.
  private func isSigned(_ node: NodeIndex) -> Bool {
    guard names[node] == nil else { return false }
    return switch graph[node] {
    case .constant(let value): value.sign == .minus
    case .unary(let operation, _): operation == .negate
    default: false
    }
  }

  private func fraction(
    _ about: About, _ xs: [NodeIndex], _ isInside: Bool
  ) -> ([Piece], Precedence) {
    if style == .latex {
      let pieces: [Piece] = [
        .text("\\frac{"), .node(xs[0], .or), .text("}{"), .node(xs[1], .or), .text("}"),
      ]
      return (pieces, .product)
    }
    return (infix(about, xs, .product, isInside), .product)
  }

  private func power(
    _ sign: String, _ xs: [NodeIndex], _ needed: Precedence
  ) -> ([Piece], Precedence) {
    if let (command, x) = raised(xs[0], xs[1]) {
      let (pieces, precedence) = call(command, isBare: true, [x], needed)
      return (pieces, min(precedence, .power))
    }
    let base = Piece.node(xs[0], .atom)
    if style == .latex {
      return ([base, .text("^{"), .node(xs[1], .or), .text("}")], .power)
    }
    if style == .unicode, case .constant(let value) = graph[xs[1]],
      let superscript = Self.superscript(value)
    {
      return ([base, .text(superscript)], .power)
    }
    // Superscripts reach no further than they seem to: x^(y²) needs its parentheses.
    return ([base, .text(sign), .node(xs[1], style == .unicode ? .atom : .sign)], .power)
  }

  /// The name and the argument of `\tan^{4} x`; nil for any other power.
  private func raised(_ base: NodeIndex, _ exponent: NodeIndex) -> (String, NodeIndex)? {
    guard style == .latex, names[base] == nil, names[exponent] == nil,
      case .unary(let operation, let x) = graph[base],
      operation.about.notation == .function, operation.about.isRaisedInLaTeX,
      case .constant(let value) = graph[exponent], value == value.rounded(), value >= 2
    else { return nil }
    return ("\(operation.about.latex)^{\(constant(value))}", x)
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
    if style == .latex, let form = about.latexForm {
      return (filled(form, xs), form.first == "#" ? .power : .atom)
    }
    let isBare = style == .unicode || style == .latex && about.isBareInLaTeX
    return call(sign(about), isBare: isBare, xs, needed)
  }

  /// - Parameter isBare: whether a single symbol needs no parentheses.
  private func call(
    _ name: String, isBare: Bool, _ xs: [NodeIndex], _ needed: Precedence
  ) -> ([Piece], Precedence) {
    if isBare, xs.count == 1, graph.isSymbol(xs[0]) || names[xs[0]] != nil, needed <= .application {
      // As the survey sets it: `cos v₀`.
      return ([.text(name + " "), .node(xs[0], .atom)], .application)
    }
    let (open, close) = style == .latex ? ("\\left(", "\\right)") : ("(", ")")
    var pieces: [Piece] = [.text(name + open)]
    for (position, x) in xs.enumerated() {
      if position > 0 { pieces.append(.text(", ")) }
      pieces.append(.node(x, .or))
    }
    return (pieces + [.text(close)], .atom)
  }
}

extension FormulaPrinter {
  /// `sinc''(x)`, which can be typed, too.
  private func primed(
    _ operation: Operation, _ xs: [NodeIndex], _ needed: Precedence
  ) -> ([Piece], Precedence)? {
    guard operation == .sincDerivative, let order = graph.order(xs[0]),
      let count = Int(exactly: order), 1...200 ~= count
    else { return nil }
    let name = "sinc" + String(repeating: "'", count: count)
    return call(.kernel(name, ""), [xs[1]], needed)
  }

  /// A kernel as its formula, whose variables are the places of the arguments.
  private func kernel(_ operation: Operation, _ xs: [NodeIndex]) -> [Piece] {
    let formula = Graph()
    let term = operation.term(xs.indices.map { Term(formula, formula.variable($0)) })
    let mark: Character = "\u{0}"
    let text = FormulaPrinter(formula, style: style, product: product) { "\(mark)\($0)\(mark)" }
      .text(term.index(in: formula))
    return text.split(separator: mark, omittingEmptySubsequences: false).enumerated().map {
      $0.isMultiple(of: 2) ? .text(String($1)) : .node(xs[Int($1) ?? 0], .atom)
    }
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
  /// The order of a derivative: a number, or such a number with ones added; nil for anything else.
  fileprivate func order(_ node: NodeIndex) -> Double? {
    var (node, order) = (node, 0.0)
    while true {
      switch self[node] {
      case .constant(let value): return order + value
      case .binary(.add, let x, let y):
        guard case .constant(let value) = self[y] else { return nil }
        (node, order) = (x, order + value)
      default: return nil
      }
    }
  }
}

// A tree as text in the language's own notation, with the parentheses that it needs and no more.

extension SyntaxTree {
  /// Longer formulas, in nodes, are not written out.
  private static let longest = 400

  /// What is still to be written.
  private enum Piece {
    case text(String)
    case node(Int, atLeast: Precedence)
  }

  /// The subtree of a node in the language's own notation; nil if it is too long to be read.
  package func formula(of root: Int) -> String? {
    var pieces: [Piece] = [.node(root, atLeast: .opener)]
    var (text, count) = ("", 0)
    while let piece = pieces.popLast() {
      switch piece {
      case .text(let part): text += part
      case .node(let index, let least):
        count += 1
        if count > Self.longest { return nil }
        let (parts, precedence) = parts(of: index)
        if precedence < least {
          pieces.append(.text(")"))
          pieces += parts.reversed()
          text += "("
        } else {
          pieces += parts.reversed()
        }
      }
    }
    return text
  }

  private func parts(of index: Int) -> (pieces: [Piece], precedence: Precedence) {
    switch nodes[index].kind {
    case .number(let value):
      let text = value.description
      return ([.text(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)], .root)
    case .name(let symbol): return ([.text(name(of: symbol))], .root)
    case .unary(let unary):
      let sign = unary == .not ? "not " : unary.spelling
      return ([.text(sign), .node(index - 1, atLeast: .power)], unary.precedence)
    case .binary(let binary):
      let (left, right) = operands(of: index)
      let precedence = binary.precedence
      let isTight = precedence == .product || precedence == .power
      let isRight = binary.associativity == .right
      return (
        [
          .node(
            left,
            atLeast: isRight || binary.associativity == .none ? tighter(precedence) : precedence),
          .text(isTight ? binary.spelling : " \(binary.spelling) "),
          .node(right, atLeast: isRight ? precedence : tighter(precedence)),
        ], precedence
      )
    case .call(let symbol, _): return call(name(of: symbol), index)
    case .derivativeCall(let symbol, let order, _):
      return call(name(of: symbol) + String(repeating: "'", count: Int(order)), index)
    case .list: return ([.text("[")] + separated(children(of: index)) + [.text("]")], .root)
    }
  }

  private func tighter(_ precedence: Precedence) -> Precedence {
    Precedence(rawValue: precedence.rawValue + 1) ?? .root
  }

  private func call(_ name: String, _ index: Int) -> (pieces: [Piece], precedence: Precedence) {
    ([.text(name + "(")] + separated(children(of: index)) + [.text(")")], .root)
  }

  private func separated(_ children: [Int]) -> [Piece] {
    var pieces: [Piece] = []
    for (index, child) in children.enumerated() {
      if index > 0 { pieces.append(.text(", ")) }
      pieces.append(.node(child, atLeast: .opener))
    }
    return pieces
  }
}

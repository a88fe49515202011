// Forms that only LaTeX has: functions with places for their arguments, and cases.

extension FormulaPrinter {
  /// A form such as `J_{#1}\left(#2\right)` filled with its arguments; an argument at the very
  /// start, which nothing encloses, gets parentheses unless it is a single unit.
  func filled(_ form: String, _ xs: [NodeIndex]) -> [Piece] {
    var pieces: [Piece] = []
    for (index, part) in form.split(separator: "#", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let place = part.first?.wholeNumberValue, xs.indices.contains(place - 1)
      else {
        pieces.append(.text(String(part)))
        continue
      }
      pieces.append(.node(xs[place - 1], pieces == [.text("")] ? .atom : .or))
      pieces.append(.text(String(part.dropFirst())))
    }
    return pieces
  }

  /// A row for each case; a conditional in the other branch continues the list.
  func cases(_ xs: [NodeIndex]) -> [Piece] {
    var pieces: [Piece] = [.text("\\begin{cases} ")]
    var branches = xs
    while branches.count == 3 {
      pieces += [
        .node(branches[1], .or), .text(" & \\text{if } "), .node(branches[0], .or), .text(" \\\\ "),
      ]
      let other = branches[2]
      if names[other] == nil, case .variadic(.select, let inner) = graph[other] {
        branches = inner
      } else {
        pieces += [.node(other, .or), .text(" & \\text{otherwise} \\end{cases}")]
        branches = []
      }
    }
    return pieces
  }

  /// The precedence of a number by its text: a sign, a product as in 2·10⁵, or a single unit.
  func precedence(ofNumber text: String) -> Precedence {
    if style == .latex, text.contains("\\times") { return .product }
    if text.first == "-" || text.first == "−" { return .sign }
    return style == .latex && text.contains("^") ? .power : .atom
  }
}

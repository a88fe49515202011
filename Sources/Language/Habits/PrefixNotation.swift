// Formulas of Lisp, `(+ x (sin x))`, whose operators stand before their operands.

extension Pieces {
  /// The formula of a list of Lisp, `(+ x (sin x))`; nil for any other text.
  var infix: String? {
    guard self[0] == "(", ["+", "-", "*", "/", "expt"].contains(self[1]), isBlank(2) else {
      return nil
    }
    var open: [[String]] = [[]]
    for piece in all {
      switch piece {
      case "(": open.append([])
      case ")":
        guard open.count > 1, let formula = Self.infix(open.removeLast()) else { return nil }
        open[open.count - 1].append(formula)
      case _ where piece.first?.isWhitespace == true: continue
      default: open[open.count - 1].append(piece)
      }
    }
    return open.count == 1 && open[0].count == 1 ? open[0][0] : nil
  }

  private static func infix(_ words: [String]) -> String? {
    guard let head = words.first, words.count > 1 else { return nil }
    let operands = words.dropFirst()
    if head == "-", operands.count == 1 { return "(-\(operands[1]))" }
    if ["+", "-", "*", "/"].contains(head) {
      return operands.count > 1 ? "(" + operands.joined(separator: " \(head) ") + ")" : nil
    }
    if head == "expt", operands.count == 2 { return "(\(operands[1]))^(\(operands[2]))" }
    return "\(head)(\(operands.joined(separator: ", ")))"
  }
}

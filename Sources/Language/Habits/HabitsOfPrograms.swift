// What programming languages and computer algebra add to a formula: modules, methods, heads of functions.

extension Habit {
  static let programs: [Habit] = [
    // `np.sin(x)`, `tf.nn.relu(x)`, `std::sin(x)`
    Habit(one: { pieces in
      var text = ""
      var index = 0
      var isChanged = false
      while index < pieces.all.count {
        if modules.contains(pieces[index]), pieces[index + 1] == ".", pieces.isWord(index + 2) {
          index += 2
          while pieces[index + 1] == ".", pieces.isWord(index + 2) { index += 2 }
          isChanged = true
          if let constant = constants[pieces[index]] {
            text += constant
            index += 1
            continue
          }
        } else if pieces[index] == "std", pieces[index + 1] == ":", pieces[index + 2] == ":" {
          index += 3
          isChanged = true
        }
        text += pieces[index]
        index += 1
      }
      return isChanged ? text : nil
    }),
    // `x.sin()`, `x.pow(2)`
    Habit(one: { pieces in
      for index in pieces.indices where pieces[index] == "." && pieces.isWord(index + 1) {
        guard pieces[index + 2] == "(", let end = pieces.closing(index + 2),
          let operand = pieces.operand(upTo: index - 1), !modules.contains(pieces[operand])
        else { continue }
        let others = pieces[index + 3..<end]
        let arguments = bare(pieces[operand]) + (others.isEmpty ? "" : ", " + others)
        return pieces.replacing(
          operand.lowerBound..<end + 1, by: "\(pieces[index + 1])(\(arguments))")
      }
      return nil
    }),
    // `x.^2`, `x.*y`
    Habit(one: { pieces in
      pieces.mapping { index in
        let isBefore = ["^", "*", "/"].contains(pieces[index + 1])
        return pieces[index] == "." && isBefore ? "" : nil
      }
    }),
    // `lambda x: …`, `x -> …`, `x => …`, `x ↦ …`, `f: x -> …`, `@(x) …`
    Habit(one: { pieces in
      if pieces[0] == "lambda", let colon = pieces.all.firstIndex(of: ":") {
        return pieces[colon + 1..<pieces.all.count]
      }
      if pieces[0] == "@", pieces[1] == "(", let end = pieces.closing(1) {
        return pieces[end + 1..<pieces.all.count]
      }
      if let arrow = pieces.all.firstIndex(of: "↦") { return body(pieces, behind: arrow) }
      for index in pieces.indices where pieces[index + 1] == ">" {
        if pieces[index] == "-" || pieces[index] == "=" { return body(pieces, behind: index + 1) }
      }
      return nil
    }),
    // `def f(x): return …`, `return …`, `print(…)`, `let f(x) = …`
    Habit(one: { pieces in
      if pieces[0] == "def", let word = pieces.all.firstIndex(of: "return") {
        return pieces[word + 1..<pieces.all.count]
      }
      if ["return", "let", "var", "const", "const", "double", "float"].contains(pieces[0]) {
        return pieces[1..<pieces.all.count]
      }
      if ["print", "echo", "disp"].contains(pieces[0]), pieces[1] == "(" {
        return bare(pieces[1..<pieces.all.count])
      }
      return nil
    }),
    // `f(x) := …`, `y = …`: the right side alone
    Habit(one: { pieces in
      guard let sign = pieces.outside("=").first, pieces.outside("=").count == 1, sign > 0 else {
        return nil
      }
      let left = Pieces(pieces[0..<(pieces[sign - 1] == ":" ? sign - 1 : sign)])
      let isHead = left.operand(from: 0) == left.indices && left.isWord(0)
      let right = pieces[sign + 1..<pieces.all.count]
      guard isHead, Pieces(right).all.contains(where: { $0.first?.isLetter == true }) else {
        return nil
      }
      return right
    }),
    // `x^2;`
    Habit(one: { pieces in
      let text = pieces[pieces.indices]
      return text.hasSuffix(";") || text.hasSuffix("?") ? String(text.dropLast()) : nil
    }),
    // `%pi`, `%e`
    Habit(one: { pieces in
      pieces.mapping { index in
        pieces[index] == "%" && ["pi", "e"].contains(pieces[index + 1])
          && !pieces.isNumber(pieces.previous(index)) ? "" : nil
      }
    }),
  ]

  /// What stands behind an arrow that follows names only.
  private static func body(_ pieces: Pieces, behind arrow: Int) -> String? {
    let head = pieces.all[..<arrow].allSatisfy { piece in
      ["(", ")", ",", ":", "-", "="].contains(piece)
        || piece.first.map { $0.isWhitespace || $0.isLetter } ?? false
    }
    let hasName = pieces.all[..<arrow].contains { $0.first?.isLetter == true }
    let text = pieces[arrow + 1..<pieces.all.count]
    return head && hasName && Pieces(text).all.contains { $0.first?.isLetter == true } ? text : nil
  }

  private static let modules: Set<String> = [
    "np", "numpy", "math", "Math", "torch", "tf", "jnp", "jax", "sp", "sympy", "scipy", "F",
    "cmath",
    "xp", "cp", "nn", "mpmath", "mp", "sc",
  ]
}

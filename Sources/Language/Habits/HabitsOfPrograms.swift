// What programming languages and computer algebra add to a formula: modules, methods, heads of
// functions.

extension Habit {
  static let programs: [Habit] = [
    Habit(one: \.infix),
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
        let others = pieces[index + 3, end]
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
    // `sin.(x)`, `@. sin(x)`, `Sin@x`, `x // Sin`, `x // N`
    Habit(one: { pieces in
      if pieces[0] == "@", pieces[1] == "." { return pieces[2, pieces.all.count] }
      return pieces.mapping { index in
        pieces[index] == "." && pieces.isWord(index - 1) && pieces[index + 1] == "(" ? "" : nil
      }
    }),
    Habit(one: { pieces in
      if let sign = pieces.all.firstIndex(of: "@"), pieces.isWord(sign - 1),
        let operand = pieces.operand(from: sign + 1)
      {
        let call = "\(pieces[sign - 1].lowercased())(\(bare(pieces[operand])))"
        return pieces.replacing(sign - 1..<operand.upperBound, by: call)
      }
      guard let sign = pieces.indices.first(where: { pieces[$0] == "/" && pieces[$0 + 1] == "/" }),
        pieces.next(sign + 1) == pieces.all.count - 1
      else { return nil }
      let (function, formula) = (pieces[pieces.all.count - 1], pieces[0, sign])
      if function == "N" || function == "Simplify" { return formula }
      return Catalogue.takes(1, function.lowercased())
        ? "\(function.lowercased())(\(formula))" : nil
    }),
    // Comments: `(* … *)`, `/* … */`, `x^2 % the square`
    Habit(one: { pieces in
      for (start, end) in [("(", ")"), ("/", "/")] {
        guard
          let first = pieces.indices.first(where: { pieces[$0] == start && pieces[$0 + 1] == "*" }),
          let last = pieces.indices.first(where: {
            $0 > first + 2 && pieces[$0] == end && pieces[$0 - 1] == "*"
          })
        else { continue }
        return pieces.replacing(first..<last + 1, by: "")
      }
      guard let sign = pieces.all.firstIndex(of: "%"), pieces.isBlank(sign + 1),
        pieces[sign, pieces.all.count].split(separator: " ").count > 2,
        !pieces.isOne(of: ["of"], sign + 2)
      else { return nil }
      return pieces[0, sign]
    }),
    // `function(x) x^2`, `f <- function(x) x^2`, `X^2→Y`, `x %/% 2`
    Habit(one: { pieces in
      if let word = pieces.all.firstIndex(of: "function"), pieces[word + 1] == "(",
        let end = pieces.closing(word + 1)
      {
        return pieces[end + 1, pieces.all.count]
      }
      if let word = pieces.all.firstIndex(of: "return"), word > 0 {
        let end = pieces.indices.first { $0 > word && [";", "}"].contains(pieces[$0]) }
        let rest = pieces[end ?? pieces.all.count, pieces.all.count]
        // A call behind the body is no part of the formula.
        guard rest.allSatisfy({ $0.isWhitespace || ";}".contains($0) }) else { return nil }
        return pieces[word + 1, end ?? pieces.all.count]
      }
      if let arrow = pieces.all.firstIndex(of: "→") {
        let left = pieces[0, arrow]
        return Pieces(left).all.count == 1 ? pieces[arrow + 1, pieces.all.count] : left
      }
      guard let sign = pieces.indices.first(where: { pieces[$0] == "%" && pieces[$0 + 1] == "/" }),
        pieces[sign + 2] == "%", let left = pieces.operand(upTo: pieces.previous(sign)),
        let right = pieces.operand(from: pieces.next(sign + 2))
      else { return nil }
      return pieces.replacing(
        left.lowerBound..<right.upperBound, by: "floor(\(pieces[left])/\(pieces[right]))")
    }),
    // `lambda x: …`, `x -> …`, `x => …`, `x ↦ …`, `f: x -> …`, `@(x) …`
    Habit(one: { pieces in
      if pieces[0] == "lambda", let colon = pieces.all.firstIndex(of: ":") {
        return pieces[colon + 1, pieces.all.count]
      }
      if pieces[0] == "@", pieces[1] == "(", let end = pieces.closing(1) {
        return pieces[end + 1, pieces.all.count]
      }
      if let arrow = pieces.all.firstIndex(of: "↦") { return body(pieces, behind: arrow) }
      for index in pieces.indices where pieces[index + 1] == ">" {
        if pieces[index] == "-" || pieces[index] == "=" { return body(pieces, behind: index + 1) }
      }
      return nil
    }),
    // `fn f(x: f64) -> f64 { x * x }`, `\\(x) x^2`, `let f x = x^2`
    Habit(one: { pieces in
      let last = pieces.all.count - 1
      if ["fn", "fun", "func", "function", "def"].contains(pieces[0]), pieces[last] == "}",
        let start = pieces.all.firstIndex(of: "{"), pieces.closing(start) == last
      {
        return pieces[start + 1, last]
      }
      // `def f(x): x^2`, `fun f(x) = x^2`
      if ["def", "fun"].contains(pieces[0]), pieces[3] == "(", let end = pieces.closing(3),
        [":", "="].contains(pieces[pieces.next(end)])
      {
        return pieces[pieces.next(end) + 1, pieces.all.count]
      }
      if pieces[0] == "\\", pieces[1] == "(", let end = pieces.closing(1), pieces.isWord(2) {
        return pieces[end + 1, pieces.all.count]
      }
      guard pieces[0] == "let", let sign = pieces.outside("=").first,
        pieces.all[1..<sign].allSatisfy({ $0.first?.isLetter == true || $0.first == " " })
      else { return nil }
      return pieces[sign + 1, pieces.all.count]
    }),
    // `f(3) where f(x) = x^2`, `f'(2), f(x) = x^3`
    Habit(one: { pieces in
      guard let sign = pieces.outside("=").last,
        let cut = pieces.indices.last(where: {
          $0 < sign && (pieces[$0] == "," || pieces.isOne(of: ["where", "if", "for", "with"], $0))
            && pieces.outside(pieces[$0]).contains($0)
        })
      else { return nil }
      let head = Pieces(pieces[cut + 1, sign])
      var words = Pieces(pieces[0, cut])
      while words.isOne(of: ["find", "calculate", "evaluate", "compute"], 0) {
        words = Pieces(words[1, words.all.count])
      }
      guard head.isWord(0), head[1] == "(", words[0] == head[0], head[0].count <= 2 else {
        return nil
      }
      return pieces[cut + 1, pieces.all.count] + "; " + words[words.indices]
    }),
    // `def f(x): return …`, `return …`, `print(…)`, `let f(x) = …`
    Habit(one: { pieces in
      if pieces[0] == "def", let word = pieces.all.firstIndex(of: "return") {
        return pieces[word + 1, pieces.all.count]
      }
      if ["return", "let", "var", "const", "const", "double", "float"].contains(pieces[0]) {
        return pieces[1, pieces.all.count]
      }
      if ["print", "echo", "disp"].contains(pieces[0]), pieces[1] == "(" {
        return bare(pieces[1, pieces.all.count])
      }
      return nil
    }),
    // `f(x) := …`, `y = …`: the right side alone
    Habit(one: { pieces in
      guard let sign = pieces.outside("=").first, pieces.outside("=").count == 1, sign > 0 else {
        return nil
      }
      let left = Pieces(pieces[0, pieces[sign - 1] == ":" ? sign - 1 : sign])
      let first = left[0] == "\\" ? 1 : 0
      let isHead = left.operand(from: first)?.upperBound == left.all.count && left.isWord(first)
      let right = pieces[sign + 1, pieces.all.count]
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
      ["(", ")", ",", ":", "-", "=", "\\"].contains(piece)
        || piece.first.map { $0.isWhitespace || $0.isLetter } ?? false
    }
    let hasName = pieces.all[..<arrow].contains { $0.first?.isLetter == true }
    let text = pieces[arrow + 1, pieces.all.count]
    return head && hasName && Pieces(text).all.contains { $0.first?.isLetter == true } ? text : nil
  }

  private static let modules: Set<String> = [
    "np", "numpy", "math", "Math", "torch", "tf", "jnp", "jax", "sp", "sympy", "scipy", "F",
    "cmath",
    "xp", "cp", "nn", "mpmath", "mp", "sc",
  ]
}

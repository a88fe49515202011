// Claims as people write them: df/dx = …, f'(x) = …, ∇f = [.., ..], matrix rows, numbers as printed.
import Calculus
import Language
import Syntax

/// Reads what is not written as `x: FORMULA`; what it does not understand whole it does not read.
struct ClaimNotation {
  let order: Int
  /// What the outputs of a list are called; nil for an expression that is none.
  let outputNames: [String]?
  let subject: Subject
  /// The one point that the claim is judged at; nil where there are several.
  let place: [Double]?

  /// One derivative, and what a text says that it is.
  typealias Entry = (key: DerivativeKey, formula: String)

  /// The derivatives that a text has formulas for, in its order; nil for a text in another notation.
  func entries(_ source: SourceText) -> [Entry]? {
    var text = ClaimPieces.withoutComments(String(decoding: source.bytes, as: UTF8.self))
    guard text.utf8.count <= Self.sizeLimit else { return nil }
    if let members = ClaimPieces.objectMembers(text) { return keyed(members) }
    if order == 1, let cells = ClaimPieces.table(text, variables: subject.variables) {
      return keyed(cells)
    }
    if let place { text = ClaimPlace(point: place, subject).left(out: text) }
    // One sign of equality may have a list of everything behind it: ∇f = [2*x, 1].
    if let (left, right) = ClaimPieces.assignment(text), isWhole(left), let list = list(right) {
      return list
    }
    let pieces = ClaimPieces.split(text, at: [",", ";", "\n"])
    guard !pieces.isEmpty else { return nil }
    let assignments = pieces.map { ClaimPieces.assignment($0) ?? ClaimPieces.labelled($0) }
    if assignments.allSatisfy({ $0 == nil }) { return list(text) }
    var entries: [Entry] = []
    for assignment in assignments {
      guard let (left, right) = assignment,
        let own = statement(left, ClaimPieces.sides(right), isAlone: pieces.count == 1)
      else { return nil }
      entries += own
    }
    return entries
  }

  /// Longer texts are read in the form `x: FORMULA` only.
  private static let sizeLimit = 1 << 16

  /// What `left = side = side` says: each side of each derivative that is named in it.
  private func statement(_ left: String, _ sides: [String], isAlone: Bool) -> [Entry]? {
    if isWhole(left) {
      // ∇f = (∂f/∂x, ∂f/∂y) = (2xy, x^2)
      let told = sides.filter { side in !ClaimPieces.rows(side).joined().allSatisfy(isDerivative) }
      let lists = told.map { list($0) ?? components($0) }
      return told.isEmpty || lists.contains { $0 == nil } ? nil : lists.flatMap { $0 ?? [] }
    }
    if sides.count == 1, let terms = totalDifferential(left, sides[0]) { return terms }
    if let key = key(left) {
      let others = sides.dropLast().map(self.key)
      let formulas = zip(sides, others + [nil]).filter { $1 == nil }.map(\.0)
      let keys = [key] + others.compactMap { $0 }.filter { $0 != key }
      return keys.flatMap { key in formulas.map { (key, ClaimPieces.number($0)) } }
    }
    guard sides.count == 1, !isAlone, let key = value((left, sides[0])) else { return nil }
    return [(key, ClaimPieces.number(sides[0]))]
  }

  /// Whether a text only names a derivative.
  private func isDerivative(_ text: String) -> Bool {
    key(text) != nil && !subject.variables.contains(text)
  }

  private func keyed(_ members: [(left: String, right: String)]) -> [Entry]? {
    let keys = members.map { key($0.left) ?? (members.count > 1 ? value($0) : nil) }
    guard !keys.isEmpty, !keys.contains(nil) else { return nil }
    return zip(keys, members).compactMap { key, member in
      key.map { ($0, ClaimPieces.number(member.right)) }
    }
  }

  /// `f(2, 5) = 11.65` beside derivatives: the value.
  private func value(_ member: (left: String, right: String)) -> DerivativeKey? {
    let name = member.left.prefix { $0 != "(" }.filter { $0 != " " }
    let isCall = !member.left.contains("(") || member.left.hasSuffix(")")
    guard order == 1, outputNames == nil, Double(member.right) != nil, isCall, !name.isEmpty,
      output(name) == 0
    else { return nil }
    return DerivativeKey(output: 0, path: [])
  }

  // MARK: Lists and matrices

  private func isWhole(_ left: String) -> Bool {
    let name = withoutArguments(left.filter { $0 != " " && $0 != "_" })
    let known: Set<String> =
      order == 1
      ? [
        "∇", "∇f", "gradf", "grad", "gradient", "g", "j", "jf", "jacobian", "partialderivatives",
        "partials", "derivatives", "gradients", "grads",
      ]
      : ["h", "hf", "hessian", "∇²f", "∇^2f"]
    return known.contains(name.lowercased()) && !subject.variables.contains(name)
  }

  /// `df = 2*x*y dx + x^2 dy`: what stands before each differential.
  private func totalDifferential(
    _ left: String, _ right: String
  ) -> [Entry]? {
    guard order == 1, outputNames == nil, key(left) == nil, ClaimPieces.plain(left).hasPrefix("d")
    else { return nil }
    return terms(right, subject.activeVariables.map { ($0, "d" + subject.variables[$0]) })
  }

  /// `∇f = 2*x*y i + x^2 j`: what stands before each unit vector.
  private func components(_ right: String) -> [Entry]? {
    let units = ["i", "j", "k"]
    guard order == 1, outputNames == nil, units.allSatisfy({ !subject.variables.contains($0) })
    else { return nil }
    let plain = zip(["î", "ĵ", "k̂"], units).reduce(right) { $0.replacing($1.0, with: $1.1) }
    return terms(plain, Array(zip(subject.listOrder, units)))
  }

  /// What stands before the sign of each variable in a sum.
  private func terms(
    _ sum: String, _ signs: [(variable: Int, sign: String)]
  ) -> [Entry]? {
    var formulas: [Int: [String]] = [:]
    for term in ClaimPieces.terms(sum) {
      let ending = signs.first { _, sign in
        let before = term.dropLast(sign.count).last
        return term.hasSuffix(sign)
          && before.map { " )*·+-".contains($0) || sign.count == 1 && $0.isNumber } != false
      }
      guard let (variable, sign) = ending else { return nil }
      var factor = term.dropLast(sign.count)
      while let last = factor.last, " *·".contains(last) { factor = factor.dropLast() }
      let isSign = factor.allSatisfy { "+- ".contains($0) }
      formulas[variable, default: []].append(isSign ? factor + "1" : String(factor))
    }
    guard !formulas.isEmpty else { return nil }
    return subject.activeVariables.map { variable in
      (
        DerivativeKey(output: 0, path: [variable]),
        formulas[variable]?.joined(separator: " + ") ?? "0"
      )
    }
  }

  /// All derivatives in their order: those of a gradient, or rows of a Jacobian or Hessian.
  private func list(_ text: String) -> [Entry]? {
    let active = subject.listOrder
    let rows = ClaimPieces.rows(text)
    let isMatrix = order == 2 || outputNames != nil
    let keys: [[DerivativeKey]]
    if order == 2 {
      guard outputNames == nil else { return nil }
      keys = active.map { row in
        active.map { DerivativeKey(output: 0, path: [row, $0]) }
      }
    } else {
      keys = subject.outputs.indices.map { output in
        active.map { DerivativeKey(output: output, path: [$0]) }
      }
    }
    let shape = keys.map(\.count)
    let isColumn = !isMatrix && rows.count == active.count && rows.allSatisfy { $0.count == 1 }
    guard rows.map(\.count) == shape || isColumn,
      rows.joined().allSatisfy({ ClaimPieces.assignment($0) == nil })
    else { return nil }
    return zip(keys.joined(), rows.joined()).map { ($0, ClaimPieces.number($1)) }
  }

  // MARK: Keys

  /// What stands left of the sign: the derivative that it names, if it names exactly one.
  func key(_ text: String) -> DerivativeKey? {
    if let key = keyOfExpression(text) { return key }
    var name = Self.spelledOut(ClaimPieces.plain(text))
    if name.hasPrefix("d("), let close = name.firstRange(of: ")/") {
      name.replaceSubrange(close.lowerBound..<name.index(after: close.lowerBound), with: "")
      name = "d" + name.dropFirst(2)
    }
    name = withoutArguments(name.filter { $0 != " " })
    if let slash = name.firstIndex(of: "/") {
      let above = withoutArguments(String(name[..<slash]))
      return quotient(above[...], name[name.index(after: slash)...])
    }
    if let variable = subject.variables.firstIndex(of: name) {
      return order == 1 && outputNames == nil ? key("", [variable]) : nil
    }
    if order == 1, outputNames == nil {
      if name == "value" { return DerivativeKey(output: 0, path: []) }
      if ["slope", "derivative"].contains(name), subject.activeVariables.count == 1 {
        return key("", subject.activeVariables)
      }
    }
    return primed(name) ?? subscripted(name) ?? differential(name) ?? joined(name)
  }

  /// `d/dx(x^2 sin x)` and `(x^2 sin x)'`, where that is the function.
  private func keyOfExpression(_ text: String) -> DerivativeKey? {
    let text = ClaimPieces.plain(text)
    guard let open = text.firstIndex(where: { "([".contains($0) }),
      let end = ClaimPieces.close(of: text[open...].dropFirst()), order == 1, outputNames == nil
    else { return nil }
    let (head, tail) = (text[..<open].filter { $0 != " " }, text[end...].dropFirst())
    let active = subject.activeVariables
    var variable = subject.variables.firstIndex { head == "d/d\($0)" }
    if active.count == 1, head.isEmpty && tail == "'" || head == "D" { variable = active[0] }
    let inside = String(text[open..<end].dropFirst())
    guard let variable, tail.isEmpty || tail == "'", isFunction(inside) else { return nil }
    return key("", [variable])
  }

  /// Whether a text is the function that is differentiated, or the name of one.
  private func isFunction(_ text: String) -> Bool {
    if ClaimPieces.isFunctionName(text), subject.variables.allSatisfy({ $0 != text }) {
      return true
    }
    let source = CodeNotation.plain(SourceText(text), variables: Set(subject.variables))
    guard
      let claim = try? Claim(DerivativeKey(output: 0, path: []), source, for: subject).formula
    else { return false }
    let own = subject.outputs[0].computation.tape
    return [0.3, 0.7, 1.9].allSatisfy { start in
      let point = subject.variables.indices.map { start + 0.17 * Double($0) }
      let (one, other) = (claim.tape.value(at: point), own.value(at: point))
      return one == other || (one - other).magnitude <= 1e-9 * other.magnitude
        || one.isNaN && other.isNaN
    }
  }

  /// `derivative with respect to x`, `partial x`, `D_x f`, `∂_{x} f`, `f'_x` and `x.grad` with `d/dx`, `f_x` or `x` alone.
  private static func spelledOut(_ text: String) -> String {
    var name = text
    for word in wordsBefore where name.lowercased().hasPrefix(word) {
      name = String(name.dropFirst(word.count))
    }
    for (above, below) in [("d_{", "}"), ("D_{", "}")] where name.hasPrefix(above) {
      if let close = name.firstRange(of: below) { name.removeSubrange(close) }
      name = "d_" + name.dropFirst(3)
    }
    if name.hasPrefix("D_") || name.hasPrefix("d_") { name = "d/d" + name.dropFirst(2) }
    if name.contains("_") { name = name.filter { $0 != "'" } }
    if let prime = name.firstIndex(of: "'"), name[prime...].count > 1, !name[prime...].contains("(")
    {
      let rest = name[prime...].drop { $0 == "'" }
      if rest.first?.isLetter == true { name = name[..<prime] + "_" + rest }
    }
    for ending in [".grad", "-derivative"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name
  }

  private static let wordsBefore = [
    "partial derivative ", "derivative ", "gradient ", "grad ", "partial ", "with respect to ",
    "wrt ", "in ", "of f ", "with respect to ", "wrt ",
  ]

  /// `df_dx` and `dfdx`, as a program may call it.
  private func joined(_ name: String) -> DerivativeKey? {
    for joint in ["_d", "d"] {
      guard let place = name.dropFirst().firstRange(of: joint) else { continue }
      return quotient(name[..<place.lowerBound], "d" + name[place.upperBound...])
    }
    return nil
  }

  /// `f'(x, y)` without the list of variables, and `f'(2, 3)` without that of their values.
  private func withoutArguments(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("),
      !name[..<open].hasSuffix("/d"), open > name.startIndex
    else { return name }
    let arguments = name[name.index(after: open)...].dropLast()
      .split(omittingEmptySubsequences: false) { ",|".contains($0) }.map(String.init)
    let isPoint = place.map { point in
      zip(arguments, subject.listOrder).allSatisfy { Double($0) == point[$1] }
        && arguments.count == subject.listOrder.count
    }
    return arguments.allSatisfy(subject.variables.contains) || isPoint == true
      ? String(name[..<open]) : name
  }

  private func key(_ function: String, _ path: [Int]) -> DerivativeKey? {
    guard path.count == order, path.allSatisfy({ subject.isActive[$0] }),
      let output = output(function)
    else { return nil }
    return DerivativeKey(output: output, path: path)
  }

  /// The output that a name stands for: any name for a function alone, unless something has it.
  private func output(_ function: String) -> Int? {
    if let outputNames {
      let plain = String(
        function.map { sign in
          sign.wholeNumberValue.map { Character("\($0 % 10)") } ?? sign
        }.filter { $0 != "_" })
      return outputNames.firstIndex(of: plain) ?? definedOutputs.firstIndex(of: function)
    }
    guard !subject.variables.contains(function) else { return nil }
    if function.isEmpty { return 0 }
    guard function.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
      function.first?.isNumber == false
    else { return nil }
    let result = subject.expression.text
    let isDefined = subject.expression.definition(of: function) != nil
    return !isDefined || result == function || result.hasPrefix(function + "(") ? 0 : nil
  }

  /// The outputs of `[x, y]`, in which definitions may be listed by their names.
  private var definedOutputs: [String] {
    ClaimPieces.rows(subject.expression.text)[0]
  }

  /// `f''`, of one variable.
  private func primed(_ name: String) -> DerivativeKey? {
    let function = name.prefix { $0 != "'" }
    let primes = name[function.endIndex...]
    let active = subject.activeVariables
    guard !function.isEmpty, primes.count == order, primes.allSatisfy({ $0 == "'" }),
      active.count == 1
    else { return nil }
    return key(String(function), Array(repeating: active[0], count: order))
  }

  /// `f_xy`, `f_{xy}` or `fxy`.
  private func subscripted(_ name: String) -> DerivativeKey? {
    let function = name.prefix { $0 != "_" }
    if function.count < name.count {
      let below = name[function.endIndex...].filter { !"_{},".contains($0) }
      return variables(below[...], sign: "").flatMap { key(String(function), $0) }
    }
    guard let first = name.first, first.isLetter, first != "d" else { return nil }
    return variables(name.dropFirst(), sign: "").flatMap { key(String(first), $0) }
  }

  /// `dx`, for the derivative in x.
  private func differential(_ name: String) -> DerivativeKey? {
    guard outputNames == nil, order == 1 else { return nil }
    return withFunction(name[...])
  }

  /// `dx` or `dxf`: differentials, and behind them the function.
  private func withFunction(_ text: Substring) -> DerivativeKey? {
    if let path = variables(text, sign: "d") { return key("", path) }
    for length in 1..<max(1, min(text.count, 30)) {
      if let path = variables(text.dropLast(length), sign: "d"),
        let key = key(String(text.suffix(length)), path)
      {
        return key
      }
    }
    return nil
  }

  /// `df/dx`, `d^2f/dx^2`, `d/dx f`.
  private func quotient(_ above: Substring, _ below: Substring) -> DerivativeKey? {
    guard above.first == "d" else { return nil }
    var function = above.dropFirst()
    if order > 1 {
      if function.first == "^" { function = function.dropFirst() }
      guard function.first == Character("\(order)") else { return nil }
      function = function.dropFirst()
    }
    let bare = below.filter { !"()".contains($0) }
    if function.isEmpty { return withFunction(bare[...]) }
    return variables(bare[...], sign: "d").flatMap { key(String(function), $0) }
  }

  /// The variables of `dxdy`, `dx^2` or `dx2`, or of `xy`: as many as the order, in just one reading.
  ///
  /// - Parameter sign: what stands before each variable.
  private func variables(_ text: Substring, sign: String) -> [Int]? {
    var readings: [(path: [Int], rest: Substring)] = [([], text)]
    var found: Set<[Int]> = []
    // Each round takes one variable or more, so that there are no more rounds than the order.
    for _ in 0..<order {
      readings = readings.flatMap { reading in steps(reading.path, reading.rest, sign) }
      for reading in readings where reading.rest.isEmpty && reading.path.count == order {
        found.insert(reading.path)
      }
    }
    return found.count == 1 ? found.first : nil
  }

  private func steps(
    _ path: [Int], _ text: Substring, _ sign: String
  ) -> [(path: [Int], rest: Substring)] {
    guard text.hasPrefix(sign), !text.isEmpty else { return [] }
    let text = text.dropFirst(sign.count)
    return subject.variables.indices.flatMap { index -> [(path: [Int], rest: Substring)] in
      let name = subject.variables[index]
      guard text.hasPrefix(name) else { return [] }
      let rest = text.dropFirst(name.count)
      var steps = [(path: path + [index], rest: rest)]
      let power = rest.hasPrefix("^") ? rest.dropFirst() : rest
      if !sign.isEmpty, order == 2, power.first == "2" {
        steps.append((path + [index, index], power.dropFirst()))
      }
      return steps.filter { $0.path.count <= order }
    }
  }
}

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

  /// The derivatives that a text has formulas for, in its order; nil for a text in another notation.
  func entries(_ source: SourceText) -> [(key: DerivativeKey, formula: String)]? {
    let text = ClaimPieces.withoutComments(String(decoding: source.bytes, as: UTF8.self))
    guard text.utf8.count <= Self.sizeLimit else { return nil }
    if let members = ClaimPieces.objectMembers(text) { return keyed(members) }
    if order == 1, let cells = ClaimPieces.table(text, variables: subject.variables) {
      return keyed(cells)
    }
    let pieces = ClaimPieces.split(text, at: [",", ";", "\n"])
    guard !pieces.isEmpty else { return nil }
    if let (left, right) = ClaimPieces.assignment(text) {
      // One sign of equality may have a list of everything behind it: ∇f = [2*x, 1].
      if isWhole(left) { return list(right) ?? components(right) }
      if let terms = totalDifferential(left, right) { return terms }
    }
    if let claims = valueAndList(pieces) { return claims }
    let assignments = pieces.map { ClaimPieces.assignment($0) ?? ClaimPieces.labelled($0) }
    if assignments.allSatisfy({ $0 == nil }) { return list(text) }
    guard assignments.allSatisfy({ $0 != nil }) else { return nil }
    return keyed(assignments.compactMap { $0 })
  }

  /// Longer texts are read in the form `x: FORMULA` only.
  private static let sizeLimit = 1 << 16

  private func keyed(
    _ members: [(left: String, right: String)]
  ) -> [(key: DerivativeKey, formula: String)]? {
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
      ? ["∇", "∇f", "gradf", "grad", "gradient", "g", "j", "jf", "jacobian"]
      : ["h", "hf", "hessian", "∇²f", "∇^2f"]
    return known.contains(name.lowercased()) && !subject.variables.contains(name)
  }

  /// `df = 2*x*y dx + x^2 dy`: what stands before each differential.
  private func totalDifferential(
    _ left: String, _ right: String
  ) -> [(key: DerivativeKey, formula: String)]? {
    guard order == 1, outputNames == nil, key(left) == nil, ClaimPieces.plain(left).hasPrefix("d")
    else { return nil }
    return terms(right, subject.activeVariables.map { ($0, "d" + subject.variables[$0]) })
  }

  /// `∇f = 2*x*y i + x^2 j`: what stands before each unit vector.
  private func components(_ right: String) -> [(key: DerivativeKey, formula: String)]? {
    let units = ["i", "j", "k"]
    guard order == 1, outputNames == nil, units.allSatisfy({ !subject.variables.contains($0) })
    else { return nil }
    return terms(right, Array(zip(subject.listOrder, units)))
  }

  /// What stands before the sign of each variable in a sum.
  private func terms(
    _ sum: String, _ signs: [(variable: Int, sign: String)]
  ) -> [(key: DerivativeKey, formula: String)]? {
    var formulas: [Int: [String]] = [:]
    for term in ClaimPieces.terms(sum) {
      let ending = signs.first { _, sign in
        let before = term.dropLast(sign.count).last
        return term.hasSuffix(sign) && before.map { " )*·+-".contains($0) } != false
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

  /// `value = 3` and `grad = [1, 2]`, as a program prints both.
  private func valueAndList(_ pieces: [String]) -> [(key: DerivativeKey, formula: String)]? {
    let sides = pieces.compactMap(ClaimPieces.assignment)
    guard order == 1, outputNames == nil, sides.count == 2, pieces.count == 2,
      let whole = sides.first(where: { isWhole($0.left) }),
      let value = sides.first(where: { !isWhole($0.left) }),
      let key = value.left == "value"
        ? DerivativeKey(output: 0, path: []) : self.value(value),
      let list = list(whole.right)
    else { return nil }
    return [(key, ClaimPieces.number(value.right))] + list
  }

  /// All derivatives in their order: those of a gradient, or rows of a Jacobian or Hessian.
  private func list(_ text: String) -> [(key: DerivativeKey, formula: String)]? {
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
    guard rows.map(\.count) == shape || isColumn else { return nil }
    return zip(keys.joined(), rows.joined()).map { ($0, ClaimPieces.number($1)) }
  }

  // MARK: Keys

  /// What stands left of the sign: the derivative that it names, if it names exactly one.
  func key(_ text: String) -> DerivativeKey? {
    var name = ClaimPieces.plain(text)
    for word in ["grad ", "gradient "] where name.hasPrefix(word) {
      name = String(name.dropFirst(word.count))
    }
    if name.hasPrefix("D_") || name.hasPrefix("d_") { name = "d/d" + name.dropFirst(2) }
    if name.hasPrefix("d("), let close = name.firstRange(of: ")/") {
      name.replaceSubrange(close.lowerBound..<name.index(after: close.lowerBound), with: "")
      name = "d" + name.dropFirst(2)
    }
    if name.hasSuffix(".grad") { name = String(name.dropLast(5)) }
    name = withoutArguments(withoutPlace(name.filter { $0 != " " }))
    if let slash = name.firstIndex(of: "/") {
      let above = withoutArguments(String(name[..<slash]))
      return quotient(above[...], name[name.index(after: slash)...])
    }
    if let variable = subject.variables.firstIndex(of: name) {
      return order == 1 && outputNames == nil ? key("", [variable]) : nil
    }
    if name == "value", order == 1, outputNames == nil { return DerivativeKey(output: 0, path: []) }
    return primed(name) ?? subscripted(name) ?? differential(name) ?? joined(name)
  }

  /// `df_dx`, as a program may call it.
  private func joined(_ name: String) -> DerivativeKey? {
    guard let joint = name.firstRange(of: "_d") else { return nil }
    return quotient(name[..<joint.lowerBound], "d" + name[joint.upperBound...])
  }

  /// `f'(x, y)` without the list of variables, and `f'(2, 3)` without that of their values.
  private func withoutArguments(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("),
      !name[..<open].hasSuffix("/d"), open > name.startIndex
    else { return name }
    let arguments = name[name.index(after: open)...].dropLast()
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let isPoint = place.map { point in
      zip(arguments, subject.listOrder).allSatisfy { Double($0) == point[$1] }
        && arguments.count == subject.listOrder.count
    }
    return arguments.allSatisfy(subject.variables.contains) || isPoint == true
      ? String(name[..<open]) : name
  }

  /// `dy/dx|_{x=2}` without the point, if it is the one that is asked about.
  private func withoutPlace(_ name: String) -> String {
    guard let place, let bar = name.firstIndex(of: "|") else { return name }
    let values = name[bar...].dropFirst().filter { !"_{}()".contains($0) }.split(separator: ",")
    let isPlace = values.allSatisfy { value in
      let sides = value.split(separator: "=").map(String.init)
      guard sides.count == 2, let variable = subject.variables.firstIndex(of: sides[0]) else {
        return false
      }
      return Double(sides[1]) == place[variable]
    }
    return isPlace && !values.isEmpty ? String(name[..<bar]) : name
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

// What a function of a normal argument is rewritten to: one line a rule.

/// A rewrite of one function, which holds wherever the function is defined.
struct FunctionRewrite {
  /// What the rule is called, and what it does.
  let name: String
  let operations: Set<Operation>
  /// The normal node that the function of these arguments equals; nil where the rule says nothing.
  let rewrite: (NormalGraph, Operation, [NodeIndex]) -> NodeIndex?

  private init(
    _ name: String, _ operations: Set<Operation>,
    _ rewrite: @escaping (NormalGraph, Operation, [NodeIndex]) -> NodeIndex?
  ) {
    self.name = name
    self.operations = operations
    self.rewrite = rewrite
  }

  static func result(_ graph: NormalGraph, _ operation: Operation, _ xs: [NodeIndex]) -> NodeIndex?
  {
    for rule in rules[Int(operation.rawValue)] {
      // A rule comes before those that its result is brought into normal form by.
      let place = graph.firedRules?.count ?? 0
      guard let result = rule.rewrite(graph, operation, xs) else { continue }
      graph.firedRules?.insert(rule.name, at: place)
      return result
    }
    return nil
  }

  /// The rules of each operation, by its raw value.
  nonisolated(unsafe) private static let rules = Operation.allCases.map { operation in
    all.filter { $0.operations.contains(operation) }
  }

  nonisolated(unsafe) static let all: [FunctionRewrite] = [
    FunctionRewrite(
      "known values: sin(0) = 0, exp(0) = 1, ln(1) = 0", functions { !$0.values.isEmpty }
    ) {
      $0.value($1, $2[0])
    },
    FunctionRewrite("odd functions: sin(-x) = -sin(x)", functions { $0.parity == .odd }) {
      graph, operation, xs in
      graph.opposite(xs[0]).map { graph.product(Rational(-1), [graph.normal(operation, [$0])]) }
    },
    FunctionRewrite("even functions: cos(-x) = cos(x)", functions { $0.parity == .even }) {
      graph, operation, xs in
      graph.opposite(xs[0]).map { graph.normal(operation, [$0]) }
    },
    FunctionRewrite("ln(exp(x)) = x", [.ln]) { $0.argument(of: .exp, $2[0]) },
    FunctionRewrite("ln(e^x) = x", [.ln]) { graph, _, xs in
      guard case .binary(.power, let base, let exponent) = graph[xs[0]],
        graph.isConstant(base, 2.718281828459045)
      else { return nil }
      return exponent
    },
    FunctionRewrite("quarter turns: cos(x - pi/2) = sin(x)", [.sin, .cos]) {
      $0.withoutQuarterTurns($1, $2[0])
    },
    FunctionRewrite("exp(ln(x)) = x for x > 0", [.exp]) { graph, _, xs in
      graph.argument(of: .ln, xs[0]).flatMap { graph.facts($0).isPositive ? $0 : nil }
    },
    FunctionRewrite("ln(e) = 1", [.ln]) { $0.isConstant($2[0], 2.718281828459045) ? $0.one : nil },
    FunctionRewrite("sqrt(x^2) = abs(x)", [.sqrt]) { $0.rootOfSquare($2[0]) },
    FunctionRewrite("roots of squares of numbers: sqrt(4) = 2", [.sqrt]) { $0.wholeRoot($2[0]) },
    FunctionRewrite("roots of squares of factors: sqrt(4*x) = 2*sqrt(x)", [.sqrt]) {
      graph, _, xs in
      let (coefficient, body) = graph.coefficientAndBody(xs[0])
      guard let body, coefficient != .one, !graph.isSum(body),
        let root = graph.wholeRoot(graph.numberNode(coefficient))
      else { return nil }
      return graph.product(.one, [root, graph.normal(.sqrt, [body])])
    },
    FunctionRewrite("negative orders: J_-1(x) = -J_1(x)", [.besselj, .bessely, .besseli]) {
      graph, operation, xs in
      guard let order = graph.number(xs[0]), order.isWhole, order.isNegative else { return nil }
      let isOdd = operation != .besseli && !order.numerator.isMultiple(of: 2)
      return graph.product(
        Rational(isOdd ? -1 : 1),
        [graph.normal(operation, [graph.numberNode(order.opposite), xs[1]])])
    },
    FunctionRewrite("abs(x) = x for x >= 0", [.abs]) {
      $0.facts($2[0]).isNonnegative ? $2[0] : nil
    },
    FunctionRewrite("abs(a*x) = abs(a)*abs(x)", [.abs]) { graph, _, xs in
      let (coefficient, body) = graph.coefficientAndBody(xs[0])
      guard let body else { return graph.numberNode(coefficient.magnitude) }
      guard coefficient != .one else { return nil }
      return graph.product(coefficient.magnitude, [graph.normal(.abs, [body])])
    },
    FunctionRewrite("abs(x*y) = x*abs(y) for x >= 0", [.abs]) { $0.absoluteValue($2[0]) },
    FunctionRewrite("sqrt(x^2*y) = x*sqrt(y) for x > 0", [.sqrt]) { $0.rootOfSquares($2[0]) },
    FunctionRewrite("sign(x) = 1 for x > 0", [.sign, .step]) {
      $0.facts($2[0]).isPositive && $0.facts($2[0]).isTotal ? $0.one : nil
    },
    FunctionRewrite("ln(x^n) = n*ln(x) for x > 0", [.ln]) { graph, _, xs in
      let factor = graph.factor(xs[0])
      guard factor.exponent != .one, graph.facts(factor.base).isPositive else { return nil }
      return graph.product(factor.exponent, [graph.normal(.ln, [factor.base])])
    },
    // Not for numbers: sin(3*pi) in a program is what rounding makes of it.
    FunctionRewrite("sin(n*pi) = 0 for whole n", [.sin, .tan]) { graph, _, xs in
      graph.multipleOfPi(xs[0])?.1.map { _ in graph.numberNode(.zero) }
    },
    FunctionRewrite("cos(n*pi) = (-1)^n for whole n", [.cos, .sec]) { graph, _, xs in
      guard let (coefficient, body) = graph.multipleOfPi(xs[0]) else { return nil }
      if coefficient.numerator.isMultiple(of: 2) { return graph.one }
      return body.map { graph.power(graph.numberNode(Rational(-1)), $0) }
        ?? graph.numberNode(Rational(-1))
    },
    FunctionRewrite("floor(n) = n for whole n", [.floor, .ceil, .round, .trunc]) {
      $0.facts($2[0]).isWhole ? $2[0] : nil
    },
    FunctionRewrite("max(x, x) = x", [.max, .min]) { _, _, xs in
      xs.allSatisfy { $0 == xs[0] } ? xs[0] : nil
    },
    FunctionRewrite("x > x = 0", [.less, .greater, .notEqual]) { graph, _, xs in
      xs[0] == xs[1] && graph.facts(xs[0]).isTotal ? graph.numberNode(.zero) : nil
    },
    FunctionRewrite("x == x = 1", [.lessOrEqual, .greaterOrEqual, .equal]) { graph, _, xs in
      xs[0] == xs[1] && graph.facts(xs[0]).isTotal ? graph.one : nil
    },
    FunctionRewrite("if(x > y, 2, if(x == y, 1, 0)) = 1 + sign(x - y)", [.select]) {
      graph, _, xs in graph.isForPeople ? graph.byItsSign(xs) : nil
    },
    FunctionRewrite(
      "if(x > a and x < b, 2, if(x == a or x == b, 1, 0)) = sign(x - a) - sign(x - b)", [.select]
    ) { graph, _, xs in graph.isForPeople ? graph.byTwoSigns(xs) : nil },
    FunctionRewrite("if(x > 0, 1, 0) = step(x)", [.select]) { graph, _, xs in
      guard graph.number(xs[1]) == .one, graph.number(xs[2]) == .zero,
        case .binary(.greater, let x, let zero) = graph[xs[0]], graph.number(zero) == .zero
      else { return nil }
      return graph.unary(.step, x)
    },
    FunctionRewrite("if(1, x, y) = x", [.select]) { graph, _, xs in
      graph.number(xs[0]).map { $0 == .zero ? xs[2] : xs[1] }
    },
    FunctionRewrite("if(c, x, x) = x", [.select]) { graph, _, xs in
      xs[1] == xs[2] && graph.facts(xs[0]).isTotal ? xs[1] : nil
    },
  ]

  private static func functions(where holds: (FunctionFacts) -> Bool) -> Set<Operation> {
    Set(Operation.allCases.filter { holds($0.facts) })
  }
}

extension NormalGraph {
  fileprivate var one: NodeIndex { numberNode(.one) }

  fileprivate func value(_ operation: Operation, _ x: NodeIndex) -> NodeIndex? {
    guard let x = number(x) else { return nil }
    return operation.facts.values.first { Rational($0.key) == x }
      .map { numberNode(Rational($0.value)) }
  }

  /// The opposite of a term with a negative coefficient.
  fileprivate func opposite(_ node: NodeIndex) -> NodeIndex? {
    let (coefficient, body) = coefficientAndBody(node)
    guard coefficient.isNegative else { return nil }
    return product(coefficient.opposite, body.map { [$0] } ?? [])
  }

  fileprivate func argument(of operation: Operation, _ node: NodeIndex) -> NodeIndex? {
    guard case .unary(operation, let x) = self[node] else { return nil }
    return x
  }

  fileprivate func isConstant(_ node: NodeIndex, _ value: Double) -> Bool {
    if case .constant(value)? = self[leaf: node] { true } else { false }
  }

  /// A sine or cosine of a sum without the multiple of pi/2 in it.
  fileprivate func withoutQuarterTurns(_ operation: Operation, _ sum: NodeIndex) -> NodeIndex? {
    guard isSum(sum) else { return nil }
    var terms = terms(sum)
    let turns = { (term: NodeIndex) -> Int? in
      let (coefficient, body) = self.coefficientAndBody(term)
      guard let body, self.isConstant(body, .pi),
        let quarters = Rational.exactProduct(coefficient, Rational(2)), quarters.isWhole
      else { return nil }
      return quarters.numerator
    }
    guard let place = terms.firstIndex(where: { turns($0) != nil }),
      let quarters = turns(terms.remove(at: place))
    else { return nil }
    // sin(x + pi/2) is cos(x), so a cosine is a sine that is one quarter ahead.
    let ahead = (quarters + (operation == .cos ? 1 : 0)) & 3
    let result = normal(ahead & 1 == 0 ? .sin : .cos, [self.sum(terms)])
    return ahead & 2 == 0 ? result : product(Rational(-1), [result])
  }

  /// What is halved where two sides are equal, and 0 where they are in the other order, by the sign of
  /// their difference.
  fileprivate func byItsSign(_ xs: [NodeIndex]) -> NodeIndex? {
    guard case .binary(let comparison, let x, let y) = self[xs[0]],
      comparison == .greater || comparison == .less, facts(xs[1]).isTotal,
      facts(x).isTotal && facts(y).isTotal || number(y) != nil,
      case .variadic(.select, let others) = self[xs[2]], number(others[2]) == .zero,
      case .binary(.equal, x, y) = self[others[0]], let half = Rational.quotient(.one, Rational(2)),
      others[1] == product(half, [xs[1]])
    else { return nil }
    let difference = sum([x, product(Rational(-1), [y])])
    let sign = product(Rational(comparison == .greater ? 1 : -1), [normal(.sign, [difference])])
    return product(half, [xs[1], sum([one, sign])])
  }

  /// What is halved at two ends and 0 beyond them, by the signs of the differences from the ends.
  fileprivate func byTwoSigns(_ xs: [NodeIndex]) -> NodeIndex? {
    guard case .binary(.and, let above, let below) = self[xs[0]],
      case .binary(.greater, let x, let low) = self[above],
      case .binary(.less, x, let high) = self[below], let lowest = number(low),
      let highest = number(high), lowest.value < highest.value, facts(xs[1]).isTotal,
      facts(x).isTotal, case .variadic(.select, let others) = self[xs[2]],
      number(others[2]) == .zero, case .binary(.or, let atLow, let atHigh) = self[others[0]],
      case .binary(.equal, x, low) = self[atLow], case .binary(.equal, x, high) = self[atHigh],
      let half = Rational.quotient(.one, Rational(2)), others[1] == product(half, [xs[1]])
    else { return nil }
    let signs = [low, high].map { normal(.sign, [sum([x, product(Rational(-1), [$0])])]) }
    return product(half, [xs[1], sum([signs[0], product(Rational(-1), [signs[1]])])])
  }

  /// A whole number times pi: the number and what else is in it.
  fileprivate func multipleOfPi(_ node: NodeIndex) -> (Rational, NodeIndex?)? {
    let (coefficient, body) = coefficientAndBody(node)
    guard coefficient.isWhole, let body else { return nil }
    var others = factors(body)
    guard let pi = others.firstIndex(where: { $0.exponent == .one && isConstant($0.base, .pi) })
    else { return nil }
    others.remove(at: pi)
    guard !others.isEmpty else { return (coefficient, nil) }
    let rest = self.body(others)
    return facts(rest).isWhole && facts(rest).isTotal ? (coefficient, rest) : nil
  }

  /// The absolute value of a product without the factors that are never negative.
  fileprivate func absoluteValue(_ node: NodeIndex) -> NodeIndex? {
    let all = operands(.multiply, of: node)
    let outside = all.filter { facts($0).isNonnegative }
    guard all.count > 1, !outside.isEmpty else { return nil }
    let inside = all.filter { !facts($0).isNonnegative }
    return product(.one, outside + [normal(.abs, [product(.one, inside)])])
  }

  /// The root of a product of squares, or of one with squares of what is positive.
  fileprivate func rootOfSquares(_ node: NodeIndex) -> NodeIndex? {
    let all = factors(node)
    let isSquare = { (factor: Factor) in
      factor.exponent.isWhole && factor.exponent.numerator.isMultiple(of: 2)
    }
    let outside =
      all.allSatisfy(isSquare)
      ? all
      : all.filter {
        isSquare($0) && facts($0.base).isPositive
      }
    guard all.count > 1, !outside.isEmpty else { return nil }
    let inside = all.filter { factor in !outside.contains { $0.base == factor.base } }
    let roots = outside.map { factor in
      power(normal(.abs, [factor.base]), numberNode(Rational(factor.exponent.numerator / 2)))
    }
    return product(.one, roots + (inside.isEmpty ? [] : [normal(.sqrt, [body(inside)])]))
  }

  fileprivate func rootOfSquare(_ node: NodeIndex) -> NodeIndex? {
    guard case .binary(.power, let base, let exponent) = self[node],
      let value = exactNumber(exponent), value.isWhole, value.numerator.isMultiple(of: 2)
    else { return nil }
    return power(normal(.abs, [base]), numberNode(Rational(value.numerator / 2)))
  }

  fileprivate func wholeRoot(_ node: NodeIndex) -> NodeIndex? {
    guard let value = number(node), !value.isNegative,
      let top = Self.wholeRoot(value.numerator), let bottom = Self.wholeRoot(value.denominator)
    else { return nil }
    return Rational.quotient(Rational(top), Rational(bottom)).map(numberNode)
  }

  private static func wholeRoot(_ value: Int) -> Int? {
    let root = Int(Double(value).squareRoot().rounded())
    return root * root == value ? root : nil
  }
}

// From normal form to what a person would write: differences, quotients, signs in front.

/// Writes nodes of a normal graph into a graph of plain operations.
struct FormulaWriter {
  private let source: NormalGraph
  private let target = Graph()
  private var usesDecimals: Bool { source.usesDecimals }
  /// Whether a sign is taken into a difference or out of a sum: y - x for -(x - y).
  private let movesSigns: Bool
  /// Each node without its sign, and whether it has one.
  private var written: [Written?]

  private struct Written {
    let magnitude: NodeIndex
    let isNegative: Bool
  }

  init(_ source: NormalGraph, movesSigns: Bool = false) {
    self.source = source
    self.movesSigns = movesSigns
    target.variableOrder = source.variableOrder
    target.assumptions = source.assumptions
    written = Array(repeating: nil, count: source.count)
  }

  mutating func written(_ roots: [NodeIndex]) -> Formulas {
    var isNeeded = Array(repeating: false, count: source.count)
    for root in roots { isNeeded[Int(root)] = true }
    for node in stride(from: source.count - 1, through: 0, by: -1) where isNeeded[node] {
      for part in parts(of: UInt32(node)) { isNeeded[Int(part)] = true }
    }
    for node in isNeeded.indices where isNeeded[node] { written[node] = write(UInt32(node)) }
    return Formulas(graph: target, roots: roots.map { signed($0) })
  }

  /// The nodes that a node is written with.
  private func parts(of node: NodeIndex) -> [NodeIndex] {
    if source.number(node) != nil { return [] }
    if let value = declaredValue(of: node) { return [value] }
    switch source[node] {
    case .variable, .constant: return []
    case .binary(.add, _, _): return source.operands(.add, of: node)
    case .binary(.multiply, _, _), .binary(.power, _, _):
      return isTerm(node) ? termFactors(node).1.map(\.base) : source.arguments(of: node)
    default: return source.arguments(of: node)
    }
  }

  /// Whether a node is a product, or a power with a number for its exponent.
  private func isTerm(_ node: NodeIndex) -> Bool {
    switch source[node] {
    case .binary(.multiply, _, _): true
    case .binary(.power, _, let exponent): source.exactNumber(exponent) != nil
    default: false
    }
  }

  private func termFactors(_ node: NodeIndex) -> (Rational, [Factor]) {
    var (coefficient, body) = (Rational.one, node)
    if case .binary(.multiply, let x, let y) = source[node], let value = source.number(x) {
      (coefficient, body) = (value, y)
    }
    return (coefficient, source.operands(.multiply, of: body).map(source.factor))
  }

  /// The value of a call with declared derivatives, which is all that is printed of it.
  private func declaredValue(of node: NodeIndex) -> NodeIndex? {
    guard !source.keepsKernels, case .variadic(.declaredDerivative, let xs) = source[node]
    else { return nil }
    return xs[0]
  }

  // MARK: Writing

  private func write(_ node: NodeIndex) -> Written {
    if let value = source.number(node) {
      return Written(magnitude: number(value.magnitude), isNegative: value.isNegative)
    }
    if let value = declaredValue(of: node), let known = written[Int(value)] { return known }
    switch source[node] {
    case .variable(let index): return plain(target.variable(index))
    case .constant(let value):
      return Written(
        magnitude: target.constant(value.magnitude), isNegative: value.sign == .minus)
    case .binary(.add, _, _): return plain(sum(orderedTerms(of: node)))
    case .binary(.multiply, _, _), .binary(.power, _, _):
      if isTerm(node) { return term(node) }
      fallthrough
    default: return plain(operation(node))
    }
  }

  private func plain(_ node: NodeIndex) -> Written { Written(magnitude: node, isNegative: false) }

  private func signed(_ node: NodeIndex) -> NodeIndex {
    written[Int(node)].map(signed) ?? target.constant(.nan)
  }

  private func signed(_ written: Written) -> NodeIndex {
    if written.isNegative, case .constant(let value)? = target[leaf: written.magnitude] {
      return target.constant(-value)
    }
    return written.isNegative ? target.unary(.negate, written.magnitude) : written.magnitude
  }

  private func operation(_ node: NodeIndex) -> NodeIndex {
    switch source[node] {
    case .unary(let operation, let x): target.unary(operation, signed(x))
    case .binary(let operation, let x, let y): target.binary(operation, signed(x), signed(y))
    case .variadic(let operation, let xs): target.variadic(operation, xs.map { signed($0) })
    default: target.constant(.nan)
    }
  }

  /// The terms of a sum in the order in which they were written before, if they were.
  private func orderedTerms(of sum: NodeIndex) -> [NodeIndex] {
    source.inDisplayOrder(source.operands(.add, of: sum), of: sum, source.termKey)
  }

  /// A difference begins with a positive term, if there is one.
  ///
  /// - Parameter isOpposite: whether every term changes its sign; some must be negative then.
  private func sum(_ terms: [NodeIndex], isOpposite: Bool = false) -> NodeIndex {
    var parts = terms.compactMap { written[Int($0)] }
    if isOpposite {
      parts = parts.map { Written(magnitude: $0.magnitude, isNegative: !$0.isNegative) }
    }
    if parts[0].isNegative, let first = parts.firstIndex(where: { !$0.isNegative }) {
      parts.insert(parts.remove(at: first), at: 0)
    }
    return parts.dropFirst().reduce(signed(parts[0])) { sum, part in
      target.binary(part.isNegative ? .subtract : .add, sum, part.magnitude)
    }
  }

  /// Whether a sum has terms with signs and terms without, so that its opposite is as long.
  private func hasBothSigns(_ node: NodeIndex) -> Bool {
    let signs = signs(of: node)
    return signs.contains(true) && signs.contains(false)
  }

  /// For each term of a sum that may change its sign, whether it has one.
  private func signs(of node: NodeIndex) -> [Bool] {
    guard movesSigns, source.isSum(node) else { return [] }
    return source.operands(.add, of: node).map { written[Int($0)]?.isNegative ?? false }
  }

  private func term(_ node: NodeIndex) -> Written {
    let (coefficient, unordered) = termFactors(node)
    let factors = source.inDisplayOrder(unordered, of: source.bodyWithoutNumber(node)) { $0.base }
    var isNegative = coefficient.isNegative
    var above: [NodeIndex] = []
    var below: [NodeIndex] = []
    let size = coefficient.magnitude
    if usesDecimals || !size.isExact, let decimal = decimal(size) {
      if size != .one { above.append(decimal) }
    } else {
      if size.numerator != 1 { above.append(target.constant(Double(size.numerator))) }
      if !size.isWhole { below.append(target.constant(Double(size.denominator))) }
    }
    let isOdd = { (factor: Factor) in
      factor.exponent.isWhole && factor.exponent.numerator % 2 != 0
    }
    let isOpposite = { (base: NodeIndex) in
      let signs = signs(of: base)
      return !signs.isEmpty && !signs.contains(false)
    }
    for factor in factors where isOdd(factor) {
      let hasSign = written[Int(factor.base)]?.isNegative == true || isOpposite(factor.base)
      if hasSign { isNegative.toggle() }
    }
    // -(x - y) is y - x.
    let turned =
      isNegative ? factors.firstIndex { isOdd($0) && hasBothSigns($0.base) } : nil
    if turned != nil { isNegative = false }
    for (index, factor) in factors.enumerated() {
      guard let base = written[Int(factor.base)] else { continue }
      let takesSign = base.isNegative && factor.exponent.isWhole
      let positive =
        index == turned || isSquaredOpposite(factor)
          || (factor.exponent.isWhole && isOpposite(factor.base))
        ? sum(orderedTerms(of: factor.base), isOpposite: true)
        : takesSign ? base.magnitude : signed(factor.base)
      if factor.exponent.isNegative {
        below.append(power(positive, factor.exponent.opposite))
      } else {
        above.append(power(positive, factor.exponent))
      }
    }
    let top = product(above)
    let whole = below.isEmpty ? top : target.binary(.divide, top, product(below))
    return Written(magnitude: whole, isNegative: isNegative)
  }

  /// Whether the user wrote an even power of a difference with the other sign.
  private func isSquaredOpposite(_ factor: Factor) -> Bool {
    guard let sum = source.squaredSums[factor.base], sum != factor.base, factor.exponent.isWhole,
      factor.exponent.numerator.isMultiple(of: 2)
    else { return false }
    let signs = source.operands(.add, of: factor.base).map { written[Int($0)]?.isNegative }
    return signs.contains(true) && signs.contains(false)
  }

  private func product(_ factors: [NodeIndex]) -> NodeIndex {
    guard let first = factors.first else { return target.constant(1) }
    return factors.dropFirst().reduce(first) { target.binary(.multiply, $0, $1) }
  }

  private func power(_ base: NodeIndex, _ exponent: Rational) -> NodeIndex {
    exponent == .one ? base : target.binary(.power, base, number(exponent))
  }

  private func number(_ value: Rational) -> NodeIndex {
    if usesDecimals || !value.isExact, let decimal = decimal(value) { return decimal }
    let top = target.constant(Double(value.numerator))
    return value.isWhole
      ? top : target.binary(.divide, top, target.constant(Double(value.denominator)))
  }

  /// A number as one constant, where its decimal text says all of it.
  private func decimal(_ value: Rational) -> NodeIndex? {
    Rational(constant: value.value) == value ? target.constant(value.value) : nil
  }
}

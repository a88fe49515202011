// Formulas in few functions: exp, ln, sin, cos, asin, atan, abs and powers, between which all
// identities that are used here hold.

/// Rewrites nodes of a normal graph in terms of the functions between which identities are known.
struct Lowering {
  private let source: Graph
  let target = NormalGraph()
  private var nodes: [NodeIndex] = []

  /// How many terms an argument is multiplied out into.
  private static let termLimit = 64

  init(_ source: Graph) {
    self.source = source
    target.assumptions = source.assumptions
  }

  /// The nodes of `target` that nodes are rewritten to.
  mutating func lowered(_ roots: [NodeIndex]) -> [NodeIndex] {
    let uses = source.uses(from: roots)
    nodes = Array(repeating: 0, count: uses.count)
    for node in uses.indices where uses[node] > 0 { nodes[node] = lower(NodeIndex(node)) }
    return roots.map { nodes[Int($0)] }
  }

  private func lower(_ node: NodeIndex) -> NodeIndex {
    switch source[node] {
    case .variable(let index): return target.variable(index)
    case .constant(let value): return target.constant(value)
    case .unary(let operation, let x): return lowered(operation, [x])
    case .binary(let operation, let x, let y): return lowered(operation, [x, y])
    case .variadic(let operation, let xs): return lowered(operation, xs)
    }
  }

  private func lowered(_ operation: Operation, _ arguments: [NodeIndex]) -> NodeIndex {
    let xs = arguments.map { Term(target, nodes[Int($0)]) }
    let result = circular(operation, xs) ?? exponential(operation, xs) ?? other(operation, xs)
    if let result { return result.index(in: target) }
    return target.normal(operation, xs.map { $0.index(in: target) })
  }

  private func call(_ operation: Operation, _ xs: Term...) -> Term {
    Term(target, target.normal(operation, xs.map { $0.index(in: target) }))
  }

  private func number(_ value: Double) -> Term { Term(target, target.constant(value)) }

  private func circular(_ operation: Operation, _ xs: [Term]) -> Term? {
    let x = xs[0]
    let sine = { call(.sin, multipliedOut(x)) }
    let cosine = { call(.cos, multipliedOut(x)) }
    switch operation {
    case .sin: return sine()
    case .cos: return cosine()
    case .tan: return sine() / cosine()
    case .cot: return cosine() / sine()
    case .sec: return number(1) / cosine()
    case .csc: return number(1) / sine()
    case .sinc: return sine() / x
    case .acos: return number(.pi) / 2 - call(.asin, x)
    case .acot: return number(.pi) / 2 - call(.atan, x)
    case .acsc: return call(.asin, number(1) / x)
    case .asec: return number(.pi) / 2 - call(.asin, number(1) / x)
    default: return nil
    }
  }

  private func exponential(_ operation: Operation, _ xs: [Term]) -> Term? {
    let x = xs[0]
    let (plus, minus) = ({ exponential(x) }, { exponential(-x) })
    let area = { (x: Term, sign: Double) in ln(x + root(x * x + number(sign))) }
    let one = number(1)
    switch operation {
    case .exp: return plus()
    case .exp2: return call(.power, number(2), multipliedOut(x))
    case .expm1: return plus() - 1
    case .sinh: return (plus() - minus()) / 2
    case .cosh: return (plus() + minus()) / 2
    case .tanh: return (plus() - minus()) / (plus() + minus())
    case .coth: return (plus() + minus()) / (plus() - minus())
    case .sech: return number(2) / (plus() + minus())
    case .csch: return number(2) / (plus() - minus())
    case .sigmoid: return one / (minus() + 1)
    case .softplus: return ln(plus() + 1)
    case .logsumexp: return ln(xs.dropFirst().reduce(plus()) { $0 + exponential($1) })
    case .normpdf: return exponential(-x * x / 2) / root(number(.pi) * 2)
    case .asinh: return area(x, 1)
    case .acosh: return area(x, -1)
    case .acsch: return area(one / x, 1)
    case .asech: return area(one / x, -1)
    case .atanh: return (ln(x + 1) - ln(one - x)) / 2
    case .acoth: return (ln(x + 1) - ln(x - 1)) / 2
    case .log2: return ln(x) / ln(number(2))
    case .log10: return ln(x) / ln(number(10))
    case .log1p: return ln(x + 1)
    case .log: return ln(x) / ln(xs[1])
    case .logit: return ln(x) - ln(one - x)
    case .xlogy: return x * ln(xs[1])
    default: return nil
    }
  }

  private func other(_ operation: Operation, _ xs: [Term]) -> Term? {
    let x = xs[0]
    switch operation {
    case .sqrt: return root(x)
    case .hypot: return root(xs.dropFirst().reduce(x * x) { $0 + $1 * $1 })
    case .power: return call(.power, x, multipliedOut(xs[1]))
    case .relu: return (x + call(.abs, x)) / 2
    case .max: return xs.dropFirst().reduce(x) { ($0 + $1 + call(.abs, $0 - $1)) / 2 }
    case .min: return xs.dropFirst().reduce(x) { ($0 + $1 - call(.abs, $0 - $1)) / 2 }
    case .step: return (number(1) + call(.sign, x)) / 2
    case .greater, .greaterOrEqual: return (number(1) + call(.sign, x - xs[1])) / 2
    case .less, .lessOrEqual: return (number(1) - call(.sign, x - xs[1])) / 2
    case .remainder: return x - xs[1] * call(.floor, x / xs[1])
    case .erfc: return number(1) - call(.erf, x)
    case .normcdf: return (number(1) + call(.erf, x / root(number(2)))) / 2
    case .factorial: return call(.gamma, x + 1)
    case .lbeta: return call(.lgamma, x) + call(.lgamma, xs[1]) - call(.lgamma, x + xs[1])
    case .declaredDerivative, .stopGradient: return x
    default: return nil
    }
  }

  private func ln(_ x: Term) -> Term { call(.ln, x) }
  private func exponential(_ x: Term) -> Term { call(.exp, multipliedOut(x)) }
  private func root(_ x: Term) -> Term { call(.power, x, number(0.5)) }

  /// A sum of terms without sums among their factors, as far as that is short.
  private func multipliedOut(_ term: Term) -> Term {
    let node = term.index(in: target)
    var pending = target.terms(node)
    var result: [NodeIndex] = []
    var effort = 0
    while let term = pending.popLast() {
      let (coefficient, body) = target.coefficientAndBody(term)
      let factors = body.map { target.factors($0) } ?? []
      let sum = factors.firstIndex {
        target.isSum($0.base) && $0.exponent.isWhole && !$0.exponent.isNegative
      }
      guard let sum else {
        result.append(term)
        continue
      }
      var rest = factors
      let factor = rest.remove(at: sum)
      if let less = Rational.exactSum(factor.exponent, Rational(-1)), less != .zero {
        rest.append(Factor(factor.base, less))
      }
      for part in target.terms(factor.base) {
        effort += 1
        pending.append(target.product(coefficient, [target.body(rest), part]))
      }
      guard effort <= Self.termLimit else { return Term(target, node) }
    }
    return Term(target, target.sum(result))
  }
}

// Formulas as products: one fraction, its numerator and denominator as products of irreducible polynomials.

extension Formulas {
  /// Each formula as a product of powers, over one denominator, without factors in common.
  ///
  /// Sums are polynomials in whatever stands in them, over the rational numbers: `x^2 - 2` and
  /// `x^2 + 1` stay. So does a sum that would take too much; what functions are taken of stays as it is.
  package func factored() -> Formulas {
    let short = presented()
    let sizes = short.graph.treeSizes(of: short.roots).map { $0.word ?? .max }
    return Formulas(
      joining: zip(short.roots, sizes).map { root, size in
        let formula = Formulas(graph: short.graph, roots: [root])
        return size <= FactoredForm.sizeLimit ? formula.factoredAlone() : formula
      })
  }

  private func factoredAlone() -> Formulas {
    let normal = NormalGraph()
    normal.isForPeople = true
    var importer = FormulaImporter(graph, outputs: roots, into: normal)
    let root = importer.run()[Int(roots[0])]
    normal.openAll()
    var form = FactoredForm(SumForms(normal, Set(PresentationKind.allCases)))
    guard let product = form.product(root) else { return self }
    var writer = FormulaWriter(normal, movesSigns: true)
    return writer.written([product])
  }
}

/// Factors nodes of a normal graph.
struct FactoredForm {
  private var forms: SumForms
  private let graph: NormalGraph
  /// How many more sums are factored.
  private var sums = 24

  /// How many nodes a formula has at most, written out.
  static let sizeLimit = 500

  init(_ forms: SumForms) {
    (self.forms, graph) = (forms, forms.graph)
  }

  /// The node as a product; nil where a hole in it must stay.
  mutating func product(_ node: NodeIndex) -> NodeIndex? {
    guard var product = forms.monomials.monomial(node) else { return nil }
    var done: Set<NodeIndex> = []
    while sums > 0,
      let factor = product.factors.first(where: {
        graph.isSum($0.base) && $0.exponent.isWhole && !done.contains($0.base)
      })
    {
      sums -= 1
      done.insert(factor.base)
      guard let parts = factors(of: factor.base) else { continue }
      done.formUnion(parts.irreducible)
      if let next = replacing(factor, by: parts.product, in: product) { product = next }
    }
    return forms.monomials.node(product)
  }

  /// A product with a part in place of a base.
  private mutating func replacing(
    _ factor: Factor, by part: Monomial, in product: Monomial
  ) -> Monomial? {
    guard let number = part.coefficient.raised(to: factor.exponent.numerator),
      let coefficient = Rational.exactProduct(product.coefficient, number)
    else { return nil }
    var rest = Monomial(coefficient)
    for other in product.factors where other.base != factor.base {
      _ = rest.multiply(other) { _ in false }
    }
    var powers: [Factor] = []
    for inner in part.factors {
      guard let exponent = Rational.exactProduct(inner.exponent, factor.exponent) else {
        return nil
      }
      powers.append(Factor(inner.base, exponent))
    }
    return forms.monomials.product(rest, powers)
  }

  /// A sum as a product, with the sums in it that have no factors; nil where it has none itself.
  private mutating func factors(
    of sum: NodeIndex
  ) -> (product: Monomial, irreducible: Set<NodeIndex>)? {
    guard let (front, numerator) = forms.fraction(sum) else { return nil }
    guard let polynomial = BasePolynomial(numerator, graph) else {
      let rest = graph.sum(numerator.map { forms.monomials.node($0) })
      return forms.monomials.product(front, [Factor(rest)]).map { ($0, [rest]) }
    }
    let found = PolynomialFactors(polynomial.polynomial)
    var product = front
    guard
      let coefficient = Rational.exactProduct(polynomial.content, Rational(found.coefficient)),
      let whole = Rational.exactProduct(product.coefficient, coefficient)
    else { return nil }
    product.coefficient = whole
    let bases = found.factors.map { polynomial.node($0.polynomial, forms.monomials) }
    let factors = zip(bases, found.factors).map { Factor($0, Rational($1.power)) }
    return forms.monomials.product(product, factors).map { ($0, Set(bases)) }
  }
}

/// A sum as a polynomial with whole coefficients in the bases of its terms' powers.
private struct BasePolynomial {
  let polynomial: IntegerPolynomial
  /// The number that it is multiplied by.
  let content: Rational
  private let graph: NormalGraph
  /// The bases, and what part of an exponent is 1: 1/2 where square roots of it stand in the sum.
  private let bases: [(node: NodeIndex, unit: Rational)]

  /// nil where a number is none that a word holds, or an exponent is negative.
  init?(_ terms: [Monomial], _ graph: NormalGraph) {
    guard var content = terms.first?.coefficient.magnitude else { return nil }
    var units: [NodeIndex: Rational] = [:]
    for term in terms {
      guard let common = Rational.content(content, term.coefficient) else { return nil }
      content = common
      for factor in term.factors.map({ Self.factor($0, graph) }) {
        guard !factor.exponent.isNegative,
          let unit = Rational.content(units[factor.base] ?? .one, factor.exponent)
        else { return nil }
        units[factor.base] = unit
      }
    }
    let nodes = units.keys.sorted()
    let bases = nodes.map { ($0, units[$0] ?? .one) }
    var coefficients: [[Int]: Int] = [:]
    for term in terms {
      guard let number = Rational.quotient(term.coefficient, content), number.isWhole else {
        return nil
      }
      var exponents = bases.map { _ in 0 }
      for factor in term.factors.map({ Self.factor($0, graph) }) {
        guard let index = bases.firstIndex(where: { $0.0 == factor.base }),
          let exponent = Rational.quotient(factor.exponent, bases[index].1), exponent.isWhole,
          exponent.numerator < 1 << 20
        else { return nil }
        exponents[index] += exponent.numerator
      }
      coefficients[exponents, default: 0] += number.numerator
    }
    (self.content, self.bases, self.graph) = (content, bases, graph)
    polynomial = IntegerPolynomial(coefficients)
    guard !polynomial.isConstant else { return nil }
  }

  /// exp(2*x) is exp(x)^2.
  private static func factor(_ factor: Factor, _ graph: NormalGraph) -> Factor {
    guard case .unary(.exp, let x) = graph[factor.base],
      case (let coefficient, let body?) = graph.coefficientAndBody(x), coefficient != .one,
      let exponent = Rational.exactProduct(coefficient, factor.exponent), !exponent.isNegative
    else { return factor }
    return Factor(graph.normal(.exp, [body]), exponent)
  }

  /// A power of a base; of an exponential, one of a multiple.
  private func power(_ base: NodeIndex, _ exponent: Rational) -> Factor {
    guard case .unary(.exp, let x) = graph[base] else { return Factor(base, exponent) }
    return Factor(graph.normal(.exp, [graph.product(exponent, [x])]))
  }

  /// The sum that a polynomial in the same bases is.
  func node(_ polynomial: IntegerPolynomial, _ monomials: Monomials) -> NodeIndex {
    monomials.graph.sum(
      polynomial.coefficients.map { exponents, coefficient in
        var term = Monomial(Rational(coefficient))
        for (exponent, base) in zip(exponents, bases) {
          guard exponent > 0, let power = Rational.exactProduct(Rational(exponent), base.unit)
          else { continue }
          _ = term.multiply(self.power(base.node, power)) { _ in false }
        }
        return monomials.node(term)
      })
  }
}

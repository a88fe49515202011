// Numbers of the Levi-Civita field: power series in an infinitesimal, with which one looks beside a
// point.

/// Σ cₖ t^qₖ + O(t^limit) in an infinitesimal t > 0, with rational exponents qₖ in rising order.
///
/// What a function does on one side of a point is what it does at x + t, so every comparison is
/// decided by a leading term (Shamseddine and Berz, Analysis on the Levi-Civita field). L = -ln t
/// is larger than any number and smaller than any negative power of t: it is written as a power of
/// t with a tiny negative exponent. A number that is no such series, or whose leading term is not
/// known, is unknown.
package struct LeviCivita: Scalar {
  struct Term: Sendable {
    /// In units of 1/5,040,000: those of roots of up to the tenth order are multiples of 1,000.
    let exponent: Int
    let coefficient: Double
  }

  /// The exponent 1.
  package static let unit = 5_040_000
  /// A factor L lowers the exponent by this much: a multiple of 6, so that its square and cube
  /// roots are whole, and less than the units that separate powers of t.
  static let logarithm = 12
  /// How far beyond the leading exponent a series is carried.
  static let range = 8 * unit
  /// The limit of a series that is exact.
  static let exact = 1 << 40

  let terms: [Term]
  /// The terms from this exponent on are not known.
  let limit: Int
  let isUnknown: Bool
  /// Whether the part that is not known may oscillate, as where it is a bound for sin(1/t): such a
  /// bound says nothing of derivatives.
  private(set) var isRough = false
  /// Whether it is unknown since there is no such number: the function has no value on this side.
  private(set) var isOutside = false

  /// A number of which nothing is known: what its operations give where no series exists, like NaN.
  package static let unknown = LeviCivita(terms: [], limit: 0, isUnknown: true)

  /// What lies outside of a function's domain.
  static let outside: LeviCivita = {
    var outside = LeviCivita.unknown
    outside.isOutside = true
    return outside
  }()

  /// The result of an operation on arguments of which at least one is unknown: outside of the
  /// domain if one of them is.
  static func unknown(of numbers: [LeviCivita]) -> LeviCivita {
    numbers.contains(where: \.isOutside) ? .outside : .unknown
  }

  /// Bounded by a small constant such as 1, with nothing else known of it.
  static let bounded = LeviCivita([], limit: 0).roughened(true)

  func roughened(_ isRough: Bool) -> LeviCivita {
    var copy = self
    copy.isRough = self.isRough || isRough
    return copy
  }

  private init(terms: [Term], limit: Int, isUnknown: Bool) {
    (self.terms, self.limit, self.isUnknown) = (terms, limit, isUnknown)
  }

  /// How many terms a series has at most: many powers of L may come before the next power of t.
  private static let longest = 64

  /// Drops terms that are 0 or beyond the limit, the range or the longest length. Terms from the
  /// first coefficient that overflows on are not known; a number that grows faster than any
  /// exponent here can say is unknown.
  init(_ terms: [Term], limit: Int) {
    if min(terms.first?.exponent ?? limit, limit) < -Self.exact {
      self = .unknown
      return
    }
    let overflow = terms.first { !$0.coefficient.isFinite }?.exponent ?? limit
    let limit = min(limit, overflow)
    let kept = terms.filter { $0.coefficient != 0 && $0.exponent < limit }
    let last = kept.count > Self.longest ? kept[Self.longest - 1].exponent : Int.max
    let end = min((kept.first?.exponent ?? 0) + Self.range, last)
    let isCut = kept.contains { $0.exponent > end }
    self.init(
      terms: kept.filter { $0.exponent <= end }, limit: isCut ? min(limit, end + 1) : limit,
      isUnknown: terms.contains { $0.coefficient.isNaN })
  }

  /// The double itself, exactly: a series of one term without a truncation order.
  package init(_ value: Double) {
    self.init([Term(exponent: 0, coefficient: value)], limit: Self.exact)
  }
  /// An exact whole number, so that rules can write `2 * x`.
  package init(integerLiteral value: Double.IntegerLiteralType) { self.init(Double(value)) }
  /// An exact double, so that rules can write `0.5 * x`.
  package init(floatLiteral value: Double) { self.init(value) }

  /// value + slope · t^exponent, the exponent in units.
  package init(_ value: Double, slope: Double, exponent: Int = Self.unit) {
    self.init(
      [Term(exponent: 0, coefficient: value), Term(exponent: exponent, coefficient: slope)],
      limit: Self.exact)
  }

  func constant(_ value: Double) -> LeviCivita { LeviCivita(value) }
  var number: Double? { isUnknown ? .nan : self[0] }
  var isZero: Bool { !isUnknown && terms.isEmpty && limit == Self.exact }
  /// Whether nothing is known of the number.
  package var isNaN: Bool { isUnknown }
  var isOrdinary: Bool { !isUnknown && !terms.isEmpty }

  /// The coefficient of t to an exponent, in units.
  package subscript(_ exponent: Int) -> Double {
    terms.first { $0.exponent == exponent }?.coefficient ?? 0
  }

  /// The exponent of the leading term; of a series without terms, the least that it can be.
  var order: Int { terms.first?.exponent ?? limit }

  /// -1, 0 or 1; nil where no term is known that decides.
  package var sign: Double? {
    if isUnknown { return nil }
    if let first = terms.first { return first.coefficient < 0 ? -1 : 1 }
    return limit == Self.exact ? 0 : nil
  }

  /// Whether it is a double, without anything infinitesimal.
  package var plain: Double? {
    guard !isUnknown, limit == Self.exact, terms.count <= 1 else { return nil }
    return terms.isEmpty ? 0 : terms[0].exponent == 0 ? terms[0].coefficient : nil
  }

  /// The same series with `value` as its finite part, if the two differ by rounding alone.
  package func pinned(to value: Double) -> LeviCivita {
    let own = self[0]
    guard own != value, (own - value).magnitude <= 1e-9 * value.magnitude else { return self }
    return LeviCivita(
      terms.map { $0.exponent == 0 ? Term(exponent: 0, coefficient: value) : $0 }, limit: limit
    ).roughened(isRough)
  }

  /// How two numbers compare in a condition of a program: -1, 0 or 1; nil where that is not known.
  ///
  /// Numbers count as equal where all known terms agree to within the rounding of a long
  /// computation.
  package static func order(_ x: LeviCivita, _ y: LeviCivita) -> Double? {
    if x.isUnknown || y.isUnknown { return nil }
    let difference = sum(x, y, sign: -1)
    let lead = difference.terms.first { term in
      let size = max(x[term.exponent].magnitude, y[term.exponent].magnitude)
      return term.exponent == 0 || term.coefficient.magnitude > 1e-10 * size
    }
    if let lead { return lead.coefficient < 0 ? -1 : 1 }
    return difference.limit > 2 * unit ? 0 : nil
  }

  // MARK: Arithmetic

  static func sum(_ x: LeviCivita, _ y: LeviCivita, sign: Double = 1) -> LeviCivita {
    if x.isUnknown || y.isUnknown { return .unknown(of: [x, y]) }
    var terms: [Term] = []
    var (i, j) = (0, 0)
    while i < x.terms.count || j < y.terms.count {
      let a = i < x.terms.count ? x.terms[i].exponent : Int.max
      let b = j < y.terms.count ? y.terms[j].exponent : Int.max
      let first = a <= b ? x.terms[i].coefficient : 0
      let second = b <= a ? sign * y.terms[j].coefficient : 0
      let sum = first + second
      // Except for the value itself, a difference this small may be the rounding of terms that
      // cancel.
      let isRounding =
        min(a, b) != 0 && sum.isFinite
        && sum.magnitude <= 0x1p-50 * max(first.magnitude, second.magnitude)
      terms.append(Term(exponent: min(a, b), coefficient: isRounding ? 0 : sum))
      i += a <= b ? 1 : 0
      j += b <= a ? 1 : 0
    }
    return LeviCivita(terms, limit: min(x.limit, y.limit)).roughened(x.isRough || y.isRough)
  }

  static func product(_ x: LeviCivita, _ y: LeviCivita) -> LeviCivita {
    if x.isUnknown || y.isUnknown { return .unknown(of: [x, y]) }
    if x.isZero || y.isZero { return 0 }
    var coefficients: [Int: (sum: Double, size: Double)] = [:]
    var lost = exact
    for a in x.terms {
      for b in y.terms {
        let part = a.coefficient * b.coefficient
        // Terms from a product of coefficients that underflows or overflows on are not known.
        if !part.isNormal { lost = min(lost, a.exponent + b.exponent) }
        let old = coefficients[a.exponent + b.exponent] ?? (0, 0)
        coefficients[a.exponent + b.exponent] = (old.sum + part, max(old.size, part.magnitude))
      }
    }
    let limit =
      x.limit == exact && y.limit == exact ? exact : min(x.order + y.limit, y.order + x.limit)
    let terms = coefficients.sorted { $0.key < $1.key }.map { exponent, part in
      let isRounding = exponent != 0 && part.sum.magnitude <= 0x1p-50 * part.size
      return Term(exponent: exponent, coefficient: isRounding ? 0 : part.sum)
    }
    return LeviCivita(terms, limit: min(limit, lost, exact)).roughened(x.isRough || y.isRough)
  }

  static func quotient(_ x: LeviCivita, _ y: LeviCivita) -> LeviCivita {
    if x.isUnknown || y.isUnknown { return .unknown(of: [x, y]) }
    guard let lead = y.terms.first else { return y.isZero ? .outside : .unknown }
    let scaled = x.mapped(shift: -lead.exponent) { $0 / lead.coefficient }
    return product(scaled, power(onePlus: y.remainder, to: -1))
  }

  /// c^p t^(q p) (1 + u)^p for c t^q (1 + u): roots at 0 and powers; only a bound where q p is no
  /// whole number of units.
  func power(_ exponent: Double) -> LeviCivita {
    if isUnknown { return self }
    if exponent == 0 { return 1 }
    guard let lead = terms.first else {
      guard exponent > 0 else { return isZero ? .outside : .unknown }
      if isZero { return 0 }
      return Self.bound(Double(limit) * exponent).roughened(isRough)
    }
    if lead.coefficient < 0, exponent != exponent.rounded() { return .outside }
    let order = Double(lead.exponent) * exponent
    // The double of a decimal exponent such as 0.1 is slightly off, so the product is rounded.
    guard (order - order.rounded()).magnitude < 1e-3, order.magnitude < 0x1p39 else {
      return lead.coefficient < 0 ? .unknown : Self.bound(order).roughened(isRough)
    }
    let coefficient = Libm.pow(lead.coefficient, exponent)
    let power = Self.power(onePlus: remainder, to: exponent)
    return power.mapped(shift: Int(order.rounded())) { $0 * coefficient }
  }

  /// O(t^order): only a bound is known.
  private static func bound(_ order: Double) -> LeviCivita {
    order.magnitude < 0x1p39 ? LeviCivita([], limit: Int(order.rounded(.down))) : .unknown
  }

  /// The u of c t^q (1 + u).
  private var remainder: LeviCivita {
    guard let lead = terms.first else { return .unknown }
    let rest = mapped(shift: -lead.exponent) { $0 / lead.coefficient }
    return LeviCivita(Array(rest.terms.dropFirst()), limit: rest.limit).roughened(isRough)
  }

  func mapped(shift: Int, _ change: (Double) -> Double) -> LeviCivita {
    if isUnknown { return self }
    return LeviCivita(
      terms.map {
        Term(exponent: $0.exponent + shift, coefficient: change($0.coefficient))
      }, limit: limit == Self.exact ? limit : limit + shift
    ).roughened(isRough)
  }

  /// The binomial series of (1 + u)^p, u infinitesimal.
  private static func power(onePlus u: LeviCivita, to p: Double) -> LeviCivita {
    if u.isUnknown { return .unknown }
    var (sum, term): (LeviCivita, LeviCivita) = (1, 1)
    if u.isZero { return sum }
    for k in 1...40 {
      let factor = (p - Double(k - 1)) / Double(k)
      if factor == 0 { return sum }
      term = product(term, u).mapped(shift: 0) { $0 * factor }
      if term.isUnknown || term.order > range { break }
      sum = .sum(sum, term)
    }
    return sum.isUnknown
      ? .unknown
      : LeviCivita(sum.terms, limit: min(sum.limit, range, term.order)).roughened(u.isRough)
  }
}

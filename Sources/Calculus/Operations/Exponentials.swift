// Exponentials and logarithms.

enum Exponential: UnaryOperation {
  static var operation: Operation { .exp }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive, values: [0: 1]) }
  static var about: About { .function("exp", latex: "\\exp", "e to the power x") }
  static var continuation: UnaryContinuation { .analytic(Complex.exp) }
  static func value(_ x: Double) -> Double { Libm.exp(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value.magnitude < 700 ? Scaled(value(x.value)) : .exp(DoubleDouble(x.value))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y }
}

enum Exponential2: UnaryOperation {
  static var operation: Operation { .exp2 }
  static var facts: FunctionFacts {
    FunctionFacts(sign: .positive, values: [0: 1, 1: 2, 2: 4, 3: 8])
  }
  static var about: About { .function("exp2", "2 to the power x") }
  static var continuation: UnaryContinuation { .analytic(Complex.exp2) }
  static func value(_ x: Double) -> Double { Libm.exp2(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    let (x, whole) = (x.value, x.value.rounded())
    guard whole.magnitude < 0x1p39 else { return Scaled(value(x)) }
    return Scaled(Libm.exp2(x - whole), exponent: Int(whole))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { y * ln(x.constant(2)) }
}

enum ExponentialMinus1: UnaryOperation {
  static var operation: Operation { .expm1 }
  static var facts: FunctionFacts { FunctionFacts(values: [0: 0]) }
  static var about: About { .function("expm1", "exp(x) - 1, accurate near 0") }
  static var continuation: UnaryContinuation { .analytic(Complex.expm1) }
  static func value(_ x: Double) -> Double { Libm.expm1(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value > 700 ? Exponential.scaled(x) : x.fits ? Scaled(value(x.value)) : beyondRange(x)
  }
  // Not y + 1: that cancels for negative x.
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { exp(x) }
}

enum NaturalLogarithm: UnaryOperation {
  static var operation: Operation { .ln }
  static var facts: FunctionFacts { FunctionFacts(domain: .positive, values: [1: 0]) }
  static var about: About {
    .function(
      "ln", aliases: ["log"], latex: "\\ln", requires: "an argument > 0", "the natural logarithm")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.ln) }
  static func value(_ x: Double) -> Double { Libm.log(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    Scaled(x.fits ? value(x.value) : x.logarithm.high)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / x }
  static func isDefined(_ x: Double) -> Bool { x > 0 }
}

enum Logarithm2: UnaryOperation {
  static var operation: Operation { .log2 }
  static var facts: FunctionFacts {
    FunctionFacts(domain: .positive, values: [1: 0, 2: 1, 4: 2, 8: 3])
  }
  static var about: About {
    .function("log2", latex: "\\log_{2}", requires: "an argument > 0", "the logarithm to base 2")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.log2) }
  static func value(_ x: Double) -> Double { Libm.log2(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    Scaled(x.fits ? value(x.value) : Libm.log2(x.significand) + Double(x.exponent))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / x / ln(x.constant(2)) }
  static func isDefined(_ x: Double) -> Bool { x > 0 }
}

enum Logarithm10: UnaryOperation {
  static var operation: Operation { .log10 }
  static var facts: FunctionFacts {
    FunctionFacts(domain: .positive, values: [1: 0, 10: 1, 100: 2, 1000: 3])
  }
  static var about: About {
    .function("log10", latex: "\\log_{10}", requires: "an argument > 0", "the logarithm to base 10")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.log10) }
  static func value(_ x: Double) -> Double { Libm.log10(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    if x.fits { return Scaled(value(x.value)) }
    return Scaled((x.logarithm / DoubleDouble.log(DoubleDouble(10))).high)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / x / ln(x.constant(10)) }
  static func isDefined(_ x: Double) -> Bool { x > 0 }
}

enum Logarithm1Plus: UnaryOperation {
  static var operation: Operation { .log1p }
  static var facts: FunctionFacts { FunctionFacts(domain: .nonnegative, values: [0: 0]) }
  static var about: About {
    .function("log1p", requires: "an argument > -1", "ln(1 + x), accurate near 0")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.log1p) }
  static func value(_ x: Double) -> Double { Libm.log1p(x) }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value > 0x1p100
      ? NaturalLogarithm.scaled(x)
      : x.fits ? Scaled(value(x.value)) : beyondRange(x)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { 1 / (1 + x) }
  static func isDefined(_ x: Double) -> Bool { x > -1 }
}

/// log(x, base) = ln x / ln base.
enum LogarithmToBase: BinaryOperation {
  static var operation: Operation { .log }
  static var about: About {
    .function(
      "log", latex: "\\log", of: ["x", "base"],
      requires: "an argument > 0 and a base > 0 other than 1",
      "the logarithm of x to a base; log(x) alone is the natural logarithm")
  }
  static var continuation: BinaryContinuation { .analytic(Complex.log) }
  static func value(_ x: Double, _ base: Double) -> Double {
    base == .infinity ? Libm.log(x) / base : SpecialFunction.logarithm(x, base: base)
  }
  static func scaled(_ x: Scaled, _ base: Scaled) -> Scaled {
    if x.fits, base.fits { return Scaled(value(x.value, base.value)) }
    return Scaled((x.logarithm / base.logarithm).high)
  }
  static func partialX<S: Scalar>(_ x: S, _ base: S, _ z: S) -> S { 1 / x / ln(base) }
  static func partialY<S: Scalar>(_ x: S, _ base: S, _ z: S) -> S { -(z / base / ln(base)) }
  static func isDefined(_ x: Double, _ base: Double) -> Bool { x > 0 && base > 0 && base != 1 }
}

/// 1 / (1 + exp(-x)).
enum Sigmoid: UnaryOperation {
  static var operation: Operation { .sigmoid }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive) }
  static var about: About {
    .function("sigmoid", aliases: ["logistic", "expit"], "1/(1 + exp(-x)), without overflow")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.sigmoid) }
  static func value(_ x: Double) -> Double {
    let decay = Libm.exp(-x.magnitude)
    return (x < 0 ? decay : 1) / (1 + decay)
  }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value < -700 ? Exponential.scaled(x) : Scaled(value(x.value))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { S.apply(LogisticDensity.self, x) }
}

/// sigmoid(x) sigmoid(-x): not y (1 - y), which cancels for large x.
enum LogisticDensity: UnaryKernel {
  static var operation: Operation { .logisticDensity }
  static var about: About {
    .kernel("logisticDensity", "sigmoid(x)*sigmoid(-x)")
  }
  static func formula<S: Scalar>(_ x: S) -> S { sigmoid(x) * sigmoid(-x) }
  static func value(_ x: Double) -> Double {
    let decay = Libm.exp(-x.magnitude)
    return decay / (1 + decay) / (1 + decay)
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { -(y * tanh(x / 2)) }
}

/// ln(p / (1 - p)), the inverse of the sigmoid.
enum Logit: UnaryOperation {
  static var operation: Operation { .logit }
  static var about: About {
    .function("logit", of: ["p"], requires: "an argument between 0 and 1", "ln(p/(1 - p))")
  }
  static var continuation: UnaryContinuation { .analytic(Complex.logit) }
  // Beside its zero at 1/2 by way of log1p, where 2p - 1 is exact; elsewhere the logarithm of the
  // quotient would lose what log1p(-p) keeps.
  static func value(_ p: Double) -> Double {
    if (p - 0.5).magnitude < 0.25 { return Libm.log1p((2 * p - 1) / (1 - p)) }
    return Libm.log(p) - Libm.log1p(-p)
  }
  static func partial<S: Scalar>(_ p: S, _ y: S) -> S { S.apply(InverseBernoulliVariance.self, p) }
  static func isDefined(_ p: Double) -> Bool { p > 0 && p < 1 }
}

/// 1 / (p (1 - p)); 1 - 2p in its derivative is exact where it matters, beside 1/2.
enum InverseBernoulliVariance: UnaryKernel {
  static var operation: Operation { .inverseBernoulliVariance }
  static var about: About {
    .kernel(
      "inverseBernoulliVariance", of: ["p"], requires: "an argument other than 0 and 1",
      "1/(p*(1 - p))")
  }
  static func formula<S: Scalar>(_ p: S) -> S { 1 / (p * (1 - p)) }
  static func value(_ p: Double) -> Double { 1 / (p * (1 - p)) }
  static func partial<S: Scalar>(_ p: S, _ y: S) -> S { -(1 - 2 * p) * y * y }
}

/// ln(1 + exp(x)).
enum Softplus: UnaryOperation {
  static var operation: Operation { .softplus }
  static var facts: FunctionFacts { FunctionFacts(sign: .positive) }
  static var about: About { .function("softplus", "ln(1 + exp(x)), without overflow") }
  static var continuation: UnaryContinuation { .analytic(Complex.softplus) }
  static func value(_ x: Double) -> Double {
    Swift.max(x, 0) + Libm.log1p(Libm.exp(-x.magnitude))
  }
  static func scaled(_ x: Scaled) -> Scaled {
    x.value < -700 ? Exponential.scaled(x) : x.value > 700 ? x : Scaled(value(x.value))
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { sigmoid(x) }
}

/// ln(exp(x₁) + … + exp(xₙ)).
enum LogSumExp: VariadicOperation {
  static var operation: Operation { .logsumexp }
  static var about: About {
    .function(
      "logsumexp", of: ["x", "y", "…"], arity: 1...Int.max,
      "ln(exp(x) + exp(y) + …), without overflow")
  }
  static var continuation: VariadicContinuation { .analytic(Complex.logsumexp) }
  static func value(_ xs: [Double]) -> Double {
    let largest = Maximum.value(xs)
    guard largest.isFinite, let winner = xs.firstIndex(of: largest) else { return largest }
    var others = 0.0
    for (k, x) in xs.enumerated() where k != winner { others += Libm.exp(x - largest) }
    return largest + Libm.log1p(others)
  }
  static func scaled(_ xs: [Scaled]) -> Scaled {
    let value = value(xs.map(\.value))
    if value.isFinite || xs.allSatisfy(\.fits) { return Scaled(value) }
    let largest = Maximum.scaled(xs)
    return largest + ln(xs.reduce(0) { $0 + exp($1 - largest) })
  }
  /// The softmax weights exp(xₖ - y). The rounding of a large y would be an error of that size in
  /// the exponent, so numbers measure from the largest argument w instead: its weight is 1/(1 + Σ
  /// exp(xₖ - w)), whose derivative does not cancel either, and the others are in proportion.
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    let numbers = xs.compactMap(\.number)
    guard numbers.count == xs.count else {
      return xs.indices.map { SoftmaxWeight.term(at: $0, of: xs, y) }
    }
    // Among NaN there is no largest argument, and the kernel would call this function again.
    guard let winner = numbers.firstIndex(of: Maximum.value(numbers)) else {
      return xs.map { $0.constant(.nan) }
    }
    var weights = xs.indices.map { $0 == winner ? 0 : exp(xs[$0] - xs[winner]) }
    let largest = 1 / (1 + weights.dropFirst().reduce(weights[0]) { $0 + $1 })
    for k in weights.indices { weights[k] = k == winner ? largest : largest * weights[k] }
    return weights
  }
}

/// exp(xₖ) / (exp(x₁) + … + exp(xₙ)), of the arguments k, x₁, … xₙ: the derivative of logsumexp.
enum SoftmaxWeight: VariadicKernel {
  static var operation: Operation { .softmaxWeight }
  static var about: About {
    .kernel(
      "softmaxWeight", of: ["k", "x", "y", "…"], arity: 2...Int.max,
      "exp of one argument over the sum of all")
  }
  /// Each weight has all arguments, so n weights have n² edges; with more arguments than this, the
  /// formula exp(xₖ - y) is used.
  private static let limit = 64

  /// The weight of one of the arguments of logsumexp, which is `y`.
  static func term<S: Scalar>(at k: Int, of xs: [S], _ y: S) -> S {
    xs.count <= limit
      ? S.apply(SoftmaxWeight.self, [xs[k].constant(Double(k))] + xs) : exp(xs[k] - y)
  }

  static func formula<S: Scalar>(_ xs: [S]) -> S {
    let y = S.apply(LogSumExp.self, Array(xs.dropFirst()))
    return exp(chosen(xs) - y)
  }

  static func value(_ xs: [Double]) -> Double {
    let arguments = Array(xs.dropFirst())
    guard !xs[0].isNaN, arguments.indices.contains(Int(xs[0])) else { return .nan }
    return LogSumExp.partials(arguments, LogSumExp.value(arguments))[Int(xs[0])]
  }

  /// wₖ (1 - wₖ) and -wₖ wⱼ, the first by way of the other weights, which do not cancel.
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    let weights = xs.indices.dropFirst().map { place in
      S.apply(SoftmaxWeight.self, [xs[0].constant(Double(place - 1))] + xs.dropFirst())
    }
    let others = weights.indices.map { place in
      S.choose(
        xs[0], .equal, xs[0].constant(Double(place)), then: { 0 }, otherwise: { weights[place] })
    }
    let sum = others.dropFirst().reduce(others[0]) { $0 + $1 }
    return [0]
      + weights.indices.map { place in
        S.choose(
          xs[0], .equal, xs[0].constant(Double(place)), then: { y * sum },
          otherwise: { -(y * weights[place]) })
      }
  }

  static func roles(_ xs: [Double]) -> [EdgeRole] { [.flat] + xs.dropFirst().map { _ in .smooth } }

  /// xₖ.
  private static func chosen<S: Scalar>(_ xs: [S]) -> S {
    xs.indices.dropFirst(2).reduce(xs[1]) { chosen, place in
      S.choose(
        xs[0], .equal, xs[0].constant(Double(place - 1)), then: { xs[place] },
        otherwise: { chosen })
    }
  }
}

// On any scalar, as rules write them.

func exp<S: Scalar>(_ x: S) -> S { S.apply(Exponential.self, x) }
func ln<S: Scalar>(_ x: S) -> S { S.apply(NaturalLogarithm.self, x) }
func sigmoid<S: Scalar>(_ x: S) -> S { S.apply(Sigmoid.self, x) }

// Piecewise functions: absolute value, sign, steps, rounding, extremes, the conditional.

/// |x|, with derivative 0 at its corner by convention.
enum AbsoluteValue: UnaryOperation {
  static var operation: Operation { .abs }
  static var facts: FunctionFacts {
    FunctionFacts(parity: .even, sign: .positiveWithArgument, keepsWhole: true)
  }
  static var isLinear: Bool { true }
  static var about: About { .function("abs", notation: .bars, "the absolute value") }
  static var continuation: UnaryContinuation { .none }
  static func value(_ x: Double) -> Double { x.magnitude }
  static func scaled(_ x: Scaled) -> Scaled { x.magnitude }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { sign(x) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? .corner : nil }
  static func directional(_ x: Double, toward t: Double) -> Double {
    x == 0 ? t.magnitude : Sign.value(x) * t
  }
}

enum Sign: FlatUnaryOperation {
  static var operation: Operation { .sign }
  static var facts: FunctionFacts {
    FunctionFacts(parity: .odd, isWhole: true, values: [0: 0])
  }
  static var about: About {
    .function("sign", aliases: ["sgn", "signum"], "-1, 0 or 1 as x is negative, zero or positive")
  }
  static func value(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : .nan }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? .jump : nil }
  static func limit(_ x: Double, toward t: Double) -> Double { value(x == 0 ? t : x) }
}

/// 1 where x > 0, else 0; so it is the derivative of relu everywhere.
enum Step: FlatUnaryOperation {
  static var operation: Operation { .step }
  static var facts: FunctionFacts {
    FunctionFacts(sign: .nonnegative, isWhole: true, values: [0: 0, 1: 1])
  }
  static var about: About { .function("step", aliases: ["heaviside"], "1 where x > 0, else 0") }
  static func value(_ x: Double) -> Double { x > 0 ? 1 : x <= 0 ? 0 : .nan }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? .jump : nil }
  static func limit(_ x: Double, toward t: Double) -> Double { value(x == 0 ? t : x) }
}

/// max(x, 0), with derivative 0 at its corner by convention.
enum Relu: UnaryOperation {
  static var operation: Operation { .relu }
  static var facts: FunctionFacts { FunctionFacts(sign: .nonnegative, keepsWhole: true) }
  static var isLinear: Bool { true }
  static var about: About { .function("relu", "max(x, 0), with derivative 0 at 0") }
  static var continuation: UnaryContinuation { .none }
  static func value(_ x: Double) -> Double { x > 0 ? x : x <= 0 ? 0 : .nan }
  static func scaled(_ x: Scaled) -> Scaled {
    x.isNaN ? x : x.significand > 0 ? x : 0
  }
  static func partial<S: Scalar>(_ x: S, _ y: S) -> S { step(x) }
  static func role(_ x: Double) -> EdgeRole { x <= 0 ? .flat : .smooth }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? .corner : nil }
  static func directional(_ x: Double, toward t: Double) -> Double {
    x > 0 || (x == 0 && t > 0) ? t : 0
  }
}

enum Floor: FlatUnaryOperation {
  static var operation: Operation { .floor }
  static var facts: FunctionFacts {
    FunctionFacts(isWhole: true)
  }
  static var about: About {
    .function("floor", latex: "\\left\\lfloor #1\\right\\rfloor", "the largest whole number <= x")
  }
  static func value(_ x: Double) -> Double { x.rounded(.down) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x.isFinite && x == value(x) ? .jump : nil }
  static func limit(_ x: Double, toward t: Double) -> Double {
    t < 0 && x == value(x) ? x - 1 : value(x)
  }
}

enum Ceiling: FlatUnaryOperation {
  static var operation: Operation { .ceil }
  static var facts: FunctionFacts {
    FunctionFacts(isWhole: true)
  }
  static var about: About {
    .function(
      "ceil", aliases: ["ceiling"], latex: "\\left\\lceil #1\\right\\rceil",
      "the smallest whole number >= x")
  }
  static func value(_ x: Double) -> Double { x.rounded(.up) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { Floor.kink(x) }
  static func limit(_ x: Double, toward t: Double) -> Double {
    t > 0 && x == value(x) ? x + 1 : value(x)
  }
}

/// The nearest whole number; halves go to the even one, as in Python, NumPy and IEEE 754.
enum Round: FlatUnaryOperation {
  static var operation: Operation { .round }
  static var facts: FunctionFacts {
    FunctionFacts(parity: .odd, isWhole: true)
  }
  static var about: About {
    .function("round", "the nearest whole number; halves go to the even one")
  }
  static func value(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? {
    (x - x.rounded(.towardZero)).magnitude == 0.5 ? .jump : nil
  }
  static func limit(_ x: Double, toward t: Double) -> Double {
    kink(x) == nil || t == 0 ? value(x) : x.rounded(t > 0 ? .up : .down)
  }
}

enum Truncate: FlatUnaryOperation {
  static var operation: Operation { .trunc }
  static var facts: FunctionFacts {
    FunctionFacts(parity: .odd, isWhole: true)
  }
  static var about: About { .function("trunc", "x without its fraction, toward 0") }
  static func value(_ x: Double) -> Double { x.rounded(.towardZero) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ x: Double) -> Kink? { x == 0 ? nil : Floor.kink(x) }
  static func limit(_ x: Double, toward t: Double) -> Double {
    x > 0 ? Floor.limit(x, toward: t) : x < 0 ? Ceiling.limit(x, toward: t) : value(x)
  }
}

/// x itself, of which no engine takes the derivative.
enum StopGradient: FlatUnaryOperation {
  static var operation: Operation { .stopGradient }
  static var facts: FunctionFacts { FunctionFacts(parity: .odd, keepsWhole: true) }
  static var about: About {
    .function("stop_gradient", "x itself, a constant to every derivative but a difference quotient")
  }
  // Difference quotients do not see that derivatives are stopped, and neither does the complex
  // step.
  static var continuation: UnaryContinuation { .analytic { $0 } }
  static func value(_ x: Double) -> Double { x }
}

enum Maximum: VariadicOperation {
  static var operation: Operation { .max }
  static var isLinear: Bool { true }
  static var about: About {
    .function(
      "max", latex: "\\max", of: ["x", "y", "…"], arity: 1...Int.max,
      "the largest argument; ties share the derivative equally")
  }
  static var continuation: VariadicContinuation { .none }
  static func value(_ xs: [Double]) -> Double {
    xs.dropFirst().reduce(xs[0]) {
      $0.isNaN || $0 > $1 || ($0 == $1 && $1.sign == .minus) ? $0 : $1
    }
  }
  static func scaled(_ xs: [Scaled]) -> Scaled { Extreme.scaled(xs, .greater) }
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] { Extreme.shares(xs, y, .greater) }
  static func roles(_ xs: [Double]) -> [EdgeRole] { Extreme.roles(xs, value(xs)) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ xs: [Double]) -> Kink? { Extreme.kink(xs, value(xs)) }
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double {
    let winners = Extreme.winners(xs, value(xs))
    return winners.isEmpty ? .nan : value(winners.map { ts[$0] })
  }
}

enum Minimum: VariadicOperation {
  static var operation: Operation { .min }
  static var isLinear: Bool { true }
  static var about: About {
    .function(
      "min", latex: "\\min", of: ["x", "y", "…"], arity: 1...Int.max,
      "the smallest argument; ties share the derivative equally")
  }
  static var continuation: VariadicContinuation { .none }
  static func value(_ xs: [Double]) -> Double {
    xs.dropFirst().reduce(xs[0]) {
      $0.isNaN || $0 < $1 || ($0 == $1 && $0.sign == .minus) ? $0 : $1
    }
  }
  static func scaled(_ xs: [Scaled]) -> Scaled { Extreme.scaled(xs, .less) }
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] { Extreme.shares(xs, y, .less) }
  static func roles(_ xs: [Double]) -> [EdgeRole] { Extreme.roles(xs, value(xs)) }
  static var mayHaveKinks: Bool { true }
  static func kink(_ xs: [Double]) -> Kink? { Extreme.kink(xs, value(xs)) }
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double {
    let winners = Extreme.winners(xs, value(xs))
    return winners.isEmpty ? .nan : value(winners.map { ts[$0] })
  }
}

/// What the largest and the smallest argument have in common.
enum Extreme {
  /// 1 for the winner, an equal share for each of several, 0 for the others.
  static func shares<S: Scalar>(_ xs: [S], _ y: S, _ wins: Relation) -> [S] {
    // Two arguments are compared with each other, which gives the shorter formula.
    if xs.count == 2 {
      return [(xs[0], xs[1]), (xs[1], xs[0])].map { mine, other in
        S.choose(
          mine, wins, other, then: { 1 },
          otherwise: { S.choose(mine, .equal, other, then: { 0.5 }, otherwise: { 0 }) })
      }
    }
    let isWinner = xs.map { S.choose($0, .equal, y, then: { 1 }, otherwise: { 0 }) }
    guard xs.count <= comparedLimit else {
      let count = isWinner.reduce(0 as S) { $0 + $1 }
      return isWinner.map { $0 / count }
    }
    return xs.indices.map { mine in
      S.choose(
        xs[mine], .equal, y,
        then: {
          let ties = xs.indices.filter { $0 != mine }.map { other in
            S.choose(xs[other], .equal, xs[mine], then: { 1 }, otherwise: { 0 })
          }
          return 1 / ties.reduce(1 as S) { $0 + $1 }
        }, otherwise: { 0 })
    }
  }

  /// How many arguments are compared with each other at most, not with the extreme of all.
  private static let comparedLimit = 4

  static func scaled(_ xs: [Scaled], _ wins: Relation) -> Scaled {
    xs.dropFirst().reduce(xs[0]) { best, x in
      best.isNaN ? best : x.isNaN ? x : wins.holds(Scaled.order(x, best), 0) ? x : best
    }
  }

  /// The indices of the arguments that are the extreme; none where it is NaN.
  static func winners(_ xs: [Double], _ y: Double) -> [Int] { xs.indices.filter { xs[$0] == y } }

  static func roles(_ xs: [Double], _ y: Double) -> [EdgeRole] {
    y.isNaN ? Array(repeating: .smooth, count: xs.count) : xs.map { $0 == y ? .smooth : .flat }
  }

  static var mayHaveKinks: Bool { true }
  static func kink(_ xs: [Double], _ y: Double) -> Kink? {
    winners(xs, y).count > 1 ? .corner : nil
  }
}

/// min(max(x, low), high); at a bound x and the bound share the derivative equally.
enum Clamp: VariadicOperation {
  static var operation: Operation { .clamp }
  static var isLinear: Bool { true }
  static var about: About {
    .function(
      "clamp", aliases: ["clip"], of: ["x", "low", "high"], requires: "low <= high",
      "x, but at least low and at most high")
  }
  static var continuation: VariadicContinuation { .none }
  static func isDefined(_ xs: [Double]) -> Bool { xs[1] <= xs[2] }
  static func value(_ xs: [Double]) -> Double {
    isDefined(xs) ? Minimum.value([Maximum.value([xs[0], xs[1]]), xs[2]]) : .nan
  }
  static func scaled(_ xs: [Scaled]) -> Scaled {
    Scaled.order(xs[1], xs[2]) <= 0
      ? Minimum.scaled([Maximum.scaled([xs[0], xs[1]]), xs[2]]) : Scaled(.nan)
  }
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    let (x, low, high) = (xs[0], xs[1], xs[2])
    let raised = S.apply(Maximum.self, [x, low])
    let inner = Extreme.shares([x, low], raised, .greater)
    // Where one of the two has a share, it is what is compared with the upper bound.
    let outer = [x, low].map { Extreme.shares([$0, high], y, .less)[0] }
    return [
      outer[0] * inner[0], outer[1] * inner[1], Extreme.shares([raised, high], y, .less)[1],
    ]
  }
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    partials(xs, value(xs)).map { $0 == 0 ? .flat : .smooth }
  }
  static var mayHaveKinks: Bool { true }
  static func kink(_ xs: [Double]) -> Kink? {
    xs[0] == xs[1] || xs[0] == xs[2] || xs[1] == xs[2] ? .corner : nil
  }
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double {
    let raised = Maximum.value([xs[0], xs[1]])
    let inner = Maximum.directional([xs[0], xs[1]], toward: [ts[0], ts[1]])
    return Minimum.directional([raised, xs[2]], toward: [inner, ts[2]])
  }
}

/// if(condition, a, b): the branch that is taken, in the value and in every derivative.
enum Conditional: VariadicOperation {
  static var operation: Operation { .select }
  static var isLinear: Bool { true }
  static var about: About {
    .function(
      "if", notation: .cases, of: ["condition", "a", "b"],
      "a where the condition holds (is not 0), else b")
  }
  static var continuation: VariadicContinuation { .none }
  static func value(_ xs: [Double]) -> Double { xs[0].isNaN ? .nan : xs[0] != 0 ? xs[1] : xs[2] }
  static func scaled(_ xs: [Scaled]) -> Scaled {
    xs[0].isNaN ? xs[0] : xs[0].isZero ? xs[2] : xs[1]
  }
  static func partials<S: Scalar>(_ xs: [S], _ y: S) -> [S] {
    let isTaken: (Double, Double) -> S = { then, otherwise in
      S.choose(
        xs[0], .notEqual, 0, then: { xs[0].constant(then) },
        otherwise: { xs[0].constant(otherwise) })
    }
    return [0, isTaken(1, 0), isTaken(0, 1)]
  }
  static func roles(_ xs: [Double]) -> [EdgeRole] {
    xs[0] != 0 ? [.gate, .smooth, .ignored] : [.gate, .ignored, .smooth]
  }
  // A condition that is a number is true on both sides of 0, so it has a kink there.
  static var mayHaveKinks: Bool { true }
  static func kink(_ xs: [Double]) -> Kink? { xs[0] == 0 ? .jump : nil }
  static func limit(_ xs: [Double], toward ts: [Double]) -> Double {
    xs[0] == 0 && ts[0] != 0 ? xs[1] : value(xs)
  }
  static func directional(_ xs: [Double], toward ts: [Double]) -> Double {
    xs[0] != 0 || ts[0] != 0 ? ts[1] : ts[2]
  }
}

// On any scalar, as rules write them.

func sign<S: Scalar>(_ x: S) -> S { S.apply(Sign.self, x) }
func step<S: Scalar>(_ x: S) -> S { S.apply(Step.self, x) }
func floor<S: Scalar>(_ x: S) -> S { S.apply(Floor.self, x) }

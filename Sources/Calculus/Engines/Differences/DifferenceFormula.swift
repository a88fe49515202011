// The family of numerical derivatives: one declaration for each formula.

/// A formula that approximates a derivative by function values.
///
/// What a declaration says decides everything else: cost, truncation, rounding and the best step.
package struct DifferenceFormula: Sendable {
  /// How the function values make a derivative.
  enum Approach: Sendable {
    /// Σ weight · f(x + offset · h) / (divisor · h); offsets are whole multiples of the smallest.
    case stencil([Place], divisor: Double)
    /// Im f(x + ih) / h: nothing is subtracted, so nothing cancels.
    case complexStep
    /// Central quotients at ever smaller steps, extrapolated as long as that helps.
    case adaptive
  }

  typealias Place = (offset: Double, weight: Double)

  /// As `--difference` takes it.
  package let name: String
  /// The power of h in the truncation error; 0 where there is no single one.
  package let order: Int
  let approach: Approach
  /// The formulas to try where the function has no value at one of the points.
  let fallbackNames: [String]

  private init(
    _ name: String, order: Int, _ approach: Approach, fallbacks: [String] = []
  ) {
    self.name = name
    self.order = order
    self.approach = approach
    fallbackNames = fallbacks
  }

  /// (f(x + h) - f(x)) / h
  package static let forward = DifferenceFormula(
    "forward", order: 1, .stencil([(0, -1), (1, 1)], divisor: 1), fallbacks: ["backward"])

  /// (f(x) - f(x - h)) / h
  package static let backward = DifferenceFormula(
    "backward", order: 1, .stencil([(-1, -1), (0, 1)], divisor: 1), fallbacks: ["forward"])

  /// (f(x + h) - f(x - h)) / 2h
  package static let central = DifferenceFormula(
    "central", order: 2, .stencil([(-1, -1), (1, 1)], divisor: 2), fallbacks: oneSided)

  /// (f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h)) / 12h
  package static let fivePoint = DifferenceFormula(
    "five-point", order: 4,
    .stencil([(-2, 1), (-1, -8), (1, 8), (2, -1)], divisor: 12), fallbacks: oneSided)

  /// Central quotients D at h, h/2 and h/4, extrapolated to 0: (D(h) - 20 D(h/2) + 64 D(h/4)) / 45.
  package static let richardson = DifferenceFormula(
    "richardson", order: 6,
    .stencil(
      [(-1, -1), (-0.5, 40), (-0.25, -256), (0.25, 256), (0.5, -40), (1, 1)], divisor: 90),
    fallbacks: oneSided)

  /// Im f(x + ih) / h
  package static let complexStep = DifferenceFormula("complex", order: 2, .complexStep)

  /// Ridders' method: the step and the order that the function itself calls for.
  package static let adaptive = DifferenceFormula("adaptive", order: 0, .adaptive)

  /// (-3 f(x) + 4 f(x + h) - f(x + 2h)) / 2h, where a two-sided formula would leave the domain.
  package static let forwardThreePoint = DifferenceFormula(
    "3-point forward", order: 2, .stencil([(0, -3), (1, 4), (2, -1)], divisor: 2))

  /// (3 f(x) - 4 f(x - h) + f(x - 2h)) / 2h
  package static let backwardThreePoint = DifferenceFormula(
    "3-point backward", order: 2, .stencil([(-2, 1), (-1, -4), (0, 3)], divisor: 2))

  private static let oneSided = ["3-point forward", "3-point backward"]

  /// The formulas to choose from.
  package static let choices = [
    forward, backward, central, fivePoint, richardson, adaptive, complexStep,
  ]
  /// Every formula there is.
  package static let all = choices + [forwardThreePoint, backwardThreePoint]

  /// The formula that `--difference` or a fallback calls so; nil if there is none.
  package static func named(_ name: String) -> DifferenceFormula? {
    all.first { $0.name == name }
  }

  var fallbacks: [DifferenceFormula] { fallbackNames.compactMap(Self.named) }
}

extension DifferenceFormula: Equatable {
  /// Formulas are compared by their names, which are unique.
  package static func == (x: DifferenceFormula, y: DifferenceFormula) -> Bool { x.name == y.name }
}

// What a declaration implies.

extension DifferenceFormula {
  private var stencil: (places: [Place], divisor: Double) {
    if case .stencil(let places, let divisor) = approach { (places, divisor) } else { ([], 1) }
  }

  /// How often it evaluates the function for one derivative, besides f(x) itself; nil if it adapts.
  package var evaluations: Int? {
    switch approach {
    case .stencil(let places, _): places.count { $0.offset != 0 }
    case .complexStep: 1
    case .adaptive: nil
    }
  }

  /// The largest and the smallest distance of a place from x, in steps.
  var reach: (largest: Double, smallest: Double) {
    let distances = stencil.places.map(\.offset.magnitude).filter { $0 > 0 }
    return (distances.max() ?? 1, distances.min() ?? 1)
  }

  /// What the formula makes of the term tᵏ of a Taylor series in t: hᵏ⁻¹ times this, where the
  /// exact derivative is 0 for every k but 1.
  func moment(_ k: Int) -> Double {
    switch approach {
    case .stencil(let places, let divisor):
      places.reduce(0) { sum, place in
        sum + place.weight * (0..<k).reduce(1) { power, _ in power * place.offset }
      } / divisor
    case .complexStep: k % 2 == 0 ? 0 : k % 4 == 1 ? 1 : -1
    case .adaptive: 0
    }
  }

  /// How much of an error in the function values can come through, in units of 1/h; 0 where
  /// nothing is subtracted.
  var amplification: Double {
    stencil.places.reduce(0) { $0 + $1.weight.magnitude } / stencil.divisor
  }

  /// The step that makes truncation and rounding together smallest: with a h^p of the one and b/h
  /// of the other, h = (b / (p a))^(1/(p + 1)).
  static func bestStep(truncation a: Double, order p: Int, rounding b: Double) -> Double {
    Libm.pow(b / (Double(p) * a), 1 / Double(p + 1))
  }

  /// The best step for a function that varies by its own size over `size`, as a power of two, so
  /// that few digits of x + h are lost.
  func defaultStep(_ size: Double) -> Double {
    guard case .stencil = approach else { return Self.complexStep(size) }
    let fraction = Self.bestStep(
      truncation: moment(order + 1).magnitude, order: order, rounding: amplification * 0x1p-53)
    let step = Swift.max(fraction * size, .leastNormalMagnitude)
    return Double(sign: .plus, exponent: (step * 2.squareRoot()).exponent, significand: 1)
  }

  /// So small that truncation does not show in the result, and large enough for imaginary parts not
  /// to underflow.
  private static func complexStep(_ size: Double) -> Double {
    Swift.max(size * 0x1p-60, Swift.min(size * 0x1p-30, 0x1p-900), .leastNormalMagnitude)
  }
}

// A check of a claim: by algebra, at points, and where it fails by a counterexample and a diagnosis.
import Calculus
import Language
import Syntax

/// What a claim comes to.
package struct ClaimResult: Sendable {
  /// What the verdict rests on.
  package enum Evidence: Sendable {
    case algebra
    case points(Int)
  }

  /// The derivative that was claimed.
  package let key: DerivativeKey
  /// The claim as it was written.
  package let text: String
  /// The variables that the claim is about, by index.
  package let variables: [Int]
  /// How it stands, over all points.
  package let verdict: Verdict
  /// What shows it.
  package let evidence: Evidence
  /// The point where claim and derivative are farthest apart; where it fails, the simplest one found.
  package let telling: Comparison
  /// What went wrong, where one mistake explains every value; nil otherwise.
  package let mistake: Mistake?
  /// What has to be said of the derivative itself: kinks, jumps, missing values.
  package let explanations: [Explanation]
}

/// Holds claims against the derivatives.
package struct ClaimJudge {
  private let subject: Subject
  private let claims: [Claim]
  /// What the derivatives are along each way.
  private let references: PerWay<Reference>
  /// The derivatives as formulas, those of each claim at one root; none where there are several ways.
  private let formulas: [DerivativeKey: (whole: Formulas, root: Int)]
  private let sampler: Sampler
  /// The points that the user chose; nil for random ones.
  private let chosen: [[Double]]?
  private let random: [[Double]]
  private let tolerance: Double
  private let allowsRounding: Bool
  private let name: (DerivativeKey) -> String

  /// - Parameters:
  ///   - chosen: the points that the user chose; none for random ones.
  ///   - random: random points of the domain, which formulas are judged and diagnosed at.
  ///   - allowsRounding: whether printed numbers that are right but for rounding pass, with a word.
  ///   - name: what messages call a derivative.
  package init(
    _ subject: Subject, _ claims: [Claim], chosen: [[Double]]?, random: [[Double]],
    sampler: Sampler, tolerance: Double = VoteJudge.defaultTolerance,
    allowsRounding: Bool = false, name: @escaping (DerivativeKey) -> String
  ) {
    self.subject = subject
    self.claims = claims
    self.chosen = chosen
    self.random = random
    self.sampler = sampler
    self.tolerance = tolerance
    self.allowsRounding = allowsRounding
    self.name = name
    references = PerWay(subject) { Reference($0, claims.map(\.key)) }
    var formulas: [DerivativeKey: (Formulas, Int)] = [:]
    for output in subject.outputs.indices where !subject.isBoundToPoint {
      let keys = claims.map(\.key).filter { $0.output == output }
      guard let whole = subject.formulas(of: output, along: keys.map(\.path)) else { continue }
      for (root, key) in keys.enumerated() { formulas[key] = (whole, root) }
    }
    self.formulas = formulas
  }

  /// A result for each claim, in their order.
  package func results() -> [ClaimResult] {
    let points = chosen ?? random
    let values = points.map { references.at($0).values(at: $0) }
    return claims.indices.map { index in
      let result = result(index, Array(zip(points, values.map { $0[index] })))
      guard result.verdict == .agree, let wrong = wrongOnEquality(index) else { return result }
      return ClaimResult(
        key: result.key, text: result.text, variables: result.variables, verdict: .disagree,
        evidence: .points(1), telling: wrong, mistake: nil, explanations: [])
    }
  }

  /// What is wrong where a condition such as `x == 0` holds, of the claim or of the function: neither
  /// algebra nor random points see it.
  private func wrongOnEquality(_ index: Int) -> Comparison? {
    guard chosen == nil, !subject.isBoundToPoint, let formula = claims[index].formula else {
      return nil
    }
    let key = claims[index].key
    let output = subject.outputs[key.output]
    let count = subject.variables.count
    let points =
      output.graph.pointsAtEdges(under: output.root, variableCount: count, near: random)
      + formula.graph.pointsAtEdges(under: formula.root, variableCount: count, near: random)
    for point in points where sampler.isInRange(point) {
      let reference = references.at(point)
      let derivative = reference.values(at: point)[index]
      let standing = Standing(
        reference.subject, key, derivative, at: point, name: name(key))
      let comparison = comparison(index, derivative, at: point, standing.verdict)
      if comparison.verdict == .disagree { return comparison }
    }
    return nil
  }

  private func result(
    _ index: Int, _ places: [(point: [Double], derivative: Double)]
  ) -> ClaimResult {
    let claim = claims[index]
    var explanations: [Explanation] = []
    var comparisons = places.enumerated().map { place, pair in
      let (point, derivative) = pair
      // Random points are smooth, but a second derivative may still fail to exist.
      guard chosen != nil else {
        return comparison(
          index, derivative, at: point, derivative.isFinite ? .agree : .outside, place: place)
      }
      let standing = Standing(
        references.at(point).subject, claim.key, derivative, at: point, name: name(claim.key))
      if explanations.isEmpty { explanations = standing.explanations }
      return comparison(index, derivative, at: point, standing.verdict, place: place)
    }
    let isMostlyWrong = 2 * comparisons.count { $0.verdict == .disagree } > comparisons.count
    let isEqual = !isMostlyWrong && isEqualByAlgebra(claim)
    if isEqual {
      // What algebra has shown, rounding at some points cannot refute; a missing value it can.
      comparisons = comparisons.map {
        $0.verdict == .disagree && $0.claim.isFinite || $0.verdict == .illConditioned
          ? $0.with(.agree) : $0
      }
    }
    let verdict = Verdict.over(comparisons.map(\.verdict), areChosen: chosen != nil)
    let worst =
      comparisons.filter { $0.verdict == verdict }.max { $0.strain < $1.strain } ?? comparisons[0]
    let isWrong = verdict == .disagree
    let telling = isWrong ? counterexample(index, comparisons) : worst
    if isWrong, allowsRounding,
      let rounded = claim.rounding(comparisons) ?? claim.imprecision(comparisons)
    {
      let count = comparisons.count { $0.verdict == .agree || $0.verdict == .disagree }
      return ClaimResult(
        key: claim.key, text: claim.text, variables: claim.variables, verdict: .agree,
        evidence: .points(count), telling: telling, mistake: nil,
        explanations: [.reading("\(name(claim.key)): \(rounded.message)")])
    }
    return ClaimResult(
      key: claim.key, text: claim.text, variables: claim.variables, verdict: verdict,
      evidence: isEqual && !isWrong
        ? .algebra : .points(comparisons.count { $0.verdict == .agree || isWrong }),
      telling: telling,
      mistake: isWrong
        ? mistake(index, comparisons, along: references.at(telling.point).subject) : nil,
      explanations: verdict == .agree ? [] : explanations)
  }

  private func isEqualByAlgebra(_ claim: Claim) -> Bool {
    guard let own = claim.formula, let (whole, root) = formulas[claim.key] else { return false }
    return whole.isEqual(root, to: own.root, of: own.graph)
  }

  // MARK: One point

  /// - Parameter place: the point's place among those that are judged; numbers are about these.
  private func comparison(
    _ index: Int, _ derivative: Double, at point: [Double], _ standing: Verdict, place: Int = 0
  ) -> Comparison {
    let claim = claims[index]
    let statement = claim.statement(at: point, place)
    guard standing == .agree else {
      let isRight = standing == .outside && claim.admitsNoValue(statement.value, derivative)
      let isWrong =
        standing == .kink
        && isBeyondSides(statement.value, statement.allowance, of: claim.key, at: point)
      return Comparison(
        point: point, claim: statement.value, derivative: derivative,
        verdict: isRight ? .agree : isWrong ? .disagree : standing,
        error: .infinity, halfUnit: 0, strain: isWrong ? .infinity : 0)
    }
    let subject = references.at(point).subject
    let computation = subject.outputs[claim.key.output].computation
    if claim.key.path.count == 1,
      let found = computation.slopeAgainst(
        derivative, at: point, along: computation.tape.unit(claim.key.path[0]))
    {
      // The slope along the way is not that of the result.
      let error = statement.error + found.error
      let (verdict, strain) = verdict(statement.value, found.value, error, statement.allowance)
      return Comparison(
        point: point, claim: statement.value, derivative: found.value, verdict: verdict,
        error: error, halfUnit: statement.halfUnit, strain: strain)
    }
    let error = statement.error + references.at(point).error(of: index, derivative, at: point)
    let (verdict, strain) = verdict(statement.value, derivative, error, statement.allowance)
    return Comparison(
      point: point, claim: statement.value, derivative: derivative, verdict: verdict, error: error,
      halfUnit: statement.halfUnit, strain: strain)
  }

  /// Whether a claim about a first derivative at a kink is none of the subgradients: it lies outside
  /// of what is between the one-sided derivatives.
  private func isBeyondSides(
    _ value: Double, _ allowance: Double, of key: DerivativeKey, at point: [Double]
  ) -> Bool {
    let computation = references.at(point).subject.outputs[key.output].computation
    guard key.path.count == 1 else { return false }
    // A formula that has no value at a kink says what is true of it.
    guard !value.isNaN else { return false }
    let sides = computation.tape.sides(at: point, along: computation.tape.unit(key.path[0]))
    let slopes = [sides.left.slope, sides.right.slope]
    guard let least = slopes.min(), let most = slopes.max(), slopes.allSatisfy(\.isFinite)
    else { return false }
    // Far more than the digits that one-sided slopes have.
    let slack = 1e-3 * max(1, least.magnitude, most.magnitude) + allowance
    return value < least - slack || value > most + slack
  }

  private func verdict(
    _ value: Double, _ derivative: Double, _ error: Double, _ halfUnit: Double
  ) -> (Verdict, strain: Double) {
    guard value.isFinite else { return (.disagree, .infinity) }
    let size = max(value.magnitude, derivative.magnitude)
    let difference = (value - derivative).magnitude
    let plain = tolerance * size + 16 * .leastNonzeroMagnitude + halfUnit * (1 + 1e-9)
    if difference <= plain { return (.agree, difference / plain) }
    let rounding = 8 * error
    let strain = difference / (plain + rounding)
    // An error that is not finite forbids to say anything.
    if !(strain > 1) { return (rounding <= 1e-3 * size ? .agree : .illConditioned, strain) }
    // Below the smallest normal number there are digits for the size only.
    if size < .leastNormalMagnitude, difference <= 0.5 * size { return (.illConditioned, strain) }
    return (.disagree, strain)
  }

  // MARK: Where it fails

  /// The simplest point at which the claim is wrong beyond doubt.
  private func counterexample(_ index: Int, _ comparisons: [Comparison]) -> Comparison {
    let wrong = comparisons.filter { $0.verdict == .disagree }
    if chosen != nil { return wrong[0] }
    guard claims[index].formula != nil else {
      let grossly = wrong.filter { !$0.isRounding }
      return Self.simplest(grossly.isEmpty ? wrong : grossly)
    }
    // A claim that fails by having no value may have none at 0 with better reason.
    let needsValue = wrong.contains { $0.claim.isFinite }
    for point in sampler.simplePoints() where sampler.isInDomain(point) {
      let derivative = references.at(point).values(at: point)[index]
      guard derivative.isFinite else { continue }
      let comparison = comparison(index, derivative, at: point, .agree)
      if comparison.verdict == .disagree, comparison.claim.isFinite || !needsValue {
        return comparison
      }
    }
    return Self.simplest(wrong)
  }

  private static func simplest(_ wrong: [Comparison]) -> Comparison {
    wrong.min { length($0.point) < length($1.point) } ?? wrong[0]
  }

  /// How much there is to write.
  private static func length(_ point: [Double]) -> Int {
    point.reduce(0) { $0 + shortest($1).utf8.count }
  }

  private func mistake(
    _ index: Int, _ comparisons: [Comparison], along way: Subject
  ) -> Mistake? {
    let claim = claims[index]
    if let mistake = claim.rounding(comparisons) { return mistake }
    var usable = comparisons
    if !claim.isOfNumbers, chosen != nil {
      usable = random.map { point in
        comparison(index, references.at(point).values(at: point)[index], at: point, .agree)
      }
    }
    // What is wrong of one way may be right of another.
    usable = usable.filter { way.hasSameWay(at: $0.point) }
    let evidence = evidence(usable)
    let diagnoser = Diagnoser(
      subject: way, key: claim.key, evidence: evidence, name: name)
    let mistake = diagnoser.mistake(in: claim.formula?.tape) { other in
      guard let position = claims.firstIndex(where: { $0.key == other }) else { return false }
      let values = claims[position].values(at: usable.map(\.point))
      return zip(values, usable).allSatisfy { value, comparison in
        (value - comparison.derivative).magnitude
          <= 1e-8 * max(value.magnitude, comparison.derivative.magnitude) + 16 * comparison.error
      }
    }
    return mistake ?? claim.imprecision(comparisons)
  }

  private func evidence(_ comparisons: [Comparison]) -> Evidence {
    Evidence(
      comparisons.filter {
        $0.claim.isFinite && $0.derivative.isFinite && $0.error.isFinite
          && $0.verdict != .outside && $0.verdict != .kink
      })
  }
}

extension Comparison {
  var size: Double { max(claim.magnitude, derivative.magnitude) }
  var difference: Double { (claim - derivative).magnitude }

  fileprivate func with(_ verdict: Verdict) -> Comparison {
    Comparison(
      point: point, claim: claim, derivative: derivative, verdict: verdict, error: error,
      halfUnit: halfUnit, strain: strain)
  }
}

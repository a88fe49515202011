// A check without a claim: every engine votes on each derivative, at each point.
import Calculus
import Language
import Syntax

/// The engines' answers for one derivative at one point.
package struct Votes: Sendable {
  /// One number for each variable.
  package let point: [Double]
  /// The derivative by forward mode.
  package let forward: Double
  /// The derivative by reverse mode.
  package let reverse: Double
  /// nil where the formulas would take too much to find.
  package let symbolic: Double?
  /// nil where numerical mode was not asked.
  package let numerical: AdaptiveDerivative?
  /// Whether the engines that have an answer agree to within rounding.
  package let verdict: Verdict
  /// The largest distance between votes, in units of what rounding allows.
  let strain: Double
}

/// What the votes for one derivative come to.
package struct VoteResult: Sendable {
  /// What the engines vote on.
  package enum Quantity: Sendable {
    case partial(DerivativeKey)
    /// The derivative of an output along a direction that was drawn for it.
    case directional(output: Int, direction: [Double])
  }

  /// The derivative that was voted on.
  package let quantity: Quantity
  /// The verdict over all points.
  package let verdict: Verdict
  /// The votes at the point where they are farthest apart.
  package let worst: Votes
  /// At how many points there were votes, and at how many of them numerical mode had an answer.
  package let pointCount: Int
  /// At how many points numerical mode had an answer that agrees with the others.
  package let numericalCount: Int
  /// Why the engines disagree or have no answer; empty where they agree.
  package let explanations: [Explanation]
}

/// Lets the engines vote.
package struct VoteJudge {
  private let subject: Subject
  private let ways: PerWay<Way>
  private let areChosen: Bool
  private let tolerance: Double
  private let name: (DerivativeKey) -> String

  /// How far two exact engines may be apart, relative to the numbers' size, before rounding errors
  /// are estimated.
  package static let defaultTolerance = 1e-9

  /// What numerical mode may cost for one output, in operations: it takes some 50 evaluations for
  /// each derivative and point, which is too much for long programs.
  private static let numericalBudget = 20_000_000
  /// How many nodes an output may have for symbolic mode to vote, too.
  private static let mostFormulaNodes = 100_000
  /// What it costs to elaborate an operation, in runs of the operation.
  private static let costOfRerun = 10

  /// What the engines run for one path of a program.
  private struct Way {
    let subject: Subject
    let reference: Reference
    /// One for each output; nil for outputs with too many nodes.
    let formulas: [GradientFormulas?]

    init(_ subject: Subject) {
      self.subject = subject
      reference = Reference(subject, subject.gradientKeys, asksTwice: false)
      formulas = subject.outputs.map {
        $0.graph.count > VoteJudge.mostFormulaNodes
          ? nil : GradientFormulas($0.graph, output: $0.root, isActive: subject.isActive)
      }
    }

    func computation(_ output: Int) -> Computation { subject.outputs[output].computation }
  }

  /// - Parameters:
  ///   - areChosen: whether the user chose the points.
  ///   - name: what messages call a derivative.
  package init(
    _ subject: Subject, areChosen: Bool, tolerance: Double = defaultTolerance,
    name: @escaping (DerivativeKey) -> String
  ) {
    self.subject = subject
    self.areChosen = areChosen
    self.tolerance = tolerance
    self.name = name
    ways = PerWay(subject) { Way($0) }
  }

  /// - Parameter random: draws the directions.
  package func results(at points: [[Double]], _ random: inout SplitMix64) -> [VoteResult] {
    subject.outputs.indices.flatMap { output in
      let partials = self.partials(of: output, at: points)
      guard subject.activeVariables.count > 1 else { return partials }
      return partials + [directional(output, at: points, &random)]
    }
  }

  private func partials(of output: Int, at points: [[Double]]) -> [VoteResult] {
    let engines = points.map { point in
      let way = ways.at(point)
      let tape = way.computation(output).tape
      return (
        tape.forwardGradient(at: point).partials, tape.reverseGradient(at: point).partials,
        way.formulas[output].map { tape.settledPartials($0.partials(at: point), at: point) }
      )
    }
    let numericalPoints = numericalPoints(for: output) / subject.activeVariables.count
    return subject.activeVariables.map { variable in
      let key = DerivativeKey(output: output, path: [variable])
      var explanations: [Explanation] = []
      let votes = zip(points, engines).enumerated().map { index, place in
        let (point, engines) = place
        let way = ways.at(point)
        let standing = standing(key, engines.1[variable], at: point, along: way.subject)
        if explanations.isEmpty { explanations = standing?.explanations ?? [] }
        let votes = self.votes(
          way.computation(output), point, way.computation(output).tape.unit(variable),
          (engines.0[variable], engines.1[variable], engines.2?[variable]),
          standing?.verdict ?? .agree, isNumerical: index < numericalPoints
        ) { value in
          let rounding =
            way.reference.keys.firstIndex(of: key)
            .map { way.reference.rounding(of: $0, value, at: point) } ?? .infinity
          return rounding + (way.formulas[output]?.errors(at: point)[variable] ?? 0)
        }
        if explanations.isEmpty, votes.verdict == .disagree {
          explanations = aboutPath(way.computation(output), key, votes)
        }
        return votes
      }
      return result(.partial(key), votes, explanations)
    }
  }

  /// A note that the program takes other branches near the point, where that is why the votes are
  /// apart.
  private func aboutPath(
    _ computation: Computation, _ key: DerivativeKey, _ votes: Votes
  ) -> [Explanation] {
    computation.slopeAgainst(
      votes.reverse, at: votes.point, along: computation.tape.unit(key.path[0])
    ).map { [.pathSlope(name(key), votes.reverse, $0, computation)] } ?? []
  }

  /// d·∇f, by every engine, along a random direction: one check for all partial derivatives.
  private func directional(
    _ output: Int, at points: [[Double]], _ random: inout SplitMix64
  ) -> VoteResult {
    let unscaled = subject.isActive.map { isActive in
      isActive ? Sampler.rounded(random.value(in: -1...1)) : 0
    }
    let numericalPoints = max(1, numericalPoints(for: output))
    let votes = points.enumerated().map { index, point in
      let way = ways.at(point)
      let (tape, reference) = (way.computation(output).tape, way.reference)
      let direction = Self.scaled(unscaled, at: point)
      let symbolic = way.formulas[output].map { formulas in
        let product = zip(formulas.partials(at: point), direction)
          .reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
        return tape.settled([product], at: point, along: { _ in direction })[0]
      }
      let reverse = tape.reverseDerivative(at: point, along: direction).partials[0]
      let ofPartials: Verdict = subject.activeVariables.reduce(.agree) { verdict, variable in
        let key = DerivativeKey(output: output, path: [variable])
        let standing = self.standing(key, reverse, at: point, along: way.subject)
        return max(verdict, standing?.verdict ?? .agree)
      }
      let forward = tape.forwardDerivative(at: point, along: direction).partials[0]
      let isLinear = Self.isLinear(tape, at: point, direction, slope: forward)
      let standing = max(ofPartials, isLinear ? .agree : .kink)
      return self.votes(
        way.computation(output), point, direction,
        (forward, reverse, symbolic), standing, isNumerical: index < numericalPoints
      ) { _ in
        let partials = tape.reverseGradient(at: point).partials
        let ofFormulas = way.formulas[output]?.errors(at: point)
        return reference.keys.indices.reduce(0) { sum, index in
          let (key, variable) = (reference.keys[index], reference.keys[index].path[0])
          guard key.output == output else { return sum }
          let value = partials[variable]
          let rounding =
            reference.rounding(of: index, value, at: point) + (ofFormulas?[variable] ?? 0)
          return sum + (rounding + 0x1p-52 * value.magnitude) * direction[variable].magnitude
        }
      }
    }
    return result(.directional(output: output, direction: unscaled), votes, [])
  }

  /// Whether the derivative along a direction is the gradient's product with it. At a kink, or
  /// where an operation's slope is infinite, all partial derivatives may exist and yet not give it.
  ///
  /// - Parameter slope: the derivative along the direction by forward mode.
  private static func isLinear(
    _ tape: Tape, at point: [Double], _ direction: [Double], slope: Double
  ) -> Bool {
    let values = tape.slotValues(at: point)
    guard slope.isFinite else { return false }
    guard
      tape.hasKink(values) || !tape.slotTangents(at: point, seeds: direction)[tape.output].isFinite
    else { return true }
    let product = zip(tape.reverseGradient(at: point).partials, direction)
      .reduce(0) { $0 + ($1.1 == 0 ? 0 : $1.0 * $1.1) }
    let sides = tape.sides(at: point, along: direction)
    return [sides.left, sides.right].allSatisfy { side in
      let size = max(side.slope.magnitude, product.magnitude)
      return size.isFinite && (side.slope - product).magnitude <= 1e-9 * size
        && (side.limit - values[tape.output]).magnitude <= 1e-9 * side.limit.magnitude
    }
  }

  /// A direction whose components are in proportion to the sizes of variables that are far from 1,
  /// such as physical constants in SI units: a step along it changes all of them by the same
  /// relative amount.
  ///
  /// The factors are powers of two, and 1 for values that are 0 or between 0.01 and 100.
  private static func scaled(_ direction: [Double], at point: [Double]) -> [Double] {
    zip(direction, point).map { component, value in
      let size = value.magnitude
      guard component != 0, size.isNormal, size < 1e-2 || size > 1e2 else { return component }
      return component * size.binade
    }
  }

  /// Whether the derivative exists at a point that the user chose; random points are chosen where
  /// it does.
  private func standing(
    _ key: DerivativeKey, _ value: Double, at point: [Double], along way: Subject
  ) -> Standing? {
    guard areChosen else { return nil }
    return Standing(way, key, value, at: point, name: name(key))
  }

  /// At how many points numerical mode may be asked for one derivative of an output.
  private func numericalPoints(for output: Int) -> Int {
    let computation = subject.outputs[output].computation
    let cost =
      computation.isBoundToPoint
      ? Self.costOfRerun * computation.operationCount : computation.tape.count
    return Self.numericalBudget / (50 * max(1, cost))
  }

  private func result(
    _ quantity: VoteResult.Quantity, _ votes: [Votes], _ explanations: [Explanation]
  ) -> VoteResult {
    let verdict = Verdict.over(votes.map(\.verdict), areChosen: areChosen)
    let telling = votes.filter { $0.verdict == verdict }
    let worst = telling.max { $0.strain < $1.strain } ?? votes[0]
    var quantity = quantity
    if case .directional(let output, let direction) = quantity {
      quantity = .directional(output: output, direction: Self.scaled(direction, at: worst.point))
    }
    return VoteResult(
      quantity: quantity, verdict: verdict, worst: worst,
      pointCount: votes.count,
      // An answer that does not agree with the others is not counted.
      numericalCount: votes.count {
        $0.numerical?.errorEstimate.isFinite == true && !isRefuted($0.reverse, by: $0.numerical)
      },
      explanations: verdict == .agree ? [] : explanations)
  }

  // MARK: One point

  private func votes(
    _ computation: Computation, _ point: [Double], _ direction: [Double],
    _ engines: (forward: Double, reverse: Double, symbolic: Double?), _ standing: Verdict,
    isNumerical: Bool, error: (Double) -> Double
  ) -> Votes {
    let tape = computation.tape
    // Difference quotients do not see stop_gradient.
    let isHidden = (0..<tape.count).contains { tape.operation(in: $0) == .stopGradient }
    let numerical =
      standing == .outside || isHidden || !isNumerical
      ? nil
      : tape.numericalVote(
        at: point, along: direction, rerun: Rerun(computation).function)
    var verdict = standing
    var strain = 0.0
    if standing == .agree {
      (verdict, strain) = exactVerdict(engines, error)
      if verdict == .agree, isRefuted(engines.reverse, by: numerical) {
        let isCoarse = isCoarse(engines.reverse, computation, at: point, along: direction)
        let isContradicted =
          !isCoarse && !isLimit(tape, at: point, along: direction)
          && isContradicted(engines.reverse, computation, at: point, along: direction)
        // Where the value is mostly rounding error, its difference quotients say nothing of the
        // slope.
        let isNoise = 8 * error(engines.reverse) > 1e-3 * engines.reverse.magnitude
        if isCoarse || isContradicted {
          (verdict, strain) = (isNoise || isCoarse ? .illConditioned : .disagree, .infinity)
        }
      }
      if verdict == .agree, isNumerical,
        computation.slopeAgainst(engines.reverse, at: point, along: direction) != nil
      {
        (verdict, strain) = (.disagree, .infinity)
      }
    }
    return Votes(
      point: point, forward: engines.forward, reverse: engines.reverse,
      symbolic: engines.symbolic, numerical: numerical, verdict: verdict, strain: strain)
  }

  /// Whether the derivative is a limit that was found by series on both sides: a quotient's error
  /// may shrink as slowly as any small power of its step.
  private func isLimit(_ tape: Tape, at point: [Double], along direction: [Double]) -> Bool {
    tape.turns == nil
      && (tape.hasKink(tape.slotValues(at: point))
        || !tape.slotTangents(at: point, seeds: direction)[tape.output].isFinite)
  }

  /// Whether the function changes completely from one double to the next near the point.
  private func isCoarse(
    _ slope: Double, _ computation: Computation, at point: [Double], along direction: [Double]
  ) -> Bool {
    let spacing =
      zip(point, direction).filter { $0.1 != 0 }
      .map { $0.0.ulp / $0.1.magnitude }.min() ?? 0
    return slope.magnitude * spacing > computation.tape.value(at: point).magnitude
  }

  /// Whether plain difference quotients contradict a value on a single path of the program: where
  /// it takes other branches nearby, quotients do not approximate its derivative.
  private func isContradicted(
    _ value: Double, _ computation: Computation, at point: [Double], along direction: [Double]
  ) -> Bool {
    let rerun = Rerun(computation)
    return computation.tape.contradicts(
      value, at: point, along: direction, rerun: rerun.function) && !rerun.hasLeftPath
  }

  /// Whether the exact engines agree to within rounding.
  private func exactVerdict(
    _ engines: (forward: Double, reverse: Double, symbolic: Double?), _ error: (Double) -> Double
  ) -> (Verdict, strain: Double) {
    let values = [engines.forward, engines.reverse] + (engines.symbolic.map { [$0] } ?? [])
    guard values.allSatisfy(\.isFinite) else { return (.disagree, .infinity) }
    let size = values.map(\.magnitude).max() ?? 0
    let difference = (values.max() ?? 0) - (values.min() ?? 0)
    let plain = tolerance * size + .leastNormalMagnitude
    if difference <= plain { return (.agree, difference / plain) }
    let rounding = 8 * error(engines.reverse)
    let allowed = plain + rounding
    if difference <= allowed {
      return (rounding > 1e-3 * size ? .illConditioned : .agree, difference / allowed)
    }
    return (.disagree, difference / allowed)
  }

  private func isRefuted(_ value: Double, by vote: AdaptiveDerivative?) -> Bool {
    guard let vote, vote.value.isFinite, vote.errorEstimate.isFinite else { return false }
    let size = max(value.magnitude, vote.value.magnitude)
    // Values below the smallest normal double have lost the digits that a quotient needs.
    return (vote.value - value).magnitude
      > 10 * vote.errorEstimate + 1e-4 * size + .leastNormalMagnitude
  }
}

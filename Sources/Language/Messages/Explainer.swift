// Explains results: findings of the engines in the user's own words, with positions in the text.
import Calculus
import Syntax

/// Explains what happened when a computation ran at a point.
package struct Explainer {
  let computation: Computation
  let point: [Double]
  let values: [Double]

  var tape: Tape { computation.tape }

  /// How many causes of one kind are reported.
  static let limit = 4
  /// How many derivatives are compared on both sides of a kink.
  package static let kinkLimit = 16

  /// - Parameter point: one number for each of the variables of `computation`, intermediates among
  ///   them.
  package init(_ computation: Computation, at point: [Double]) {
    self.computation = computation
    self.point = point
    values = computation.tape.slotValues(at: point)
  }

  /// The value at the point; NaN or infinite where `aboutValue` has something to say.
  package var value: Double { values[tape.output] }

  /// Slots with the same origin come from the same text, as in the passes of a loop.
  private func origin(_ slot: Slot) -> Int {
    computation.origins[slot].map { $0.start << 24 ^ $0.end } ?? -1 - slot
  }

  // MARK: Values and derivatives that do not exist

  /// Why the value is not a finite number; empty if it is.
  package func aboutValue() -> [Explanation] {
    tape.findingsAboutValue(values, upTo: Self.limit, origin: origin).map { finding in
      explanation(finding, wording(finding), trail: finding.path.map { values[$0] })
    }
  }

  /// Why derivatives are not finite numbers.
  ///
  /// - Parameter directions: the directions of those derivatives with what they are called.
  package func aboutDerivatives(
    _ directions: some Collection<(name: String, seeds: [Double])>
  ) -> [Explanation] {
    var names: [Slot: [String]] = [:]
    var findings: [Finding] = []
    for (name, seeds) in directions {
      for finding in tape.findingsAboutDerivative(
        at: point, seeds: seeds, upTo: 4 * Self.limit, origin: origin)
      {
        if names[finding.slot] == nil { findings.append(finding) }
        names[finding.slot, default: []].append(name)
      }
    }
    if let explanation = aboutSides(directions, findings) { return [explanation] }
    if findings.isEmpty, let first = directions.first { return [withoutFinding(first.name)] }
    return findings.prefix(Self.limit).map { finding in
      let affected = list(names[finding.slot] ?? [])
      let beginning =
        isWithoutRule(finding) ? affected.of + " not known" : affected.exist + " as a number"
      return explanation(
        finding, "\(beginning): \(wording(finding))", trail: finding.path.map { values[$0] })
    }
  }

  /// Why a derivative is not a finite number where no operation on its own is the cause.
  private func withoutFinding(_ name: String) -> Explanation {
    if tape.turns != nil, let decision = computation.path.boundary {
      let message =
        "\(name) is not known: this condition changes at the point itself, and what lies on its "
        + "sides is no power series"
      return .about(.undefinedSlope, .error, message, decision, computation.expression)
    }
    if let kink = tape.kinks(values, all: true).first {
      let message =
        "\(name) is not known: \(wording(kink)), and what lies on its sides is no power series"
      let diagnostic = computation.diagnostic(.error, message, about: kink.slot)
      return Explanation(kind: .undefinedSlope, diagnostic: diagnostic)
    }
    // No single tangent overflows, but a sweep, which multiplies in another order, did.
    let whole = Finding(kind: .slopeOverflow, slot: tape.output, path: [tape.output])
    return explanation(whole, "\(name) overflows on the way", trail: [])
  }

  /// Notes that plain doubles lose numbers on a path to a value, which is therefore computed with
  /// wider ones: where they overflow, or where an underflow would change the value.
  package func aboutRange() -> [Explanation] {
    // What doubles lose is infinite, 0 or close to it with wider numbers as well.
    guard values[tape.output].isFinite, !values.allSatisfy(\.isNormal) else { return [] }
    let isOther = tape.plainValue(at: point) != values[tape.output]
    return tape.lostValues(at: point, limit: isOther ? 1 : Self.limit)
      .first { isOther || values[$0.slot].isInfinite }
      .map { slot, value in
        let fate = values[slot].isInfinite ? "overflows" : "underflows"
        let arguments = tape.operands(of: slot).map { values[$0] }
        let call = tape.operation(in: slot)?.text(arguments) ?? computation.text(of: slot)
        let message = "a plain double \(fate) here: \(call) is \(value); wider numbers were taken"
        let diagnostic = computation.diagnostic(.note, message, about: slot)
        return [Explanation(kind: .wideRange, diagnostic: diagnostic)]
      } ?? []
  }

  private func explanation(
    _ finding: Finding, _ message: String, trail values: [Double]
  ) -> Explanation {
    let others = finding.others == 0 ? "" : "; and \(finding.others) more here"
    let diagnostic = computation.diagnostic(.error, message + others, about: finding.slot)
    var explanation = Explanation(kind: kind(finding.kind), diagnostic: diagnostic)
    explanation.causes = causes(finding)
    explanation.trail = zip(finding.path, values).map { (computation.text(of: $0), $1) }
    // A number at the beginning of the path would only repeat itself.
    explanation.trail.removeAll { $0.text == shortest($0.value) }
    for index in explanation.trail.indices.dropFirst().reversed()
    where explanation.trail[index].text == explanation.trail[index - 1].text {
      explanation.trail.remove(at: index)
    }
    if explanation.causes.isEmpty, explanation.trail.count < 2 { explanation.trail = [] }
    return explanation
  }

  /// The operands that are more than numbers in the text, each once.
  private func causes(_ finding: Finding) -> [Explanation.Step] {
    var slots: [Slot] = []
    for slot in tape.operands(of: finding.slot)
    where (tape.operation(in: slot) != nil || slot < computation.variables.count)
      && !slots.contains(slot)
    {
      slots.append(slot)
    }
    return slots.prefix(4).map { (computation.text(of: $0), values[$0]) }
  }

  private func kind(_ kind: Finding.Kind) -> Explanation.Kind {
    switch kind {
    case .undefined: .undefined
    case .pole: .infinite
    case .overflow: .overflow
    case .given: .given
    case .infiniteSlope: .infiniteSlope
    case .undefinedSlope: .undefinedSlope
    case .slopeOverflow: .slopeOverflow
    case .kink(.corner): .kink
    case .kink(.jump): .jump
    }
  }

  private func wording(_ finding: Finding) -> String {
    guard let operation = tape.operation(in: finding.slot) else {
      let text = echo(computation.text(of: finding.slot))
      let value = shortest(values[finding.slot])
      if values[finding.slot].isNaN, finding.slot >= computation.variables.count, text != value {
        return "\(text) is not known here: an equality in it holds at this point"
      }
      return text == value ? "'\(text)' is given" : "\(text) is \(value)"
    }
    let arguments = tape.operands(of: finding.slot).map { values[$0] }
    let call = operation.text(arguments)
    let about = operation.about
    let needs =
      about.requirement.isEmpty || operation.isKernel || operation.isDefined(arguments)
      ? "" : "; '\(about.name)' needs \(about.requirement)"
    switch finding.kind {
    case .undefined where operation.isBeyondLimit(arguments):
      return "\(call) is not computed: orders are at most 20,000 here"
    case .undefined: return "\(call) is not defined\(needs)"
    case .pole: return "\(call) is infinite\(needs)"
    case .overflow: return "\(call) overflows: it is beyond the largest double, 1.8e308"
    case .given: return "\(call) is given"
    case .infiniteSlope: return "\(call) has an infinite slope"
    case .undefinedSlope where isWithoutRule(finding):
      return "there is no rule for the derivative of '\(about.name)' in its order"
    case .undefinedSlope: return "\(call) has no slope"
    case .slopeOverflow:
      if let slope = tape.wideSlope(of: finding.slot, values) {
        return "the slope of \(call) is \(slope), beyond the largest double, 1.8e308"
      }
      return "the chain rule meets 0 * inf or overflows at \(call)"
    case .kink(.corner): return "\(call) has a kink"
    case .kink(.jump): return "\(call) is where '\(about.name)' jumps"
    }
  }

  // MARK: Kinks

  /// Warnings about kinks at which the derivative is a convention.
  ///
  /// - Parameter derivatives: the derivatives as computed, with their directions and names; those
  ///   after the first `kinkLimit` are not looked at.
  package func aboutKinks(
    _ derivatives: [(name: String, seeds: [Double], value: Double)]
  ) -> [Explanation] {
    guard tape.hasKink(values) else { return [] }
    // At a kink through which no derivative flows here, one may flow beside the point.
    let flowing = tape.kinks(values)
    let kinks = flowing.isEmpty ? tape.kinks(values, all: true) : flowing
    let value = values[tape.output]
    let broken: [Broken] = derivatives.prefix(Self.kinkLimit).compactMap { name, seeds, slope in
      let (left, right) = tape.sides(at: point, along: seeds)
      let broken = Broken(
        name: name, seeds: seeds, left: left, right: right, used: slope, value: value)
      return broken.isSmooth ? nil : broken
    }
    guard !broken.isEmpty else {
      return aboutOwnTurn() ?? aboutBothSides(derivatives, kinks.first)
    }
    if let turn = aboutTurn(broken) { return [turn] }
    var unreported = Set(broken.map(\.name))
    let found = kinks.prefix(Self.limit).compactMap { about(broken, at: $0, &unreported) }
    // Through others no derivative flows here, but beside the point.
    let hidden = unreported.isEmpty ? [] : tape.kinks(values, all: true)
    return found
      + hidden.compactMap { finding in
        about(broken.filter { unreported.contains($0.name) }, at: finding, &unreported)
      }
  }

  /// An explanation of the derivatives that a kink breaks, which are then not reported again; nil
  /// if it breaks none.
  private func about(
    _ broken: [Broken], at finding: Finding, _ unreported: inout Set<String>
  ) -> Explanation? {
    let variables = tape.variables(under: finding.slot)
    let affected = broken.filter { broken in variables.contains { broken.seeds[$0] != 0 } }
    guard !affected.isEmpty else { return nil }
    unreported.subtract(affected.map(\.name))
    let sides = affected.map(\.wording).joined(separator: "; ")
    let diagnostic = computation.diagnostic(
      .warning, "\(wording(finding)): \(sides)", about: finding.slot)
    return Explanation(kind: kind(finding.kind), diagnostic: diagnostic)
  }

  /// An explanation that a condition of a program changes its outcome at the point, so that the
  /// function beside it is another one.
  private func aboutTurn(_ broken: [Broken]) -> Explanation? {
    guard tape.turns != nil, let decision = computation.path.boundary else { return nil }
    let affected = broken.filter { broken in
      decision.variables.contains { broken.seeds[$0] != 0 }
    }
    let sides = (affected.isEmpty ? broken : affected).map(\.wording).joined(separator: "; ")
    return .about(
      .boundary, .warning, "this condition changes at the point itself: \(sides)", decision,
      computation.expression)
  }

  /// An explanation that a condition changes its outcome only in the argument of a derivative
  /// inside the expression.
  private func aboutOwnTurn() -> [Explanation]? {
    guard computation.path.isUnsettled, let decision = computation.path.boundary else { return nil }
    let message =
      "this condition changes at the point itself; the derivatives are those of the way that is taken"
    return [.about(.boundary, .warning, message, decision, computation.expression)]
  }

  /// Notes about derivatives that are limits of both sides, but not those of the branches taken at
  /// the point.
  private func aboutBothSides(
    _ derivatives: [(name: String, seeds: [Double], value: Double)],
    _ kink: Finding?
  ) -> [Explanation] {
    derivatives.prefix(Self.limit).compactMap { name, seeds, value in
      let alone = tape.slotTangents(at: point, seeds: seeds)[tape.output]
      guard alone.isFinite, value.isFinite,
        (alone - value).magnitude > 1e-9 * max(alone.magnitude, value.magnitude)
      else { return nil }
      let message =
        "\(name) is \(shortest(value)) on both sides; the point alone would say \(shortest(alone + 0))"
      if let decision = computation.path.boundary, tape.turns != nil {
        return .about(.bothSides, .note, message, decision, computation.expression)
      }
      return Explanation(
        kind: .bothSides,
        diagnostic: computation.diagnostic(.note, message, about: kink?.slot ?? tape.output))
    }
  }

  /// A derivative on whose value the two sides do not agree.
  private struct Broken {
    let name: String
    let seeds: [Double]
    let left: OneSided
    let right: OneSided
    let used: Double
    let value: Double

    var isContinuous: Bool { Self.agree(left.limit, value) && Self.agree(right.limit, value) }

    var isSmooth: Bool {
      isContinuous && Self.agree(left.slope, right.slope) && Self.agree(left.slope, used)
    }

    var wording: String {
      let slopes =
        "\(name) is \(Self.text(left.slope)) on the left and \(Self.text(right.slope)) "
        + "on the right; \(shortest(used)) is used"
      if isContinuous { return slopes }
      return "for \(name), the value is \(Self.text(left.limit)) on the left and "
        + "\(Self.text(right.limit)) on the right, \(slopes)"
    }

    private static func text(_ number: Double) -> String {
      number.isNaN ? "not known" : shortest(number + 0)
    }

    private static func agree(_ x: Double, _ y: Double) -> Bool {
      if x == y || (x.isNaN && y.isNaN) { return true }
      let size = max(x.magnitude, y.magnitude)
      return size.isFinite && (x - y).magnitude <= 1e-9 * size
    }
  }

  /// `d/dx does not exist`, `d/dx and d/dy are`: names with their verbs.
  private func list(_ names: [String]) -> (exist: String, of: String) {
    if names.count == 1 { return (names[0] + " does not exist", names[0] + " is") }
    let list =
      names.count <= 3
      ? names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1])"
      : names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
    return (list + " do not exist", list + " are")
  }
}

extension Explanation {
  /// An explanation that a derivative has a value where its formula has none.
  ///
  /// - Parameter isShown: whether that value is shown, not the formula's.
  package static func formulaUndefined(
    _ name: String, _ computation: Computation, isShown: Bool
  ) -> Explanation {
    let message =
      "the formula of \(name) is not defined here; "
      + (isShown ? "the value is what the rules say" : "reverse mode has a value")
    let diagnostic = computation.diagnostic(
      isShown ? .note : .error, message, about: computation.tape.output)
    return Explanation(kind: .formulaUndefined, diagnostic: diagnostic)
  }

  /// An explanation that a formula gives nan where an equality holds.
  package static func limitInFormula(_ expression: Expression) -> Explanation {
    let message =
      "where an equality holds, the derivative is a limit that no formula says: it is nan there; "
      + "--at gives its value at a point"
    return Explanation(
      kind: .formulaUndefined,
      diagnostic: Diagnostic(
        .note, message, source: expression.source, range: expression.range))
  }

  /// An explanation that there is no formula, since a function has no derivative in its order.
  package static func derivativeInOrder(_ name: String, of function: Function) -> Explanation {
    let ordered = Operation.language.filter {
      $0.takesOrder && function.graph.contains($0, under: function.output)
    }.map { "'\($0.about.name)'" }
    let message =
      "\(name) has no formula: there is no rule for the derivative of "
      + ordered.joined(separator: " or of ") + " in its order"
    let source = function.expression.source
    return Explanation(
      kind: .undefinedSlope,
      diagnostic: Diagnostic(.error, message, source: source, range: function.expression.range))
  }

  /// An explanation that a second derivative does not exist where the first ones do, with its value
  /// on both sides.
  ///
  /// - Parameter path: the variables that it is taken in, one after the other.
  package static func secondDerivative(
    _ name: String, _ computation: Computation, value: Double, at point: [Double], path: [Int]
  ) -> Explanation {
    let tape = computation.tape
    var reason = " as a number: it comes out as \(shortest(value))"
    var isKnown = path.count <= 2 || !value.isNaN
    if path.count == 2, path[0] == path[1] {
      if let sides = tape.curvatures(at: point, along: tape.unit(path[0])) {
        reason =
          sides.left == sides.right
          ? " as a number: it is \(shortest(sides.right))"
          : ": it is \(shortest(sides.left + 0)) on the left and "
            + "\(shortest(sides.right + 0)) on the right"
      } else if value.isNaN {
        isKnown = false
      }
    } else if path.count == 2, value.isNaN {
      isKnown = tape.mixed(at: point, path[0], path[1]) != nil
      reason = ": it is infinite, or not the same on all sides"
    }
    let message =
      isKnown
      ? "\(name) does not exist\(reason)"
      : "\(name) is not known: it is infinite, not the same on all sides, or what lies there is no power series"
    let diagnostic = computation.diagnostic(.error, message, about: tape.output)
    return Explanation(kind: .undefinedSlope, diagnostic: diagnostic)
  }
}

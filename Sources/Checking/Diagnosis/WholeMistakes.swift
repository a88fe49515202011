// Mistakes that concern a claim as a whole: its sign, a factor, another derivative in its place.
import Calculus
import Language
import Syntax

/// Looks for what turns the whole derivative into the claim.
struct WholeMistakes {
  let subject: Subject
  let key: DerivativeKey
  let evidence: Evidence
  /// What a derivative is called.
  let name: (DerivativeKey) -> String

  /// The derivative in another variable, or another output's, in place of this one.
  ///
  /// - Parameter isClaimed: whether this derivative is claimed of that other key in turn.
  func otherDerivative(isClaimed: (DerivativeKey) -> Bool) -> Mistake? {
    let inOthers = subject.activeVariables.filter { $0 != key.path.last }.map { variable in
      DerivativeKey(output: key.output, path: key.path.dropLast() + [variable])
    }
    let ofOthers = subject.outputs.indices.filter { $0 != key.output }.map {
      DerivativeKey(output: $0, path: key.path)
    }
    let candidates = (inOthers + ofOthers).prefix(64).filter { $0 != key }
    let values = evidence.points.map { subject.derivatives(candidates, at: $0) }
    guard
      let index = candidates.indices.first(where: { index in
        evidence.isExplained { values[$0][index] }
      })
    else { return nil }
    let other = candidates[index]
    if isClaimed(other) {
      return Mistake(.swapped, "\(name(key)) and \(name(other)) are swapped")
    }
    return Mistake(.otherVariable, "this is \(name(other))")
  }

  private var noun: String { key.path.isEmpty ? "value" : "derivative" }

  func sign() -> Mistake? {
    evidence.isExplained { -evidence.truths[$0] }
      ? Mistake(.sign, "wrong sign: it is minus the \(noun)") : nil
  }

  /// The function in place of its derivative.
  func notDifferentiated(_ targets: [Target], claim: Tape?) -> Mistake? {
    for target in targets {
      let isExplained = evidence.isExplained { target.tape.value(at: evidence.points[$0]) }
      if isExplained {
        // x*x^(x-1) equals x^x, but whoever writes it has differentiated.
        let last = target.tape.operation(in: target.tape.output)
        if last == .power, let claim, claim.instructionCount > target.tape.instructionCount {
          return Mistake(
            .exponentialRule,
            "power rule where the exponent is no constant: the term with the logarithm is missing")
        }
        return Mistake(
          .notDifferentiated,
          key.path.count == 1
            ? "this is the function itself, not its derivative"
            : "this is a first derivative; it is to be differentiated once more")
      }
    }
    return nil
  }

  /// A function whose derivative is the one that was to be differentiated.
  ///
  /// - Parameter slopes: the claim's own derivatives at the points of the evidence.
  func antiderivative(_ targets: [Target], slopes: [Double]) -> Mistake? {
    guard evidence.count > 1 else { return nil }
    for target in targets {
      let isIntegral = evidence.points.indices.allSatisfy { index in
        let value = target.tape.value(at: evidence.points[index])
        return (slopes[index] - value).magnitude <= 1e-8 * value.magnitude
      }
      if isIntegral {
        return Mistake(.antiderivative, "this is an antiderivative: its derivative is the function")
      }
    }
    return nil
  }

  /// A number that the whole was multiplied by: one that people know, or any.
  func constantFactor(isKnown: Bool) -> Mistake? {
    guard evidence.count > 1, evidence.truths[0] != 0 else { return nil }
    let ratio = evidence.claims[0] / evidence.truths[0]
    guard ratio != 0, evidence.isExplained(by: { ratio * evidence.truths[$0] }) else { return nil }
    let known = (KnownFactor.plain + KnownFactor.others).first {
      ($0.value - ratio).magnitude <= 1e-6 * ratio.magnitude
    }
    guard !isKnown || known != nil else { return nil }
    if let known, known.isAngle {
      return Mistake(.degrees, "degrees for radians: the factor \(known.text)")
    }
    if let known, known.isLogarithm {
      return Mistake(.logarithmBase, "logarithm of another base: the factor \(known.text)")
    }
    if ratio == 2 || known?.value == 2 {
      return Mistake(.constantFactor, "doubled: it is twice the \(noun)")
    }
    let rounded = Sampler.rounded(ratio)
    // A factor with many digits is no plausible mistake.
    guard known != nil || (ratio - rounded).magnitude <= 1e-8 * ratio.magnitude else { return nil }
    let text = known?.text ?? shortest(rounded)
    return Mistake(.constantFactor, "constant factor: it is \(text) times the \(noun)")
  }

  /// A part of the function or of the derivative that is a factor too few or too many.
  func factor(_ targets: [Target]) -> Mistake? {
    guard evidence.count > 1 else { return nil }
    for target in targets {
      let values = evidence.points.map { target.tape.slotValues(at: $0) }
      for slot in 0..<target.tape.count {
        if evidence.isExplained(by: { evidence.truths[$0] / values[$0][slot] }) {
          return Mistake(.missingFactor, "missing factor \(target.text(slot))")
        }
        if evidence.isExplained(by: { evidence.truths[$0] * values[$0][slot] }) {
          return Mistake(.extraFactor, "there is a factor \(target.text(slot)) too many")
        }
      }
    }
    return nil
  }

  /// A term that is added to the right derivative: a number, or a simple multiple of a part, of its
  /// square or of its reciprocal.
  func addedTerm(_ targets: [Target]) -> Mistake? {
    guard evidence.count > 2 else { return nil }
    let rest = evidence.points.indices.map { evidence.claims[$0] - evidence.truths[$0] }
    if evidence.isExplained(by: { evidence.truths[$0] + rest[0] }) {
      let multiple = rest[0] / 2.718281828459045
      let isOfE = (multiple - multiple.rounded()).magnitude < 1e-7 && multiple.rounded() != 0
      let text = isOfE ? "\(shortest(multiple.rounded()))*e" : shortest(Sampler.rounded(rest[0]))
      return Mistake(.extraTerm, "the constant \(text) is added to the right derivative")
    }
    for target in targets {
      let values = evidence.points.map { target.tape.slotValues(at: $0) }
      for slot in 0..<target.tape.count {
        for (power, form) in [(1.0, ""), (2, "^2"), (-1, "^(-1)")] {
          let part = values.map { Operation.power.value([$0[slot], power]) }
          let factor = rest[0] / part[0]
          let plain = Sampler.rounded(factor)
          guard (factor - plain).magnitude <= 1e-7 * factor.magnitude, plain != 0,
            evidence.isExplained(by: { evidence.truths[$0] + plain * part[$0] })
          else { continue }
          let text = form.isEmpty ? target.text(slot) : "(\(target.text(slot)))\(form)"
          let multiple = plain == 1 ? "" : plain == -1 ? "-" : "\(shortest(plain))*"
          return Mistake(
            .extraTerm, "the term \(multiple)\(text) is added to the right derivative")
        }
      }
    }
    return nil
  }

  /// The derivative at the function's own value.
  func atOutput(_ targets: [Target]) -> Mistake? {
    guard evidence.count > 1, key.path.count == 1 else { return nil }
    for target in targets {
      let isExplained = evidence.isExplained { index in
        var point = evidence.points[index]
        point[target.variable] = target.tape.value(at: point)
        return target.tape.reverseGradient(at: point).partials[target.variable]
      }
      if isExplained {
        return Mistake(
          .chainPath, "the derivative is taken at the value of the function, not at its argument")
      }
    }
    return nil
  }
}

// The search for what went wrong with a claim: from the specific mistake to the general one.

import Calculus

/// Tries one mistake after the other until one explains every value.
struct Diagnoser {
  let subject: Subject
  let key: DerivativeKey
  let evidence: Evidence
  /// What a derivative is called.
  let name: (DerivativeKey) -> String

  /// Functions with more operations than this are not searched.
  private static let sizeLimit = 1500

  /// - Parameters:
  ///   - claim: the wrong formula.
  ///   - isClaimed: whether this derivative is claimed of another key.
  func mistake(in claim: Tape, isClaimed: (DerivativeKey) -> Bool) -> Mistake? {
    guard evidence.isTelling, key.path.count <= 2 else { return nil }
    let targets = Target.all(subject, key)
      .filter { $0.tape.instructionCount <= Self.sizeLimit }
    let whole = WholeMistakes(subject: subject, key: key, evidence: evidence, name: name)
    let rules = targets.map { RuleMistakes($0, evidence) }
    if let mistake = whole.otherDerivative(isClaimed: isClaimed) { return mistake }
    for rule in rules {
      if let mistake = rule.wrongRule() { return mistake }
    }
    if let mistake = whole.sign() ?? whole.notDifferentiated(targets) { return mistake }
    for rule in rules {
      if let mistake = rule.wrongFlow() { return mistake }
    }
    if let mistake = whole.constantFactor(isKnown: true) { return mistake }
    // What is left are slips of the pen; one number alone would fit too many of them.
    guard evidence.count > 1 else { return nil }
    let formula = subject.formulas(of: key.output, along: [key.path])
      .map { Target($0, subject.variables, variable: key.path[0]) }
    let own = formula.map { [$0] } ?? []
    for target in own where target.tape.instructionCount <= Self.sizeLimit / 3 {
      if let mistake = FormulaSlips(target, evidence).slip() { return mistake }
    }
    if let last = key.path.last {
      let slopes = evidence.points.map { claim.reverseGradient(at: $0).partials[last] }
      if let mistake = whole.antiderivative(targets, slopes: slopes) { return mistake }
    }
    return whole.factor(own + targets) ?? whole.constantFactor(isKnown: false)
  }
}

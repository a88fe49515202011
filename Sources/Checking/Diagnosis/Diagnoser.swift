// The search for what went wrong with a claim: from the specific mistake to the general one.
import Calculus
import Language
import Syntax

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
  ///   - claim: the wrong formula, if there is one and not only its values.
  ///   - isClaimed: whether this derivative is claimed of another key.
  func mistake(in claim: Tape?, isClaimed: (DerivativeKey) -> Bool) -> Mistake? {
    guard evidence.isTelling, key.path.count <= 2 else { return nil }
    // The function's own value: no rule of differentiation can have been got wrong.
    if key.path.isEmpty { return mistakeInValue(isClaimed: isClaimed) }
    let targets = Target.all(subject, key)
      .filter { $0.tape.instructionCount <= Self.sizeLimit }
    let whole = WholeMistakes(subject: subject, key: key, evidence: evidence, name: name)
    let rules = targets.map { RuleMistakes($0, evidence) }
    if let mistake = whole.otherDerivative(isClaimed: isClaimed) { return mistake }
    for rule in rules {
      if let mistake = rule.wrongRule() { return mistake }
    }
    if let mistake = whole.sign() ?? whole.notDifferentiated(targets, claim: claim) {
      return mistake
    }
    if let mistake = whole.constantFactor(isKnown: true) { return mistake }
    for rule in rules {
      if let mistake = rule.wrongFlow(KnownFactor.plain) { return mistake }
    }
    // Slips in writing are left; a single number would fit too many of them.
    guard evidence.count > 1 else { return nil }
    for rule in rules {
      if let mistake = rule.wrongFlow(KnownFactor.others.filter({ $0.value > 0 })) {
        return mistake
      }
    }
    if let claim, let last = key.path.last {
      let slopes = evidence.points.map { claim.reverseGradient(at: $0).partials[last] }
      if let mistake = whole.antiderivative(targets, slopes: slopes) { return mistake }
    }
    let own = ownFormula
    if let mistake = slip(own) { return mistake }
    for rule in rules {
      if let mistake = TwoSlips(rule).mistake() { return mistake }
    }
    return whole.factor(own + targets) ?? whole.atOutput(targets) ?? slipBesidesSign(own)
      ?? whole.addedTerm(own + targets) ?? whole.constantFactor(isKnown: false)
  }

  /// The wrong sign, and another slip.
  private func slipBesidesSign(_ own: [Target]) -> Mistake? {
    let others = evidence.negated
    let whole = WholeMistakes(subject: subject, key: key, evidence: others, name: name)
    let formula = own.filter { $0.tape.instructionCount <= Self.sizeLimit / 3 }
    let mistake =
      formula.lazy.compactMap { FormulaSlips($0, others).slip() }.first ?? whole.factor(formula)
    return mistake.map { Mistake(.twoSlips, "two slips: the sign is wrong; \($0.message)") }
  }

  private func mistakeInValue(isClaimed: (DerivativeKey) -> Bool) -> Mistake? {
    let whole = WholeMistakes(subject: subject, key: key, evidence: evidence, name: name)
    let known =
      whole.otherDerivative(isClaimed: isClaimed) ?? whole.sign()
      ?? whole.constantFactor(isKnown: true)
    if known != nil || evidence.count < 2 { return known }
    let own = ownFormula
    return slip(own) ?? whole.factor(own) ?? whole.constantFactor(isKnown: false)
  }

  /// The true formula: one, or none where it cannot be had.
  private var ownFormula: [Target] {
    subject.formulas(of: key.output, along: [key.path])
      .map { [Target($0, subject.variables, variable: key.path.first ?? 0)] } ?? []
  }

  private func slip(_ targets: [Target]) -> Mistake? {
    targets.lazy.filter { $0.tape.instructionCount <= Self.sizeLimit / 3 }
      .compactMap { FormulaSlips($0, evidence).slip() }.first
  }
}

// Whether a derivative exists at a point at all, before anybody is asked for it.
import Calculus
import Language
import Syntax

/// What there is to be said about a derivative at a point.
struct Standing {
  /// `agree` where there is nothing against it, otherwise `kink` or `outside`.
  let verdict: Verdict
  let explanations: [Explanation]

  /// - Parameters:
  ///   - subject: along the way that is taken at the point.
  ///   - value: the derivative as automatic differentiation has it.
  ///   - name: what messages call it.
  init(
    _ subject: Subject, _ key: DerivativeKey, _ value: Double, at point: [Double], name: String
  ) {
    let computation = subject.outputs[key.output].computation
    let explainer = Explainer(computation, at: point)
    let aboutValue = explainer.aboutValue()
    guard aboutValue.isEmpty, explainer.value.isFinite else {
      self.init(.outside, aboutValue)
      return
    }
    guard value.isFinite else {
      let first = [(name, computation.tape.unit(key.path[0]))]
      self.init(
        .outside,
        key.path.count == 1
          ? explainer.aboutDerivatives(first)
          : [.secondDerivative(name, computation, value: value, at: point, path: key.path)])
      return
    }
    let kinks = Set(key.path).sorted().flatMap { variable in
      explainer.aboutKinks([
        (
          name: key.path.count == 1 ? name : "d/d\(computation.variables[variable])",
          seeds: computation.tape.unit(variable),
          value: computation.tape.reverseGradient(at: point).partials[variable]
        )
      ])
    }
    let isKink = kinks.contains { $0.diagnostic.severity == .warning }
    self.init(isKink ? .kink : .agree, kinks)
  }

  private init(_ verdict: Verdict, _ explanations: [Explanation]) {
    self.verdict = verdict
    self.explanations = explanations
  }
}

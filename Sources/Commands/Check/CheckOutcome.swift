// What a check comes to: the votes or the claims' results, the verdict of all, and what to say.
import Calculus
import Checking
import Language

struct CheckOutcome {
  /// The engines' votes, where there is no claim.
  let votes: [VoteResult]
  let claims: [ClaimResult]
  let notes: [Explanation]

  /// The worst verdict of all.
  var verdict: Verdict {
    (votes.map(\.verdict) + claims.map(\.verdict)).max() ?? .outside
  }
}

extension CheckRequest {
  /// What the engines that vote take of each operation, derivative and point, in operations.
  private static let votingCost = 4.0

  /// Throws where the work at all points together is more than usual, or than --max-steps allows:
  /// forward mode and the derivatives before simplification take a sweep for each variable.
  func checkWork() throws(Problem) {
    let size = subject.outputs.reduce(0) { $0 + $1.computation.tape.count }
    let sweeps = points.count * subject.activeVariables.count
    try subject.expression.check(
      .operations, Self.votingCost * Double(size) * Double(sweeps))
  }

  func outcome() throws(Problem) -> CheckOutcome {
    try checkWork()
    var votes: [VoteResult] = []
    var results: [ClaimResult] = []
    if claims.isEmpty {
      let judge = VoteJudge(
        subject, areChosen: chosen != nil, tolerance: tolerance, name: name)
      var random = SplitMix64(state: UInt64(seed))
      votes = judge.results(at: points, &random)
    } else {
      results = self.results(claims)
    }
    var readings: [Explanation] = []
    if let alphabetical, results.contains(where: { !$0.verdict.passes }) {
      let others = self.results(alphabetical)
      if others.allSatisfy(\.verdict.passes) {
        results = others
        let names = subject.activeVariables.map { subject.variables[$0] }.sorted()
        readings = [.reading("the list is read in the order \(names.joined(separator: ", "))")]
      }
    }
    let explanations = votes.flatMap(\.explanations) + results.flatMap(\.explanations)
    return CheckOutcome(
      votes: votes, claims: results,
      notes: notes + readings + explanations.withoutRepeats + unclaimed)
  }

  private func results(_ claims: [Claim]) -> [ClaimResult] {
    ClaimJudge(
      subject, claims, chosen: chosen, random: random, sampler: sampler,
      tolerance: tolerance, allowsRounding: allowsRounding, name: name
    ).results()
  }

  /// What messages call a derivative: `d/dx`, or `df1/dx` of the output f1; a value `value` or
  /// `f1`.
  func name(_ key: DerivativeKey) -> String {
    if key.path.isEmpty, let valueNames { return valueNames[key.output] }
    guard !key.path.isEmpty else { return outputs?[key.output] ?? "value" }
    return DerivativeNotation(subject.variables, style: .plain)
      .operator(key.path, of: outputs?[key.output] ?? "")
  }

  /// That some first derivatives are not claimed though others are.
  private var unclaimed: [Explanation] {
    let claimed = Set(claims.map(\.key))
    guard claimed.contains(where: { $0.path.count == 1 }) else { return [] }
    let missing = subject.gradientKeys.filter { !claimed.contains($0) }
    return missing.isEmpty ? [] : [.unclaimed(missing.map(name))]
  }
}

extension [Explanation] {
  /// Each message once.
  fileprivate var withoutRepeats: [Explanation] {
    var reported: Set<String> = []
    return filter { reported.insert($0.diagnostic.message).inserted }
  }
}

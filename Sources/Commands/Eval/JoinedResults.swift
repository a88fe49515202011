// The results of a list's outputs as those of one run.
import Calculus
import Language

extension EngineResult {
  /// The results of all outputs as one.
  init(_ outputs: [EngineResult]) {
    self.init(
      mode: outputs[0].mode, values: outputs.flatMap(\.values),
      derivatives: outputs.flatMap(\.derivatives),
      cost: outputs.dropFirst().reduce(outputs[0].cost) { $0.joined(with: $1.cost) },
      quotients: outputs.flatMap(\.quotients), hasLeftPath: outputs.contains(where: \.hasLeftPath))
  }
}

extension Gradient.Cost {
  /// The cost including another output's. Forward sweeps and evaluations serve all outputs at once,
  /// so the larger cost counts; reverse sweeps and formulas serve one output, so costs add up.
  fileprivate func joined(with other: Self) -> Self {
    switch (self, other) {
    case (.forwardSweeps(let a), .forwardSweeps(let b)): .forwardSweeps(max(a, b))
    case (.reverseSweeps(let a), .reverseSweeps(let b)): .reverseSweeps(a + b)
    case (.operations(let a), .operations(let b)): .operations(a + b)
    case (.evaluations(let a, let forValue), .evaluations(let b, _)):
      .evaluations(max(a, b), forValue: forValue)
    default: self
    }
  }
}

extension [Explanation] {
  /// A note that several outputs have is kept once.
  var withoutRepeatedNotes: [Explanation] {
    var reported: Set<String> = []
    return filter {
      $0.diagnostic.severity != .note || reported.insert($0.diagnostic.message).inserted
    }
  }
}

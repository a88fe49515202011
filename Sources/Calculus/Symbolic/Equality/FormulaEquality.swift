// Whether two formulas are equal by algebra.

extension Formulas {
  /// Whether the formula at one root equals another formula over the same variables wherever both
  /// are defined, as far as the identities of `ResidueModel` show it.
  ///
  /// A formula that differs is found equal with a probability below 10⁻¹⁰.
  package func isEqual(_ root: Int, to other: NodeIndex, of source: Graph) -> Bool {
    let joint = Graph()
    joint.assumptions = graph.assumptions
    let mine = joint.append([roots[root]], of: graph) { joint.variable($0) }[0]
    let theirs = joint.append([other], of: source) { joint.variable($0) }[0]
    if mine == theirs { return true }
    let difference = joint.binary(.subtract, theirs, mine)
    let normal = NormalGraph()
    var importer = FormulaImporter(joint, outputs: [difference], into: normal)
    let node = importer.run()[Int(difference)]
    normal.openAll()
    return normal.isZeroByAlgebra(node)
  }
}

extension NormalGraph {
  /// Whether a node is 0 wherever it is defined, as far as the identities of `ResidueModel` show
  /// it.
  func isZeroByAlgebra(_ node: NodeIndex) -> Bool {
    if number(node) == .zero { return true }
    return ResidueModels(self, [node])?.areZero ?? false
  }
}

/// The models in which formulas of a normal graph are evaluated.
struct ResidueModels {
  private let graph: NormalGraph
  private let roots: [NodeIndex]
  private let isNeeded: [Bool]
  private let size: Int
  private let scale: Int
  private let reals: [Double]

  /// In how many models a formula must be 0; where signs of subexpressions matter, for each
  /// combination of signs.
  private static let zeroCount = 24
  private static let signLimit = 5
  /// How many nodes are evaluated at most, in all models together, and how large a formula is
  /// tried.
  private static let effortLimit = 150_000
  private static let sizeLimit = 4000

  /// nil for formulas that are too large, and where numbers are rounded as functions are written in terms
  /// of others: 2 + 1e200 is no different from 1e200.
  init?(_ source: NormalGraph, _ nodes: [NodeIndex]) {
    var lowering = Lowering(source)
    roots = lowering.lowered(nodes)
    graph = lowering.target
    isNeeded = graph.uses(from: roots).map { $0 > 0 }
    size = isNeeded.lazy.filter { $0 }.count
    guard size <= Self.sizeLimit, !graph.hasRoundedSums else { return nil }
    var scale = 12
    var reals: [Double] = []
    for node in isNeeded.indices {
      reals.append(Self.real(NodeIndex(node), graph, reals))
      guard isNeeded[node], let number = graph.number(NodeIndex(node)), number.isExact else {
        continue
      }
      let shared = Rational.commonDivisor(scale.magnitude, number.denominator.magnitude)
      let factor = number.denominator / Int(shared)
      let (product, overflows) = scale.multipliedReportingOverflow(by: factor)
      if !overflows, product < 1 << 40 { scale = product }
    }
    (self.scale, self.reals) = (scale, reals)
  }

  private func model(_ attempt: Int) -> ResidueModel {
    ResidueModel(
      graph, ResidueField.all[attempt % ResidueField.all.count], seed: UInt64(attempt),
      scale: scale, reals: reals)
  }

  /// Whether the formulas are 0 in the required number of models.
  var areZero: Bool {
    var zeros = 0
    var needed = Self.zeroCount
    for attempt in 0..<max(4 * Self.zeroCount, Self.effortLimit / size) {
      var model = model(attempt)
      guard let values = model.values(of: roots, isNeeded) else { continue }
      guard values.allSatisfy({ $0 == 0 }), model.signs.count <= Self.signLimit else {
        return false
      }
      needed = max(needed, Self.zeroCount << model.signs.count)
      zeros += 1
      if zeros == needed { return true }
    }
    return false
  }

  /// The values of the formulas in one model, and its field; nil where none has them all.
  func sample() -> (values: [UInt64], field: ResidueField)? {
    for attempt in 0..<min(64, Self.effortLimit / 4 / size) {
      // In the first field only, where small fractions can be recognised.
      var model = model(attempt * ResidueField.all.count)
      if let values = model.values(of: roots, isNeeded) { return (values, model.field) }
    }
    return nil
  }

  /// The value of a node without variables; nan for any other.
  private static func real(_ node: NodeIndex, _ graph: NormalGraph, _ reals: [Double]) -> Double {
    let value = { (node: NodeIndex) in reals[Int(node)] }
    return switch graph[node] {
    case .variable: .nan
    case .constant(let constant): constant
    case .unary(let operation, let x): operation.value([value(x)])
    case .binary(let operation, let x, let y): operation.value([value(x), value(y)])
    case .variadic(let operation, let xs): operation.value(xs.map(value))
    }
  }
}

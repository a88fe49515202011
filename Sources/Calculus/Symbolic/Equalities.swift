// Equalities in a formula: where one holds at single points only, its branch says nothing of
// derivatives there.

/// A condition that an equality makes, in a formula that is differentiated.
package struct Equality: Sendable {
  /// The node that is 1 where the equality holds.
  package let node: NodeIndex
  /// Whether it holds at single points only: both sides are smooth, so that they do not agree on a
  /// whole interval.
  package let isIsolated: Bool
}

extension Graph {
  /// The equalities in a formula that depend on variables, as `x != 1`, or the implied x ≠ 0 of
  /// `if(x, a, b)`.
  package func equalities(under root: NodeIndex, in variables: Set<Int>) -> [Equality] {
    let uses = uses(from: [root])
    guard mayHaveEqualities(uses) else { return [] }
    let (depends, isSmooth) = dependence(uses, on: variables)
    var found: [Equality] = []
    for index in uses.indices where uses[index] > 0 {
      guard let (x, y) = compared(NodeIndex(index)) else { continue }
      let sides = y.map { [x, $0] } ?? [x]
      guard sides.contains(where: { depends[Int($0)] }), x != y else { continue }
      found.append(
        Equality(
          node: binary(.equal, x, y ?? constant(0)),
          isIsolated: sides.allSatisfy { isSmooth[Int($0)] }))
    }
    return found
  }

  /// For each condition in a formula and each function that jumps, what is 0 at its edge: `x - y`
  /// for `x < y`, x for `sign(x)`. Only such as are 0 at single points.
  package func edges(under root: NodeIndex, in variables: Set<Int>) -> [NodeIndex] {
    let uses = uses(from: [root])
    let (depends, isSmooth) = dependence(uses, on: variables)
    return uses.indices.filter { uses[$0] > 0 }.compactMap { index in
      guard let (x, y) = edge(NodeIndex(index)), x != y else { return nil }
      let sides = y.map { [x, $0] } ?? [x]
      guard sides.contains(where: { depends[Int($0)] }), sides.allSatisfy({ isSmooth[Int($0)] })
      else { return nil }
      return y.map { binary(.subtract, x, $0) } ?? x
    }
  }

  /// The two sides between which a node jumps; nil for the second if that is 0.
  private func edge(_ node: NodeIndex) -> (NodeIndex, NodeIndex?)? {
    switch self[node] {
    case .unary(.sign, let x), .unary(.step, let x): (x, nil)
    case .binary(let operation, let x, let y) where operation.relation != nil: (x, y)
    default: compared(node)
    }
  }

  /// The formula with the branches that are taken where no isolated equality holds.
  package func offEqualities(_ root: NodeIndex, in variables: Set<Int>) -> NodeIndex {
    let uses = uses(from: [root])
    let (depends, isSmooth) = dependence(uses, on: variables)
    var images = Array(repeating: NodeIndex(0), count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      let node = NodeIndex(index)
      var isOff = false
      if let (x, y) = compared(node), x != y {
        let sides = y.map { [x, $0] } ?? [x]
        isOff =
          sides.contains { depends[Int($0)] } && sides.allSatisfy { isSmooth[Int($0)] }
      }
      images[index] = image(of: node, isOff: isOff, images)
    }
    return images[Int(root)]
  }

  /// Whether a node is a condition, or jumps where its argument is 0.
  func jumps(_ node: NodeIndex) -> Bool {
    switch operation(of: node) {
    case .sign?, .step?, .select?, .not?: true
    default: isTruth(node)
    }
  }

  /// Whether a node is a comparison, or made of such: it is 1 or 0.
  package func isTruth(_ node: NodeIndex) -> Bool {
    switch self[node] {
    case .binary(let operation, _, _):
      operation.relation != nil || operation == .and || operation == .or
    case .unary(.not, _): true
    default: false
    }
  }

  private func mayHaveEqualities(_ uses: [Int]) -> Bool {
    uses.indices.contains { index in
      guard uses[index] > 0, let operation = operation(of: NodeIndex(index)) else { return false }
      return operation == .equal || operation == .notEqual || operation == .select
    }
  }

  /// The two sides that a node compares for equality; for a number as a condition, itself and 0.
  private func compared(_ node: NodeIndex) -> (NodeIndex, NodeIndex?)? {
    switch self[node] {
    case .binary(.equal, let x, let y), .binary(.notEqual, let x, let y): (x, y)
    case .variadic(.select, let xs) where !isTruth(xs[0]): (xs[0], nil)
    default: nil
    }
  }

  /// By node, whether it depends on variables, and whether it does so without a kink.
  private func dependence(
    _ uses: [Int], on variables: Set<Int>
  ) -> (depends: [Bool], isSmooth: [Bool]) {
    var depends = Array(repeating: false, count: uses.count)
    var isSmooth = Array(repeating: true, count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      let node = NodeIndex(index)
      if case .variable(let variable)? = self[leaf: node] {
        depends[index] = variables.contains(variable)
      }
      forEachArgument(of: node) { argument in
        depends[index] = depends[index] || depends[Int(argument)]
        isSmooth[index] = isSmooth[index] && isSmooth[Int(argument)]
      }
      if depends[index], operation(of: node)?.mayHaveKinks == true { isSmooth[index] = false }
    }
    return (depends, isSmooth)
  }

  private func image(of node: NodeIndex, isOff: Bool, _ images: [NodeIndex]) -> NodeIndex {
    let truth = { (x: NodeIndex) -> Double? in
      if case .constant(let value)? = self[leaf: images[Int(x)]] { value } else { nil }
    }
    switch self[node] {
    case .variable, .constant: return node
    case .unary(let operation, let x):
      if operation == .not, let known = truth(x) { return constant(known == 0 ? 1 : 0) }
      return unary(operation, images[Int(x)])
    case .binary(let operation, let x, let y):
      if isOff { return constant(operation == .equal ? 0 : 1) }
      if operation == .and || operation == .or {
        for (one, other) in [(x, y), (y, x)] {
          guard let known = truth(one), isTruth(images[Int(other)]) || truth(other) != nil
          else { continue }
          let decides = (known == 0) == (operation == .and)
          return decides ? constant(operation == .and ? 0 : 1) : images[Int(other)]
        }
      }
      return binary(operation, images[Int(x)], images[Int(y)])
    case .variadic(let operation, let xs):
      if operation == .select, isOff { return images[Int(xs[1])] }
      if operation == .select, let known = truth(xs[0]), !known.isNaN {
        return images[Int(xs[known == 0 ? 2 : 1])]
      }
      return variadic(operation, xs.map { images[Int($0)] })
    }
  }
}

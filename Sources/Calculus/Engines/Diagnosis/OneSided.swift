// One-sided derivatives: what a function does on either side of a kink.

/// The behaviour of a function on one side of a point.
package struct OneSided: Sendable, Equatable {
  /// The limit of the value; it differs from the value where the function jumps.
  package let limit: Double
  /// The limit of the slope, along the axis (so the left side of |x| says -1).
  package let slope: Double
}

extension Tape {
  /// The behaviour on the side of a point that `direction` leads to.
  ///
  /// A forward sweep of limits and one-sided tangents (Griewank's piecewise linearization): every
  /// operation says at its kink what it does in a direction.
  func oneSided(at point: [Double], toward direction: [Double]) -> OneSided {
    var limits = point + constants
    var tangents = direction + Array(repeating: 0, count: constants.count)
    for slot in firstInstruction..<count {
      guard let operation = operation(in: slot) else { continue }
      let operands = operands(of: slot)
      let arguments = operands.map { limits[$0] }
      let motion = operands.map { tangents[$0] }
      limits.append(operation.limit(arguments, toward: motion))
      tangents.append(
        motion.allSatisfy { $0 == 0 } ? 0 : operation.directional(arguments, toward: motion))
    }
    return OneSided(limit: limits[output], slope: tangents[output])
  }

  /// What lies behind and ahead of a point along a direction; along a variable's axis, the left and
  /// the right. Both slopes are taken in the direction itself, so those of |x| are -1 and 1.
  package func sides(
    at point: [Double], along direction: [Double]
  ) -> (left: OneSided, right: OneSided) {
    let known = expansions(at: point, along: direction)
    let ahead = side(known.ahead, of: point, toward: direction)
    let behind = side(known.behind, of: point, toward: direction.map { -$0 })
    return (OneSided(limit: behind.limit, slope: -behind.slope), ahead)
  }

  /// One side by its series. Where the series is not known, by the sweep of limits, which sees
  /// first-order motion only: NaN where values close to the point contradict it.
  private func side(
    _ expansion: SideExpansion?, of point: [Double], toward direction: [Double]
  ) -> OneSided {
    if let expansion { return OneSided(limit: expansion.limit, slope: expansion.slope ?? .nan) }
    let unknown = OneSided(limit: .nan, slope: .nan)
    // The program may take other branches next to the point, and these are not on this tape.
    if turns != nil { return unknown }
    let side = oneSided(at: point, toward: direction)
    let size = zip(point, direction).reduce(1) { $1.1 == 0 ? $0 : max($0, $1.0.magnitude) }
    let (far, close) = (0x1p-12 * size, 0x1p-30 * size)
    let rises = [far, close].map { h in
      value(at: zip(point, direction).map { $0 + $1 * h }) - side.limit
    }
    // A difference of values that does not shrink with the distance is a jump.
    guard rises[1].magnitude <= max(0.5 * rises[0].magnitude, 1e-6 * side.limit.magnitude)
    else { return unknown }
    guard isPlainFunction else { return side }
    let slopes = (rises[0] / far, rises[1] / close)
    let noise = 0x1p-48 * side.limit.magnitude / close
    let isContradicted =
      side.slope.isFinite
      ? (slopes.1 - side.slope).magnitude
        > 0.5 * (slopes.0 - side.slope).magnitude + 1e-3 * side.slope.magnitude + noise
      : slopes.1.magnitude < 2 * slopes.0.magnitude
    return isContradicted ? OneSided(limit: side.limit, slope: .nan) : side
  }

  /// Which variables the value in `slot` is computed from.
  package func variables(under slot: Slot) -> [Int] {
    var isNeeded = Array(repeating: false, count: count)
    isNeeded[slot] = true
    for user in stride(from: slot, through: firstInstruction, by: -1) where isNeeded[user] {
      for operand in operands(of: user) { isNeeded[operand] = true }
    }
    return (0..<variableCount).filter { isNeeded[$0] }
  }
}

extension Operation {
  /// The limit of the value as the arguments are approached from a direction.
  func limit(_ arguments: [Double], toward direction: [Double]) -> Double {
    accept(LimitVisitor(arguments: arguments, direction: direction))
  }

  /// The one-sided derivative at the arguments in a direction.
  func directional(_ arguments: [Double], toward direction: [Double]) -> Double {
    accept(DirectionalVisitor(arguments: arguments, direction: direction))
  }
}

private struct LimitVisitor: OperationVisitor {
  let arguments: [Double]
  let direction: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Double {
    Op.limit(arguments[0], toward: direction[0])
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Double {
    Op.limit(arguments[0], arguments[1], toward: (direction[0], direction[1]))
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Double {
    Op.limit(arguments, toward: direction)
  }
}

private struct DirectionalVisitor: OperationVisitor {
  let arguments: [Double]
  let direction: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Double {
    Op.directional(arguments[0], toward: direction[0])
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Double {
    Op.directional(arguments[0], arguments[1], toward: (direction[0], direction[1]))
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Double {
    Op.directional(arguments, toward: direction)
  }
}

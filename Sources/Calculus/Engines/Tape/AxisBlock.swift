// Forward mode along several axes at once: each slot's tangents are the lanes of one vector.

/// The tangents of every slot along up to `size` axes, by one sweep.
///
/// Each lane is given the products and sums of `Tape.forwardSweep` in their order, and so the same bits.
struct AxisBlock {
  static let size = Lanes.scalarCount

  /// One for each slot; the lanes behind the last axis are 0.
  fileprivate let tangents: [Lanes]
  fileprivate let axisCount: Int

  /// The tangents of a slot, one for each axis.
  func tangents(of slot: Slot) -> [Double] { (0..<axisCount).map { tangents[slot][$0] } }
}

extension Tape {
  /// Forward sweep along the axes of some active variables, at most `AxisBlock.size`.
  ///
  /// - Returns: nil where `forwardSweep` might have to look at more than a product.
  func axisSweep(_ run: Linearization<Double>, along axes: ArraySlice<Int>) -> AxisBlock? {
    guard !run.hasLeftRange else { return nil }
    var tangents = Array(repeating: Lanes.zero, count: count)
    for (lane, variable) in axes.enumerated() { tangents[variable][lane] = 1 }
    let isSettled = tangents.withUnsafeMutableBufferPointer { tangents in
      instructions.withUnsafeBufferPointer { instructions in
        run.partials.withUnsafeBufferPointer { partials in
          AxisSweep(
            tape: self, run: run, instructions: instructions, partials: partials, tangents: tangents
          ).isSettled()
        }
      }
    }
    return isSettled ? AxisBlock(tangents: tangents, axisCount: axes.count) : nil
  }
}

/// The memory of a sweep while it runs.
private struct AxisSweep {
  let tape: Tape
  let run: Linearization<Double>
  let instructions: UnsafeBufferPointer<Instruction>
  let partials: UnsafeBufferPointer<(Double, Double)>
  let tangents: UnsafeMutableBufferPointer<Lanes>

  /// Fills in the tangents.
  ///
  /// - Returns: whether no product has met the ends of the range. Two factors between the roots of the
  ///   bounds of `isOrdinary` have an ordinary product, so that no product needs a look.
  func isSettled() -> Bool {
    for offset in instructions.indices {
      let instruction = instructions[offset]
      let kinds = instruction.operandKinds
      guard !kinds.isDisjoint(with: .anyIsActive) else { continue }
      var sum = Lanes.zero

      @inline(__always)
      func contribute(_ partial: Double, _ operand: UInt32) -> Bool {
        sum += partial * tangents[Int(operand)]
        return partial.isModerate || isFlat(partial, offset)
      }
      if kinds.contains(.isVariadic) {
        for place in instruction.run {
          guard contribute(run.variadicPartials[place], tape.operands[place]) else { return false }
        }
      } else {
        let (a, b) = partials[offset]
        if kinds.contains(.firstIsActive), !contribute(a, instruction.a) { return false }
        if kinds.contains(.secondIsActive), !contribute(b, instruction.b) { return false }
      }
      guard sum.isModerate else { return false }
      tangents[tape.firstInstruction + offset] = sum
    }
    return true
  }

  /// Whether a partial is 0 among values that are far from the ends of the range, and so what it says.
  @inline(never)
  private func isFlat(_ partial: Double, _ offset: Int) -> Bool {
    let slot = tape.firstInstruction + offset
    return partial == 0
      && ([slot] + tape.operands(of: slot)).allSatisfy {
        run.values[$0] == 0 || run.values[$0].isOrdinary
      }
  }
}

extension Double {
  @inline(__always)
  fileprivate var isModerate: Bool { magnitude >= 1e-75 && magnitude <= 1e75 }
}

extension Lanes {
  /// Whether each lane is 0 or moderate.
  @inline(__always)
  fileprivate var isModerate: Bool { all(isBetween(1e-75, 1e75) .| (self .== 0)) }
}

// How many operations each way to a gradient takes, and how much memory, by counting.

/// What a computation takes at one point.
package struct Effort: Sendable, Equatable {
  /// Operations on doubles; one on dual numbers counts as two.
  package let operations: Int
  /// Bytes of numbers that are kept at the same time.
  package let bytes: Int
}

extension Tape {
  private static let word = MemoryLayout<Double>.stride

  /// Operands through which derivatives flow: each has a partial, and in a sweep a product and a sum.
  private var flowCount: Int {
    instructions.reduce(0) { count, instruction in
      let kinds = instruction.operandKinds
      if kinds.contains(.isVariadic) {
        return count + (kinds.contains(.firstIsActive) ? instruction.run.count : 0)
      }
      return count + (kinds.contains(.firstIsActive) ? 1 : 0)
        + (kinds.contains(.secondIsActive) ? 1 : 0)
    }
  }

  private var activeCount: Int { isActive.count { $0 } }

  /// The value.
  package var valueEffort: Effort {
    Effort(operations: instructionCount, bytes: count * Self.word)
  }

  /// Forward differences: one evaluation more than there are variables.
  package var differenceEffort: Effort {
    Effort(operations: (activeCount + 1) * instructionCount, bytes: count * Self.word)
  }

  /// Values and partials once, and a sweep for each variable.
  package var forwardEffort: Effort { effort(sweeps: activeCount) }

  /// Values and partials once, and one sweep.
  package var reverseEffort: Effort { effort(sweeps: 1) }

  /// For each variable, a reverse gradient on dual numbers.
  package var hessianEffort: Effort {
    let row = effort(sweeps: 1)
    return Effort(
      operations: 2 * activeCount * row.operations,
      bytes: 2 * row.bytes + variableCount * variableCount * Self.word)
  }

  private func effort(sweeps: Int) -> Effort {
    let flows = flowCount
    return Effort(
      operations: instructionCount + flows + sweeps * 2 * flows,
      bytes: (2 * count + 2 * instructionCount + operands.count) * Self.word)
  }
}

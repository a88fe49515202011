// The two sweeps of automatic differentiation: plain loops over local partials.

/// The derivatives of every slot, by one sweep.
struct Sweep<S: Scalar> {
  let derivatives: [S]
  /// Whether some of them may have lost digits, or themselves, to the range of their numbers.
  let hasLeftRange: Bool
}

extension Tape {
  /// Forward sweep: the tangent of every slot, from one seed for each variable.
  ///
  /// - Returns: per slot, v̇ = Σ ∂v/∂u · u̇ over the operands u.
  func forwardSweep<S: Scalar>(_ run: Linearization<S>, seeds: [S]) -> Sweep<S> {
    var tangents = Array(repeating: 0 as S, count: count)
    for slot in 0..<variableCount where isActive[slot] { tangents[slot] = seeds[slot] }
    var isResolving = false
    lazy var rule = SweepRule(self, run.values) { $0.varied(seeds) }
    withUnsafePointers(run, &tangents) { instructions, partials, tangents in
      for offset in instructions.indices {
        let instruction = instructions[offset]
        let kinds = instruction.operandKinds
        guard !kinds.isDisjoint(with: .anyIsActive) else { continue }
        let slot = firstInstruction + offset

        // Onto 0, as in the reverse sweep, so that both call a derivative of -0 just 0.
        @inline(__always)
        func contribute(_ partial: S, _ position: Int, _ operand: UInt32) {
          let contribution = S.contribution(partial, tangents[Int(operand)]) {
            isResolving = true
            return rule.resolve($0, partial, slot, position, carrier: Int(operand))
          }
          tangents[slot] = tangents[slot] + contribution
        }
        if kinds.contains(.isVariadic) {
          for (position, place) in instruction.run.enumerated() {
            contribute(run.variadicPartials[place], position, operands[place])
          }
          continue
        }
        let (a, b) = partials[offset]
        if kinds.contains(.firstIsActive) { contribute(a, 0, instruction.a) }
        if kinds.contains(.secondIsActive) { contribute(b, 1, instruction.b) }
      }
    }
    return Sweep(derivatives: tangents, hasLeftRange: isResolving && rule.hasLeftRange)
  }

  /// Reverse sweep: the adjoint of every slot, from an output's adjoint of 1.
  ///
  /// - Returns: per slot, v̄ = Σ w̄ · ∂w/∂v over the instructions w that read v.
  func reverseSweep<S: Scalar>(_ run: Linearization<S>) -> Sweep<S> {
    var adjoints = Array(repeating: 0 as S, count: count)
    adjoints[output] = 1
    var isResolving = false
    lazy var rule = SweepRule(self, run.values) { $0.reached() }
    withUnsafePointers(run, &adjoints) { instructions, partials, adjoints in
      for offset in instructions.indices.reversed() {
        let instruction = instructions[offset]
        let kinds = instruction.operandKinds
        guard !kinds.isDisjoint(with: .anyIsActive) else { continue }
        let slot = firstInstruction + offset
        let adjoint = adjoints[slot]

        @inline(__always)
        func contribute(_ partial: S, _ position: Int, _ operand: UInt32) {
          let contribution = S.contribution(partial, adjoint) {
            isResolving = true
            return rule.resolve($0, partial, slot, position, carrier: slot)
          }
          adjoints[Int(operand)] = adjoints[Int(operand)] + contribution
        }
        if kinds.contains(.isVariadic) {
          for (position, place) in instruction.run.enumerated() {
            contribute(run.variadicPartials[place], position, operands[place])
          }
          continue
        }
        let (a, b) = partials[offset]
        if kinds.contains(.firstIsActive) { contribute(a, 0, instruction.a) }
        if kinds.contains(.secondIsActive) { contribute(b, 1, instruction.b) }
      }
    }
    return Sweep(derivatives: adjoints, hasLeftRange: isResolving && rule.hasLeftRange)
  }

  /// The arrays of a sweep as plain memory, which the loops read without checks of bounds or owners.
  @inline(__always)
  private func withUnsafePointers<S: Scalar>(
    _ run: Linearization<S>, _ derivatives: inout [S],
    _ body: (
      UnsafeBufferPointer<Instruction>, UnsafeBufferPointer<(S, S)>, UnsafeMutableBufferPointer<S>
    ) -> Void
  ) {
    instructions.withUnsafeBufferPointer { instructions in
      run.partials.withUnsafeBufferPointer { partials in
        derivatives.withUnsafeMutableBufferPointer { body(instructions, partials, $0) }
      }
    }
  }
}

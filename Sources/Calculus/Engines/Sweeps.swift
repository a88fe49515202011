// The two sweeps of automatic differentiation: plain loops over local partials.

extension Tape {
  /// Forward sweep: the tangent of every slot, from one seed for each variable.
  ///
  /// - Returns: per slot, v̇ = Σ ∂v/∂u · u̇ over the operands u.
  func tangents<S: Scalar>(_ run: Linearization<S>, seeds: [S]) -> [S] {
    var tangents = Array(repeating: 0 as S, count: count)
    for slot in 0..<variableCount where isActive[slot] { tangents[slot] = seeds[slot] }
    lazy var structure = Structure(self, run.values)
    lazy var varied = structure.varied(seeds)
    withUnsafePointers(run, &tangents) { instructions, partials, tangents in
      for offset in instructions.indices {
        let instruction = instructions[offset]
        let kinds = instruction.operandKinds
        guard !kinds.isDisjoint(with: .anyIsActive) else { continue }
        let slot = firstInstruction + offset

        @inline(__always)
        func contribution(_ partial: S, _ position: Int, _ operand: UInt32) -> S {
          S.contribution(
            partial, tangents[Int(operand)],
            isStructuralZero: !varied[Int(operand)] || structure.isCut(slot, position))
        }
        if kinds.contains(.isVariadic) {
          var sum: S = 0
          for (position, place) in instruction.run.enumerated() {
            sum = sum + contribution(run.variadicPartials[place], position, operands[place])
          }
          tangents[slot] = sum
          continue
        }
        let (a, b) = partials[offset]
        // Onto 0, as in the reverse sweep, so that both call a derivative of -0 just 0.
        if kinds.contains(.firstIsActive) {
          tangents[slot] = tangents[slot] + contribution(a, 0, instruction.a)
        }
        if kinds.contains(.secondIsActive) {
          tangents[slot] = tangents[slot] + contribution(b, 1, instruction.b)
        }
      }
    }
    return tangents
  }

  /// Reverse sweep: the adjoint of every slot, from the output's adjoint.
  ///
  /// - Returns: per slot, v̄ = Σ w̄ · ∂w/∂v over the instructions w that read v.
  func adjoints<S: Scalar>(_ run: Linearization<S>, seed: S = 1) -> [S] {
    var adjoints = Array(repeating: 0 as S, count: count)
    adjoints[output] = seed
    lazy var structure = Structure(self, run.values)
    lazy var reached = structure.reached()
    withUnsafePointers(run, &adjoints) { instructions, partials, adjoints in
      for offset in instructions.indices.reversed() {
        let instruction = instructions[offset]
        let kinds = instruction.operandKinds
        guard !kinds.isDisjoint(with: .anyIsActive) else { continue }
        let slot = firstInstruction + offset
        let adjoint = adjoints[slot]

        @inline(__always)
        func contribute(_ partial: S, _ position: Int, _ operand: UInt32) {
          let contribution = S.contribution(
            partial, adjoint, isStructuralZero: !reached[slot] || structure.isCut(slot, position))
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
    return adjoints
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

// Slips in writing the derivative's formula down, looked for one operation after the other.
import Calculus
import Language
import Syntax

/// Looks for one slip that turns the true formula into the claim.
package struct FormulaSlips {
  private let target: Target
  private let evidence: Evidence
  /// All slots' values, for each point of the evidence.
  private let values: [[Double]]

  /// - Parameter target: the derivative's formula.
  init(_ target: Target, _ evidence: Evidence) {
    self.target = target
    self.evidence = evidence
    values = evidence.points.map { target.tape.slotValues(at: $0) }
  }

  private var tape: Tape { target.tape }

  /// The one slip that turns a formula's true value at a point into what was claimed, of a formula
  /// that is short enough for one number to tell.
  ///
  /// - Parameters:
  ///   - names: its variables, with their values in `point`.
  ///   - halfUnit: how far the claim may be from the number that it was rounded from.
  package static func slip(
    in formula: Formulas, of names: [String], at point: [Double], claim: Double, truth: Double,
    halfUnit: Double
  ) -> Mistake? {
    guard !names.isEmpty else { return nil }
    let target = Target(formula, names, variable: 0)
    let evidence = Evidence([
      Comparison(
        point: point, claim: claim, derivative: truth, verdict: .disagree, error: 0,
        halfUnit: halfUnit / 2, strain: 1)
    ])
    let value = target.tape.value(at: point)
    guard evidence.count == 1, (1...12).contains(target.tape.instructionCount),
      (value - truth).magnitude <= 2e-9 * truth.magnitude + .leastNormalMagnitude
    else { return nil }
    return FormulaSlips(target, evidence).slip()
  }

  func slip() -> Mistake? {
    for slot in target.operations.reversed() {
      guard let operation = tape.operation(in: slot) else { continue }
      let operands = tape.operands(of: slot)
      let constants = operands.map { operand in
        operand >= tape.variableCount && tape.operation(in: operand) == nil
          ? values[0][operand] : nil
      }
      for edit in FormulaEdit.edits(of: operation, constants: constants) {
        let isExplained = evidence.isExplained { index in
          let arguments = operands.map { values[index][$0] }
          return tape.output(
            values[index], with: edit.value(of: operation, arguments, values[index][slot]),
            in: slot)
        }
        if isExplained { return wording(edit, slot) }
      }
      if let mistake = otherVariable(in: slot, operation, operands) ?? lostBracket(slot, operation)
      {
        return mistake
      }
    }
    return otherVariableEverywhere()
  }

  /// `2*exp(2*x) + 3` for `2*exp(2*x + 3)`: a bracket that ends at the first term.
  private func lostBracket(_ slot: Slot, _ operation: Operation) -> Mistake? {
    let operand = tape.operands(of: slot)[0]
    guard operation.shape == .unary, let inner = tape.operation(in: operand),
      inner == .add || inner == .subtract
    else { return nil }
    let terms = tape.operands(of: operand)
    for (kept, lost) in [(0, 1), (1, 0)] {
      let isExplained = evidence.isExplained { index in
        let own = values[index]
        let sign: Double = inner == .subtract && lost == 1 ? -1 : 1
        let first = inner == .subtract && kept == 1 ? -own[terms[kept]] : own[terms[kept]]
        return tape.output(own, with: operation.value([first]), in: slot) + sign * own[terms[lost]]
      }
      if isExplained {
        return Mistake(.function, "a bracket is lost: \(target.text(slot)) is cut off")
      }
    }
    return nil
  }

  // MARK: One variable for another

  private func otherVariable(
    in slot: Slot, _ operation: Operation, _ operands: [Slot]
  ) -> Mistake? {
    for (position, operand) in operands.enumerated() where operand < tape.variableCount {
      for other in 0..<min(tape.variableCount, 16) where other != operand {
        let isExplained = evidence.isExplained { index in
          var arguments = operands.map { values[index][$0] }
          arguments[position] = values[index][other]
          return tape.output(values[index], with: operation.value(arguments), in: slot)
        }
        if isExplained { return exchanged(operand, other, in: target.text(slot)) }
      }
    }
    return nil
  }

  private func otherVariableEverywhere() -> Mistake? {
    for variable in 0..<min(tape.variableCount, 16) where tape.nodes[variable] != nil {
      for other in 0..<min(tape.variableCount, 16) where other != variable {
        let isExplained = evidence.isExplained { index in
          tape.output(values[index], with: values[index][other], in: variable)
        }
        if isExplained { return exchanged(variable, other, in: target.text(tape.output)) }
        guard other > variable else { continue }
        let isSwapped = evidence.isExplained { index in
          var point = evidence.points[index]
          point.swapAt(variable, other)
          return tape.value(at: point)
        }
        if isSwapped {
          return Mistake(
            .variable, "\(target.text(variable)) and \(target.text(other)) are exchanged")
        }
      }
    }
    return nil
  }

  private func exchanged(_ variable: Slot, _ other: Slot, in whole: String) -> Mistake {
    Mistake(
      .variable,
      "\(target.text(other)) stands where \(target.text(variable)) belongs in \(whole)")
  }

  // MARK: In words

  private func wording(_ edit: FormulaEdit, _ slot: Slot) -> Mistake {
    let operands = tape.operands(of: slot).map { target.text($0) }
    let whole = target.text(slot)
    switch edit {
    case .sign: return Mistake(.termSign, "wrong sign of \(whole)")
    case .scaled(let factor):
      return Mistake(.constantFactor, "\(whole) has the factor \(KnownFactor(factor).text)")
    case .termMissing(let position):
      return Mistake(.missingTerm, "missing term \(operands[position])")
    case .termDoubled(let position):
      return Mistake(.extraTerm, "the term \(operands[position]) is there twice")
    case .termSign(let position):
      return Mistake(.termSign, "wrong sign of the term \(operands[position])")
    case .factorMissing(let position):
      return Mistake(.missingFactor, "missing factor \(operands[position]) in \(whole)")
    case .factorDoubled(let position):
      return Mistake(.extraFactor, "the factor \(operands[position]) is there twice in \(whole)")
    case .divisorMissing:
      return Mistake(.missingFactor, "missing divisor \(operands[1]) in \(whole)")
    case .divisorDoubled:
      return Mistake(.extraFactor, "the divisor \(operands[1]) is there twice in \(whole)")
    case .divisorMultiplied:
      return Mistake(.extraFactor, "multiplied by \(operands[1]) where it divides in \(whole)")
    case .quotientInverted: return Mistake(.extraFactor, "\(whole) is upside down")
    case .exponentOffByOne(let shift):
      return Mistake(
        .exponent,
        "the exponent of \(whole) is off by one: it is 1 too \(shift < 0 ? "low" : "high")")
    case .exponentSign: return Mistake(.termSign, "wrong sign of the exponent of \(whole)")
    case .powerMissing: return Mistake(.exponent, "the exponent of \(whole) is missing")
    case .functionMissing: return Mistake(.function, "\(operands[0]) in place of \(whole)")
    case .coFunction(let other):
      return Mistake(.function, "\(other.about.name) in place of \(whole)")
    case .degrees: return Mistake(.degrees, "degrees for radians in \(whole)")
    case .number(let position, let number):
      return Mistake(
        .number, "\(shortest(number)) in place of \(operands[position]) in \(whole)")
    }
  }
}

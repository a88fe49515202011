// Where an undefined or infinite result was born, and where a function has no derivative.

/// Something that a user must know about a result.
package struct Finding: Sendable {
  /// What happened, and which of an operation's conditions is to blame.
  package enum Kind: Sendable, Equatable {
    /// The operation has no value at its arguments.
    case undefined
    /// The operation's value is infinite at its arguments: a pole.
    case pole
    /// The operation's value is beyond the largest double.
    case overflow
    /// The value is there, its slope in one argument is infinite.
    case infiniteSlope
    /// The value is there, its slope in one argument does not exist.
    case undefinedSlope
    /// Every slope is there, and their product is beyond the largest double or 0 · ∞.
    case slopeOverflow
    /// The value or the point says infinity or NaN itself.
    case given
    /// The operation is not differentiable at its arguments.
    case kink(Kink)
  }

  /// What happened at `slot`.
  package let kind: Kind
  /// Where it happened.
  package let slot: Slot
  /// The slots from there to the output, both included.
  package let path: [Slot]
  /// At how many more places the same happened, as in the other passes of a loop.
  package var others = 0

  /// A single finding; `others` is counted up when the same one is met again.
  package init(kind: Kind, slot: Slot, path: [Slot]) {
    self.kind = kind
    self.slot = slot
    self.path = path
  }
}

/// The first of several slots that are alike, and how many more there are.
private func firstOfEach<Key: Hashable>(
  _ slots: [Slot], _ key: (Slot) -> Key
) -> [(slot: Slot, others: Int)] {
  var places: [Key: Int] = [:]
  var found: [(slot: Slot, others: Int)] = []
  for slot in slots {
    let key = key(slot)
    if let place = places[key] {
      found[place].others += 1
    } else {
      places[key] = found.count
      found.append((slot, 0))
    }
  }
  return found
}

extension Tape {
  /// Why the value is not a finite number: the slots where NaN or infinity arose on a path to the
  /// output.
  ///
  /// A pole is reported even where the result is finite in the end, as in 5/ln(0).
  ///
  /// - Parameters:
  ///   - limit: how many findings are returned at most; each has its path, which may be long.
  ///   - origin: slots with the same origin look alike to a reader; the first one is reported.
  package func findingsAboutValue(
    _ values: [Double], upTo limit: Int = .max, origin: (Slot) -> Int = { $0 }
  ) -> [Finding] {
    guard !values[output].isFinite else { return Array(swallowedPoles(values).prefix(limit)) }
    let structure = Structure(self, values)
    let leads = Trail(self, structure, quantity: values) { $0 != .ignored }
    return firstOfEach(leads.births, origin).prefix(limit).map { slot, others in
      var finding = Finding(
        kind: kindOfBirth(slot, values), slot: slot, path: leads.path(from: slot))
      finding.others = others
      return finding
    }
  }

  private func swallowedPoles(_ values: [Double]) -> [Finding] {
    guard values.contains(where: { !$0.isFinite }) else { return [] }
    let live = Structure(self, values).live()
    return (firstInstruction..<count).filter { slot in
      live[slot] && values[slot].isInfinite && kindOfBirth(slot, values) == .pole
        && operands(of: slot).allSatisfy { values[$0].isFinite }
    }.map { Finding(kind: .pole, slot: $0, path: [$0]) }
  }

  private func kindOfBirth(_ slot: Slot, _ values: [Double]) -> Finding.Kind {
    guard let operation = operation(in: slot) else { return .given }
    if values[slot].isNaN { return .undefined }
    return operation.isDefined(operands(of: slot).map { values[$0] }) ? .overflow : .pole
  }

  /// Why the derivative along `seeds` is not a finite number though the value is.
  ///
  /// - Parameters:
  ///   - limit: how many findings are returned at most.
  ///   - origin: slots with the same origin look alike to a reader; the first one is reported.
  package func findingsAboutDerivative(
    at point: [Double], seeds: [Double], upTo limit: Int = .max, origin: (Slot) -> Int = { $0 }
  ) -> [Finding] {
    let run = linearized(at: point)
    let tangents = tangents(run, at: point, seeds: seeds)
    let structure = Structure(self, run.values)
    let varied = structure.varied(seeds)
    let trail = Trail(self, structure, quantity: tangents) { $0 == .smooth }
    let births = firstOfEach(trail.births.filter { operation(in: $0) != nil }, origin)
    return births.prefix(limit).flatMap { slot, others in
      let declared = findingsAboutFormulas(of: slot, structure, varied)
      if !declared.isEmpty {
        return declared.map {
          Finding(kind: $0.kind, slot: $0.slot, path: $0.path + trail.path(from: slot))
        }
      }
      let partials = zip(operands(of: slot), localPartials(of: slot, values: run.values))
        .filter { varied[$0.0] }.map(\.1)
      let arguments = operands(of: slot).map { run.values[$0] }
      let isOverflow =
        run.values[slot].isInfinite && arguments.allSatisfy(\.isFinite)
        && operation(in: slot)?.isDefined(arguments) == true
      let kind: Finding.Kind =
        isOverflow
        ? .overflow
        : partials.contains(where: \.isNaN)
          ? .undefinedSlope
          : partials.contains(where: \.isInfinite) && wideSlope(of: slot, run.values) == nil
            ? .infiniteSlope : .slopeOverflow
      var finding = Finding(kind: kind, slot: slot, path: trail.path(from: slot))
      finding.others = others
      return [finding]
    }
  }

  /// The first slope of an operation that overflows a double but not a scaled number, as text; nil
  /// if there is none.
  package func wideSlope(of slot: Slot, _ values: [Double]) -> String? {
    guard let operation = operation(in: slot) else { return nil }
    let arguments = operands(of: slot).map { values[$0] }
    let partials = operation.partials(arguments, values[slot])
    let wide = operation.partials(arguments.map { Scaled($0) }, Scaled(values[slot]))
    return zip(partials, wide).first { $0.isInfinite && $1.isOrdinary }?.1.description
  }

  /// Where the declared derivatives of a call in arguments that vary are not finite.
  private func findingsAboutFormulas(
    of slot: Slot, _ structure: Structure, _ varied: [Bool]
  ) -> [Finding] {
    guard operation(in: slot) == .declaredDerivative else { return [] }
    let operands = operands(of: slot)
    let count = (operands.count - 1) / 2
    return (1...count).filter { varied[operands[$0]] }.flatMap { index in
      let leads = Trail(
        self, structure, quantity: structure.values, to: operands[index + count]
      ) { $0 != .ignored }
      return leads.births.prefix(1).map {
        Finding(kind: kindOfBirth($0, structure.values), slot: $0, path: leads.path(from: $0))
      }
    }
  }

  /// The operations at a kink that the output depends on at this point, or all operations at a
  /// kink.
  package func kinks(_ values: [Double], all: Bool = false) -> [Finding] {
    guard mayHaveKinks else { return [] }
    lazy var structure = Structure(self, values)
    lazy var sensitive = structure.sensitive()
    var findings: [Finding] = []
    for (offset, instruction) in instructions.enumerated()
    where !instruction.operandKinds.isDisjoint(with: .anyIsActive) {
      let visitor = KinkVisitor(values: values, instruction: instruction, operands: operands)
      guard let kink = instruction.operation.accept(visitor) else { continue }
      let slot = firstInstruction + offset
      guard all || sensitive[slot] && isMoved(slot, structure) else { continue }
      findings.append(Finding(kind: .kink(kink), slot: slot, path: []))
    }
    return findings
  }

  /// Whether any operation that derivatives flow through is at a kink, or a condition of the
  /// program changes its outcome here.
  package func hasKink(_ values: [Double]) -> Bool {
    turns != nil
      || mayHaveKinks
        && instructions.contains { instruction in
          instruction.operation.mayHaveKinks
            && !instruction.operandKinds.isDisjoint(with: .anyIsActive)
            && instruction.operation.accept(
              KinkVisitor(values: values, instruction: instruction, operands: operands)) != nil
        }
  }

  /// Whether a condition's arguments can vary near the point: a comparison is constant on either
  /// side of its boundary, so only smooth arguments and variables count.
  private func isMoved(_ slot: Slot, _ structure: Structure) -> Bool {
    let gates = zip(operands(of: slot), structure.roles(slot)).filter { $0.1 == .gate }.map(\.0)
    return gates.isEmpty
      || gates.contains { gate in
        operation(in: gate) == nil || structure.roles(gate).contains(.smooth)
      }
  }
}

/// The paths along which a quantity that is not finite reaches the output of a tape.
private struct Trail {
  /// Where the paths begin: slots none of whose operands are on a path.
  private(set) var births: [Slot] = []
  /// The next slot on a path to the output.
  private var next: [Slot: Slot] = [:]
  private let output: Slot

  /// - Parameter end: the slot that the paths lead to, if it is not the output.
  init(
    _ tape: Tape, _ structure: Structure, quantity: [Double], to end: Slot? = nil,
    through carries: (EdgeRole) -> Bool
  ) {
    output = end ?? tape.output
    var isOnTrail = Array(repeating: false, count: tape.count)
    isOnTrail[output] = !quantity[output].isFinite
    for slot in stride(from: output, through: 0, by: -1) where isOnTrail[slot] {
      var isBirth = true
      for (operand, role) in zip(tape.operands(of: slot), structure.roles(slot))
      where carries(role) && !quantity[operand].isFinite {
        isBirth = false
        if !isOnTrail[operand] {
          isOnTrail[operand] = true
          next[operand] = slot
        }
      }
      if isBirth { births.append(slot) }
    }
    births.reverse()
  }

  func path(from slot: Slot) -> [Slot] {
    var path = [slot]
    while let last = path.last, last != output, let following = next[last] {
      path.append(following)
    }
    return path
  }
}

/// An instruction's kink at the values of its operands, read in place: most have none.
private struct KinkVisitor: OperationVisitor {
  let values: [Double]
  let instruction: Instruction
  let operands: [UInt32]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Kink? {
    Op.kink(values[Int(instruction.a)])
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Kink? {
    Op.kink(values[Int(instruction.a)], values[Int(instruction.b)])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Kink? {
    Op.kink(operands[instruction.run].map { values[Int($0)] })
  }
}

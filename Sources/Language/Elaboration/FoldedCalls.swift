// Calls that a trace shows as one step: which slots they hide, and what they read.
import Text
import Calculus
import Syntax

/// A call whose operations are not shown one by one.
package struct FoldedCall: Sendable {
  /// What was passed for one parameter.
  package enum Argument: Sendable {
    case slot(Slot)
    case number(Double)
    /// The function does not use it.
    case unused
  }

  /// The function's name.
  package let name: String
  /// One for each parameter.
  package let arguments: [Argument]
  /// The slot of the value that the call returned.
  package let result: Slot
  /// The slots that nothing outside of the call reads.
  package let hidden: Set<Slot>
  /// The slots outside that the call reads, its arguments or others, in rising order.
  package let inputs: [Slot]

  /// The derivatives of the result in each input, by a reverse sweep through the call alone.
  package func partials(_ tape: Tape, values: [Double]) -> [Double] {
    var adjoints: [Slot: Double] = [result: 1]
    for slot in (hidden + [result]).sorted(by: >) {
      guard let adjoint = adjoints[slot], adjoint != 0 else { continue }
      let partials = tape.localPartials(of: slot, values: values)
      for (operand, partial) in zip(tape.operands(of: slot), partials)
      where tape.dependsOnVariable(operand) && partial != 0 {
        adjoints[operand, default: 0] += adjoint * partial
      }
    }
    return inputs.map { adjoints[$0] ?? 0 }
  }
}

extension Computation {
  /// The outermost calls among those that were observed, as far as they hide anything.
  ///
  /// Slots of a call that something else reads as well stay visible.
  package var foldedCalls: [FoldedCall] {
    guard !observedCalls.isEmpty else { return [] }
    let slots = slotsOfNodes
    var users: [Slot: [Slot]] = [:]
    for slot in 0..<tape.count {
      for operand in tape.operands(of: slot) { users[operand, default: []].append(slot) }
    }
    let owners = calls.outermost(among: Set(observedCalls.map(\.call)))
    var slotsOfCalls: [Int32: [Slot]] = [:]
    for slot in 0..<tape.count where tape.operation(in: slot) != nil && callOrigins[slot] >= 0 {
      let owner = owners[Int(callOrigins[slot])]
      if owner != CallTable.none { slotsOfCalls[owner, default: []].append(slot) }
    }
    return observedCalls.compactMap { call in
      guard owners[Int(call.call)] == call.call, let result = slots[call.result],
        let own = slotsOfCalls[call.call], own.contains(result)
      else { return nil }
      return folded(call, result, own, slots, users)
    }
  }

  /// - Parameter own: the slots that are computed in the call.
  private func folded(
    _ call: ObservedCall, _ result: Slot, _ own: [Slot], _ slots: [NodeIndex: Slot],
    _ users: [Slot: [Slot]]
  ) -> FoldedCall {
    var hidden: Set<Slot> = []
    // Users have larger slots than what they use.
    for slot in own.reversed() where slot < result && slot != tape.output {
      let readers = users[slot] ?? []
      if readers.allSatisfy({ $0 == result || hidden.contains($0) }) { hidden.insert(slot) }
    }
    var inputs: Set<Slot> = []
    for slot in hidden.union([result]) {
      for operand in tape.operands(of: slot) where !hidden.contains(operand) {
        inputs.insert(operand)
      }
    }
    let arguments = zip(call.arguments, call.numbers).map { node, number in
      number.map { FoldedCall.Argument.number($0) } ?? slots[node].map { .slot($0) } ?? .unused
    }
    return FoldedCall(
      name: call.name, arguments: arguments, result: result, hidden: hidden,
      inputs: inputs.sorted())
  }
}

extension CallTable {
  /// For each call, the outermost enclosing call (or itself) among some; `none` where there is
  /// none.
  func outermost(among some: Set<Int32>) -> [Int32] {
    var owners: [Int32] = []
    // A call has a larger number than the one that encloses it.
    for call in 0..<Int32(truncatingIfNeeded: count) {
      let caller = caller(of: call)
      let outer = caller == Self.none ? Self.none : owners[Int(caller)]
      owners.append(outer != Self.none ? outer : some.contains(call) ? call : Self.none)
    }
    return owners
  }
}

// Calls that a trace shows as one step: which slots they hide, and what they read.
import Calculus
import Syntax

/// A call whose operations are not shown one by one.
package struct FoldedCall: Sendable {
  package enum Argument: Sendable {
    case slot(Slot)
    case number(Double)
    /// The function does not use it.
    case unused
  }

  package let name: String
  package let arguments: [Argument]
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

/// The call of a function that was run, with the nodes that it began and ended with.
struct ObservedCall: Sendable {
  let call: Int32
  let name: String
  let arguments: [NodeIndex]
  /// The arguments that are numbers.
  let numbers: [Double?]
  let result: NodeIndex
}

extension Computation {
  /// The outermost calls among those that were observed, as far as they hide anything.
  ///
  /// A slot that others share with a call stays in sight.
  package var foldedCalls: [FoldedCall] {
    guard !observedCalls.isEmpty else { return [] }
    let slots = slotsOfNodes
    var users: [Slot: [Slot]] = [:]
    for slot in 0..<tape.count {
      for operand in tape.operands(of: slot) { users[operand, default: []].append(slot) }
    }
    let observed = Set(observedCalls.map(\.call))
    return observedCalls.compactMap { call in
      guard !calls.isInside(observed, caller: call.call), let result = slots[call.result],
        isInside(call.call, result)
      else { return nil }
      return folded(call, result, slots, users)
    }
  }

  private func isInside(_ call: Int32, _ slot: Slot) -> Bool {
    tape.operation(in: slot) != nil && calls.isInside([call], callOrigins[slot])
  }

  private func folded(
    _ call: ObservedCall, _ result: Slot, _ slots: [NodeIndex: Slot], _ users: [Slot: [Slot]]
  ) -> FoldedCall {
    var hidden: Set<Slot> = []
    // Users have larger slots than what they use.
    for slot in stride(from: result - 1, through: 0, by: -1)
    where slot != tape.output && isInside(call.call, slot) {
      let own = users[slot] ?? []
      if own.allSatisfy({ $0 == result || hidden.contains($0) }) { hidden.insert(slot) }
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
  /// Whether a call, or one that it is made in, is among some.
  func isInside(_ some: Set<Int32>, _ call: Int32) -> Bool {
    var next = call
    while next != Self.none {
      if some.contains(next) { return true }
      next = caller(of: next)
    }
    return false
  }

  /// Whether a call is made inside of one of some others.
  func isInside(_ some: Set<Int32>, caller call: Int32) -> Bool {
    isInside(some, caller(of: call))
  }
}

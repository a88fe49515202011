// The tape: the part of a graph that an output needs, as a flat list of instructions.

/// A computation recorded once, to be run at many points by every engine.
///
/// The order is that of the survey's traces: by level (1 + the highest level of the arguments), and
/// within a level as the graph was made, which is the expression read from left to right. All
/// engines run in this order, so a trace shows the very numbers that a gradient is made of.
package struct Tape: Sendable {
  /// What is run, without the graph that it was recorded from.
  package let line: StraightLine
  /// Which variables derivatives are taken in; the others are constants.
  package let isActive: [Bool]
  /// The slots of the results.
  package let outputs: [Slot]
  /// The graph's node in each slot, nil for a variable that the expression does not use.
  package let nodes: [NodeIndex?]
  /// What there is beside the point, where the way of a program turns over at it.
  package var turns: Turns?

  /// How many slots there are.
  package var count: Int { nodes.count }
  /// How many operations a run takes.
  package var instructionCount: Int { line.instructions.count }
  /// How many numbers a point has.
  package var variableCount: Int { line.variableCount }
  var constants: [Double] { line.constants }
  var instructions: [Instruction] { line.instructions }
  var operands: [UInt32] { line.operands }
  var firstInstruction: Slot { line.firstInstruction }
  /// Whether any instruction can sit on a kink; smooth functions are never asked where they do.
  var mayHaveKinks: Bool { line.mayHaveKinks }
  /// The slot of the first result, which is the one that sweeps differentiate.
  package var output: Slot { line.output }

  /// Records what `output` needs of `graph`.
  ///
  /// - Parameter isActive: for each variable, whether derivatives are taken in it.
  package init(_ graph: Graph, output: NodeIndex, isActive: [Bool]) {
    self.init(graph, outputs: [output], isActive: isActive)
  }

  /// Records what several outputs need of `graph`; there must be one at least.
  package init(_ graph: Graph, outputs: [NodeIndex], isActive: [Bool]) {
    var recorder = TapeRecorder(graph, outputs: outputs, isActive: isActive)
    recorder.record()
    self.isActive = isActive
    nodes = recorder.nodes
    self.outputs = outputs.map { Int(recorder.slots[Int($0)]) }
    line = StraightLine(
      variableCount: isActive.count, constants: recorder.constants,
      instructions: recorder.instructions, operands: recorder.operands, output: self.outputs[0])
  }

  /// The slots that the instruction in `slot` reads; none for a variable or a constant.
  package func operands(of slot: Slot) -> [Slot] {
    guard slot >= firstInstruction else { return [] }
    let instruction = instructions[slot - firstInstruction]
    if instruction.operandKinds.contains(.isVariadic) {
      return operands[instruction.run].map(Int.init)
    }
    return instruction.operandKinds.contains(.hasTwo)
      ? [Int(instruction.a), Int(instruction.b)] : [Int(instruction.a)]
  }

  /// The operation in `slot`; nil for a variable or a constant.
  package func operation(in slot: Slot) -> Operation? {
    slot >= firstInstruction ? instructions[slot - firstInstruction].operation : nil
  }
}

/// Lays a graph out as a tape.
private struct TapeRecorder {
  let graph: Graph
  let outputs: [NodeIndex]
  let isActive: [Bool]

  var constants: [Double] = []
  var instructions: [Instruction] = []
  var operands: [UInt32] = []
  var nodes: [NodeIndex?]
  /// Each graph node's slot.
  var slots: [UInt32]
  /// Whether a slot depends on an active variable.
  private var slotIsActive: [Bool]

  init(_ graph: Graph, outputs: [NodeIndex], isActive: [Bool]) {
    self.graph = graph
    self.outputs = outputs
    self.isActive = isActive
    nodes = Array(repeating: nil, count: isActive.count)
    slots = Array(repeating: 0, count: Int(outputs.max() ?? 0) + 1)
    slotIsActive = isActive
  }

  mutating func record() {
    let reached = reachedNodes()
    layOutLeaves(reached)
    let ordered = orderedByLevel(reached)
    instructions.reserveCapacity(ordered.count)
    for node in ordered { append(node) }
  }

  /// Which nodes the outputs need: arguments come before users, so one pass downward finds them.
  private func reachedNodes() -> [Bool] {
    var reached = Array(repeating: false, count: slots.count)
    for output in outputs { reached[Int(output)] = true }
    for node in stride(from: reached.count - 1, through: 0, by: -1) where reached[node] {
      graph.forEachArgument(of: UInt32(node)) { reached[Int($0)] = true }
    }
    return reached
  }

  private mutating func layOutLeaves(_ reached: [Bool]) {
    for node in reached.indices where reached[node] {
      switch graph[leaf: UInt32(node)] {
      case .variable(let index):
        slots[node] = UInt32(index)
        nodes[index] = UInt32(node)
      case .constant(let value):
        slots[node] = UInt32(isActive.count + constants.count)
        constants.append(value)
        nodes.append(UInt32(node))
        slotIsActive.append(false)
      default: continue
      }
    }
  }

  /// The operations among `reached`, level by level, by a counting sort.
  private func orderedByLevel(_ reached: [Bool]) -> [NodeIndex] {
    var level = Array(repeating: UInt32(0), count: reached.count)
    var population: [Int] = [0]
    for node in reached.indices where reached[node] && graph[leaf: UInt32(node)] == nil {
      var highest: UInt32 = 0
      graph.forEachArgument(of: UInt32(node)) { highest = max(highest, level[Int($0)]) }
      level[node] = highest + 1
      if Int(highest) + 1 == population.count { population.append(0) }
      population[Int(highest) + 1] += 1
    }
    var next = population
    var total = 0
    for index in next.indices {
      (next[index], total) = (total, total + next[index])
    }
    var ordered = Array(repeating: NodeIndex(0), count: total)
    for node in reached.indices where level[node] > 0 {
      ordered[next[Int(level[node])]] = UInt32(node)
      next[Int(level[node])] += 1
    }
    return ordered
  }

  private mutating func append(_ node: NodeIndex) {
    switch graph[node] {
    case .variable, .constant: return
    case .unary(let operation, let x): appendUnary(operation, slots[Int(x)])
    case .binary(let operation, let x, let y):
      appendBinary(operation, slots[Int(x)], slots[Int(y)])
    case .variadic(let operation, let xs): appendVariadic(operation, xs.map { slots[Int($0)] })
    }
    slots[Int(node)] = UInt32(nodes.count)
    nodes.append(node)
  }

  private mutating func appendUnary(_ operation: Operation, _ x: UInt32) {
    let kinds: OperandKinds = slotIsActive[Int(x)] ? .firstIsActive : []
    append(Instruction(operation: operation, operandKinds: kinds, a: x, b: 0))
    slotIsActive.append(!kinds.isEmpty)
  }

  private mutating func appendBinary(_ operation: Operation, _ x: UInt32, _ y: UInt32) {
    var kinds: OperandKinds = slotIsActive[Int(x)] ? [.firstIsActive] : []
    if slotIsActive[Int(y)] { kinds.insert(.secondIsActive) }
    slotIsActive.append(!kinds.isEmpty)
    append(Instruction(operation: operation, operandKinds: kinds.union(.hasTwo), a: x, b: y))
  }

  private mutating func appendVariadic(_ operation: Operation, _ xs: [UInt32]) {
    let isActive = xs.contains { slotIsActive[Int($0)] }
    append(
      Instruction(
        operation: operation, operandKinds: isActive ? [.isVariadic, .firstIsActive] : .isVariadic,
        a: UInt32(operands.count), b: UInt32(xs.count)))
    operands.append(contentsOf: xs)
    slotIsActive.append(isActive)
  }

  private mutating func append(_ instruction: Instruction) { instructions.append(instruction) }
}

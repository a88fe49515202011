// From the rows of a trace table to steps: names are resolved, what the table leaves out is put in.
import Calculus
import Checking
import Language
import Syntax

/// The steps of a table.
struct StepTable {
  let source: SourceText
  let rows: [ClaimedRow]
  /// The formulas of each row.
  let formulas: [[ClaimedFormula]]
  let tape: Tape
  private(set) var steps: [TraceStep] = []
  /// Arguments before their users.
  private(set) var order: [Int] = []
  /// The step of each primal row.
  private(set) var stepOfRow: [Int: Int] = [:]
  /// The rows that tell the value of a variable.
  private(set) var rowsOfVariable: [Int: [Int]] = [:]

  /// The variables by their bases.
  private let inputs: [String: Int]
  /// The names that slots have by their numbers.
  private let standard: [String: Slot]
  private let numbering: Numbering
  /// What the result is called where the table does not define it.
  private let outputNames: Set<String>
  /// The step with the result, once it is found.
  var result: Int?
  /// The rows that define each base, in the order of the file.
  private var definitions: [String: [Int]] = [:]
  /// The row that defines the same as a later one: the same formula of the same quantities.
  private var firstOfSame: [Int: Int] = [:]
  /// The rows with a value whose formula comes in a later row, behind derivatives.
  private let announcedRows: Set<Int>
  /// The rows that say nothing but their value, by the slots that have it.
  private var standing: [Slot: [Int]] = [:]
  /// The slots that they have.
  private var slotOfRow: [Int: Slot] = [:]
  /// Rows that say nothing but a value that no slot has.
  private(set) var strangers: [Int] = []
  /// The steps of slots that the table has no row for.
  private var implicit: [Slot: Int] = [:]

  var inputCount: Int { tape.variableCount }

  init(
    _ reader: RowReader, _ computation: Computation, output: String, at points: [[Double]],
    _ readings: inout Readings
  ) throws(Problem) {
    rows = reader.rows
    source = reader.source
    tape = computation.tape
    let inputs = Self.inputs(computation)
    self.inputs = inputs
    outputNames = Set([output, "y", "f", "return"]).filter { !computation.variables.contains($0) }
    var formulas: [[ClaimedFormula]] = []
    for row in rows {
      var own: [ClaimedFormula] = []
      for text in row.formulas {
        own.append(try ClaimedFormula(text, in: source) { reader.scanner($0) })
      }
      formulas.append(own)
    }
    let announced = Self.announced(rows, formulas, inputs, points[0], reader.precision)
    for (row, later) in announced { formulas[row] = formulas[later] }
    self.formulas = formulas
    announcedRows = Set(announced.keys)
    let bare = zip(reader.rows, formulas).filter { $0.kind == .primal && $1.isEmpty }
      .map(\.0.base).filter { inputs[$0] == nil }
    numbering = Numbering(bare, tape, &readings)
    standard = numbering.slots(tape)
    steps = computation.variables.map {
      TraceStep(base: NameScanner.canonical($0), row: nil, function: nil)
    }
    let primals = rows.indices.filter { rows[$0].kind == .primal }
    for row in primals {
      findSame(row)
      definitions[rows[row].base, default: []].append(row)
    }
    for row in primals { addStep(of: row) }
    let bareRows = primals.filter { row in
      stepOfRow[row].map { $0 >= inputCount } == true
        && formula(of: row)?.references.isEmpty != false
    }
    if !bareRows.isEmpty { placeFormulas(among: primals, points) }
    var nameless = SlotValues(computation.tape, at: points[0])
    for row in bareRows {
      identify(row, &nameless, reader.precision, computation, &readings)
    }
    placeStrangers(among: primals, nameless)
    guard strangers.isEmpty else { return }
    for row in primals {
      guard let step = stepOfRow[row], step >= inputCount else { continue }
      let function = try function(of: row)
      steps[step].function = function
    }
    try updateOrder()
  }

  /// Finds the slot that a row without a formula stands for: by its name, or by its value.
  private mutating func identify(
    _ row: Int, _ nameless: inout SlotValues, _ precision: TablePrecision,
    _ computation: Computation, _ readings: inout Readings
  ) {
    let base = rows[row].base
    if let slot = standard[base] { return stand(row, for: slot) }
    if outputNames.contains(base) { return }
    guard let value = rows[row].value else { return strangers.append(row) }
    let found = nameless.slots(of: value.value, within: value.halfUnit(in: precision))
    // What the table has a row for by its name is not meant by another one.
    let others = found.filter { $0 >= inputCount || definitions[steps[$0].base] == nil }
    let slots = (others.isEmpty ? found : others).prefix(Self.mostMeant)
    guard let first = slots.first else {
      if formula(of: row) == nil || rows[row].numbers.count == 1 { strangers.append(row) }
      return
    }
    let way =
      slots.count == 1
      ? 0
      : readings.way("'\(rows[row].name.text)'", slots.map { computation.text(of: $0) })
    let slot = slots.dropFirst(way).first ?? first
    nameless.take(slot)
    stand(row, for: slot)
  }

  /// The rows that tell a value and, with derivatives between, are told again with a formula that has it,
  /// as where the members of each node are printed before what it is: they are one quantity.
  ///
  /// - Returns: by the rows with values, those with their formulas.
  private static func announced(
    _ rows: [ClaimedRow], _ formulas: [[ClaimedFormula]], _ inputs: [String: Int],
    _ point: [Double], _ precision: TablePrecision
  ) -> [Int: Int] {
    var (values, waiting): ([String: Double], [String: Int]) = ([:], [:])
    var announced: [Int: Int] = [:]
    var lastDerivative: Int?
    for (row, claimed) in rows.enumerated() {
      guard claimed.kind == .primal, claimed.added == nil else {
        lastDerivative = row
        continue
      }
      let (base, value) = (claimed.base, claimed.value)
      let before = waiting.removeValue(forKey: base)
      if inputs[base] == nil, value != nil, formulas[row].isEmpty { waiting[base] = row }
      if let before, let lastDerivative, lastDerivative > before, let told = rows[before].value,
        let formula = formulas[row].last, formula.isPrimal
      {
        let arguments = formula.references.map { name in
          name.base == base
            ? .nan : inputs[name.base].map { point[$0] } ?? values[name.base] ?? .nan
        }
        let own = formula.value(arguments)
        let margin = told.halfUnit(in: precision) * (1 + 1e-9) + 1e-9 * own.magnitude
        if (own - told.value).magnitude <= margin { announced[before] = row }
      }
      values[base] = value?.value
    }
    return announced
  }

  /// Finds an earlier row with the same formula, whose names have not been defined anew since; behind a
  /// derivative's row another table begins.
  private mutating func findSame(_ row: Int) {
    guard let formula = formula(of: row), !formula.references.isEmpty,
      let before = definitions[rows[row].base]?.last, let own = self.formula(of: before),
      own.text == formula.text,
      announcedRows.contains(before) || rows[before..<row].allSatisfy({ $0.kind == .primal })
    else { return }
    let isSame = formula.references.allSatisfy { name in
      let defined = definitions[name.base] ?? []
      let last = defined.last.map { firstOfSame[$0] ?? $0 }
      return last == defined.last { $0 < before }.map { firstOfSame[$0] ?? $0 }
    }
    if isSame { firstOfSame[row] = firstOfSame[before] ?? before }
  }

  /// Finds the slots that formulas of variables and of rows above are, for those who say nothing but a value behind
  /// them.
  private mutating func placeFormulas(among primals: [Int], _ points: [[Double]]) {
    guard primals.count * tape.count <= Self.mostPlacedFormulas else { return }
    let slotValues = points.map { tape.slotValues(at: $0) }
    var values: [String: [Double]] = [:]
    for row in primals {
      guard let formula = formula(of: row), !formula.references.isEmpty else { continue }
      let own = points.indices.map { point in
        formula.value(
          formula.references.map { name in
            values[name.base]?[point] ?? inputs[name.base].map { points[point][$0] } ?? .nan
          })
      }
      values[rows[row].base] = own
      let slot = (inputCount..<max(inputCount, tape.count)).first { slot in
        tape.operation(in: slot) != nil
          && points.indices.allSatisfy { point in
            let (value, other) = (own[point], slotValues[point][slot])
            return (value - other).magnitude <= 1e-9 * other.magnitude
          }
      }
      if let slot { standing[slot, default: []].append(row) }
    }
  }

  private static let mostPlacedFormulas = 1_000_000

  /// Finds the slots of values that none has by the rows around them, where rows follow the order of the
  /// expression's operations and leave as many slots as there are strangers; not for a value that another order of
  /// operations may have.
  private mutating func placeStrangers(among primals: [Int], _ nameless: SlotValues) {
    guard !strangers.isEmpty, strangers.count < slotOfRow.count else { return }
    let operations = (0..<tape.count).filter { tape.operation(in: $0) != nil }
    let (taken, unknown) = (Set(slotOfRow.values), Set(strangers))
    var (waiting, last): ([Int], Slot) = ([], -1)
    for row in primals + [.max] {
      let isResult = row != .max && outputNames.contains(rows[row].base)
      let known = row == .max ? tape.count : slotOfRow[row] ?? (isResult ? tape.output : nil)
      if unknown.contains(row) { waiting.append(row) }
      guard let slot = known else { continue }
      let free = operations.filter { $0 > last && $0 < slot && !taken.contains($0) }
      if free.count == waiting.count, waiting.count <= Self.mostPlaced,
        !waiting.contains(where: { nameless.mayBeMeant(rows[$0]) })
      {
        for (stranger, slot) in zip(waiting, free) { stand(stranger, for: slot) }
        strangers.removeAll(where: waiting.contains)
      }
      (waiting, last) = ([], slot)
    }
  }

  /// How many values in a row may be strange.
  private static let mostPlaced = 8

  /// Of how many slots with one value a row may be any.
  private static let mostMeant = 4

  private mutating func addStep(of row: Int) {
    if let input = variable(of: row) {
      stepOfRow[row] = input
      rowsOfVariable[input, default: []].append(row)
    } else {
      stepOfRow[row] = steps.count
      steps.append(TraceStep(base: rows[row].base, row: row, function: nil))
    }
  }

  /// The variable whose value a row tells: `x1 = 2`, `v-1 = 2`.
  private func variable(of row: Int) -> Int? {
    let base = rows[row].base
    guard let input = inputs[base] ?? standard[base], input < inputCount else { return nil }
    return formula(of: row)?.references.isEmpty ?? true ? input : nil
  }

  static func inputs(_ computation: Computation) -> [String: Int] {
    Dictionary(
      computation.variables.enumerated().map { (NameScanner.canonical($1), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Names

  /// The variable of a base.
  func input(named base: String) -> Int? { inputs[base] }

  /// Whether a base is what the result is called.
  func isOutputName(_ base: String) -> Bool { outputNames.contains(base) }

  /// The step that a name means in a row: the last definition before it, a variable, or what comes
  /// later; then what `trace` calls so. Nil for a name that means nothing.
  mutating func step(of base: String, in row: Int) -> Int? {
    let defined = definitions[base] ?? []
    if let input = inputs[base], standard[base] != nil, isAboutInput(input, row) { return input }
    if let last = defined.last(where: { $0 < row }) { return stepOfRow[firstOfSame[last] ?? last] }
    if let input = inputs[base] { return input }
    if let next = defined.first(where: { $0 > row }) { return stepOfRow[next] }
    if let slot = standard[base] { return step(of: slot, in: row) }
    return outputNames.contains(base) ? result ?? step(of: tape.output, in: row) : nil
  }

  /// Whether a row is one of those that give a variable trace's name, or the other way round. It
  /// decides where a variable has a name that trace has for something else.
  private func isAboutInput(_ input: Int, _ row: Int) -> Bool {
    guard rows.indices.contains(row), let name = numbering.name(of: input, tape) else {
      return false
    }
    guard let formula = formulas[row].last, formula.references.count == 1 else { return false }
    let only = formula.tape.instructionCount == 0 ? formula.references[0].base : nil
    let base = steps[input].base
    return rows[row].base == name && only == base
      || rows[row].kind != .primal && rows[row].base == base && only == name
  }

  /// The step of a slot of the expression: a row that has its name, or one that is put in.
  mutating func step(of slot: Slot, in row: Int) -> Int {
    if let known = knownStep(of: slot, in: row) { return known }
    var pending = [slot]
    // In the end that of `slot`, which lies below all others.
    var made = steps.count
    while let last = pending.last {
      let missing = tape.operands(of: last).filter {
        tape.operation(in: $0) != nil && knownStep(of: $0, in: row) == nil
      }
      if missing.isEmpty {
        pending.removeLast()
        made = implicit[last] ?? putIn(last, in: row)
      } else {
        pending += missing
      }
    }
    return made
  }

  /// The step of a slot that the table has no row for.
  private mutating func putIn(_ slot: Slot, in row: Int) -> Int {
    let function = function(of: slot, in: row)
    let base = numbering.name(of: slot, tape) ?? "#\(slot)"
    implicit[slot] = steps.count
    steps.append(TraceStep(base: base, row: nil, function: function))
    return steps.count - 1
  }

  private func knownStep(of slot: Slot, in row: Int) -> Int? {
    let own = (standing[slot] ?? []).filter { $0 != row }
    if slot < inputCount { return own.last { $0 < row }.flatMap { stepOfRow[$0] } ?? slot }
    if let defined = own.last(where: { $0 < row }) ?? own.first(where: { $0 > row }) {
      return stepOfRow[defined]
    }
    if let name = numbering.name(of: slot, tape), let defined = definitions[name] {
      let before = defined.last { $0 < row } ?? defined.first { $0 > row }
      if let before { return stepOfRow[before] }
    }
    return implicit[slot]
  }

  /// A slot's operation on the steps of its operands, which are known.
  private func function(of slot: Slot, in row: Int) -> StepFunction {
    function(of: slot) { knownStep(of: $0, in: row) }
  }

  /// A slot's operation on steps.
  ///
  /// - Parameter step: the step that an operand is; for none the operand's own operation is put in.
  func function(of slot: Slot, _ step: (Slot) -> Int?) -> StepFunction {
    let graph = Graph(keepsKernels: true)
    var arguments: [Int] = []
    var nodes: [Slot: NodeIndex] = [:]
    let values = tape.constantValues
    var pending = [slot]
    // In the end that of `slot`, which lies below all others.
    var root: NodeIndex = 0
    while let last = pending.last {
      if let node = nodes[last] {
        root = node
        pending.removeLast()
        continue
      }
      if last != slot, let argument = step(last) {
        let place = arguments.firstIndex(of: argument) ?? arguments.count
        if place == arguments.count { arguments.append(argument) }
        nodes[last] = graph.variable(place)
      } else if let operation = tape.operation(in: last) {
        let operands = tape.operands(of: last)
        let known = operands.compactMap { nodes[$0] }
        if known.count == operands.count {
          nodes[last] = graph.node(operation, known)
        } else {
          pending += operands.filter { nodes[$0] == nil }
        }
      } else {
        nodes[last] = graph.constant(values[last])
      }
    }
    return StepFunction(arguments, Formulas(graph: graph, roots: [root]))
  }

  private mutating func stand(_ row: Int, for slot: Slot) {
    standing[slot, default: []].append(row)
    slotOfRow[row] = slot
  }

  // MARK: Functions of rows

  private mutating func function(of row: Int) throws(Problem) -> StepFunction {
    let claimed = rows[row]
    let formula = formula(of: row)
    if let formula, !formula.references.isEmpty {
      var arguments: [Int] = []
      for name in formula.references {
        guard name.mark == nil, let step = step(of: name.base, in: row) else {
          throw Problem(.traceName(name.shown), in: source, at: claimed.formulas.last?.range)
        }
        arguments.append(step)
      }
      return StepFunction(arguments, formula.formula)
    }
    if let slot = slotOfRow[row] {
      return function(standing: slot, in: row)
    }
    if outputNames.contains(claimed.base) {
      return StepFunction(identityOf: step(of: tape.output, in: row))
    }
    guard let formula else {
      throw Problem(.traceWithoutFormula(claimed.name.text), in: source, at: claimed.name.range)
    }
    return StepFunction([], formula.formula)
  }

  /// A row that stands for a slot.
  private mutating func function(standing slot: Slot, in row: Int) -> StepFunction {
    if slot < inputCount { return StepFunction(identityOf: slot) }
    for operand in tape.operands(of: slot) where tape.operation(in: operand) != nil {
      _ = step(of: operand, in: row)
    }
    return function(of: slot, in: row)
  }

  /// The formula of a row that says most: the last one with names in it.
  func formula(of row: Int) -> ClaimedFormula? {
    formulas[row].last { !$0.references.isEmpty && $0.isPrimal }
      ?? formulas[row].last { !$0.references.isEmpty } ?? formulas[row].last
  }

  // MARK: Order

  /// Steps may have been put in while other rows were read.
  mutating func updateOrder() throws(Problem) {
    switch steps.topologicalOrder {
    case .success(let order): self.order = order
    case .failure(let cycle):
      let name = rows[cycle.row].name
      throw Problem(.traceCycle(name.text), in: source, at: name.range)
    }
  }

  /// The step with the result, put in where the table has none.
  mutating func implicitOutput() throws(Problem) -> Int {
    var result: Int
    if tape.output < inputCount || tape.operation(in: tape.output) != nil {
      result = step(of: tape.output, in: .max)
    } else {
      result = steps.count
      steps.append(
        TraceStep(
          base: "y", row: nil,
          function: StepFunction(constant: tape.constantValues[tape.output])))
    }
    try updateOrder()
    return result
  }

  mutating func correct(_ step: Int, to function: StepFunction) throws(Problem) {
    steps[step].function = function
    try updateOrder()
  }
}

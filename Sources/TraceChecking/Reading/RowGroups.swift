// Where one row ends and the next begins: what a cell with a name, or of a derivative's column, belongs to.
import Calculus
import Checking
import Language
import Syntax

extension RowReader {
  mutating func begin(
    _ name: MarkedName, _ text: PlacedText, _ added: Double?, _ column: TraceColumn, _ index: Int,
    _ line: Int
  ) throws(Problem) {
    var kind = name.mark ?? column.kind ?? (isSectionMeant(name) ? sectionKind : nil) ?? .primal
    var base = name.base
    if kind == .partial, let over = name.over, isInput(name.base), names.isKnown(over),
      inputs.contains(name.base), !isInput(over),
      readings.way("'d…/d…'", ["the whole derivative", "the local partial derivative"]) == 0
    {
      // ∂v₂/∂x1
      (kind, base) = (.tangent, over)
      startRun(of: name.base)
    }
    let isSame =
      group?.kind == kind && group?.base == base && added == nil && group?.over == name.over
    leaveNameAlone()
    if isSame, group != nil, group?.numbers.isEmpty == true || column.kind == nil && !hasValue {
      return
    }
    finish()
    group = ClaimedRow(line: line, kind: kind, base: base, over: name.over, name: text)
    group?.added = added
    group?.isLocal = kind == .partial && column.kind == .partial && !column.isOpen
    if kind == .tangent {
      let run =
        columnRuns[index] ?? (column.kind == .tangent ? columnRun(index) : currentRun())
      group?.run = run
    }
    if kind == .primal || subject == nil { subject = base }
  }

  /// `z | ∂z/∂z = 1`: a name that only says what the line is about is no row.
  private mutating func leaveNameAlone() {
    guard let group, group.formulas.isEmpty, group.numbers.isEmpty, group.partial == nil else {
      return
    }
    self.group = nil
  }

  /// Whether a title speaks of a row without a mark, which then is about a quantity that is known.
  private mutating func isSectionMeant(_ name: MarkedName) -> Bool {
    guard let sectionKind, sectionKind != .primal, !sectionText.isEmpty else { return true }
    // What has its value above has something else here.
    if valued.contains(name.base) { return true }
    return readings.way(
      "'\(sectionText)'", ["a title of \(sectionKind)s", "a title of all"]) == 0
  }

  /// Turns to the row that a column's cells belong to: the one that is open, or the tangent, adjoint or partial of the
  /// line's quantity.
  mutating func turn(
    to column: TraceColumn, _ index: Int, _ line: Int, _ cell: PlacedText, forFormula: Bool
  ) throws(Problem) {
    guard var kind = column.kind, kind != .primal || group?.kind != .primal else { return }
    if column.isOpen, let group, group.kind != .primal, group.numbers.isEmpty {
      // `Derivative | Derivative value`
      return
    }
    if column.isOpen {
      let other: QuantityKind = kind == .tangent ? .adjoint : .tangent
      let ways = ["\(kind)s", "\(other)s", "partials"]
      kind = [kind, other, .partial][readings.way("column \(index + 1)", ways)]
    }
    let isSeed = number(cell) != nil && !column.isOpen
    if column.saysFormula, kind == .tangent, !hasMark(cell), !isSeed { kind = .partial }
    if group?.kind == kind, group?.numbers.isEmpty == true || forFormula {
      guard kind == .tangent, let named = columnRuns[index], named != group?.run else { return }
      if group?.numbers.isEmpty == true { group?.run = named }
      if group?.numbers.isEmpty == true { return }
    }
    guard let subject else { throw Problem(.traceColumn, in: source, at: cell.range) }
    let name = group?.kind == .partial ? nil : group?.name
    leaveNameAlone()
    finish()
    var shown = PlacedText()
    let mark = kind == .tangent ? "'" : kind == .adjoint ? "~" : ""
    shown.append((name?.text ?? subject).trimmingMarks + mark, from: cell.places[0])
    group = ClaimedRow(line: line, kind: kind, base: subject, name: shown)
    if kind == .tangent {
      if let shared, shared.kind == kind, !forFormula { group?.formulas = shared.formulas }
      let run = columnRuns[index] ?? columnRun(index)
      group?.run = run
    }
  }

  private func hasMark(_ cell: PlacedText) -> Bool {
    let formula = RewrittenFormula(cell) { names.scanner($0) }
    return formula.references.contains { $0.mark != nil }
  }

  /// The run of a column whose header names no seed: one for all its rows.
  mutating func columnRun(_ index: Int) -> Int {
    guard !columns.isEmpty else { return currentRun() }
    if let before = columnRuns[index - 1], columns.indices.contains(index),
      columns.indices.contains(index - 1),
      columns[index - 1].kind == .tangent,
      columns[index - 1].saysFormula
        || !columns[index - 1].saysValue && columns[index].saysValue
    {
      columnRuns[index] = before
      return before
    }
    runs.append(TangentRun())
    columnRuns[index] = runs.count - 1
    return runs.count - 1
  }

  mutating func startRun(of base: String) {
    if let run, runs[run].seeds.map(\.base) == [base] { return }
    if let known = runs.firstIndex(where: { $0.seeds.map(\.base) == [base] }) {
      run = known
    } else {
      runs.append(TangentRun(seeds: [(base, 1)]))
      run = runs.count - 1
    }
    startsRun = false
  }

  /// The run that tangents belong to here: a new one under a new title or header.
  mutating func currentRun() -> Int {
    if let run, !startsRun || !runs[run].seeds.isEmpty {
      startsRun = false
      return run
    }
    runs.append(TangentRun())
    run = runs.count - 1
    startsRun = false
    return runs.count - 1
  }

  mutating func finish() {
    hasValue = false
    guard let group else { return }
    self.group = nil
    if group.kind == .tangent, !group.formulas.isEmpty { shared = (group.kind, group.formulas) }
    for number in group.numbers + [group.partial].compactMap({ $0 }) { precision.include(number) }
    rows.append(group)
    if group.kind == .primal { valued.insert(group.base) }
  }
}

extension String {
  /// Without a prime or a tilde at the end.
  fileprivate var trimmingMarks: String {
    guard let last, "'′~".contains(last) else { return self }
    return String(dropLast())
  }
}

extension PlacedText: Equatable {
  /// Whether the bytes are the same, wherever they stand.
  package static func == (one: PlacedText, other: PlacedText) -> Bool { one.bytes == other.bytes }
}

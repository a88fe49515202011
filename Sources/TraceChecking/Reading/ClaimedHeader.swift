// Titles and headers of a trace table: which trace comes below, what its columns are for, its seeds.
import Calculus
import Checking
import Language
import Syntax

extension ClaimedRowReader {
  mutating func readTitle(_ title: PlacedText) {
    columns = []
    counters = []
    columnRuns = [:]
    startsRun = true
    readSection(title.text.filter { !"*#_".contains($0) })
  }

  /// Takes from a title or a section's name which trace it is, and the seeds.
  mutating func readSection(_ text: String) {
    sectionText = text
    sectionKind = TraceColumn.kind(TraceColumn.words(text))
    let seeds = TangentRun.seeds(in: text, isInput)
    run = nil
    if !seeds.isEmpty {
      runs.append(TangentRun(seeds: seeds))
      run = runs.count - 1
    }
    startsRun = true
  }

  /// Whether a row without a rule below it names columns: two or more are known, none is a number.
  func isHeader(_ cells: [PlacedText]) -> Bool {
    guard cells.allSatisfy({ number($0) == nil && $0.equated.count == 1 }) else { return false }
    let known = cells.count {
      let column = column($0)
      return column != .ignored && column != .automatic
    }
    return known >= 2 || rows.isEmpty && cells.count >= 2 && cells.allSatisfy(isUnknownWord)
  }

  /// `Wert`, above the first row: a header in whatever language.
  private func isUnknownWord(_ cell: PlacedText) -> Bool {
    cell.text.count > 1
      && scanner(cell).wholeName().map { $0.mark == nil && !isInput($0.base) } == true
  }

  private func column(_ header: PlacedText) -> TraceColumn {
    let name = scanner(header).wholeName()
    // A column called like a variable is none of the words for columns.
    if let name, name.mark == nil, isInput(name.base), name.base != "v" { return .ignored }
    if isDerivativeOfResult(header) { return .valueOf(.adjoint) }
    return TraceColumn(header.text, name: name)
  }

  /// `∂y/∂v`: what it is the derivative in is no variable.
  private func isDerivativeOfResult(_ header: PlacedText) -> Bool {
    let parts = header.text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let sign = parts[1].first, sign == "d" || sign == "∂" else {
      return false
    }
    return ["y", "f", output].contains { parts[0] == "\(sign)\($0)" }
      && TangentRun.seeds(in: header.text, isInput).isEmpty
  }

  mutating func readHeader(_ cells: [PlacedText]) {
    columns = cells.map(column)
    counters = Set(cells.indices.filter { TraceColumn.counts(cells[$0].text) })
    // Where the headers do not say it, the cells show what they are.
    if !columns.contains(where: \.namesQuantity) || !columns.contains(where: \.hasValues) {
      columns = columns.map { $0 == .ignored ? .automatic : $0 }
    }
    if columns.allSatisfy({ $0 == .automatic }) { columns = [] }
    columnRuns = [:]
    startsRun = true
    for (index, cell) in zip(columns.indices, cells) {
      guard columns[index] == .valueOf(.tangent) || columns[index] == .equation(.tangent) else {
        continue
      }
      let seeds = TangentRun.seeds(in: cell.text, isInput)
      if !seeds.isEmpty {
        runs.append(TangentRun(seeds: seeds))
        columnRuns[index] = runs.count - 1
      } else if index > 0, let before = columnRuns[index - 1] {
        // The value beside its equation.
        columnRuns[index] = before
      }
    }
  }
}

// A table put into the usual shape: a row for each quantity, its name first, each number in a cell of its own.
import Calculus
import Checking
import Language
import Syntax

/// Turns tables round that have a column for each quantity, and leaves out numbers that only count rows.
struct TableShape {
  /// Whether a cell is a number.
  let isNumber: (PlacedText) -> Bool
  /// Whether a cell is a word for a column: value, gradient.
  let isWord: (PlacedText) -> Bool

  func lines(_ lines: [ClaimedTable.Line]) -> [ClaimedTable.Line] {
    if let rows = namesAboveNumbers(lines) { return rows }
    let rows = withoutCounter(withCorner(lines))
    return turned(rows) ?? rows.map(withoutPairs)
  }

  /// With an empty cell before the first line where it has one cell less than each line below it, and no number.
  private func withCorner(_ lines: [ClaimedTable.Line]) -> [ClaimedTable.Line] {
    let rows = lines.compactMap(\.cells)
    guard rows.count > 1, rows.count == lines.count, rows[0].count > 1,
      rows.dropFirst().allSatisfy({ $0.count == rows[0].count + 1 }),
      !rows[0].contains(where: isNumber), rows[0].allSatisfy({ $0.equated.count == 1 })
    else { return lines }
    let header = ClaimedTable.Line(
      number: lines[0].number, content: .header([PlacedText()] + rows[0]))
    return [header] + lines.dropFirst()
  }

  /// `u,v,f` and below it `3,27,13.5`, and no more.
  private func namesAboveNumbers(_ lines: [ClaimedTable.Line]) -> [ClaimedTable.Line]? {
    let rows = lines.compactMap(\.cells)
    guard rows.count == 2, lines.count == 2, rows[0].count > 1, rows[0].count == rows[1].count,
      rows[1].allSatisfy(isNumber), !rows[0].contains(where: { $0.isEmpty || isNumber($0) }),
      !rows[0].contains(where: { isWord($0) && $0.count > 1 })
    else { return nil }
    return zip(rows[0], rows[1]).map {
      ClaimedTable.Line(number: lines[1].number, content: .row([$0, $1]))
    }
  }

  // MARK: Columns for quantities

  /// `node | x | v1`, `value | 2 | 3`: nil for a table of another shape.
  private func turned(_ lines: [ClaimedTable.Line]) -> [ClaimedTable.Line]? {
    guard lines.count > 1, let heads = lines[0].cells, heads.count > 2 else { return nil }
    let rows = lines.dropFirst().map(\.cells)
    // `v` may be a word for a column, and is a name beside names.
    let hasNames =
      heads.dropFirst().allSatisfy { cell in
        !cell.isEmpty && !isNumber(cell) && (!isWord(cell) || cell.count == 1)
      } && heads.dropFirst().contains { !isWord($0) }
    let isTurned = rows.allSatisfy { row in
      guard let row, row.count == heads.count else { return false }
      return isWord(row[0]) && row.dropFirst().allSatisfy { $0.isEmpty || isNumber($0) }
    }
    guard hasNames, isTurned else { return nil }
    let columns = heads.indices.map { index in [heads[index]] + rows.compactMap { $0?[index] } }
    return columns.enumerated().map { place, cells in
      ClaimedTable.Line(
        number: lines[0].number, content: place == 0 ? .header(cells) : .row(cells))
    }
  }

  // MARK: Counters

  /// Without a first column that counts the rows below a header.
  private func withoutCounter(_ lines: [ClaimedTable.Line]) -> [ClaimedTable.Line] {
    let rows = lines.compactMap(\.cells)
    let firsts = rows.compactMap(\.first).compactMap { Int($0.text) }
    let isCounter =
      firsts.count > 1 && firsts.count + 1 == rows.count && rows.allSatisfy { $0.count > 2 }
      && (0...1).contains(firsts[0]) && firsts == Array(firsts[0]..<firsts[0] + firsts.count)
      && rows[0].first.map(isNumber) == false
    guard isCounter else { return lines }
    return lines.map { line in
      switch line.content {
      case .title: line
      case .header(let cells):
        ClaimedTable.Line(number: line.number, content: .header(Array(cells.dropFirst())))
      case .row(let cells):
        ClaimedTable.Line(number: line.number, content: .row(Array(cells.dropFirst())))
      }
    }
  }

  // MARK: Pairs

  /// `v1 = (0.5, 1)`, `<0.5, 1>`, `Dual(0.5, 1)` or `0.5 + 1ε`, a dual number, as the value and behind it the tangent.
  private func withoutPairs(_ line: ClaimedTable.Line) -> ClaimedTable.Line {
    guard case .row(let cells) = line.content else { return line }
    let parts = cells.flatMap { cell -> [PlacedText] in
      guard let last = cell.equated.last, cell.equated.count > 1, let pair = pair(last) else {
        return [cell]
      }
      // Its name and its formula in a cell of their own.
      let head = cell[0..<cell.count - last.count].trimmed
      return [head.hasSuffix("=") ? head[0..<head.count - 1].trimmed : head] + pair
    }
    return ClaimedTable.Line(number: line.number, content: .row(parts))
  }

  private func pair(_ text: PlacedText) -> [PlacedText]? {
    var parts: [PlacedText] = []
    if let sign = ["ε", "*eps", " eps", "eps", "*ε"].first(where: text.hasSuffix) {
      let sum = text[0..<text.count - sign.utf8.count].trimmed
      let plus = sum.bytes.indices.last { index in
        index > 0 && "+-".utf8.contains(sum.bytes[index]) && sum.bytes[index - 1] == 0x20
          && (index + 1 == sum.count || sum.bytes[index + 1] == 0x20)
      }
      guard let plus else { return nil }
      let isNegative = sum.bytes[plus] == UInt8(ascii: "-")
      parts = [sum[0..<plus].trimmed, sum.from(plus + 1).trimmed]
      if parts[1].isEmpty { parts[1].append("1", from: sum.places[plus]) }
      if isNegative {
        var tangent = sum[plus..<plus + 1]
        tangent.append(parts[1])
        parts[1] = tangent
      }
    } else {
      for (open, close) in [("(", ")"), ("<", ">"), ("⟨", "⟩"), ("Dual(", ")"), ("dual(", ")")]
      where text.hasPrefix(open) && text.hasSuffix(close) {
        let inside = text[open.utf8.count..<text.count - close.utf8.count]
        guard let comma = inside.bytes.firstIndex(of: UInt8(ascii: ",")) else { continue }
        parts = [inside[0..<comma].trimmed, inside.from(comma + 1).trimmed]
      }
    }
    return parts.count == 2 && parts.allSatisfy(isNumber) ? parts : nil
  }
}

extension ClaimedTable.Line {
  /// nil for a title.
  fileprivate var cells: [PlacedText]? {
    switch content {
    case .title: nil
    case .header(let cells), .row(let cells): cells
    }
  }
}

// A computational graph for people at a terminal: its nodes level by level, and what each leads to.

/// The columns of the longest label in a listing.
private let longestLabel = 60
/// The most nodes listed as arguments or users of one.
private let mostNeighbours = 8

extension Diagram {
  /// The nodes level by level, each with what it is computed from, who uses it, and its details.
  ///
  /// That is a table with one row a node where its labels fit `width`, otherwise a few lines for each,
  /// folded.
  ///
  /// - Parameters:
  ///   - unicode: whether arrows may be drawn with more than ASCII. Labels are not changed.
  ///   - width: the columns there are, or `nil` for as many as needed.
  package func text(unicode: Bool, width: Int?) -> String {
    let listing = DiagramListing(self, unicode: unicode)
    let table = listing.table()
    guard !nodes.isEmpty else { return table.text(width: width) + "(no nodes)\n" }
    var grid = TextGrid(table, numbers: .shortest)
    if grid.fit(into: width ?? .max) { return table.text(width: width, unicode: unicode) }
    return listing.blocks(width: width ?? .max)
  }
}

/// What is said of each node, in the order it is said.
private struct DiagramListing {
  struct Entry {
    let level: Int
    let label: String
    let kind: Diagram.Kind
    let details: [String]
    let arguments: String
    let users: String
  }

  let title: String?
  private(set) var entries: [Entry] = []
  private let ellipsis: String

  init(_ diagram: Diagram, unicode: Bool) {
    title = diagram.title.map { shortened($0, to: 200) }
    ellipsis = unicode ? "…" : "..."
    let (from, to) = unicode ? ("← ", "→ ") : ("<- ", "-> ")
    let (nodes, edges, levels) = (diagram.nodes, diagram.edges, diagram.levels)
    let (incoming, outgoing) = (diagram.incoming, diagram.outgoing)
    let names = diagram.names
    for index in nodes.indices.sorted(by: { (levels[$0], $0) < (levels[$1], $1) }) {
      let node = nodes[index]
      let label = shortened(node.label, to: longestLabel, ellipsis: ellipsis)
      let arguments = incoming[index].lazy.map { (names[edges[$0].from], edges[$0].label) }
      let users = outgoing[index].lazy.map { (names[edges[$0].to], nil as String?) }
      entries.append(
        Entry(
          level: levels[index],
          label: names[index].hasPrefix("#") ? "\(names[index]) \(label)" : label,
          kind: node.kind,
          details: node.details.map { shortened($0, to: longestLabel, ellipsis: ellipsis) },
          arguments: listed(arguments, behind: from), users: listed(users, behind: to)))
    }
  }

  func table() -> Table {
    let detailCount = entries.reduce(0) { max($0, $1.details.count) }
    guard !entries.isEmpty else { return Table(title: title, columns: []) }
    var columns = [Table.Column("Level", alignment: .trailing)]
    columns += ["Node", "Kind"].map { Table.Column(.text($0)) }
    columns += ["From", "To"].map { Table.Column(.text($0), folds: true) }
    columns += (0..<detailCount).map { Table.Column($0 == 0 ? .text("Details") : .empty) }
    var table = Table(title: title, columns: columns)
    var last = -1
    for entry in entries {
      let level = entry.level == last ? "" : "\(entry.level)"
      let texts = [level, entry.label, entry.kind.rawValue, entry.arguments, entry.users]
      table.append((texts + entry.details).map { .text($0) })
      last = entry.level
    }
    return table
  }

  func blocks(width: Int) -> String {
    var out = ""
    func write(_ text: String, indent: Int) {
      if text.isEmpty { return }
      for line in folded(text, width: max(1, width - indent), indent: 2) {
        out += spaces(indent) + line + "\n"
      }
    }
    if let title { write(title, indent: 0) }
    var last = -1
    for entry in entries {
      if entry.level != last { out += "\(out.isEmpty ? "" : "\n")Level \(entry.level)\n" }
      last = entry.level
      let isPlain = entry.kind == .operation
      write(entry.label + (isPlain ? "" : " (\(entry.kind.rawValue))"), indent: 2)
      for text in entry.details + [entry.arguments, entry.users] { write(text, indent: 4) }
    }
    return out
  }

  /// `← x1 (-2), v3`, cut where it becomes long; nothing where there are none.
  private func listed(
    _ neighbours: some Collection<(String, String?)>, behind arrow: String
  ) -> String {
    var texts = neighbours.prefix(mostNeighbours).map { name, label in
      guard let label, !label.isEmpty else { return name }
      return "\(name) (\(shortened(label, to: longestLabel, ellipsis: ellipsis)))"
    }
    let left = neighbours.count - texts.count
    if left > 0 { texts.append("\(ellipsis) (\(left) more)") }
    return texts.isEmpty ? "" : arrow + texts.joined(separator: ", ")
  }
}

extension Diagram {
  /// What other rows call each node: the start of its label where that is short and no other
  /// node's, its number elsewhere.
  fileprivate var names: [String] {
    let starts = nodes.map { shortName(of: $0.label) }
    var counts: [String: Int] = [:]
    for case let start? in starts { counts[start, default: 0] += 1 }
    return starts.enumerated().map { index, start in
      start.flatMap { counts[$0] == 1 ? $0 : nil } ?? "#\(index)"
    }
  }
}

/// `v1` for `v1 = ln x1`, the whole of a short label without spaces, otherwise `nil`.
private func shortName(of label: String) -> String? {
  let start = shortened(label, to: 40)
  let name = start.prefix { $0 != " " }
  let rest = start.dropFirst(name.count)
  let isName = rest.isEmpty || rest.hasPrefix(" = ")
  let isShort = !name.isEmpty && name.unicodeScalars.count <= 16
  return isName && isShort && !name.hasPrefix("#") ? String(name) : nil
}

// A computational graph for people at a terminal: its nodes level by level, and what each leads to.
import Text

/// The columns of the longest label in a listing.
private let longestLabel = 60
/// The most nodes listed as arguments or users of one.
private let mostNeighbours = 8

extension Diagram {
  /// The nodes level by level, each with what it is computed from, who uses it, and its details.
  ///
  /// That is a table with one row a node, without the kinds of the nodes if it is too wide with
  /// them, or a few lines for each node where even so its labels do not fit `width`.
  ///
  /// - Parameters:
  ///   - unicode: whether arrows may be drawn with more than ASCII. Labels are not changed.
  ///   - width: the columns there are, or `nil` for as many as needed.
  ///   - showsArguments: whether to list what a node is computed from; labels may have told it.
  package func text(unicode: Bool, width: Int?, showsArguments: Bool = true) -> String {
    let listing = DiagramListing(self, unicode: unicode, showsArguments: showsArguments)
    for showsKinds in [true, false] {
      let table = listing.table(showsKinds: showsKinds)
      guard !nodes.isEmpty else { return table.text(width: width) + "(no nodes)\n" }
      var grid = TextGrid(table, numbers: .shortest)
      if grid.fit(into: width ?? .max, foldingCells: true) {
        return table.text(width: width, unicode: unicode)
      }
    }
    return listing.blocks(width: width ?? .max)
  }
}

/// The entries of the listing, and which of their columns are shown.
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
  private let showsArguments: Bool
  private let detailHeaders: [String]

  init(_ diagram: Diagram, unicode: Bool, showsArguments: Bool) {
    self.showsArguments = showsArguments
    detailHeaders = diagram.detailHeaders
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
          arguments: showsArguments ? listed(arguments, behind: from) : "",
          users: listed(users, behind: to)))
    }
  }

  func table(showsKinds: Bool) -> Table {
    guard !entries.isEmpty else { return Table(title: title, columns: []) }
    var columns = [Table.Column("Level", alignment: .trailing), Table.Column("Node")]
    if showsKinds { columns.append(Table.Column("Kind")) }
    if showsArguments { columns.append(Table.Column("From", folds: true)) }
    columns.append(Table.Column("To", folds: true))
    columns += detailColumns
    var table = Table(title: title, columns: columns)
    var last = -1
    for entry in entries {
      var texts = [entry.level == last ? "" : "\(entry.level)", entry.label]
      if showsKinds { texts.append(entry.kind.rawValue) }
      if showsArguments { texts.append(entry.arguments) }
      table.append((texts + [entry.users] + entry.details).map { .text($0) })
      last = entry.level
    }
    return table
  }

  private var detailColumns: [Table.Column] {
    let count = entries.reduce(0) { max($0, $1.details.count) }
    return (0..<count).map { position in
      if position < detailHeaders.count {
        return Table.Column(.text(detailHeaders[position]), alignment: .decimal)
      }
      return Table.Column(position == 0 ? "Details" : .empty)
    }
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
      for (position, detail) in entry.details.enumerated() {
        let header = position < detailHeaders.count ? "\(detailHeaders[position]): " : ""
        write(header + detail, indent: 4)
      }
      for text in [entry.arguments, entry.users] { write(text, indent: 4) }
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

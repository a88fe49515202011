// A table that is open: its form, its columns, and its rows in pieces.
import CommandLine
import Language
import Syntax

/// How the rows of a piece are read.
enum TableLayout: Sendable {
  case separated(UInt8, hasQuotes: Bool)
  case objects
  case array(NumPyArray)
  /// The points of these one after the other.
  case grids([PointGrid])

  /// The grids; none for a table.
  var grids: [PointGrid] {
    if case .grids(let grids) = self { grids } else { [] }
  }

  /// What ends a row of bytes.
  var rowEnds: RowEnds.Form {
    switch self {
    case .grids: .lines
    case .separated(let separator, let hasQuotes): .separated(separator, hasQuotes: hasQuotes)
    case .objects: .lines
    case .array(let array): .size(array.rowSize)
    }
  }
}

/// What is known of a table before its rows are read.
struct RowTable {
  let columns: [String]
  let layout: TableLayout
  let rows: any RowSource
  /// How many lines stand before the first chunk.
  let headerLines: Int
}

/// Opens a table whose form its first bytes tell.
struct TableOpener {
  private var chunks: RowChunks
  private let request: PointsRequest

  init(_ source: Terminal.PieceReader, _ request: PointsRequest) {
    chunks = RowChunks(source)
    self.request = request
  }

  /// - Parameters:
  ///   - names: what the columns are called, if the file does not say it.
  ///   - variables: those of the expression; where there is one, a single column without a name is it.
  mutating func open(names: [String]?, variables: [String]) throws -> RowTable {
    if request.isWorker {
      return table(
        names ?? [], .separated(UInt8(ascii: "\t"), hasQuotes: false), lines: 0)
    }
    if try begins(with: NumPyArray.signature) { return try openArray(names, variables) }
    for signature in [NumPyArchive.signature, NumPyArchive.emptySignature]
    where try begins(with: signature) {
      return try openArchive(names, variables)
    }
    if try begins(with: [0xEF, 0xBB, 0xBF]) { chunks.removeFirst(3) }
    while chunks.pending.allSatisfy(JSONLinesReader.isSpace), try chunks.readMore() {
      guard chunks.pending.count <= TableRecord.limit else { throw request.failure(.empty) }
    }
    let first = chunks.pending.first { !JSONLinesReader.isSpace($0) }
    return first == UInt8(ascii: "{") ? try openObjects() : try openSeparated(names)
  }

  /// Whether these are the first bytes; more are waited for only as long as they may be.
  private mutating func begins(with signature: [UInt8]) throws -> Bool {
    while chunks.pending.count < signature.count, signature.starts(with: chunks.pending),
      try chunks.readMore()
    {}
    return chunks.pending.starts(with: signature)
  }

  private func table(
    _ columns: [String], _ layout: TableLayout, lines: Int, count: Int? = nil
  ) -> RowTable {
    var chunks = chunks
    chunks.begin(layout.rowEnds, rows: request.rows, of: count)
    return RowTable(columns: columns, layout: layout, rows: chunks, headerLines: lines)
  }

  private func unusable(_ reason: String) -> Failure { request.failure(.unusable(reason)) }

  private mutating func openArchive(
    _ names: [String]?, _ variables: [String]
  ) throws -> RowTable {
    try request.checkIsNoText("is an archive of arrays")
    while try chunks.readMore() {}
    let bytes = chunks.pending
    let (archive, columns) = try request.readingTable { () throws(TableFault) in
      let archive = try NumPyArchive(bytes)
      return (archive, try archive.columns(names, variables: variables))
    }
    chunks = RowChunks(archive.rows())
    return table(columns, .array(archive.table), lines: 0, count: archive.table.rowCount)
  }

  private mutating func openArray(
    _ names: [String]?, _ variables: [String]
  ) throws -> RowTable {
    try request.checkIsNoText("is an array")
    while true {
      let header = try request.readingTable { () throws(TableFault) in
        try NumPyArray.header(chunks.pending)
      }
      if let (array, size) = header {
        chunks.removeFirst(size)
        let columns = try request.readingTable { () throws(TableFault) in
          try array.columns(names, variables: variables)
        }
        return table(columns, .array(array), lines: 0, count: array.rowCount)
      }
      guard try chunks.readMore() else { throw unusable("it ends within its header") }
    }
  }

  /// The names of the first object are the columns.
  private mutating func openObjects() throws -> RowTable {
    try request.checkIsNoText("has JSON objects")
    let start = chunks.pending.firstIndex { !JSONLinesReader.isSpace($0) } ?? 0
    let blankLines = chunks.pending[..<start].count { $0 == UInt8(ascii: "\n") }
    while true {
      let end = chunks.pending[start...].firstIndex(of: UInt8(ascii: "\n"))
      if end == nil, chunks.pending.count <= TableRecord.limit, try chunks.readMore() { continue }
      let line = chunks.pending[start..<(end ?? chunks.pending.count)]
      if line.count > TableRecord.limit { throw request.failure(.tooLong(line: blankLines + 1)) }
      guard let columns = JSONLinesReader.columns(line) else {
        throw unusable("line \(blankLines + 1): no JSON object, of which there is one a line")
      }
      return table(columns, .objects, lines: 0)
    }
  }

  private mutating func openSeparated(_ names: [String]?) throws -> RowTable {
    var separator = request.separator ?? 0
    if request.separator == nil { separator = try foundSeparator() }
    let layout = TableLayout.separated(separator, hasQuotes: true)
    if let names { return table(names, layout, lines: 0) }
    let ends = RowEnds(form: layout.rowEnds)
    var isAtEnd = false
    while true {
      // The lines before the first that is not blank belong to it.
      let (rows, end) = ends.count(in: chunks.pending, limit: 1, isWhole: isAtEnd)
      if rows == 0, !isAtEnd, chunks.pending.count <= TableRecord.limit {
        isAtEnd = try !chunks.readMore()
        continue
      }
      let start = rows == 1 ? Array(chunks.pending[..<end]) : chunks.pending
      var reader = CSVReader(start, separator: separator, hasQuotes: true)
      let columns = try request.readingTable { () throws(TableFault) in try reader.readNames() }
      guard let columns else { throw request.failure(.empty) }
      chunks.removeFirst(start.count)
      return table(columns, layout, lines: reader.line - 1)
    }
  }

  /// What separates the fields of the first line: a comma, a semicolon or a tab, whichever there is most
  /// of.
  private mutating func foundSeparator() throws -> UInt8 {
    let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    while true {
      let line = chunks.pending.drop(while: isLineEnd)
      let end = line.firstIndex(where: isLineEnd)
      if end == nil, line.count <= TableRecord.limit, try chunks.readMore() { continue }
      return Self.separator(of: line[..<(end ?? line.endIndex)])
    }
  }

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    var counts = [0, 0, 0]
    let candidates = Array(",;\t".utf8)
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }
}

// A table's bytes in pieces of whole rows, as they come in.
import CommandLine
import Syntax

/// Whole rows of a table.
struct RowChunk: Sendable {
  var bytes: [UInt8] = []
  /// The rows themselves, where they need no bytes.
  var points = 0..<0
  /// How many lines stand before it that are in no chunk since the last one.
  var skippedLines = 0
}

/// Gives the rows of a table in chunks.
protocol RowSource {
  /// How many bytes or points there are in all, if that is known.
  var size: Int? { get }

  /// Makes chunks smaller where a row has so many results that theirs would be large.
  mutating func limit(results: Int)

  /// The next rows; nil behind the last.
  ///
  /// - Parameter beforeWaiting: called where there may be a wait for them.
  mutating func next(
    beforeWaiting: () throws -> Void
  ) throws -> RowChunk?

  /// How many rows there have been where there should have been more; nil if nothing is missing.
  var missing: (there: Int, of: Int)? { get }
}

/// Cuts what comes in at the ends of rows, in memory for a piece or a long row.
struct RowChunks: RowSource {
  /// How many bytes a chunk has, but for a row that is longer.
  static let usualSize = 65_536

  private let source: Terminal.PieceReader
  /// What has been read and not been cut off.
  private(set) var pending: [UInt8] = []
  private var isAtEnd = false
  private var ends = RowEnds(form: .lines)
  private var chunkSize = RowChunks.usualSize
  /// How many rows are still to be left out, and how many to be given.
  private var skipCount = 0
  private var takeCount = Int.max
  /// How many rows there are, where that is known beforehand.
  private var totalCount: Int?
  private var seenCount = 0
  private var skippedLines = 0

  init(_ source: Terminal.PieceReader) { self.source = source }

  var size: Int? { source.size }

  /// Says what rows are; from here on `next` gives them.
  mutating func begin(_ form: RowEnds.Form, rows: ClosedRange<Int>, of count: Int? = nil) {
    ends = RowEnds(form: form)
    skipCount = rows.lowerBound - 1
    let wanted = rows.upperBound == .max ? Int.max : rows.upperBound - skipCount
    takeCount = min(wanted, count.map { max(0, $0 - skipCount) } ?? .max)
    totalCount = count
  }

  mutating func limit(results: Int) {
    chunkSize = max(64, min(chunkSize, 2 * (1 << 17) / max(1, results)))
  }

  /// Reads one piece more.
  ///
  /// - Parameter beforeWaiting: called where there may be a wait for it.
  /// - Returns: whether there was one.
  mutating func readMore(
    beforeWaiting: () throws -> Void = {}
  ) throws -> Bool {
    if isAtEnd { return false }
    if !source.isReady() { try beforeWaiting() }
    let piece = try source()
    isAtEnd = piece.isEmpty
    pending += piece
    return !isAtEnd
  }

  /// Takes the first bytes off.
  mutating func removeFirst(_ count: Int) { pending.removeFirst(min(count, pending.count)) }

  mutating func next(
    beforeWaiting: () throws -> Void
  ) throws -> RowChunk? {
    while takeCount > 0 {
      var bytes: [UInt8] = []
      let limit = min(pending.count, chunkSize)
      if let end = ends.end(in: pending, limit: limit) {
        bytes = Array(pending[..<end])
        pending.removeFirst(end)
      } else if isAtEnd || pending.count > TableRecord.limit {
        (bytes, pending) = (pending, [])
        if bytes.isEmpty { return nil }
      } else {
        _ = try readMore(beforeWaiting: beforeWaiting)
        continue
      }
      if let chunk = window(bytes) { return chunk }
    }
    return nil
  }

  /// What of a chunk is wanted; nil for nothing.
  private mutating func window(_ bytes: [UInt8]) -> RowChunk? {
    var bytes = bytes
    if skipCount > 0 {
      let skipped = ends.count(in: bytes, limit: skipCount, isWhole: true)
      skipCount -= skipped.rows
      seenCount += skipped.rows
      skippedLines += lineCount(bytes[..<skipped.end])
      bytes.removeFirst(skipped.end)
      if bytes.isEmpty { return nil }
    }
    if takeCount < Int.max {
      let taken = ends.count(in: bytes, limit: takeCount, isWhole: true)
      takeCount -= taken.rows
      seenCount += taken.rows
      bytes.removeLast(bytes.count - taken.end)
    }
    defer { skippedLines = 0 }
    return RowChunk(bytes: bytes, skippedLines: skippedLines)
  }

  /// How many lines there are, each row of a size being one.
  private func lineCount(_ bytes: ArraySlice<UInt8>) -> Int {
    if case .size(let size) = ends.form { return bytes.count / size }
    var count = 0
    for (place, byte) in zip(bytes.indices, bytes) {
      let isPair = byte == UInt8(ascii: "\n") && place > 0 && bytes[place - 1] == 0x0D
      if byte == UInt8(ascii: "\n") && !isPair || byte == UInt8(ascii: "\r") { count += 1 }
    }
    return count
  }

  var missing: (there: Int, of: Int)? {
    guard let totalCount, takeCount > 0 else { return nil }
    return (seenCount, totalCount)
  }
}

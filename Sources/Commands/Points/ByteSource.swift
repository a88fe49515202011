// Bytes that come in pieces: what is next, whole lines, counts of bytes, and where they stand.
import CommandLine

/// Gives bytes as they are needed, in memory for one piece and what was asked for.
struct ByteSource {
  /// The next piece, empty at the end.
  private let readPiece: () throws(FileError) -> [UInt8]
  private var piece: [UInt8] = []
  private var next = 0
  /// The line that comes next, from 1.
  private(set) var line = 1

  init(readPiece: @escaping () throws(FileError) -> [UInt8]) {
    self.readPiece = readPiece
  }

  /// The byte that comes next; nil at the end.
  ///
  /// - Parameter beforeWaiting: called before more is read, for which there may be a wait.
  private mutating func peek(_ beforeWaiting: () -> Void = {}) throws(TableFault) -> UInt8? {
    if next == piece.count {
      beforeWaiting()
      next = 0
      do throws(FileError) { piece = try readPiece() } catch { throw .file(error) }
    }
    return next < piece.count ? piece[next] : nil
  }

  /// Reads up to a line end, which is dropped.
  ///
  /// - Returns: whether there was a line.
  mutating func readLine(
    into text: inout [UInt8], beforeWaiting: () -> Void = {}
  ) throws(TableFault) -> Bool {
    text.removeAll(keepingCapacity: true)
    guard try peek(beforeWaiting) != nil else { return false }
    while try peek(beforeWaiting) != nil {
      let end = piece[next...].firstIndex(of: UInt8(ascii: "\n"))
      text += piece[next..<(end ?? piece.count)]
      if text.count > TableRecord.limit { throw .tooLong(line: line) }
      next = end.map { $0 + 1 } ?? piece.count
      if end != nil { break }
    }
    line += 1
    return true
  }

  /// Reads `count` bytes, fewer at the end.
  mutating func read(
    _ count: Int, into bytes: inout [UInt8], beforeWaiting: () -> Void = {}
  ) throws(TableFault) {
    bytes.removeAll(keepingCapacity: true)
    while bytes.count < count, try peek(beforeWaiting) != nil {
      let some = piece[next...].prefix(count - bytes.count)
      bytes += some
      next += some.count
    }
  }
}

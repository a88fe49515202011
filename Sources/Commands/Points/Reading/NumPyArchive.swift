// The arrays of a NumPy archive (.npz) as the columns of a table.
import CommandLine

/// An archive of arrays, as `numpy.savez` writes it: a ZIP file (PKWARE, APPNOTE 4.3) that is not
/// compressed. It is held in memory: its arrays stand one behind the other, and a row is in all of them.
struct NumPyArchive: Sendable {
  /// What the file begins with.
  static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// What one without arrays is: the end of its directory.
  static let emptySignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  /// How many rows are given at a time.
  private static let pieceRows = 4_096

  private struct Member {
    let name: String
    let array: NumPyArray
    /// Where its numbers begin.
    let start: Int
  }

  private let bytes: [UInt8]
  private let members: [Member]
  /// All columns side by side, of 8 bytes a number.
  let table: NumPyArray

  init(_ bytes: [UInt8]) throws(TableFault) {
    self.bytes = bytes
    let entries = try ZIPDirectory(bytes).entries
    var members: [Member] = []
    for (name, contents) in entries {
      guard let (array, size) = try NumPyArray.header(Array(bytes[contents].prefix(1 << 16))),
        (contents.count - size) / array.rowSize >= array.rowCount
      else { throw .unusable("the array '\(name)' ends early") }
      members.append(Member(name: name, array: array, start: contents.lowerBound + size))
    }
    guard let first = members.first else { throw .unusable("there is no array in the archive") }
    if members.count > 1 {
      for member in members {
        if member.array.width > 1 {
          throw .unusable("of several arrays, '\(member.name)' has \(member.array.width) columns")
        }
        if member.array.rowCount != first.array.rowCount {
          throw .unusable(
            "its arrays differ in length: '\(first.name)' has \(first.array.rowCount) numbers, "
              + "'\(member.name)' \(member.array.rowCount)")
        }
      }
    }
    self.members = members
    table = NumPyArray(
      rowCount: first.array.rowCount, width: members.count > 1 ? members.count : first.array.width)
  }

  /// The names that the arrays have, if they were given any; `arr_0` is none.
  ///
  /// - Parameters:
  ///   - names: what the user says.
  ///   - variables: what values are needed of.
  func columns(_ names: [String]?, variables: [String]) throws(TableFault) -> [String] {
    let own = members.map(\.name)
    let areNamed = table.width == own.count && !own.contains { $0.hasPrefix("arr_") }
    return try table.columns(names ?? (areNamed ? own : nil), variables: variables)
  }

  /// The rows, as the bytes of the whole table.
  func rows() -> Terminal.PieceReader {
    var next = 0
    return Terminal.PieceReader(
      read: { () throws(FileError) in
        let piece = next..<min(next + Self.pieceRows, table.rowCount)
        next = piece.upperBound
        return bytes(of: piece)
      }, size: table.rowCount * table.rowSize)
  }

  private func bytes(of rows: Range<Int>) -> [UInt8] {
    var piece: [UInt8] = []
    piece.reserveCapacity(rows.count * table.rowSize)
    for row in rows {
      for member in members {
        for column in 0..<member.array.width {
          let place = member.start + row * member.array.rowSize + column * member.array.element.size
          let bits = member.array.number(in: bytes, at: place).bitPattern
          for shift in stride(from: 0, to: 64, by: 8) {
            piece.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
          }
        }
      }
    }
    return piece
  }
}

/// What stands where in a ZIP file, by the directory at its end.
private struct ZIPDirectory {
  private(set) var entries: [(name: String, contents: Range<Int>)] = []

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) throws(TableFault) {
    self.bytes = bytes
    let end = stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1)
      .first { has([0x50, 0x4B, 0x05, 0x06], at: $0) }
    guard let end else { throw .unusable("the archive ends before its directory") }
    var place = number(4, at: end + 16)
    for _ in 0..<number(2, at: end + 10) {
      guard has([0x50, 0x4B, 0x01, 0x02], at: place), place + 46 <= bytes.count else {
        throw .unusable("the archive's directory cannot be read")
      }
      entries.append(try entry(at: place))
      place +=
        46 + number(2, at: place + 28) + number(2, at: place + 30)
        + number(2, at: place + 32)
    }
  }

  private func entry(at place: Int) throws(TableFault) -> (name: String, contents: Range<Int>) {
    let nameEnd = place + 46 + number(2, at: place + 28)
    guard nameEnd <= bytes.count else { throw .unusable("the archive's directory cannot be read") }
    var name = String(decoding: bytes[(place + 46)..<nameEnd], as: UTF8.self)
    if name.hasSuffix(".npy") { name.removeLast(4) }
    if number(2, at: place + 8) & 1 != 0 { throw .unusable("an archive with a password") }
    guard number(2, at: place + 10) == 0 else {
      throw .unusable("a compressed archive; numpy.savez writes one that is read, and numpy.save")
    }
    let (size, local) = (number(4, at: place + 24), number(4, at: place + 42))
    guard max(size, local) < 0xFFFF_FFFF else {
      throw .unusable("an archive of more than 4 GiB; numpy.save writes an array that is read")
    }
    guard has(NumPyArchive.signature, at: local), local + 30 <= bytes.count else {
      throw .unusable("the archive's directory cannot be read")
    }
    let start = local + 30 + number(2, at: local + 26) + number(2, at: local + 28)
    guard start + size <= bytes.count else { throw .unusable("the array '\(name)' ends early") }
    return (name, start..<start + size)
  }

  private func has(_ signature: [UInt8], at place: Int) -> Bool {
    place >= 0 && place + 4 <= bytes.count && bytes[place..<place + 4].elementsEqual(signature)
  }

  /// A whole number of `size` bytes, the smallest first.
  private func number(_ size: Int, at place: Int) -> Int {
    bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

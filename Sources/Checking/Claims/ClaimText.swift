// Where one entry of a claim ends and the next begins: `x1: 1/x1 + x2, x2: x1 - cos(x2)`.
import Calculus
import Language
import Syntax
import Text

/// One entry of a claim, as text.
struct ClaimEntryText {
  /// The names before the colon: none for a formula on its own.
  let names: [String]
  /// The key in the text of the whole claim.
  let range: SourceRange
  let formula: String
}

/// Takes a claim apart at its colons, which no formula has.
struct ClaimText {
  private let bytes: [UInt8]

  init(_ source: SourceText) {
    bytes = Self.withoutComments(Array(source.bytes))
  }

  /// The entries, in order; one without names if there is no colon.
  ///
  /// - Parameter nameCount: how many names a key has that ends in a name.
  func entries(nameCount: (String) -> Int) -> [ClaimEntryText] {
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
    guard !colons.isEmpty else {
      let everything = SourceRange(start: 0, end: bytes.count)
      return [
        ClaimEntryText(names: [], range: everything, formula: text(0..<bytes.count))
      ]
    }
    let starts = colons.map { keyStart(before: $0, nameCount: nameCount) }
    return colons.indices.map { index in
      let (start, colon) = (starts[index], colons[index])
      let end = index + 1 < colons.count ? max(colon + 1, starts[index + 1]) : bytes.count
      return ClaimEntryText(
        names: text(start..<colon).split(separator: ",", omittingEmptySubsequences: false)
          .map { trimmed(String($0)) },
        range: SourceRange(start: start, end: colon),
        formula: formula(colon + 1..<end))
    }
  }

  /// A formula before the first key, without the comma behind it.
  func leadingFormula(before start: Int) -> String { formula(0..<start) }

  /// What stands before the first key, if it is more than white space.
  func isCleanBefore(_ start: Int) -> Bool { bytes[..<start].allSatisfy(Self.isSpace) }

  /// Goes back from a colon over names with commas between them.
  private func keyStart(before colon: Int, nameCount: (String) -> Int) -> Int {
    var start = colon
    var (name, count) = (0, 1)
    while name < count {
      var place = skippingSpace(before: start)
      if name > 0 {
        guard place > 0, bytes[place - 1] == UInt8(ascii: ",") else { return start }
        place = skippingSpace(before: place - 1)
      }
      let end = place
      while place > 0, Self.isNameByte(bytes[place - 1]) { place -= 1 }
      guard place < end else { return start }
      start = place
      if name == 0 { count = nameCount(text(place..<end)) }
      name += 1
    }
    return start
  }

  private func skippingSpace(before end: Int) -> Int {
    var end = end
    while end > 0, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return end
  }

  /// Without the white space around it and the separator behind it.
  private func formula(_ range: Range<Int>) -> String {
    var end = range.upperBound
    let separators = [UInt8(ascii: ","), UInt8(ascii: ";")]
    end = skippingSpace(before: end)
    if end > range.lowerBound, separators.contains(bytes[end - 1]) { end -= 1 }
    return trimmed(text(range.lowerBound..<max(range.lowerBound, end)))
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Comments may have colons.
  private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
    var isComment = false
    return bytes.map { byte in
      if byte == UInt8(ascii: "\n") { isComment = false }
      if byte == UInt8(ascii: "#") { isComment = true }
      return isComment ? UInt8(ascii: " ") : byte
    }
  }
}

// Numbers of a table from their bytes, and back.

/// The number that a field is: decimal digits with point and exponent, spaces around it allowed.
///
/// - Returns: nil for everything else, and for what no double is near to.
func decimalNumber(_ field: ArraySlice<UInt8>) -> Double? {
  let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
  guard let first = field.firstIndex(where: { !isSpace($0) }),
    let last = field.lastIndex(where: { !isSpace($0) })
  else { return nil }
  let text = field[first...last]
  if let value = exactNumber(text) { return value }
  // What else `Double` reads, hexadecimal numbers and names, is no number of a table.
  guard text.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else {
    return nil
  }
  guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value
}

/// The powers of ten that are doubles.
private let exactPowers: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }

/// A number whose digits are a whole double and whose power of ten is one: a single multiplication or
/// division then rounds correctly (W. D. Clinger, How to read floating point numbers accurately, 1990).
///
/// - Returns: nil for other numbers, and for what is none.
func exactNumber(_ text: ArraySlice<UInt8>) -> Double? {
  var index = text.startIndex
  let sign = text.first
  if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index += 1 }
  var digits: UInt64 = 0
  var exponent = 0
  var digitCount = 0
  var hasPoint = false
  while index < text.endIndex {
    let byte = text[index]
    if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else if (0x30...0x39).contains(byte) {
      digits = digits * 10 + UInt64(byte - 0x30)
      digitCount += 1
      if hasPoint { exponent -= 1 }
    } else {
      break
    }
    // More digits than these might be more than a `UInt64` holds.
    guard digitCount <= 18 else { return nil }
    index += 1
  }
  if index < text.endIndex {
    guard text[index] | 0x20 == UInt8(ascii: "e"), let power = wholeNumber(text[(index + 1)...])
    else { return nil }
    exponent += power
  }
  guard digitCount > 0, digits <= 1 << 53, exponent.magnitude <= 22 else { return nil }
  let power = exactPowers[Int(exponent.magnitude)]
  let size = exponent < 0 ? Double(digits) / power : Double(digits) * power
  return sign == UInt8(ascii: "-") ? -size : size
}

/// A whole number of up to four digits, with or without a sign.
private func wholeNumber(_ text: ArraySlice<UInt8>) -> Int? {
  let isSigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
  let digits = isSigned ? text.dropFirst() : text
  guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
    return nil
  }
  let size = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  return text.first == UInt8(ascii: "-") ? -size : size
}

extension [UInt8] {
  /// Adds the shortest text that reads back as `value`, as `shortest` has it.
  mutating func appendShortest(_ value: Double) {
    var text = value.description
    text.withUTF8 { bytes in
      let isWhole =
        bytes.count > 2 && bytes[bytes.count - 1] == UInt8(ascii: "0")
        && bytes[bytes.count - 2] == UInt8(ascii: ".")
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes.dropLast(isWhole ? 2 : 0)))
    }
  }

  /// Adds a field of comma-separated values, in quotes where it needs them, its bytes as they are.
  mutating func appendCSV(_ field: ArraySlice<UInt8>) {
    let isSpecial = field.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard isSpecial else { return append(contentsOf: field) }
    append(UInt8(ascii: "\""))
    for byte in field {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}

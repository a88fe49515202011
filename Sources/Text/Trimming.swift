// Texts without the white space around them.

/// `text` without white space at its ends.
package func trimmed(_ text: String) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}

/// A range of bytes without the white space and control characters at its ends.
package func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, bytes[start] <= 0x20 { start += 1 }
  while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
  return start..<end
}

// Keys, out of the bytes that a terminal sends for them.

enum Key: Equatable {
  case text(String)
  case enter
  /// A line end in a text that was pasted.
  case pastedLineEnd
  case tab, backspace, delete
  case left, right, wordLeft, wordRight, home, end, up, down
  case killToEnd, killToStart, killWordBefore, killNameBefore, killNameBehind, yank
  case search, searchForward, cancel, escape
  case interrupt, endOfInput, clearScreen, suspend
}

/// Reads keys from bytes as they come, which may end anywhere in a key.
struct KeyDecoder {
  private var pending: [UInt8] = []
  private var isPasting = false
  private var lastWasReturn = false

  private static let escape: UInt8 = 0x1B
  /// No terminal sends longer sequences; what does not end by then is dropped.
  private static let longestSequence = 32

  /// Whether a sequence has begun; it may also be the escape key alone.
  var hasBegun: Bool { pending.first == Self.escape }

  mutating func keys(_ bytes: [UInt8]) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    var position = 0
    while position < pending.count, let length = next(at: position, &keys) { position += length }
    pending.removeFirst(position)
    return keys
  }

  /// Takes what has begun as complete.
  mutating func flush() -> [Key] {
    defer { pending = [] }
    return pending == [Self.escape] ? [.escape] : []
  }

  /// Reads the key at a position; returns its length, or nil if bytes are missing.
  private mutating func next(at position: Int, _ keys: inout [Key]) -> Int? {
    let byte = pending[position]
    if byte == Self.escape { return sequence(at: position, &keys) }
    defer { lastWasReturn = byte == 0x0D }
    if isPasting, byte == 0x0D || byte == 0x0A {
      if byte == 0x0D || !lastWasReturn { keys.append(.pastedLineEnd) }
      return 1
    }
    if isPasting, byte == 0x09 {
      append(" ", &keys)
      return 1
    }
    if byte < 0x20 || byte == 0x7F {
      if !isPasting, let key = Self.controls[byte] { keys.append(key) }
      return 1
    }
    return text(at: position, &keys)
  }

  private static let controls: [UInt8: Key] = [
    0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right,
    0x07: .cancel, 0x08: .backspace, 0x09: .tab, 0x0A: .enter, 0x0B: .killToEnd,
    0x0C: .clearScreen, 0x0D: .enter, 0x0E: .down, 0x10: .up, 0x12: .search,
    0x13: .searchForward, 0x15: .killToStart, 0x17: .killWordBefore, 0x19: .yank,
    0x1A: .suspend, 0x7F: .backspace,
  ]

  // MARK: Text

  /// All text up to the next control character, without an incomplete character at its end.
  private func text(at position: Int, _ keys: inout [Key]) -> Int? {
    var end = position
    while end < pending.count, pending[end] >= 0x20, pending[end] != 0x7F { end += 1 }
    if end == pending.count { end -= Self.unfinishedCharacter(pending[position..<end]) }
    guard end > position else { return nil }
    append(String(decoding: pending[position..<end], as: UTF8.self), &keys)
    return end - position
  }

  /// How many bytes at the end belong to an incomplete character.
  private static func unfinishedCharacter(_ bytes: ArraySlice<UInt8>) -> Int {
    for (count, byte) in bytes.suffix(3).reversed().enumerated() where byte >= 0xC0 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return length > count + 1 ? count + 1 : 0
    }
    return 0
  }

  private func append(_ text: String, _ keys: inout [Key]) {
    if case .text(let before)? = keys.last {
      keys[keys.count - 1] = .text(before + text)
    } else {
      keys.append(.text(text))
    }
  }

  // MARK: Sequences

  private mutating func sequence(at position: Int, _ keys: inout [Key]) -> Int? {
    guard position + 1 < pending.count else { return nil }
    switch Unicode.Scalar(pending[position + 1]) {
    case "[": return controlSequence(at: position, &keys)
    case "O":
      guard position + 2 < pending.count else { return nil }
      if let key = Self.finals[pending[position + 2]] { keys.append(key) }
      return 3
    case "\u{1B}": return 1
    case let letter:
      if !isPasting, let key = Self.alternates[letter] { keys.append(key) }
      return 2
    }
  }

  private static let alternates: [Unicode.Scalar: Key] = [
    "b": .wordLeft, "f": .wordRight, "d": .killNameBehind, "\u{7F}": .killNameBefore,
    "\u{8}": .killNameBefore,
  ]

  private static let finals: [UInt8: Key] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    // The keypad's enter.
    UInt8(ascii: "M"): .enter,
  ]

  /// `ESC [`, parameters, and a byte that says which key it is.
  private mutating func controlSequence(at position: Int, _ keys: inout [Key]) -> Int? {
    var end = position + 2
    // The Linux console sends a second bracket for its function keys.
    if end < pending.count, pending[end] == UInt8(ascii: "[") { end += 1 }
    while end < pending.count, (0x20..<0x40).contains(pending[end]) { end += 1 }
    guard end < pending.count else {
      return end - position > Self.longestSequence ? end - position : nil
    }
    let parameters = String(decoding: pending[position + 2..<end], as: UTF8.self)
    take(parameters, pending[end], &keys)
    return end + 1 - position
  }

  private mutating func take(_ parameters: String, _ final: UInt8, _ keys: inout [Key]) {
    if final == UInt8(ascii: "~"), parameters == "200" || parameters == "201" {
      isPasting = parameters == "200"
      return
    }
    guard !isPasting else { return }
    let key: Key? =
      if final == UInt8(ascii: "~") {
        Self.numbered[parameters]
      } else if parameters.isEmpty || parameters == "1" {
        Self.finals[final]
      } else if parameters.hasPrefix("1;") {
        // With Shift, Alt or Ctrl.
        Self.finals[final].map { $0 == .left ? .wordLeft : $0 == .right ? .wordRight : $0 }
      } else {
        nil
      }
    if let key { keys.append(key) }
  }

  private static let numbered: [String: Key] = [
    "1": .home, "7": .home, "4": .end, "8": .end, "3": .delete, "3;3": .killNameBehind,
    "3;5": .killNameBehind,
  ]
}

// Names to numbers: a table hashed by bytes, so that a name seen before costs no String.

struct SymbolTable {
  private struct Spelling {
    let hash: UInt32
    let symbol: UInt32
    let range: SourceRange
  }

  private(set) var names: [String] = []
  /// One for every way that a name is spelled in bytes; several may share a symbol.
  private var spellings: [Spelling] = []
  /// Indices of spellings plus one; zero is free. A power of two, at most half full.
  private var slots: [UInt32] = []
  /// Names beyond ASCII, which can be canonically equivalent to others, and names that were
  /// interned without a place in the text.
  private var canonical: [String: UInt32] = [:]
  private var hasSpelled = false

  /// Differs from process to process, so that no text collides by design.
  static let hashSeed = UInt32(truncatingIfNeeded: Hasher().finalize())

  /// FNV-1a, one step; the lexer hashes a name while it reads it.
  @inline(__always)
  static func mix(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

  /// The symbol of a name, by the bytes it is spelled in.
  mutating func intern(_ token: Token, in bytes: [UInt8]) -> SyntaxTree.Symbol {
    if 2 * spellings.count >= slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(Self.spread(token.hash)) & mask
    while slots[slot] != 0 {
      let known = spellings[Int(slots[slot]) - 1]
      if known.hash == token.hash && Self.same(known.range, token.range, in: bytes) {
        return SyntaxTree.Symbol(stored: known.symbol)
      }
      slot = (slot + 1) & mask
    }
    let symbol = newSpelling(token.range, in: bytes)
    spellings.append(Spelling(hash: token.hash, symbol: symbol, range: token.range))
    slots[slot] = UInt32(spellings.count)
    return SyntaxTree.Symbol(stored: symbol)
  }

  /// The symbol of a name that the text does not spell out: `sqrt` for a `√`.
  mutating func intern(spelled name: String) -> SyntaxTree.Symbol {
    if let symbol = canonical[name] { return SyntaxTree.Symbol(stored: symbol) }
    let symbol = names.firstIndex(of: name).map { UInt32($0) } ?? UInt32(names.count)
    if symbol == names.count { names.append(name) }
    canonical[name] = symbol
    hasSpelled = true
    return SyntaxTree.Symbol(stored: symbol)
  }

  private mutating func newSpelling(_ range: SourceRange, in bytes: [UInt8]) -> UInt32 {
    let name = String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    let next = UInt32(names.count)
    if hasSpelled || !name.utf8.allSatisfy({ $0 < 0x80 }) {
      if let symbol = canonical[name] { return symbol }
      canonical[name] = next
    }
    names.append(name)
    return next
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: max(16, 4 * slots.count))
    let mask = slots.count - 1
    for (index, spelling) in spellings.enumerated() {
      var slot = Int(Self.spread(spelling.hash)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// FNV leaves its low bits poor; the high ones are folded in.
  @inline(__always)
  private static func spread(_ hash: UInt32) -> UInt32 { hash ^ (hash >> 15) }

  private static func same(_ a: SourceRange, _ b: SourceRange, in bytes: [UInt8]) -> Bool {
    guard a.end - a.start == b.end - b.start else { return false }
    for offset in 0..<a.end - a.start where bytes[a.start + offset] != bytes[b.start + offset] {
      return false
    }
    return true
  }
}

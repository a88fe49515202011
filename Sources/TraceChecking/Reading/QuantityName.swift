// The names in a trace table as people write them: v₋₁, v_{-1}, v̇₂, v2', v̄₃, v3~, ∂y/∂x1.
import Calculus
import Checking
import Language
import Syntax

/// Which of the three traces a quantity belongs to.
package enum QuantityKind: String, Sendable {
  case primal, tangent, adjoint
}

/// A name with its marks read.
struct MarkedName: Hashable {
  /// With plain digits and no underscores: `v-1`, `x1`.
  var base: String
  /// What a dot, a bar, a prime or a tilde says; nil for a name without a mark.
  var mark: QuantityKind?
}

/// Finds names in bytes.
struct NameScanner {
  let bytes: [UInt8]
  /// Whether something is called so: it decides whether `v-1` is a name, and what a prime means.
  let isKnown: (String) -> Bool

  /// The name that begins at an offset, and where it ends; nil if there is none.
  func name(at start: Int) -> (name: MarkedName, end: Int)? {
    guard let (first, length) = scalar(at: start), first == "_" || first.startsWord else {
      return nil
    }
    var name = MarkedName(base: "", mark: nil)
    append(first, to: &name)
    var index = start + length
    while let (scalar, length) = scalar(at: index) {
      if scalar == "_", let (text, end) = subscriptGroup(at: index + 1) {
        name.base += text
        index = end
      } else if scalar == "₋", let (next, _) = self.scalar(at: index + length),
        next.subscriptDigit != nil
      {
        name.base += "-"
        index += length
      } else if scalar.continuesWord {
        append(scalar, to: &name)
        index += length
      } else {
        break
      }
    }
    if let (text, end) = negativeNumber(at: index), isKnown(name.base + text) {
      name.base += text
      index = end
    }
    readMark(behind: &index, of: &name)
    return (name, index)
  }

  /// `{-1}` or `-1` behind an underscore.
  private func subscriptGroup(at start: Int) -> (String, end: Int)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else {
      return negativeNumber(at: start)
    }
    guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")), close - start < 16 else {
      return nil
    }
    let inner = bytes[start + 1..<close]
    let text = String(decoding: inner, as: UTF8.self).replacing("−", with: "-")
    let isWord = text.unicodeScalars.allSatisfy { $0.continuesWord || $0 == "-" }
    return isWord && !text.isEmpty ? (text, close + 1) : nil
  }

  /// `-1`
  private func negativeNumber(at start: Int) -> (String, end: Int)? {
    guard let (sign, length) = scalar(at: start), sign == "-" || sign == "−" else { return nil }
    var end = start + length
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    guard end > start + length else { return nil }
    return ("-" + String(decoding: bytes[start + length..<end], as: UTF8.self), end)
  }

  private func readMark(behind index: inout Int, of name: inout MarkedName) {
    guard name.mark == nil, let (scalar, length) = scalar(at: index) else { return }
    if "'′’´".unicodeScalars.contains(scalar), isKnown(name.base) {
      name.mark = .tangent
      index += length
    } else if scalar == "~", isKnown(name.base) {
      name.mark = .adjoint
      index += length
    }
  }

  private func append(_ scalar: Unicode.Scalar, to name: inout MarkedName) {
    switch scalar {
    case "\u{0307}": name.mark = .tangent
    case "\u{0304}", "\u{0305}": name.mark = .adjoint
    case "_": break
    default:
      if let digit = scalar.subscriptDigit {
        name.base += String(digit)
      } else if let (letter, mark) = Self.marked[Character(scalar)] {
        name.base.unicodeScalars.append(letter)
        name.mark = mark
      } else {
        name.base.unicodeScalars.append(scalar)
      }
    }
  }

  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard index < bytes.count else { return nil }
    if bytes[index] < 0x80 { return (Unicode.Scalar(bytes[index]), 1) }
    var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
    return (Unicode.UTF8.decode(encoded), encoded.count)
  }

  /// Letters that have their dot or bar with them.
  private static let marked: [Character: (Unicode.Scalar, QuantityKind)] = {
    var marked: [Character: (Unicode.Scalar, QuantityKind)] = [:]
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for letter in letters.unicodeScalars {
      for (mark, kind) in [("\u{0307}", QuantityKind.tangent), ("\u{0304}", .adjoint)] {
        marked[Character(String(letter) + mark)] = (letter, kind)
      }
    }
    return marked
  }()
}

extension NameScanner {
  /// The name that a whole text is, with the words that stand for marks: `v1_dot`, `xbar`, `dv1`.
  ///
  /// - Parameter hasDifferentials: whether `dx` is the tangent of x, and not a name of its own.
  func wholeName(hasDifferentials: Bool = false) -> MarkedName? {
    guard var (name, end) = name(at: 0) else { return nil }
    if end < bytes.count, let (text, last) = negativeNumber(at: end), name.mark == nil {
      name.base += text
      end = last
    }
    // In a cell of its own a prime or a tilde can be nothing else.
    if end < bytes.count, name.mark == nil, let (scalar, length) = scalar(at: end) {
      if "'′’´".unicodeScalars.contains(scalar) { name.mark = .tangent }
      if scalar == "~" { name.mark = .adjoint }
      if name.mark != nil { end += length }
    }
    return end == bytes.count ? spelledOut(name, hasDifferentials: hasDifferentials) : nil
  }

  /// A name whose mark is a word, if only what is left of it is known.
  func spelledOut(_ name: MarkedName, hasDifferentials: Bool = true) -> MarkedName {
    guard name.mark == nil, !isKnown(name.base) else { return name }
    for (word, mark) in [("dot", QuantityKind.tangent), ("bar", .adjoint), ("adj", .adjoint)] {
      for rest in [Self.without(word, behind: name.base), Self.without(word, before: name.base)] {
        if let rest, isKnown(rest) { return MarkedName(base: rest, mark: mark) }
      }
    }
    if hasDifferentials, name.base.hasPrefix("d"), isKnown(String(name.base.dropFirst())) {
      return MarkedName(base: String(name.base.dropFirst()), mark: .tangent)
    }
    return name
  }

  private static func without(_ word: String, behind name: String) -> String? {
    name.hasSuffix(word) ? String(name.dropLast(word.count)) : nil
  }

  private static func without(_ word: String, before name: String) -> String? {
    name.hasPrefix(word) ? String(name.dropFirst(word.count)) : nil
  }

  /// The two names of `∂y/∂x1`, `dy/dx1` or `d/dx1` at an offset; the first may be empty.
  func quotient(at start: Int) -> (over: String, under: String, end: Int)? {
    guard let above = differential(at: start, mayBeBare: true) else { return nil }
    var index = skippingSpace(above.end)
    guard let (sign, length) = scalar(at: index), sign == "/" || sign == "∕" else { return nil }
    index = skippingSpace(index + length)
    guard let below = differential(at: index, mayBeBare: false) else { return nil }
    return (above.base, below.base, below.end)
  }

  /// `∂y`, `dy`
  private func differential(at start: Int, mayBeBare: Bool) -> (base: String, end: Int)? {
    guard let (sign, length) = scalar(at: start), sign == "∂" || sign == "d" else { return nil }
    let next = skippingSpace(start + length)
    guard let (name, end) = name(at: next), name.mark == nil, sign == "∂" || isKnown(name.base)
    else { return mayBeBare ? ("", start + length) : nil }
    return (name.base, end)
  }

  private func skippingSpace(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index
  }

  /// A name as `MarkedName` has it.
  static func canonical(_ name: String) -> String {
    let scanner = NameScanner(bytes: Array(name.utf8)) { _ in false }
    guard let (found, end) = scanner.name(at: 0), end == name.utf8.count, found.mark == nil else {
      return name
    }
    return found.base
  }
}

extension Unicode.Scalar {
  /// May begin a name: a letter, but not a superscript one.
  fileprivate var startsWord: Bool { properties.isAlphabetic && self != "ⁿ" && self != "ⁱ" }

  /// May stand in a name: also digits and combining marks.
  fileprivate var continuesWord: Bool {
    if self == "_" || ("0"..."9").contains(self) || subscriptDigit != nil { return true }
    return startsWord || properties.generalCategory == .nonspacingMark
      || properties.generalCategory == .decimalNumber
  }

  fileprivate var subscriptDigit: Int? {
    ("\u{2080}"..."\u{2089}").contains(self) ? Int(value) - 0x2080 : nil
  }
}

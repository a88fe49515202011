// The names in a trace table as people write them: v₋₁, v_{-1}, v̇₂, v2', v̄₃, v3~, ∂y/∂x1, dfdq.
import Calculus
import Checking
import Language
import Syntax

/// Finds names in bytes.
struct NameScanner {
  let bytes: [UInt8]
  /// Which derivative each open mark stands for in this table, where that is decided.
  var decided: [String: QuantityKind] = [:]
  /// Whether it is the names of rows that are read.
  var readsRows = false
  /// Whether something is called so: it decides whether `v-1` is a name, and what a prime means.
  let isKnown: (String) -> Bool

  /// The name that begins at an offset, and where it ends; nil if there is none.
  func name(at start: Int) -> (name: MarkedName, end: Int)? {
    guard let (first, length) = scalar(at: start), first == "_" || first.startsWord else {
      return nil
    }
    var name = MarkedName(base: "")
    append(first, to: &name)
    var index = start + length
    // `v'-1`: the mark may stand between the letter and its number.
    if let (kind, end) = mark(at: index), kind != .primal, numberFollows(end, name.base) {
      name.mark = kind
      index = end
    }
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
    if name.mark == nil, isKnown(name.base), let (kind, end) = mark(at: index) {
      name.mark = kind == .primal ? nil : kind
      index = end
    }
    return (name, index)
  }

  /// The mark that stands at an offset: `'`, `~`, `^(1)`, or a point that ends the name.
  private func mark(at start: Int) -> (QuantityKind, end: Int)? {
    for (sign, kind) in Marks.behind where bytes[start...].starts(with: sign.utf8) {
      return (decided[sign] ?? kind, start + sign.utf8.count)
    }
    guard start < bytes.count, bytes[start] == UInt8(ascii: ".") else { return nil }
    let next = scalar(at: start + 1)?.scalar
    return next.map { $0.continuesWord || $0 == "." } == true ? nil : (.tangent, start + 1)
  }

  /// Whether a number stands here that makes a known name of a letter: `'-1`, `'1`.
  private func numberFollows(_ start: Int, _ letter: String) -> Bool {
    var end = start
    if let (sign, length) = scalar(at: end), sign == "-" || sign == "−" { end += length }
    let first = end
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    guard end > first else { return false }
    let text = String(decoding: bytes[start..<end], as: UTF8.self).replacing("−", with: "-")
    return isKnown(letter + text)
  }

  /// `{-1}` or `-1` behind an underscore.
  private func subscriptGroup(at start: Int) -> (String, end: Int)? {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else {
      return negativeNumber(at: start)
    }
    guard let close = bytes[start...].prefix(16).firstIndex(of: UInt8(ascii: "}")) else {
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

  private func append(_ scalar: Unicode.Scalar, to name: inout MarkedName) {
    if let mark = Marks.above(scalar) {
      name.mark = mark
    } else if let digit = scalar.subscriptDigit {
      name.base += String(digit)
    } else if let (letter, mark) = Marks.letters[Character(scalar)] {
      name.base.unicodeScalars.append(letter)
      name.mark = mark
    } else if scalar != "_" {
      name.base.unicodeScalars.append(scalar)
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

  /// A name as `MarkedName` has it.
  static func canonical(_ name: String) -> String {
    let scanner = NameScanner(bytes: Array(name.utf8)) { _ in false }
    guard let (found, end) = scanner.name(at: 0), end == name.utf8.count, found.mark == nil else {
      return name
    }
    return found.base
  }
}

// MARK: Whole names, and words for marks

extension NameScanner {
  /// The name that a whole text is, with the words that stand for marks: `v1_dot`, `xbar`, `dv1`.
  func wholeName() -> MarkedName? {
    if let quotient = quotient(at: 0), quotient.end == bytes.count { return quotient.name }
    if let called = calledName() { return called }
    let start = leadingWord
    guard var (name, end) = name(at: start.end) else { return nil }
    if end < bytes.count, let (text, last) = negativeNumber(at: end), name.mark == nil {
      name.base += text
      end = last
    }
    // In a cell of its own a mark can be nothing else.
    if end < bytes.count, name.mark == nil, let (kind, last) = mark(at: end) {
      name.mark = kind == .primal ? nil : kind
      end = last
    }
    guard end == bytes.count else { return nil }
    if let word = start.word, name.mark == nil { return marked(name.base, word) }
    return spelledOut(name)
  }

  /// `grad(x)`, `adjoint(v1)`
  private func calledName() -> MarkedName? {
    guard bytes.last == UInt8(ascii: ")"), let open = bytes.firstIndex(of: UInt8(ascii: "(")) else {
      return nil
    }
    let text = String(decoding: bytes[..<open], as: UTF8.self)
    let word = Marks.words.first { $0.isSuffix && !$0.isOfRows && $0.text == text }
    guard let word, let (name, end) = name(at: open + 1), end == bytes.count - 1, name.mark == nil
    else { return nil }
    return marked(name.base, word)
  }

  /// `grad x`, `adjoint of v1`, `∇x`: the word in front.
  private var leadingWord: (word: Marks.Word?, end: Int) {
    for word in Marks.words where word.isSuffix && !word.isOfRows || word.text == "∇" {
      for joint in word.isSuffix ? [" of ", " "] : ["", " "] {
        let text = word.text + joint
        if bytes.starts(with: text.utf8) { return (word, text.utf8.count) }
      }
    }
    return (nil, 0)
  }

  private func marked(_ base: String, _ word: Marks.Word) -> MarkedName {
    MarkedName(
      base: base, mark: word.isOpen ? decided[word.text] ?? word.kind : word.kind,
      word: word.isOpen ? word.text : nil)
  }

  /// A name whose mark is a word, if only what is left of it is known.
  func spelledOut(_ name: MarkedName) -> MarkedName {
    guard name.mark == nil, !isKnown(name.base) else { return name }
    if let quotient = gluedQuotient(name.base) { return quotient }
    for word in Marks.words {
      if word.isOfRows, decided[word.text] == nil, !readsRows { continue }
      if !word.isOfRows, name.base.hasPrefix(word.text) {
        let rest = String(name.base.dropFirst(word.text.count))
        if isKnown(rest) { return marked(rest, word) }
      }
      if word.isSuffix, name.base.hasSuffix(word.text) {
        let rest = String(name.base.dropLast(word.text.count))
        if isKnown(rest) { return marked(rest, word) }
      }
    }
    return name
  }

  /// `dfdq`, `dL_dw1`
  private func gluedQuotient(_ base: String) -> MarkedName? {
    guard let sign = base.first, sign == "d" || sign == "∂", base.count < 64 else { return nil }
    let rest = base.dropFirst()
    for index in rest.indices.dropFirst() where rest[index] == sign {
      let (over, under) = (String(rest[..<index]), String(rest[index...].dropFirst()))
      if isKnown(under), isKnown(over) || over.count == 1 || over == "loss" {
        return MarkedName(base: under, mark: .partial, over: over)
      }
    }
    return nil
  }

  /// The names of a word that is a product without a sign: `w1x1`, `v2Dpv2`; nil if it is none.
  func product(_ name: MarkedName) -> [MarkedName]? {
    guard name.mark == nil, name.base.count < 64 else { return nil }
    var rest = name.base[...]
    var names: [MarkedName] = []
    while !rest.isEmpty {
      let ends = rest.indices.reversed().map { rest.index(after: $0) }
      let found = ends.lazy.map { end in
        (end, spelledOut(MarkedName(base: String(rest[..<end]))))
      }.first { isKnown($0.1.base) }
      guard let (end, next) = found else { return nil }
      names.append(next)
      rest = rest[end...]
    }
    return names.count > 1 ? names : nil
  }

  /// The two names of `∂y/∂x1`, `dy/dx1`, `d(y)/d(x1)` or `d/dx1` at an offset.
  func quotient(at start: Int) -> (name: MarkedName, end: Int)? {
    guard let above = differential(at: start, isUnder: false) else { return nil }
    var index = skippingSpace(above.end)
    guard let (sign, length) = scalar(at: index), sign == "/" || sign == "∕" else { return nil }
    index = skippingSpace(index + length)
    guard let below = differential(at: index, isUnder: true) else { return nil }
    return (MarkedName(base: below.base, mark: .partial, over: above.base), below.end)
  }

  /// `∂y`, `dy`
  private func differential(at start: Int, isUnder: Bool) -> (base: String, end: Int)? {
    guard let (sign, length) = scalar(at: start), sign == "∂" || sign == "d" else { return nil }
    var next = skippingSpace(start + length)
    let isGrouped = scalar(at: next)?.scalar == "("
    if isGrouped { next = skippingSpace(next + 1) }
    if sign == "d", !isGrouped, let (whole, _) = name(at: start), isKnown(whole.base) { return nil }
    guard let (name, end) = name(at: next), name.mark == nil,
      sign == "∂" || !isUnder || isKnown(name.base)
    else { return isUnder || isGrouped ? nil : ("", start + length) }
    guard isGrouped else { return (name.base, end) }
    let close = skippingSpace(end)
    return scalar(at: close)?.scalar == ")" ? (name.base, close + 1) : nil
  }

  private func skippingSpace(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index
  }
}

extension Unicode.Scalar {
  /// May begin a name: a letter, but not a superscript one.
  var startsWord: Bool { properties.isAlphabetic && self != "ⁿ" && self != "ⁱ" }

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

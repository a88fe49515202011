// Which names a table defines, and which of them are only other names with a mark: `sbar` where there is `s`.
import Calculus
import Checking
import Language
import Syntax

/// The names of a table's rows.
struct TableNames {
  /// The names of quantities that rows define.
  private(set) var defined: Set<String> = []
  /// Which derivative each open mark stands for.
  private(set) var decided: [String: QuantityKind] = [:]

  private let isInput: (String) -> Bool

  init(isInput: @escaping (String) -> Bool) { self.isInput = isInput }

  func isKnown(_ base: String) -> Bool { isInput(base) || defined.contains(base) }

  func scanner(_ text: PlacedText) -> NameScanner {
    NameScanner(bytes: text.bytes, decided: decided, isKnown: isKnown)
  }

  /// - Parameter rows: what each row is called, and the other text of it.
  init(
    _ rows: [(name: PlacedText, rest: [PlacedText])], _ readings: inout Readings,
    isInput: @escaping (String) -> Bool
  ) {
    self.init(isInput: isInput)
    var named: [(base: String, rest: [PlacedText])] = []
    for row in rows {
      let scanner = NameScanner(bytes: row.name.bytes, isKnown: isInput)
      if let name = scanner.bareName, name.mark == nil { named.append((name.base, row.rest)) }
    }
    let all = Set(named.map(\.base))
    if rows.contains(where: { $0.name.hasSuffix("'") }) {
      let ways = ["tangents", "adjoints", "derivatives in the argument"]
      switch readings.way("a prime behind a name", ways) {
      case 1: decided["'"] = .adjoint
      case 2: decided["'"] = .partial
      default: break
      }
    }
    func mark(_ base: String) -> MarkedName? {
      var scanner = NameScanner(bytes: []) { $0 != base && (all.contains($0) || isInput($0)) }
      scanner.readsRows = true
      let name = scanner.spelledOut(MarkedName(base: base))
      return isInput(base) || name.mark == nil ? nil : name
    }
    let marked = Dictionary(
      uniqueKeysWithValues: all.compactMap { base in mark(base).map { (base, $0) } })
    // What other rows are computed from is a quantity of its own, whatever its name looks like.
    var used: Set<String> = []
    for row in named where marked[row.base] == nil {
      for text in row.rest { used.formUnion(Self.words(of: text)) }
    }
    defined = all.filter { marked[$0] == nil }
    var families: [String: (kind: QuantityKind, members: [String])] = [:]
    for (base, name) in marked {
      guard let word = name.word else {
        if used.contains(base) { defined.insert(base) }
        continue
      }
      families[word, default: (name.mark ?? .tangent, [])].members.append(base)
    }
    for (word, family) in families.sorted(by: { $0.key < $1.key }) {
      if family.members.contains(where: used.contains) {
        defined.formUnion(family.members)
        continue
      }
      // Of the variables alone only the derivatives of the result are worth telling.
      let areInputs = family.members.allSatisfy { member in
        marked[member].map { isInput($0.base) && !all.contains($0.base) } == true
      }
      let likelier: QuantityKind = areInputs ? .adjoint : family.kind
      let other: QuantityKind = likelier == .tangent ? .adjoint : .tangent
      let others = areInputs ? [] : ["\(other)s"]
      let ways = ["\(likelier)s"] + others + ["part of a name"]
      let way = readings.way("'\(word)' before a name", ways)
      switch way == others.count + 1 ? 2 : way {
      case 0: decided[word] = likelier
      case 1: decided[word] = other
      default: defined.formUnion(family.members)
      }
    }
  }

  private static func words(of text: PlacedText) -> Set<String> {
    let scanner = NameScanner(bytes: text.bytes) { _ in false }
    var words: Set<String> = []
    var index = 0
    while index < text.count {
      if let (name, end) = scanner.name(at: index) {
        words.insert(name.base)
        index = end
      } else {
        index += scanner.scalar(at: index)?.length ?? 1
      }
    }
    return words
  }
}

extension NameScanner {
  /// The name that a whole text is, without words for marks.
  var bareName: MarkedName? {
    guard var (name, end) = name(at: 0) else { return nil }
    if end < bytes.count, name.mark == nil,
      let rest = negativeSuffix(at: end)
    {
      name.base += rest
      end = bytes.count
    }
    for (sign, kind) in Marks.behind where kind == .primal && bytes[end...].elementsEqual(sign.utf8)
    {
      end = bytes.count
    }
    return end == bytes.count ? name : nil
  }

  /// `-1` to the end.
  private func negativeSuffix(at start: Int) -> String? {
    let text = String(decoding: bytes[start...], as: UTF8.self).replacing("−", with: "-")
    guard text.first == "-", text.count > 1, text.dropFirst().allSatisfy(\.isWholeNumber) else {
      return nil
    }
    return text
  }
}

// What the columns of a trace table are for, as their headers say it: one table of words.
import Calculus
import Checking
import Language
import Syntax

/// What a column is for.
struct TraceColumn {
  enum Role {
    /// Names, formulas and numbers, whatever a cell shows itself to be.
    case cells
    case counter, section, remark, name
    /// A header that says nothing that is known here.
    case unknown
  }

  var role = Role.cells
  /// The trace that its cells belong to; nil for the one of the row.
  var kind: QuantityKind?
  /// Whether it has derivatives of a kind that the header does not say; `kind` is the likelier one.
  var isOpen = false
  /// Whether it has formulas or values by its header.
  var (saysFormula, saysValue) = (false, false)
  /// The seeds that the header names.
  var seeds: [(base: String, value: Double)] = []

  /// Whether it says anything.
  var isTold: Bool { role != .cells && role != .unknown || kind != nil || saysFormula || saysValue }

  init() {}

  /// - Parameters:
  ///   - inputs: the bases of the variables in their order.
  ///   - isName: whether the header is the name of a quantity rather than a word.
  init(_ header: String, inputs: [String], isName: Bool) {
    let words = Self.words(header)
    guard !header.isEmpty else { return }
    if header == "#" || words.count == 1 && Self.roles[words[0]] == .counter {
      role = .counter
      return
    }
    let facts = words.compactMap { Self.facts[$0] }
    saysValue = facts.contains(.value)
    saysFormula = facts.contains(.formula) && !saysValue
    seeds = TangentRun.seeds(in: header, inputs.contains)
    if let seed = Self.seed(in: header, inputs) { seeds = [(seed, 1)] }
    kind = Self.kind(words) ?? (facts.isEmpty ? Self.markKind(header) : nil)
    if kind == nil, let open = Self.openKind(header, words) { (kind, isOpen) = (open, true) }
    if Self.isDerivativeOfResult(header), seeds.isEmpty { (kind, isOpen) = (.adjoint, false) }
    if kind != nil, kind != .primal, seeds.isEmpty { readSeeds(header, words, inputs) }
    if !seeds.isEmpty { (kind, isOpen) = (.tangent, false) }
    guard kind == nil, !saysValue, !saysFormula || words.count == 1 else { return }
    role =
      words.compactMap { Self.roles[$0] }.first { $0 != .counter }
      ?? (saysFormula ? .cells : .unknown)
    if isName, !words.contains("v") { role = .unknown }
  }

  /// `Derivative wrt x1`, `tangent 2`, `∇x value`: variables named, or numbered, without a mark.
  private mutating func readSeeds(_ header: String, _ words: [String], _ inputs: [String]) {
    guard kind != .adjoint || isOpen else { return }
    let tokens = header.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
      .map { NameScanner.canonical(String($0)) }
    var named = tokens.filter(inputs.contains)
    if named.isEmpty { named = tokens.filter { $0.hasPrefix("d") }.map { String($0.dropFirst()) } }
    if let only = named.first(where: inputs.contains) {
      seeds = [(only, 1)]
    } else if kind == .tangent, let number = words.compactMap({ Int($0) }).first,
      inputs.indices.contains(number - 1)
    {
      seeds = [(inputs[number - 1], 1)]
    }
  }

  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  // MARK: The table of words

  private enum Fact { case primal, tangent, adjoint, partial, derivative, gradient, formula, value }

  private static let facts: [String: Fact] = {
    var facts: [String: Fact] = [:]
    for (fact, words) in [
      (.primal, "primal primals zero zeroth"),
      (.tangent, "tangent tangents dot jvp first dual directional tangente"),
      (
        .adjoint,
        "adjoint adjoints cotangent cotangents bar vjp backward reverse backprop adjungierte adjointe"
      ),
      (.partial, "partial partials local"),
      (.derivative, "derivative derivatives deriv der respect wrt ableitung dérivée derivada"),
      (.gradient, "grad grads gradient gradients"),
      (
        .formula,
        "formula expr eqn expression definition operation equation rule computation calculation function code elementary"
      ), (.value, "value values val result number numerical data current"),
    ] as [(Fact, String)] {
      for word in words.split(separator: " ") { facts[String(word)] = fact }
    }
    return facts
  }()

  private static let roles: [String: Role] = {
    var roles: [String: Role] = [:]
    for (role, words) in [
      (.counter, "line row index order step no nr i schritt zeile"),
      (.section, "section sweep phase part mode kind"),
      (.name, "name variable quantity node symbol v trace label var edge id knoten größe nœud"),
      (.remark, "comment comments note notes remark remarks explanation reason description"),
    ] as [(Role, String)] {
      for word in words.split(separator: " ") { roles[String(word)] = role }
    }
    return roles
  }()

  /// The trace that a header or a title names.
  static func kind(_ words: [String]) -> QuantityKind? {
    let facts = words.compactMap { Self.facts[$0] }
    // The forward pass has values; forward mode has tangents too.
    if words == ["forward"] || words == ["forward", "pass"] || words == ["forward", "sweep"] {
      return .primal
    }
    // `vbar_i`, `v_dot`
    func isMarked(_ mark: String) -> Bool {
      words.contains { $0.hasSuffix(mark) && $0.count <= mark.count + 2 }
    }
    if facts.contains(.primal) { return .primal }
    if facts.contains(.adjoint) || isMarked("bar") { return .adjoint }
    if facts.contains(.tangent) || isMarked("dot") { return .tangent }
    return facts.contains(.partial) ? .partial : nil
  }

  /// Whether words speak of gradients, which are adjoints more likely than not.
  static func saysGradient(_ words: [String]) -> Bool {
    words.contains { facts[$0] == .gradient }
  }

  static func saysDerivative(_ words: [String]) -> Bool {
    words.contains { facts[$0] == .derivative || facts[$0] == .gradient }
  }

  /// The likelier kind of a column with derivatives.
  private static func openKind(_ header: String, _ words: [String]) -> QuantityKind? {
    let facts = words.compactMap { Self.facts[$0] }
    if facts.contains(.gradient) { return .adjoint }
    let isDerivative =
      facts.contains(.derivative) || header.contains("∂") || header.contains("∇")
      || header.hasPrefix("d/d") || words.contains("dx")
    return isDerivative ? .tangent : nil
  }

  /// `v̇`, `v̄`, `v'`: a name with a mark.
  private static func markKind(_ header: String) -> QuantityKind? {
    let scanner = NameScanner(bytes: Array(header.utf8)) { $0.count <= 2 }
    guard !header.hasPrefix("∇"), let name = scanner.wholeName(),
      name.mark == .tangent || name.mark == .adjoint
    else {
      return nil
    }
    return name.mark
  }

  /// `dnode/dx1`: the derivative of whatever the line is about.
  private static func seed(in header: String, _ inputs: [String]) -> String? {
    let parts = header.split(separator: "/", maxSplits: 1).map { $0.trimmingSpaces }
    guard parts.count == 2, parts.allSatisfy({ $0.first == "d" || $0.first == "∂" }),
      roles[parts[0].dropFirst().lowercased()] == .name
    else { return nil }
    let base = NameScanner.canonical(String(parts[1].dropFirst()))
    return inputs.contains(base) ? base : nil
  }

  /// `∂y/∂v`, `dL/d(step)`: what it is the derivative in is no variable.
  private static func isDerivativeOfResult(_ header: String) -> Bool {
    let parts = header.split(separator: "/", maxSplits: 1).map { $0.trimmingSpaces }
    guard parts.count == 2, let sign = parts[1].first, sign == "d" || sign == "∂" else {
      return false
    }
    return parts[0].first == sign && parts[0].count > 1 && parts[0].count < 8
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start
  }
}

extension TangentRun {
  /// `x1'=1 x2'=2`, `seed ẋ1 = 1`, `∂/∂x1`: names of variables with a mark, and what they equal.
  static func seeds(
    in text: String, _ isInput: (String) -> Bool
  ) -> [(base: String, value: Double)] {
    let scanner = NameScanner(bytes: Array(text.utf8)) { _ in true }
    var seeds: [(base: String, value: Double)] = []
    var index = 0
    while index < scanner.bytes.count {
      if let quotient = scanner.quotient(at: index), isInput(quotient.name.base) {
        seeds.append((quotient.name.base, 1))
        index = quotient.end
      } else if let (name, end) = scanner.name(at: index) {
        index = end
        if name.mark == .tangent, isInput(name.base) {
          let (value, next) = seedValue(scanner.bytes, at: end)
          seeds.append((name.base, value ?? 1))
          index = next
        }
      } else {
        index += scanner.scalar(at: index)?.length ?? 1
      }
    }
    return seeds
  }

  private static func seedValue(_ bytes: [UInt8], at start: Int) -> (Double?, end: Int) {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return (nil, start) }
    index += 1
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    let first = index
    while index < bytes.count, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
    return (Double(String(decoding: bytes[first..<index], as: UTF8.self)), max(index, start))
  }
}

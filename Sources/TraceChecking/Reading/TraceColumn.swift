// What the columns of a trace table are for, as their headers say it.
import Calculus
import Checking
import Language
import Syntax

/// The role of a column.
enum TraceColumn: Equatable {
  /// Without a header: what a cell is shows in the cell.
  case automatic
  case section, name, formula, partial, value
  /// `v₁ = ln v₋₁`, of this kind if the names do not say otherwise.
  case equation(QuantityKind)
  /// The tangent or adjoint of the quantity in the row, or the value of its equation.
  case valueOf(QuantityKind)
  case ignored

  /// - Parameter name: the marked name that a header is, if it is one.
  init(_ header: String, name: MarkedName?) {
    let words = Self.words(header)
    let isValue = words.contains { ["value", "values"].contains($0) }
    if header.isEmpty {
      self = .automatic
    } else if let only = Self.known[words.joined(separator: " ")] {
      self = only
    } else if words.contains(where: { ["partial", "partials"].contains($0) }) {
      self = .partial
    } else if let kind = Self.kind(words) {
      self = isValue ? .valueOf(kind) : .equation(kind)
    } else if let mark = name?.mark {
      self = .valueOf(mark)
    } else if header.contains("∂") || words.contains("dx") || Self.isDerivative(header) {
      self = .valueOf(.tangent)
    } else {
      self = isValue ? .value : .ignored
    }
  }

  /// Whether its cells say which quantity a row is about.
  var namesQuantity: Bool {
    switch self {
    case .name, .equation: true
    default: false
    }
  }

  var hasValues: Bool {
    switch self {
    case .value, .valueOf: true
    default: false
    }
  }

  static func kind(_ words: [String]) -> QuantityKind? {
    if words.contains(where: { ["primal", "primals"].contains($0) }) { return .primal }
    if words.contains(where: { ["adjoint", "adjoints", "cotangent", "grad"].contains($0) }) {
      return .adjoint
    }
    if words.contains(where: { ["tangent", "tangents"].contains($0) }) { return .tangent }
    return nil
  }

  /// Whether a column numbers the rows.
  static func counts(_ header: String) -> Bool {
    let words = words(header)
    return header == "#"
      || words.count == 1
        && ["line", "row", "index", "order", "step", "no", "nr"].contains(words[0])
  }

  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// `d/dx1`
  private static func isDerivative(_ header: String) -> Bool {
    header.hasPrefix("d") && header.contains("/d")
  }

  private static let known: [String: TraceColumn] = {
    var known: [String: TraceColumn] = [:]
    for word in ["section", "sweep", "phase", "part", "mode", "kind"] { known[word] = .section }
    for word in ["name", "variable", "quantity", "node", "symbol", "v"] { known[word] = .name }
    for word in [
      "formula", "expression", "definition", "operation", "equation", "rule", "computation",
      "calculation",
    ] {
      known[word] = .formula
    }
    for word in ["value", "values", "result", "number", "primal value"] { known[word] = .value }
    for word in ["local partial", "partial", "local derivative"] { known[word] = .partial }
    return known
  }()
}

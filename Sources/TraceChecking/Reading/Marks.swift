// The marks that people put on a name for its tangent or adjoint, all in one table.
import Language

/// Which trace a quantity belongs to; a partial is one quantity's derivative with respect to another.
package enum QuantityKind: String, Sendable {
  case primal, tangent, adjoint, partial
}

/// A name with its marks read.
struct MarkedName: Hashable {
  /// With plain digits and no underscores: `v-1`, `x1`. Of a quotient what is under the line.
  var base: String
  /// What a dot, a bar, a prime or a tilde says; nil for a name without a mark.
  var mark: QuantityKind?
  /// What is over the line of a quotient, `y` in `∂y/∂v`; empty in `d/dv`.
  var over: String?
  /// The word of an open mark: `d` or `grad` say that it is a derivative, and not which.
  var word: String?

  init(base: String, mark: QuantityKind? = nil, over: String? = nil, word: String? = nil) {
    self.base = base
    self.mark = mark
    self.over = over
    self.word = word
  }

  /// As plain text has it.
  var shown: String {
    switch mark {
    case .tangent: base + "'"
    case .adjoint: base + "~"
    case .partial: "d\(over ?? "")/d\(base)"
    default: base
    }
  }
}

/// What stands on, behind or before a name.
enum Marks {
  /// What a combining character over a letter means.
  static func above(_ scalar: Unicode.Scalar) -> QuantityKind? {
    switch scalar {
    case "\u{0307}": .tangent
    case "\u{0303}", "\u{0304}", "\u{0305}": .adjoint
    default: nil
    }
  }

  /// The commands of LaTeX that put such a character over a letter.
  static let commands: [String: Unicode.Scalar] = [
    "dot": "\u{0307}", "bar": "\u{0304}", "overline": "\u{0304}", "tilde": "\u{0303}",
    "widetilde": "\u{0303}",
  ]

  /// What stands behind a name, the longer before the shorter.
  static let behind: [(sign: String, kind: QuantityKind)] = [
    (".gradient", .adjoint), (".grad", .adjoint), (".adjoint", .adjoint), (".adj", .adjoint),
    (".g", .adjoint), (".data", .primal), (".value", .primal), (".val", .primal), (".v", .primal),
    (".bar", .adjoint), (".dot", .tangent), ("^(1)", .tangent),
    ("^{(1)}", .tangent), ("^(0)", .primal), ("^{(0)}", .primal), ("'", .tangent),
    ("′", .tangent), ("’", .tangent), ("´", .tangent), ("~", .adjoint),
  ]

  /// A word before or behind a name.
  struct Word {
    let text: String
    let kind: QuantityKind
    /// Whether the table has to show which derivative it is; the kind is only the likelier one.
    var isOpen = true
    var isSuffix = false
    /// Whether it counts only where rows are called so: `xb` may be a product.
    var isOfRows = false
  }

  static let words: [Word] = [
    Word(text: "cotangent", kind: .adjoint, isOpen: false, isSuffix: true),
    Word(text: "tangent", kind: .tangent, isOpen: false, isSuffix: true),
    Word(text: "adjoint", kind: .adjoint, isOpen: false, isSuffix: true),
    Word(text: "dot", kind: .tangent, isOpen: false, isSuffix: true),
    Word(text: "bar", kind: .adjoint, isOpen: false, isSuffix: true),
    Word(text: "adj", kind: .adjoint, isOpen: false, isSuffix: true),
    Word(text: "gradient", kind: .adjoint, isSuffix: true),
    Word(text: "grad", kind: .adjoint, isSuffix: true), Word(text: "delta", kind: .adjoint),
    Word(text: "δ", kind: .adjoint), Word(text: "Dp", kind: .tangent),
    Word(text: "D", kind: .tangent), Word(text: "d", kind: .tangent),
    Word(text: "g", kind: .adjoint), Word(text: "∇", kind: .adjoint),
    Word(text: "b", kind: .adjoint, isSuffix: true, isOfRows: true),
    Word(text: "d", kind: .tangent, isSuffix: true, isOfRows: true),
  ]

  /// Letters that have their dot, bar or tilde with them.
  static let letters: [Character: (Unicode.Scalar, QuantityKind)] = {
    var letters: [Character: (Unicode.Scalar, QuantityKind)] = [:]
    for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars {
      for mark in ["\u{0307}", "\u{0304}", "\u{0303}"] as [Unicode.Scalar] {
        letters[Character(String(letter) + String(mark))] = above(mark).map { (letter, $0) }
      }
    }
    return letters
  }()
}

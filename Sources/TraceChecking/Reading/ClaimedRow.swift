// The rows of a trace table: a quantity, its formulas and its value.
import Calculus
import Checking
import Language
import Syntax

/// One quantity of a trace as a person has it.
package struct ClaimedRow: Sendable {
  package let line: Int
  package let kind: QuantityKind
  /// The name without its marks.
  let base: String
  package let name: PlacedText
  /// The right sides, as far as there are any; the row may give the same thing in several ways.
  package let formulas: [PlacedText]
  package let value: ClaimedNumber?
  /// The local partial derivative of an adjoint's row.
  package let partial: ClaimedNumber?
  /// `v += …`
  let adds: Bool
  /// Which run of forward mode a tangent belongs to.
  let run: Int

  /// The row as it was written.
  package var text: String {
    ([name.text] + formulas.map(\.text)).joined(separator: adds ? " += " : " = ")
  }
}

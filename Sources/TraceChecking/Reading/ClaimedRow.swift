// The rows of a trace table: a quantity, its formulas and its values.
import Calculus
import Checking
import Language
import Syntax

/// One quantity of a trace as a person has it.
package struct ClaimedRow: Sendable {
  /// The line of the file, from 1.
  package let line: Int
  /// The trace that it belongs to.
  package var kind: QuantityKind
  /// The name without its marks; of a partial what is under the line.
  var base: String
  /// What is over the line of a partial; nil where the column does not say it.
  var over: String?
  /// The name as it was written.
  package let name: PlacedText
  /// The right sides, as far as there are any; the row may give the same thing in several ways.
  package var formulas: [PlacedText] = []
  /// What it says of its value, in the order of the row: `= 2 × 5 = 10`.
  package var numbers: [ClaimedNumber] = []
  /// The local partial derivative of an adjoint's row.
  package var partial: ClaimedNumber?
  /// Whether its column says that a partial is a local one.
  var isLocal = false
  /// `v += …` and `v -= …`: what the formula is multiplied by before it is added; nil for `v = …`.
  var added: Double?
  /// Which run of forward mode a tangent belongs to.
  var run = 0

  /// The last of its numbers; nil where it has none.
  package var value: ClaimedNumber? { numbers.last }

  /// The row as it was written.
  package var text: String {
    ([name.text] + formulas.map(\.text)).joined(
      separator: added == nil ? " = " : added == 1 ? " += " : " -= ")
  }
}

/// One run of forward mode.
struct TangentRun {
  /// The variables' seeds that a title, a section or a header names; empty if none does.
  var seeds: [(base: String, value: Double)] = []
}

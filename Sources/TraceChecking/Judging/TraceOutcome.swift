// What the check of a trace table comes to, row by row.
import Calculus
import Checking
import Language
import Syntax

/// How a row of a trace table stands.
package enum RowVerdict: Sendable, Equatable {
  case right
  /// Wrong in itself.
  case wrong
  /// Right by what was written before, and wrong only because of another row.
  case follows(row: Int)
  /// Nothing was written.
  case empty
  /// Nothing that is asked for comes from it.
  case unjudged
}

/// What is not understood, and so not judged.
package struct UnreadPlace: Sendable {
  /// Where it stands in the file.
  package let range: SourceRange
  /// What the row is called, where it is a row.
  package var name: String?
  /// Whether it is the value of a quantity that nothing says more of; false for a formula that leads nowhere.
  package var leads = true
}

/// One row with its verdict.
package struct RowResult: Sendable {
  /// The row, with what it was read as.
  package internal(set) var row: ClaimedRow
  /// The number that is wrong, where one is.
  package internal(set) var claimed: ClaimedNumber?
  /// How the row stands.
  package internal(set) var verdict: RowVerdict
  /// What it should be; nil where that is not known.
  package internal(set) var truth: Double?
  /// What is wrong beside the value, or in its place, where that is certain.
  package internal(set) var remark: Remark?

  /// In a word that programs can rely on, and in words.
  package struct Remark: Sendable, Equatable {
    /// What is wrong: the formula, a missing contribution, or the local partial.
    package enum Kind: String, Sendable {
      case formula, contribution
      case localPartial = "local-partial"
    }

    /// The word for programs.
    package let kind: Kind
    /// The words for people.
    package let message: String
  }
  /// The slip that explains the wrong value; nil where none is known.
  package internal(set) var mistake: Mistake?
  /// Whether the local partial is what is wrong, with its true value.
  package internal(set) var partial: Double?
}

/// What a table has to have.
package enum TraceRequirement: String, Sendable, CaseIterable {
  /// The tangent of the result for each variable.
  case forward
  /// The adjoint of each variable.
  case reverse
  /// The value of the result, and one of both modes with a derivative for each row.
  case complete
}

/// All rows.
package struct TraceOutcome: Sendable {
  /// One for each row, in the order of the file.
  package let rows: [RowResult]
  /// The row that went wrong first, in the order in which the table is computed.
  package let first: Int?
  /// What the table does not say, in the notation of `check`.
  package let missing: [String]
  /// What is missing of each requirement.
  package let absent: [TraceRequirement: [String]]
  /// Whether there is any row of a derivative.
  package var hasDerivatives: Bool { rows.contains { $0.row.kind != .primal } }
  /// Where numbers stand that belong to no quantity that was read, and rows that lead to nothing.
  package let unread: [UnreadPlace]
  /// Whether nothing has been filled in where there is a place for it.
  package let isBlank: Bool
  /// How the table was read where it could be read in several ways.
  package let readings: [String]

  /// Whether no row is wrong; what was not read or is missing is no part of it.
  package var passes: Bool { first == nil }

  func count(_ isCounted: (RowVerdict) -> Bool) -> Int { rows.count { isCounted($0.verdict) } }

  /// The rows that are wrong only because of another one.
  package func followers(of root: Int) -> [Int] {
    rows.indices.filter { rows[$0].verdict == .follows(row: root) }
  }
}

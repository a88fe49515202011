// What can be wrong with what a program printed, and how it is put.
import Calculus
import Language
import Syntax

/// What makes a program's output no answer.
package enum ProgramMistake: Error, Sendable, Equatable {
  case nothing(rows: Int)
  case unknownColumn(String, advice: String)
  case columnTwice(String)
  case notAskedFor(String)
  /// Only points.
  case noClaim(advice: String)
  /// Columns without names that may be several things, or nothing.
  case unclear(Int, advice: String)
  case cells(Int, columns: Int)
  case rows(Int, points: Int)
  case notANumber(String)
  case otherPoint(String, asked: Double)

  var message: String {
    switch self {
    case .nothing(let rows): "the program printed nothing for \(Self.count(rows, "point"))"
    case .unknownColumn(let name, _): "no derivative and no value is called '\(echo(name))'"
    case .columnTwice(let name): "'\(echo(name))' is there twice"
    case .notAskedFor(let name): "the derivative '\(echo(name))' is not asked for"
    case .noClaim: "no column is a derivative or a value"
    case .unclear(let count, _):
      "it is not clear what \(Self.count(count, "column")) without names \(count == 1 ? "is" : "are")"
    case .cells(let count, let columns):
      "the row has \(Self.count(count, "cell")) in place of \(columns)"
    case .rows(let count, let points):
      "the program printed \(Self.count(count, "row")) for \(Self.count(points, "point"))"
    case .notANumber(let text):
      text.isEmpty ? "a number is missing" : "'\(echo(text))' is not a number"
    case .otherPoint(let name, let asked):
      "this row is for another point: it was asked for \(name) = \(shortest(asked))"
    }
  }

  var remedy: String? {
    switch self {
    case .nothing: "it is to print a row for each row of points that it reads"
    case .unknownColumn(_, let advice), .noClaim(let advice): "call the columns \(echo(advice))"
    case .unclear(_, let advice):
      "print a first line with the names of the columns, \(echo(advice))"
    case .notAskedFor: "--wrt names the variables to differentiate in"
    case .columnTwice, .cells, .rows, .notANumber, .otherPoint: nil
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

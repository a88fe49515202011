// Errors that end a command without an answer, exit status 2, and how they are reported.
import CommandLine
import Text
import Language
import Reporting
import Syntax

/// A request that could not be understood or carried out.
enum Failure: ReportedError {
  /// An option's value, or options together, that make no sense.
  case option(String, remedy: String?)
  /// In a script, with its place.
  case script(Diagnostic)
  /// An error in a program that was run, with the program's messages.
  case program(Diagnostic)

  /// That second derivatives are asked for of several outputs.
  static let hessianOfList = Failure.option(
    "--hessian takes one expression, not a list of outputs",
    remedy: "give the outputs one at a time")

  /// That random points are asked for and the domain seems to have none.
  static let noPointFound = Failure.option(
    "no point was found at which the expression and its derivatives exist",
    remedy: "--at gives a point; 'check' also takes --range, such as x=0:10, for where to look")

  var diagnostic: Diagnostic {
    switch self {
    case .script(let diagnostic), .program(let diagnostic): diagnostic
    case .option(let message, let remedy): Diagnostic(.error, message, remedy: remedy)
    }
  }
}

/// An error that is reported as a diagnostic. Commands throw these without wrapping them.
protocol ReportedError: Error {
  var diagnostic: Diagnostic { get }
}

extension Problem: ReportedError {}

extension UsageError: ReportedError {
  var diagnostic: Diagnostic { Diagnostic(.error, message, remedy: remedy) }
}

extension FileError: ReportedError {
  var diagnostic: Diagnostic { Diagnostic(.error, message) }
}

extension Error {
  /// The diagnostic that is shown.
  var diagnostic: Diagnostic {
    (self as? any ReportedError)?.diagnostic ?? Diagnostic(.error, "\(self)")
  }

  /// The same without an offer of --at where the command does not take it.
  func withRemedies(of command: CommandDefinition) -> any Error {
    let offer = " or --at"
    var diagnostic = diagnostic
    guard let remedy = diagnostic.remedy, remedy.hasSuffix("--wrt" + offer),
      !command.options.contains(where: { $0.name == OptionDefinition.at.name })
    else { return self }
    diagnostic.remedy = String(remedy.dropLast(offer.count))
    return Failure.script(diagnostic)
  }
}

extension Diagnostic {
  /// `{"message": …, "line": …, "column": …, "remedy": …}`; null for what there is not.
  var json: JSON {
    let place = range.flatMap { range in source?.column(of: range.start) }
    return .object([
      ("message", .string(message)), ("line", place.map { .integer($0.line) } ?? .null),
      ("column", place.map { .integer($0.column) } ?? .null),
      ("remedy", remedy.map(JSON.string) ?? .null),
    ])
  }
}

extension Terminal {
  /// Shows a diagnostic on standard error.
  func show(_ diagnostic: Diagnostic, color: ColorOption) {
    var diagnostic = diagnostic
    diagnostic.message = inItsCharacters(diagnostic.message)
    diagnostic.remedy = diagnostic.remedy.map(inItsCharacters)
    let renderer = DiagnosticRenderer(
      usesColor: allowsColor(for: .error, option: color), usesUnicode: usesUnicode,
      lineWidth: width)
    writeError(renderer.render(diagnostic) + "\n")
  }

  /// A line in the program's own words, folded to the width of this terminal.
  func foldedLine(_ text: String, margin: Int = 0) -> String {
    foldedProse(text, width: (width ?? .max) - margin, indent: 2)
      .map { spaces(margin) + $0 + "\n" }.joined()
  }

  /// The program's own words, without characters that the locale does not have.
  func inItsCharacters(_ text: String) -> String {
    guard !usesUnicode else { return text }
    let spellings: [Character: String] = [
      "…": "...", "→": "->", "×": "*", "−": "-", "²": "2", "∂": "d", "π": "pi", "τ": "tau",
      "∞": "inf", "\u{FFFD}": "?", "√": "sqrt", "·": "*", "÷": "/", "³": "^3", "’": "'",
    ]
    return text.reduce(into: "") { $0 += spellings[$1] ?? String($1) }
  }

  /// Shows an explanation on standard error, with the path of the quantity that it is about.
  func show(_ explanation: Explanation, at place: String?, color: ColorOption) {
    var diagnostic = explanation.diagnostic
    if let place { diagnostic.message = "at \(place): " + diagnostic.message }
    show(diagnostic, color: color)
    if let trail = explanation.trailLine(arrow: usesUnicode ? "→" : "->") {
      let lines = folded(trail, width: (width ?? .max) - 2, indent: 2)
      writeError(lines.map { "  \($0)\n" }.joined())
    }
  }
}

// The options that several commands share, each defined once.
import CommandLine
import Text
import Language
import Reporting
import Syntax

/// The forms of output.
enum OutputFormat: String, CaseIterable {
  case text, markdown, latex, csv, json
}

extension OptionDefinition {
  static let at = OptionDefinition(
    "at", short: "a", argument: "POINT", isRepeatable: true,
    help: "the values of the variables, such as x1=2,x2=pi/4; a range x=0:1:0.1 "
      + "(start:stop:step) stands for many points")

  static let withRespectTo = OptionDefinition(
    "wrt", short: "w", argument: "NAMES",
    help: "the variables to differentiate in, such as x1,x2; the others are constants")

  static let direction = OptionDefinition(
    "direction", argument: "VECTOR",
    help: "differentiate along a direction, such as x1=1,x2=2")

  static let weights = OptionDefinition(
    "weights", argument: "VECTOR",
    help: "differentiate the sum of a list's outputs with weights, such as f1=1,f2=-2: their "
      + "product with the Jacobian")

  /// What is defined, and how much of it may run.
  static var language: [OptionDefinition] {
    [
      .load, .maxSteps, .memory,
    ]
  }

  /// How much memory there may be in use.
  static let memory = OptionDefinition(
    "memory", argument: "SIZE",
    help: "how much memory may be in use, such as 512M or 4G, before the program ends with exit "
      + "status 2; a quarter of the machine's if not given")

  static let format = OptionDefinition(
    "format", short: "f", argument: "FORMAT", choices: OutputFormat.allCases.map(\.rawValue),
    help: "the form of the output")

  static let digits = OptionDefinition(
    "digits", short: "d", argument: "N", in: NumberFormat.allowedDigits,
    help: "round to N significant digits, 1 to 17, where people read; CSV and JSON keep all")

  static let color = OptionDefinition(
    "color", argument: "WHEN", choices: ColorOption.allCases.map(\.rawValue),
    help: "colour on a terminal")
}

extension Arguments {
  /// The variables of `--wrt`, which must be among those of the point, if there is one, or else
  /// among the names that the expression has.
  func variables(
    of expression: Expression, at point: Point?, allowRepeats: Bool = false,
    takesIntermediates: Bool = false
  ) throws -> [String]? {
    guard let word = value(.withRespectTo) else { return nil }
    var known = if let point { point.names } else { try Function.names(of: expression) }
    if takesIntermediates { known += expression.intermediates }
    do throws(Problem) {
      return try PointReader.names(
        SourceText(word.text, name: "--wrt"), among: known, allowRepeats: allowRepeats)
    } catch {
      throw expression.explaining(error)
    }
  }

  /// The expression as a function of the variables that `--wrt` names too, or of one variable where
  /// it has none, since a constant has derivatives. A name that looks like a misspelt variable of
  /// the expression is not added.
  ///
  /// - Parameter other: the variable of an expression without any.
  func addingVariables(
    to expression: Expression, orElse other: String = "x"
  ) throws -> (expression: Expression, notes: [Explanation]) {
    let known = try Function.names(of: expression)
    let wanted =
      value(.withRespectTo).flatMap { try? parseNames(SourceText($0.text)).map(\.name) } ?? []
    let new = wanted.filter { name in
      !known.contains(name) && editDistanceSuggestion(for: name, among: known) == nil
        && expression.definition(of: name) == nil
    }
    if !new.isEmpty { return (expression.over(new), new.map(Explanation.notInExpression)) }
    let hasVariable = expression.freeNames.contains {
      $0.isParameter || Catalogue.constant($0.name) == nil
    }
    guard wanted.isEmpty, !hasVariable, !has(.at) else { return (expression, []) }
    return (expression.over([other]), expression.valueNotes + [.constantExpression])
  }

  var numberFormat: NumberFormat { count(.digits).map { NumberFormat(digits: $0) } ?? .shortest }
}

extension Arguments {
  private static let leastMemory = 64 << 20
  private static let memoryUnits: [(letter: Character, shift: Int)] = [("M", 20), ("G", 30)]

  /// Sets the limit of `--memory`. Scripts cannot: it is up to the person who runs the program.
  func limitMemory(_ terminal: Terminal) throws {
    guard let word = value(.memory) else { return }
    if let script, !script.allowsPrograms {
      throw Failure.option(
        "what is read from a pipe or a file does not set the memory",
        remedy: "give --memory to 'autodiff run' in the shell")
    }
    let letter = word.text.last.map { Character($0.uppercased()) }
    guard let unit = Self.memoryUnits.first(where: { $0.letter == letter }),
      let count = Int(word.text.dropLast()), count >= 0, count <= 1 << 20,
      count << unit.shift >= Self.leastMemory
    else {
      throw Failure.option(
        "--memory needs a size such as 512M or 4G, at least 64M, not '\(echo(word.text))'",
        remedy: nil)
    }
    terminal.limitMemory(count << unit.shift)
  }
}

extension OptionDefinition {
  static let load = OptionDefinition(
    "load", argument: "FILE", isRepeatable: true,
    help: "the definitions in a file, for EXPRESSION to use")

  static let maxSteps = OptionDefinition(
    "max-steps", argument: "N", in: 1...Expression.mostOperations,
    help: "how many operations and calls EXPRESSION may take, and its derivatives in "
      + "proportion; 10,000,000 if not given")
}

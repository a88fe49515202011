// What `sweep` prints: a plot, the errors at whole decades, and a summary of the slopes and best
// steps.
import CommandLine
import Text
import Calculus
import Language
import Reporting

struct SweepReport {
  let request: SweepRequest
  let sweep: StepSweep
  let evaluation: Evaluation
  let notes: [Explanation]

  func output(for terminal: Terminal) -> String {
    switch request.format {
    case .text: text(for: terminal)
    case .markdown: tables(terminal).map { $0.markdown(numbers: $1) }.joined(separator: "\n")
    case .latex: tables(terminal).map { $0.latex(numbers: $1) }.joined(separator: "\n")
    case .csv: errorTable(sweep.steps.indices.map { $0 }).csv()
    case .json: json.text
    case .svg: plot(terminal).svg()
    }
  }

  private var numbers: NumberFormat { request.numbers }
  private var name: String {
    request.calculation.direction == nil ? evaluation.names[0] : "derivative"
  }

  private func text(for terminal: Terminal) -> String {
    let style = TextStyle(
      isEnabled: terminal.allowsColor(for: .output, option: request.calculation.color))
    let picture = plot(terminal).text(
      width: min(terminal.width ?? 80, 100), unicode: terminal.usesUnicode, style: style)
    let tables = tables(terminal).map {
      $0.text(
        width: terminal.width, unicode: terminal.usesUnicode, style: style, numbers: $1)
    }
    return ((picture.map { [$0] } ?? []) + tables).joined(separator: "\n")
  }

  /// The tables with formatted numbers: the derivative in full, errors in brief.
  private func tables(_ terminal: Terminal) -> [(Table, NumberFormat)] {
    var answer = Table(columns: [
      Table.Column("quantity"), Table.Column("value", alignment: .decimal),
    ])
    answer.append(["value", .number(evaluation.results[0].values[0])])
    answer.append([.text(name), .number(sweep.derivative)])
    return [
      (answer, request.calculation.numbers), (errorTable(wholeDecades), numbers),
      (summary(terminal), numbers),
    ]
  }

  // MARK: Errors

  /// The powers of ten among the steps, or all of them where there is none.
  private var wholeDecades: [Int] {
    let decades = sweep.steps.indices.filter { Self.isPowerOfTen(shortest(sweep.steps[$0])) }
    return decades.isEmpty ? Array(sweep.steps.indices) : decades
  }

  /// `1e-05`, `0.001`, `100`
  private static func isPowerOfTen(_ text: String) -> Bool {
    let significand = text.prefix { $0 != "e" }
    return significand.filter { $0 != "0" && $0 != "." } == "1"
  }

  private func errorTable(_ rows: [Int]) -> Table {
    var table = Table(
      columns: [Table.Column("step", alignment: .decimal)]
        + sweep.series.map { Table.Column(.text($0.formula.name), alignment: .decimal) })
    for row in rows {
      table.append(
        [.number(sweep.steps[row])] + sweep.series.map { .number($0.errors[row]) })
    }
    return table
  }

  // MARK: Summary

  /// A row for each formula: the best step and the expected one, the slopes, the cost.
  private func summary(_ terminal: Terminal) -> Table {
    var table = Table(
      columns: [Table.Column("formula")]
        + ["best step", "error", "expected step", "slope right", "slope left", "evaluations"].map {
          Table.Column(.text($0), alignment: .decimal)
        })
    for series in sweep.series {
      table.append([
        .text(series.formula.name), cell(series.best?.step), cell(series.best?.error),
        .text(expectation(series, terminal)), .text(slope(series.slopes.truncation)),
        .text(slope(series.slopes.rounding)),
        .text(series.formula.evaluations.map(String.init) ?? ""),
      ])
    }
    return table
  }

  private func cell(_ value: Double?) -> Table.Cell { value.map { .number($0) } ?? .empty }

  private func slope(_ slope: Double?) -> String {
    slope.map { NumberFormat(digits: 3).text($0) } ?? ""
  }

  private func expectation(_ series: StepSweep.Series, _ terminal: Terminal) -> String {
    guard let theory = series.theory, let step = theory.bestStep else { return "" }
    let text = NumberFormat(digits: 3).text(step)
    return theory.isOneSided ? (terminal.usesUnicode ? "≤ " : "<= ") + text : text
  }

  // MARK: Plot

  private func plot(_ terminal: Terminal) -> Plot {
    let calculation = request.calculation
    let place = Calculation.text(of: evaluation.point)
    return Plot(
      title:
        "Error of \(calculation.direction == nil ? name : "the derivative") of \(calculation.expression.text) at \(place)",
      xLabel: "step",
      yLabel: "error", markLabel: "best step", predictionLabel: "expected",
      series: sweep.series.map { series in
        Plot.Series(
          series.formula.name, detail: detail(series, terminal),
          points: zip(sweep.steps, series.errors).map { Plot.Point($0, $1) },
          guide: series.theory.map { theory in
            sweep.steps.map { Plot.Point($0, theory.error(at: $0)) }
          } ?? [],
          mark: series.best?.step, prediction: series.theory?.bestStep)
      })
  }

  /// `best step 1.6e-08, expected 1.2e-08; slopes 1 and -1`
  private func detail(_ series: StepSweep.Series, _ terminal: Terminal) -> String {
    let brief = NumberFormat(digits: 2)
    guard let best = series.best else { return "not a number at any step" }
    var text = "best step \(brief.text(best.step)), error \(brief.text(best.error))"
    if let step = series.theory?.bestStep {
      text += "; expected \(series.theory?.isOneSided == true ? "below " : "")\(brief.text(step))"
    }
    if let slope = series.slopes.truncation { text += "; slope \(brief.text(slope))" }
    if let slope = series.slopes.rounding { text += ", to the left \(brief.text(slope))" }
    return text
  }

  // MARK: JSON

  private var json: JSON {
    let calculation = request.calculation
    var members: [(key: String, value: JSON)] = [
      ("expression", .string(calculation.expression.text)), ("point", evaluation.point.json),
    ]
    if let direction = calculation.direction {
      members.append(("direction", direction.json))
    } else {
      members.append(
        ("wrt", .array((calculation.active ?? evaluation.point.names).map(JSON.string))))
    }
    members += [
      ("value", .number(evaluation.results[0].values[0])),
      ("derivative", .number(sweep.derivative)),
      ("steps", .array(sweep.steps.map { .number($0) })),
      ("series", .array(sweep.series.map(object))),
      ("notes", .array((evaluation.explanations + notes).map(\.json))),
    ]
    return .object(members)
  }

  private func object(_ series: StepSweep.Series) -> JSON {
    let expected = series.theory.flatMap { theory in
      theory.bestStep.map { (step: $0, error: theory.error(at: $0)) }
    }
    return .object([
      ("formula", .string(series.formula.name)),
      ("evaluations", series.formula.evaluations.map { .integer($0) } ?? .null),
      ("best", place(series.best)), ("expected", place(expected)),
      (
        "slopes",
        .object([
          ("truncation", number(series.slopes.truncation)),
          ("rounding", number(series.slopes.rounding)),
        ])
      ),
      ("errors", .array(series.errors.map { .number($0) })),
    ])
  }

  private func place(_ place: (step: Double, error: Double)?) -> JSON {
    place.map { .object([("step", .number($0.step)), ("error", .number($0.error))]) } ?? .null
  }

  private func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
}

// What `trace` writes: tables, a page, or records for programs, point after point.
import CommandLine
import Text
import Calculus
import Language
import Reporting

/// The traces at all points, collected in the form that was asked for.
struct TraceOutput {
  private let calculation: Calculation
  private let mode: TraceMode
  /// What is left blank; nil for a whole trace.
  private let worksheet: Worksheet?
  private let isPage: Bool
  private var blocks: [String] = []
  private var records: [TraceRecords] = []

  init(_ calculation: Calculation, _ mode: TraceMode, _ worksheet: Worksheet?, isPage: Bool) {
    self.calculation = calculation
    self.mode = mode
    self.worksheet = worksheet
    self.isPage = isPage
  }

  /// Adds the trace at a point.
  mutating func add(
    _ computation: Computation, _ point: Point, _ explanations: [Explanation], _ terminal: Terminal
  ) {
    if isPage {
      blocks.append(TracePage(calculation, computation, point, mode).page(explanations).html())
      return
    }
    switch calculation.format {
    case .json, .csv: records.append(TraceRecords(calculation, computation, point, explanations))
    case .text, .markdown, .latex: blocks.append(text(computation, point, terminal))
    }
  }

  /// Writes all traces: pages and tables one below the other, records as one table or JSON value.
  func write(to terminal: Terminal) {
    switch calculation.format {
    case .json:
      let objects = records.map { $0.json(mode) }
      terminal.write((objects.count == 1 ? objects[0] : .array(objects)).text)
    case .csv:
      let table = TraceRecords.table(records, mode)
      let inputs = calculation.points[0].names.count
      terminal.write((worksheet?.cleared(records: table, inputs: inputs) ?? table).csv())
    case .text, .markdown, .latex: terminal.write(blocks.joined(separator: "\n"))
    }
  }

  private func text(
    _ computation: Computation, _ point: Point, _ terminal: Terminal
  ) -> String {
    let style: FormulaStyle =
      calculation.format == .latex ? .latex : terminal.usesUnicode ? .unicode : .plain
    let tables = TraceTables(calculation, computation, point, style)
    let textStyle = TextStyle(
      isEnabled: terminal.allowsColor(for: .output, option: calculation.color))
    let blocks = (mode == .forward ? tables.forward() : tables.reverse()).map { table in
      let table = worksheet?.cleared(table, inputs: computation.variables.count) ?? table
      return switch calculation.format {
      case .markdown: table.markdown(numbers: calculation.numbers)
      case .latex: table.latex(numbers: calculation.numbers)
      default:
        table.text(
          width: terminal.width, unicode: terminal.usesUnicode, style: textStyle,
          numbers: calculation.numbers)
      }
    }
    return blocks.joined(separator: "\n")
  }
}

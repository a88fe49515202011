// `autodiff functions`: the words of the expression language.
import Calculus
import Reporting
import Session
import Syntax

enum FunctionsCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "functions", operands: [OperandDefinition("NAME", isRequired: false)],
      summary: "the functions, constants and operators of expressions",
      examples: [
        Example("autodiff functions", "all of them"),
        Example("autodiff functions atan2", "one of them"),
      ],
      options: [.format, .color])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws(Failure) -> Int32 {
    var table = Table(columns: [
      Table.Column("write"), Table.Column("also"), Table.Column("meaning", folds: true),
      Table.Column("needs", folds: true),
    ])
    let wanted = arguments.operands.first?.text
    for entry in entries where wanted == nil || entry.names.contains(wanted ?? "") {
      table.append(entry.row.map { .text($0) })
    }
    if let wanted, table.rows.isEmpty {
      let suggestion = editDistanceSuggestion(for: wanted, among: entries.flatMap(\.names))
      throw .option(
        "'\(echo(wanted))' is neither a function nor a constant nor an operator",
        remedy: suggestion.map { "did you mean '\($0)'?" })
    }
    let color = arguments.choice("color", default: ColorOption.auto)
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: color))
    switch arguments.choice("format", default: OutputFormat.text) {
    case .text:
      terminal.write(
        table.text(width: terminal.width, unicode: terminal.usesUnicode, style: style))
    case .markdown: terminal.write(table.markdown())
    case .latex: terminal.write(table.latex())
    case .csv: terminal.write(table.csv())
    case .json: terminal.write(json(table).text)
    }
    return 0
  }

  private static func json(_ table: Table) -> JSON {
    let keys = ["write", "also", "meaning", "needs"]
    return .array(
      table.rows.map { row in
        .object(
          zip(keys, row).map { key, cell in
            if case .text(let text) = cell { (key, .string(text)) } else { (key, .null) }
          })
      })
  }

  private struct Entry {
    let names: [String]
    /// How it is written, its other names, what it means and what it needs.
    let row: [String]
  }

  private static var entries: [Entry] {
    let operations = Operation.language.map { operation in
      let about = operation.about
      return Entry(
        names: [about.name] + about.aliases,
        row: [about.usage, about.aliases.joined(separator: ", "), about.summary, about.requirement])
    }
    let forms = Catalogue.forms.map {
      Entry(names: [$0.name], row: [$0.usage, "", $0.summary, ""])
    }
    let derivatives = Catalogue.derivatives.map {
      Entry(names: $0.names, row: [$0.usage, "", $0.summary, ""])
    }
    let constants = Catalogue.constants.map { constant in
      Entry(
        names: constant.names,
        row: [
          constant.names[0], constant.names.dropFirst().joined(separator: ", "), constant.summary,
          "",
        ])
    }
    return operations + forms + derivatives + constants
  }
}

extension About {
  /// `atan2(y, x)`, `x + y`, `not x`
  var usage: String {
    switch notation {
    case .function, .radical, .bars, .kernel: "\(name)(\(parameters.joined(separator: ", ")))"
    case .infix, .fraction, .power: "x \(name) y"
    case .prefix: name.last?.isLetter == true ? "\(name) x" : "\(name)x"
    }
  }
}

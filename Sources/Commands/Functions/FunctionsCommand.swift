// `autodiff functions`: the words of the expression language.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

enum FunctionsCommand: Command {
  static var definition: CommandDefinition {
    CommandDefinition(
      "functions",
      operands: [
        OperandDefinition(
          "NAME", isRequired: false,
          words: Catalogue.functionNames + Catalogue.constants.flatMap(\.names))
      ],
      summary: "the functions, constants and operators of expressions",
      examples: [
        Example("autodiff functions", "all of them"),
        Example("autodiff functions atan2", "one of them"),
      ],
      options: [.format, .color])
  }

  static func run(_ arguments: Arguments, _ terminal: Terminal) throws -> Int32 {
    var table = Table(
      columns: [
        Table.Column("write"), Table.Column("also", folds: true),
        Table.Column("meaning", folds: true), Table.Column("needs", folds: true),
      ], keyCount: 0)
    let wanted = arguments.operands.first?.text
    for entry in LanguageEntry.all where wanted == nil || entry.names.contains(wanted ?? "") {
      table.append(entry.row.map { .text($0) })
    }
    if let wanted, table.rows.isEmpty {
      let suggestion = editDistanceSuggestion(
        for: wanted, among: LanguageEntry.all.flatMap(\.names))
      throw Failure.option(
        "'\(echo(wanted))' is neither a function nor a constant nor an operator",
        remedy: suggestion.map { "did you mean '\($0)'?" })
    }
    let color = arguments.choice(.color, default: ColorOption.auto)
    let style = TextStyle(isEnabled: terminal.allowsColor(for: .output, option: color))
    switch arguments.choice(.format, default: OutputFormat.text) {
    case .text:
      terminal.write(
        compact(table).text(width: terminal.width, unicode: terminal.usesUnicode, style: style))
    case .markdown: terminal.write(table.markdown())
    case .latex: terminal.write(table.latex())
    case .csv: terminal.write(table.csv())
    case .json: terminal.write(json(table).text)
    }
    return 0
  }

  /// Puts what a function needs into the column of its meaning, so that there are three columns.
  private static func compact(_ table: Table) -> Table {
    var compact = Table(
      columns: [
        Table.Column("write"), Table.Column("also", folds: true),
        Table.Column("meaning", folds: true),
      ], keyCount: 0)
    for row in table.rows {
      guard case .text(let meaning) = row[2], case .text(let needs) = row[3] else { continue }
      let whole = needs.isEmpty ? meaning : "\(meaning); needs \(needs)"
      compact.append([row[0], row[1], .text(whole)])
    }
    return compact
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
}

extension LanguageEntry {
  /// How it is written, its other names, what it means and what it needs.
  fileprivate var row: [String] {
    [usage, aliases.joined(separator: ", "), summary, domain ?? ""]
  }
}

extension About {
  /// `atan2(y, x)`, `x + y`, `not x`
  var usage: String { usage(of: parameters) }

  func usage(of parameters: [String]) -> String {
    switch notation {
    case .function, .radical, .bars, .cases, .kernel:
      "\(name)(\(parameters.joined(separator: ", ")))"
    case .infix, .fraction, .power: "x \(name) y"
    case .prefix: name.last?.isLetter == true ? "\(name) x" : "\(name)x"
    }
  }
}

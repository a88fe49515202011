// What `--help` shows, made from the definitions.
import Text

/// What a command's exit status says.
package struct ExitStatus: Sendable {
  /// The number that the shell sees.
  package let status: Int32
  /// What it says, without a full stop.
  package let meaning: String

  /// Those of every command, for the help and the man page.
  package static let all = [
    ExitStatus(status: 0, meaning: "the answer is there (and the check passed)"),
    ExitStatus(
      status: 1,
      meaning: "the answer is no: a check failed, or there is no value or derivative at the point"),
    ExitStatus(status: 2, meaning: "the request could not be understood or carried out"),
  ]
}

extension CommandDefinition {
  /// The `--help` text of the command, in lines of at most `width` columns.
  package func helpPage(width: Int = 80, style: TextStyle = .plain) -> String {
    var page = HelpPage(width: width, style: style)
    page.opening(usage: usage, summary: summary, examples: examples)
    page.paragraphs(description)
    page.section("Options", allOptions.map { ($0.label, $0.fullHelp) })
    page.exitStatusSection()
    return page.text
  }
}

extension OptionDefinition {
  /// `-h, --help` or `    --at POINT`: the long names below each other.
  fileprivate var label: String {
    (short.map { "-\($0), " } ?? "    ") + spelling + (argument.map { " \($0)" } ?? "")
  }
}

/// What `autodiff --help` needs to know.
package struct ProgramDefinition: Sendable {
  /// One line below the usage.
  package let summary: String
  /// Whole command lines, run by the tests.
  package let examples: [Example]
  /// In the order in which the help lists them.
  package let commands: [CommandDefinition]
  /// Those that stand in place of a command.
  package let options: [OptionDefinition]
  /// Paragraphs.
  package let description: [String]
  /// The words that shells complete in an expression.
  package let expressionWords: [String]

  /// - Parameters:
  ///   - options: those that stand in place of a command.
  ///   - description: paragraphs.
  ///   - expressionWords: the words that shells complete in an expression.
  package init(
    summary: String, examples: [Example], commands: [CommandDefinition],
    options: [OptionDefinition] = [], description: [String] = [], expressionWords: [String] = []
  ) {
    self.summary = summary
    self.examples = examples
    self.commands = commands
    self.options = options
    self.description = description
    self.expressionWords = expressionWords
  }

  /// The `--help` text of the program, in lines of at most `width` columns.
  package func helpPage(width: Int = 80, style: TextStyle = .plain) -> String {
    var page = HelpPage(width: width, style: style)
    page.opening(usage: "autodiff COMMAND [options]", summary: summary, examples: examples)
    page.section("Commands", commands.map { ($0.name, $0.summary) })
    page.section("Options", options.map { ($0.label, $0.fullHelp) })
    page.paragraphs(description + ["'autodiff COMMAND --help' tells more about a command."])
    page.exitStatusSection()
    return page.text
  }
}

/// A page in the making.
package struct HelpPage {
  /// The columns that a line may take.
  let width: Int
  /// How headings are set off.
  let style: TextStyle
  /// What has been written so far; every line ends with a line feed.
  package private(set) var text = ""

  private static let margin = 2
  /// Entries with a longer name have their text on the lines below it.
  private static let longestLabel = 26
  private static let narrowestText = 24

  /// An empty page.
  ///
  /// - Parameter width: the columns that a line may take.
  package init(width: Int, style: TextStyle) {
    self.width = width
    self.style = style
  }

  /// The usage line, the summary, and the examples with their comments below them.
  mutating func opening(usage: String, summary: String, examples: [Example]) {
    lines(of: "Usage: " + usage, indent: 7)
    text += "\n"
    lines(of: summary)
    guard !examples.isEmpty else { return }
    heading("Examples")
    for example in examples {
      // Not folded: an example is there to be copied.
      text += spaces(Self.margin) + example.commandLine + "\n"
      lines(of: example.comment, margin: 3 * Self.margin)
    }
  }

  /// Text folded to the page's width, no empty line before it.
  ///
  /// - Parameter indent: the columns that continued lines are moved by.
  package mutating func paragraph(_ text: String, indent: Int = 0) {
    lines(of: text, indent: indent)
  }

  /// Paragraphs folded to the page's width, each behind an empty line.
  package mutating func paragraphs(_ paragraphs: [String]) {
    for paragraph in paragraphs {
      text += "\n"
      lines(of: paragraph)
    }
  }

  /// A heading and lines that are not folded: what stands there is there to be copied.
  package mutating func lines(_ title: String, _ lines: [String]) {
    heading(title)
    for line in lines { text += spaces(Self.margin) + line + "\n" }
  }

  /// The statuses of every command, with their meanings.
  mutating func exitStatusSection() {
    section("Exit status", ExitStatus.all.map { (String($0.status), $0.meaning) })
  }

  /// A heading and entries in two columns, or with the text below the name where it is narrow.
  package mutating func section(_ title: String, _ entries: [(label: String, text: String)]) {
    guard !entries.isEmpty else { return }
    heading(title)
    let labels = entries.map { displayWidth(of: $0.label) }
    let labelWidth = labels.filter { $0 <= Self.longestLabel }.max() ?? 0
    let column = Self.margin + labelWidth + 2
    let isNarrow = width - column < Self.narrowestText
    for entry in entries {
      entryLines(entry.label, entry.text, column: isNarrow ? 4 * Self.margin : column)
    }
  }

  private mutating func entryLines(_ label: String, _ help: String, column: Int) {
    var start = spaces(Self.margin) + label
    if displayWidth(of: start) + 2 > column {
      text += start + "\n"
      start = ""
    }
    for line in folded(help, width: width - column) {
      text += start + spaces(column - displayWidth(of: start)) + line + "\n"
      start = ""
    }
  }

  private mutating func heading(_ title: String) {
    text += "\n" + style.bold(title + ":") + "\n"
  }

  private mutating func lines(of paragraph: String, margin: Int = 0, indent: Int = 0) {
    for line in folded(paragraph, width: width - margin, indent: indent) {
      text += spaces(margin) + line + "\n"
    }
  }

  private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: count)
  }
}

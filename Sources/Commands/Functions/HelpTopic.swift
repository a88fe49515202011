// What `help NAME` shows: a command's page, or a function with its derivative and an example.
import CommandLine
import Text
import Calculus
import Language
import Reporting
import Syntax

extension LanguageEntry {
  /// The page in the characters that the terminal has.
  func page(for terminal: Terminal, _ commands: CommandSet) -> String {
    var page = HelpPage(width: terminal.width ?? 80, style: .plain)
    page.paragraph("\(usage): \(summary)", indent: 2)
    let shown = aliases.filter { terminal.usesUnicode || $0.utf8.allSatisfy { $0 < 0x80 } }
    if !shown.isEmpty { page.lines("Also", [shown.joined(separator: ", ")]) }
    if let value { page.lines("Value", [shortest(value)]) }
    if let domain { page.lines("Domain", [domain.isEmpty ? "every number" : domain]) }
    if !sample.isEmpty {
      page.lines(
        domain == nil ? "Derivative of \(sample)" : "Derivative",
        derivative(terminal, commands))
      page.lines("Example", example(terminal, commands))
    }
    return terminal.inItsCharacters(page.text)
  }

  /// What `diff` prints of the sample. A derivative that only has the function's own name with a
  /// prime is the formula that it is computed by.
  private func derivative(_ terminal: Terminal, _ commands: CommandSet) -> [String] {
    let lines =
      output(of: "diff", [sample] + chosen, terminal, commands, mayRemark: true)?.lines ?? []
    let kernel = Operation.allCases.map(\.about).first {
      $0.notation == .kernel && lines == ["\($0.name)(x)"]
    }
    return kernel.map { [$0.summary] } ?? lines
  }

  /// `--wrt` and the variables, where not all names of the sample are some.
  private var chosen: [String] {
    orders.isEmpty
      ? [] : ["--wrt", variables.filter { !orders.contains($0) }.joined(separator: ",")]
  }

  /// A command line and its output, at the first point where there is nothing to remark.
  private func example(_ terminal: Terminal, _ commands: CommandSet) -> [String] {
    for values in Self.candidates {
      let point = zip(variables, values).map { name, value in
        "\(name)=\(Self.values[name] ?? value)"
      }
      let at = point.isEmpty ? [] : ["--at", point.joined(separator: ",")]
      guard let output = output(of: "eval", [sample] + at + chosen, terminal, commands)
      else { continue }
      let words = ["autodiff eval \(quoted)"] + at + chosen
      return [words.joined(separator: " ")] + output.lines
    }
    return []
  }

  /// The sample as a word for the shell.
  private var quoted: String { sample.contains("'") ? "\"\(sample)\"" : "'\(sample)'" }

  private static let candidates = [["2", "3", "5"], ["0.5", "2", "3"], ["2.25", "3", "5"]]
  /// The values with which arguments of a fixed meaning are tried.
  private static let values = ["n": "2", "low": "0", "high": "1", "c": "1"]

  private var variables: [String] {
    let expression = try? Expression(SourceText(sample))
    return expression.flatMap { try? Function.names(of: $0) } ?? []
  }

  /// What a command prints; nil if it writes a remark, unless that is allowed.
  private func output(
    of command: String, _ words: [String], _ terminal: Terminal, _ commands: CommandSet,
    mayRemark: Bool = false
  ) -> String? {
    guard let command = commands.named(command) else { return nil }
    let recording = Terminal.Recording()
    let quiet = Terminal.inMemory(
      recording: recording, environment: terminal.usesUnicode ? ["LANG": "C.UTF-8"] : [:])
    let status = try? commands.execute(command, words, nil, quiet)
    quiet.flush()
    return status == 0 && (mayRemark || recording.errorBytes.isEmpty) ? recording.output : nil
  }
}

extension String {
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}

// MARK: - Asking for it

extension CommandSet {
  /// What `help NAME` prints: a command's page and a function's, where both have the name.
  func pages(about name: String, _ terminal: Terminal) throws -> [String] {
    let command = named(name)?.definition
    let entries = LanguageEntry.all(called: name)
    let guides = name == "topics" ? [topics] : HelpGuide.all(called: name)
    guard command != nil || !entries.isEmpty || !guides.isEmpty else { throw unknownTopic(name) }
    let page = command.map {
      terminal.inItsCharacters($0.helpPage(width: terminal.width ?? 80) + Self.manuals)
    }
    return [page].compactMap { $0 } + guides.map { $0.page(for: terminal) }
      + entries.map { $0.page(for: terminal, self) }
  }

  /// What there is help for.
  private var topics: HelpGuide {
    HelpGuide(
      names: ["topics"],
      paragraphs: [
        "Commands: \(names.joined(separator: ", ")).",
        "Subjects: \(HelpGuide.all.compactMap(\.names.first).joined(separator: ", ")).",
        "Statements: \(LanguageEntry.statements.flatMap(\.names).joined(separator: ", ")).",
        "And every function, constant and operator that 'autodiff functions' lists.",
      ])
  }

  private func unknownTopic(_ name: String) -> Failure {
    let known =
      names
      + (LanguageEntry.all + LanguageEntry.statements).flatMap(\.names)
      + HelpGuide.all.flatMap(\.names)
    let suggestion = editDistanceSuggestion(for: name, among: known)
    return .option(
      "there is no help for '\(echo(name))'",
      remedy: suggestion.map { "did you mean '\($0)'?" }
        ?? "'autodiff help topics' and 'autodiff functions' list what there is")
  }
}

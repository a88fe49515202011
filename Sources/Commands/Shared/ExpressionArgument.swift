// The EXPRESSION of a command line, with the definitions that it may use.
import CommandLine
import Language
import Syntax
import Text

extension Arguments {
  /// The expression that the first operand is, or standard input holds.
  func expression(_ terminal: Terminal) throws -> Expression {
    try expression(try expressionText(terminal), terminal)
  }

  /// The expression that is to be judged, which may be written as `f(x) = …` or `y = …`.
  func judgedExpression(_ terminal: Terminal) throws -> Expression {
    let text = try expressionText(terminal)
    let head = text.bytes.firstIndex(of: UInt8(ascii: "=")).map { text.bytes[..<$0] }
    let isDefinition =
      head.map { head in
        text.bytes.count { $0 == UInt8(ascii: "=") } == 1
          && !head.contains { ";\n<>!".utf8.contains($0) }
          && !text.bytes.contains { ";{\n".utf8.contains($0) }
      } ?? false
    guard isDefinition, let head else { return try expression(text, terminal) }
    return try expression(
      SourceText(text.bytes + Array("; ".utf8) + head, name: text.name), terminal)
  }

  /// The text of the expression, wherever it comes from.
  func judgedText(_ terminal: Terminal) throws -> String {
    String(decoding: try expressionText(terminal).bytes, as: UTF8.self)
  }

  /// The expression that an option gives; nil if it is not there.
  func expression(
    of option: OptionDefinition, _ terminal: Terminal
  ) throws -> Expression? {
    guard let word = value(option) else { return nil }
    let file = try fileText(of: word.text, terminal)
    return try expression(file ?? SourceText(word.text, name: option.spelling), terminal)
  }

  private func expression(
    _ text: SourceText, _ terminal: Terminal
  ) throws -> Expression {
    let definitions = try loadedDefinitions(terminal)
    return try Expression(
      text, after: definitions, named: namedVariables,
      operationLimit: count(.maxSteps) ?? Expression.usualOperationLimit,
      observer: commands.observer)
  }

  /// The names in points and lists of variables on the command line, before these are read.
  private var namedVariables: Set<String> {
    let bindings = values(.at).flatMap { $0.text.split { ",;\n".contains($0) } }
    let names = bindings.compactMap { $0.split(separator: "=", maxSplits: 1).first }
    let chosen = values(.withRespectTo).flatMap { $0.text.split(separator: ",") }
    return Set((names + chosen).map { trimmed(String($0)) })
  }

  private func expressionText(_ terminal: Terminal) throws -> SourceText {
    let word = operands[0]
    if let text = try fileText(of: word.text, terminal) { return text }
    guard word.text == "-" else { return script?.source(of: word) ?? SourceText(word.text) }
    let input = try terminal.readInput()
    return SourceText(input, name: "standard input")
  }

  /// The texts of every `--at`, which may be in files.
  func pointTexts(_ terminal: Terminal) throws -> [SourceText] {
    try values(.at).map { word in
      try fileText(of: word.text, terminal) ?? SourceText(word.text, name: "--at")
    }
  }

  /// What is in the file that a value names behind `@`; nil for any other value.
  func fileText(of value: String, _ terminal: Terminal) throws -> SourceText? {
    guard value.hasPrefix("@"), value.count > 1, value != "@.", !value.hasPrefix("@("),
      !value.hasPrefix("@. ")
    else { return nil }
    let path = String(value.dropFirst())
    let bytes = try terminal.readFile(path)
    let source = SourceText(bytes, name: path)
    guard !source.trimmedText.isEmpty else {
      throw Failure.option("'\(echo(path))' is empty", remedy: nil)
    }
    return source
  }

  /// The definitions of the script and of every `--load`, one after the other.
  private func loadedDefinitions(_ terminal: Terminal) throws -> Definitions {
    var loader = ScriptLoader(terminal, commands, after: script?.definitions ?? Definitions())
    for word in values(.load) { try loader.load(word.text) }
    return loader.definitions
  }
}

extension Expression {
  /// Notes that variables, or else definitions, have the names of constants.
  func constantNotes(variables: [String] = []) -> [Explanation] {
    readingNotes
      + variables.filter { Catalogue.constant($0) != nil }.map(Explanation.constantTaken)
      + redefinedConstants.filter { !variables.contains($0) }.map(Explanation.constantDefined)
  }
}

// What Tab can put in the place of the word before the cursor.
import Calculus
import Language
import Reporting

struct Completion: Equatable {
  /// What the word can become, in order.
  let candidates: [String]
  /// How many characters of the text before the cursor are the word.
  let wordLength: Int

  /// The common beginning of all candidates.
  var common: String {
    guard let first = candidates.first else { return "" }
    return candidates.dropFirst().reduce(first) { common, candidate in
      String(zip(common, candidate).prefix { $0 == $1 }.map(\.0))
    }
  }
}

/// Knows the words that may stand in a line.
struct Completer {
  let commands: CommandSet
  /// The words that begin a command line.
  let commandWords: Set<String>
  /// The names that the session has defined; functions end in `(`.
  let definedNames: [String]
  /// The names in a directory.
  let names: (String) -> [String]
  /// The variables of an expression.
  var variables: (String) -> [String] = { _ in [] }

  /// - Parameter text: what stands before the cursor.
  func complete(_ text: String) -> Completion {
    // Words are split as a command line is; quotes begin an expression.
    let statement =
      text.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == "\n" }.last ?? ""
    let words = statement.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\t" }
      .map(String.init).drop { $0.isEmpty }
    guard let first = words.first else { return completion("", of: statementWords) }
    if words.count == 1 {
      let name = Self.lastName(first)
      return completion(name, of: name == first ? statementWords : expressionWords)
    }
    return argument(
      words.last ?? "", behind: Array(words.dropLast()), of: first, about: Self.operand(statement))
  }

  /// The first argument that is no option, without the quotes around it.
  private static func operand(_ statement: Substring) -> String {
    let rest = statement.drop { $0 == " " || $0 == "\t" }.drop { $0 != " " && $0 != "\t" }
    let argument = rest.drop { $0 == " " || $0 == "\t" }
    guard let quote = argument.first, quote == "'" || quote == "\"" else {
      return String(argument.prefix { $0 != " " && $0 != "\t" })
    }
    return String(argument.dropFirst().prefix { $0 != quote })
  }

  private func argument(
    _ word: String, behind before: [String], of first: String, about operand: String
  ) -> Completion {
    if first == SessionCommand.load.rawValue { return file(word) }
    if first == SessionCommand.help.rawValue { return completion(word, of: topics) }
    if first == SessionCommand.forget.rawValue {
      return completion(word, of: definedNames.map { Self.withoutEnd($0) + " " })
    }
    guard let command = commands.named(first)?.definition
    else { return completion(Self.lastName(word), of: expressionWords) }
    let last = before.last ?? ""
    if let option = command.allOptions.first(where: { $0.spellings.contains(last) }) {
      if let argument = option.argument, ["POINT", "NAMES", "VECTOR"].contains(argument) {
        let isValue = word.split(separator: ",", omittingEmptySubsequences: false).last?.contains(
          "=")
        if isValue == true { return completion(Self.lastName(word), of: expressionWords) }
        let end = argument == "NAMES" ? "" : "="
        return completion(Self.lastName(word), of: variables(operand).map { $0 + end })
      }
      if option.argument == "FILE" { return file(word) }
      if let choices = option.choices { return completion(word, of: choices.map { $0 + " " }) }
    } else if word.hasPrefix("--") || word == "-" {
      return completion(
        word, of: command.allOptions.map(\.spelling).sorted().map { $0 + " " })
    } else if command.operands.contains(where: { $0.name == "FILE" }) {
      return file(word)
    }
    return completion(Self.lastName(word), of: expressionWords)
  }

  private func completion(_ word: String, of words: [String]) -> Completion {
    Completion(candidates: words.filter { $0.hasPrefix(word) }, wordLength: word.count)
  }

  private func file(_ word: String) -> Completion {
    let slash = word.lastIndex(of: "/")
    let directory = slash.map { String(word[...$0]) } ?? ""
    let name = slash.map { String(word[word.index(after: $0)...]) } ?? word
    let found = names(directory.isEmpty ? "." : directory)
      .filter { $0.hasPrefix(name) && (name.hasPrefix(".") || !$0.hasPrefix(".")) }
    return Completion(
      candidates: found.map { $0.hasSuffix("/") ? $0 : $0 + " " }, wordLength: name.count)
  }

  // MARK: Words

  private var statementWords: [String] {
    commandWords.filter { $0 != Session.programName }.sorted().map { $0 + " " }
      + expressionWords.filter { !commandWords.contains($0) }
  }

  private var expressionWords: [String] {
    let functions = Set(Catalogue.functionNames).map { $0 + "(" }
    let constants = Catalogue.constants.flatMap(\.names)
    return Array(Set(functions + constants + definedNames + [Session.answerName])).sorted()
  }

  private var topics: [String] {
    let commands = commandWords.filter { $0 != Session.programName }
    let names =
      Catalogue.functionNames + Catalogue.constants.flatMap(\.names)
      + LanguageEntry.statements.flatMap(\.names)
    return Set(commands + names + definedNames.map(Self.withoutEnd)).sorted().map { $0 + " " }
  }

  private static func withoutEnd(_ name: String) -> String {
    name.hasSuffix("(") ? String(name.dropLast()) : name
  }

  /// The name that a text ends in, which may be empty.
  private static func lastName(_ text: String) -> String {
    String(text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
  }
}

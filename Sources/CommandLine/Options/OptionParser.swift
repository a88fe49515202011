// Command-line words to operands and options, and what can be wrong with them.
import Text

/// What a command line asks a command to do.
package enum Invocation: Equatable, Sendable {
  case run(Arguments)
  case help
  case version
}

/// The words of a command line, sorted.
package struct Arguments: Equatable, Sendable {
  /// A word, or the part of it that is an option's value.
  package struct Word: Equatable, Sendable {
    /// The word without the option's name; quotes are the shell's and gone.
    package let text: String
    /// Where the word is among those the parser was given.
    package let index: Int
  }

  /// In the order they were given, everything behind `--` included.
  package fileprivate(set) var operands: [Word] = []
  /// In the order in which they were given; a flag has an empty value.
  fileprivate var options: [(name: String, value: Word)] = []
  /// What the program passes along with the words, such as the script that they are in.
  package var context: (any Sendable)?

  /// Whether an option is there.
  package func has(_ option: OptionDefinition) -> Bool {
    options.contains { $0.name == option.name }
  }

  /// The value of an option, the last one if it is repeated.
  package func value(_ option: OptionDefinition) -> Word? {
    options.last { $0.name == option.name }?.value
  }

  /// All values of an option, in the order they were given.
  package func values(_ option: OptionDefinition) -> [Word] {
    options.filter { $0.name == option.name }.map(\.value)
  }

  /// The value of an option that takes a whole number, which the parser has checked; nil if it is
  /// not there.
  package func count(_ option: OptionDefinition) -> Int? {
    value(option).flatMap { wholeNumber($0.text) }
  }

  /// The value of an option with choices, which the parser has checked.
  package func choice<Choice: RawRepresentable<String>>(
    _ option: OptionDefinition, default other: Choice
  ) -> Choice {
    value(option).flatMap { Choice(rawValue: $0.text) } ?? other
  }

  /// Leaves out options, and all operands but the first.
  package mutating func leaveOut(_ others: [OptionDefinition]) {
    options.removeAll { option in others.contains { $0.name == option.name } }
    operands.removeLast(max(0, operands.count - 1))
  }

  /// The same operands and options; contexts are not compared.
  package static func == (left: Arguments, right: Arguments) -> Bool {
    left.operands == right.operands && left.options.elementsEqual(right.options, by: ==)
  }
}

/// What is wrong with a command line.
package enum UsageError: Error, Equatable, Sendable {
  case unknownCommand(String, suggestion: String?)
  case unknownOption(String, suggestion: String?)
  /// With what to type, as a whole clause.
  case foreignOption(String, remedy: String)
  case foreignCommand(String, remedy: String)
  case missingValue(option: String, argument: String)
  case valueForFlag(option: String)
  case repeatedOption(String)
  case notAChoice(option: String, value: String, choices: [String], suggestion: String?)
  case notACount(option: String, value: String, range: ClosedRange<Int>)
  case missingOperand(String)
  case unexpectedOperand(String, remedy: String? = nil)

  /// What is wrong, in the user's terms.
  package var message: String {
    switch self {
    case .unknownCommand(let word, _), .foreignCommand(let word, _):
      "'\(word)' is not a command"
    case .unknownOption(let word, _), .foreignOption(let word, _):
      "there is no option '\(word)'"
    case .missingValue(let option, let argument): "\(option) needs a value: \(option) \(argument)"
    case .valueForFlag(let option): "\(option) takes no value"
    case .repeatedOption(let option): "\(option) is given twice"
    case .notAChoice(let option, let value, _, let suggestion):
      "\(option) cannot be '\(value)'" + didYouMean(suggestion)
    case .notACount(let option, let value, let range):
      "\(option) needs a whole number from \(range.lowerBound) to \(range.upperBound), "
        + "not '\(value)'"
    case .missingOperand(let name): "\(name) is missing"
    case .unexpectedOperand(let word, _): "'\(word)' is one argument too many"
    }
  }

  /// What to do about it, where there is more to say than the message does.
  package var remedy: String? {
    switch self {
    case .unknownCommand(_, let word?), .unknownOption(_, let word?): "did you mean '\(word)'?"
    case .unknownCommand(_, nil): "'autodiff --help' lists the commands"
    case .unknownOption(_, nil): "an expression that begins with '--' goes behind a '--' of its own"
    case .notAChoice(let option, _, let choices, _):
      "\(option) takes \(choices.joined(separator: ", "))"
    case .unexpectedOperand(_, let remedy):
      remedy ?? "an expression with spaces in it goes in quotes"
    case .foreignOption(_, let remedy), .foreignCommand(_, let remedy): remedy
    default: nil
    }
  }
}

private func didYouMean(_ suggestion: String?) -> String {
  suggestion.map { "; did you mean '\($0)'?" } ?? ""
}

extension CommandDefinition {
  /// Sorts the words that follow the command's name. A request for help counts wherever it is,
  /// also among mistakes.
  package func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var parser = OptionParser(command: self, words: words)
    parser.parse()
    if parser.arguments.has(.help) { return .help }
    if parser.arguments.has(.version) { return .version }
    if let error = parser.error ?? parser.operandError { throw error }
    return .run(parser.arguments)
  }
}

private struct OptionParser {
  let command: CommandDefinition
  let words: [String]
  let options: [OptionDefinition]
  var arguments = Arguments()
  /// The first mistake; parsing goes on behind it in search of `--help`.
  var error: UsageError?
  private var next = 0

  init(command: CommandDefinition, words: [String]) {
    self.command = command
    self.words = words
    options = command.allOptions
  }

  mutating func parse() {
    while next < words.count {
      let index = next
      let word = words[index]
      next += 1
      if word == "--" {
        while next < words.count { takeOperand() }
      } else if let option = shortOption(word) {
        take(option, attached: nil, at: index)
      } else if word.hasPrefix("--") {
        takeLongOption(word, at: index)
      } else if "—–-".contains(word.prefix(1)), word.count > 2,
        let remedy = command.remedy(forOption: splitAtEquals(word).name)
      {
        note(.foreignOption(word, remedy: "write '\(remedy)'"))
        next += 1
      } else {
        // Also a word like `-x^2`: an expression may begin with a minus.
        arguments.operands.append(Arguments.Word(text: word, index: index))
      }
    }
  }

  private mutating func takeOperand() {
    arguments.operands.append(Arguments.Word(text: words[next], index: next))
    next += 1
  }

  private mutating func takeLongOption(_ word: String, at index: Int) {
    let (name, value) = splitAtEquals(word)
    if let option = longOption(name) {
      take(option, attached: value, at: index)
    } else {
      let near = suggestion(for: name)
      let isTypo = near.map { $0.dropFirst(2).hasPrefix(name.dropFirst(2)) } == true
      if !isTypo, let remedy = command.remedy(forOption: name) {
        note(.foreignOption(name, remedy: "write '\(remedy)'"))
        return
      }
      if ["--jacobian", "--grad", "--gradient", "--derivatives"].contains(name), !isTypo {
        note(.foreignOption(name, remedy: "the derivatives are shown without it"))
        return
      }
      if !isTypo, ["--out", "--output", "-o", "--save"].contains(name) {
        note(.foreignOption(name, remedy: "'> FILE' at the end of the line writes to a file"))
        return
      }
      note(.unknownOption(name, suggestion: near))
    }
  }

  private mutating func take(_ option: OptionDefinition, attached: String?, at index: Int) {
    if arguments.has(option), !option.isRepeatable { note(.repeatedOption(option.spelling)) }
    guard let argument = option.argument else {
      if attached != nil { note(.valueForFlag(option: option.spelling)) }
      arguments.options.append((option.name, Arguments.Word(text: "", index: index)))
      return
    }
    guard let value = attached.map({ Arguments.Word(text: $0, index: index) }) ?? nextValue() else {
      if option.isValueOptional {
        arguments.options.append((option.name, Arguments.Word(text: "", index: index)))
        return
      }
      note(.missingValue(option: option.spelling, argument: argument))
      return
    }
    check(value.text, of: option)
    arguments.options.append((option.name, value))
  }

  /// The next word, unless it is clearly meant as an option: a value may begin with a minus.
  private mutating func nextValue() -> Arguments.Word? {
    guard next < words.count else { return nil }
    let word = words[next]
    if word == "--" || longOption(splitAtEquals(word).name) != nil { return nil }
    next += 1
    return Arguments.Word(text: word, index: next - 1)
  }

  private mutating func check(_ value: String, of option: OptionDefinition) {
    if let range = option.range, wholeNumber(value).map(range.contains) != true {
      note(.notACount(option: option.spelling, value: value, range: range))
    }
    guard let choices = option.choices, !choices.contains(value) else { return }
    let suggestion =
      option.choice(meaning: value) ?? editDistanceSuggestion(for: value, among: choices)
    note(
      .notAChoice(
        option: option.spelling, value: value, choices: choices, suggestion: suggestion))
  }

  private mutating func note(_ error: UsageError) {
    self.error = self.error ?? error
  }

  /// What is wrong with the number of operands.
  var operandError: UsageError? {
    let given = arguments.operands
    let defined = command.operands
    if given.count < defined.count, defined[given.count].isRequired {
      return .missingOperand(defined[given.count].name)
    }
    let isFull = given.count > defined.count && defined.last?.isRepeatable != true
    guard isFull else { return nil }
    return .unexpectedOperand(
      given[defined.count].text, remedy: command.remedy(forOperands: given.map(\.text)))
  }

  private func shortOption(_ word: String) -> OptionDefinition? {
    guard word.count == 2, word.first == "-" else { return nil }
    return options.first { $0.short == word.last }
  }

  private func longOption(_ word: String) -> OptionDefinition? {
    options.first { $0.spelling == word }
  }

  /// The option that `word` abbreviates, or the nearest one.
  private func suggestion(for word: String) -> String? {
    let spellings = options.map(\.spelling)
    let completion = word == "--" ? nil : spellings.first { $0.hasPrefix(word) }
    return completion ?? editDistanceSuggestion(for: word, among: spellings)
  }
}

private func splitAtEquals(_ word: String) -> (name: String, value: String?) {
  guard let equals = word.firstIndex(of: "=") else { return (word, nil) }
  return (String(word[..<equals]), String(word[word.index(after: equals)...]))
}

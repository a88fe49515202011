// The words of expressions as the help knows them: functions, operators, forms and constants.
import Calculus
import Language

/// A function, form, operator or constant of the language.
struct LanguageEntry {
  /// The words it is found by: its name and other spellings.
  let names: [String]
  var aliases: [String] = []
  let usage: String
  let summary: String
  /// What the arguments must satisfy, empty where everything is allowed; nil for what has no domain
  /// of its own.
  var domain: String?
  /// A constant's value.
  var value: Double?
  /// An expression that shows it; its names become variables.
  let sample: String
  /// Names in the sample that are orders, in which there is no derivative.
  var orders: [String] = []

  static var all: [LanguageEntry] { operations + forms + derivatives + constants }

  /// What the help knows by this name, statements included.
  static func all(called name: String) -> [LanguageEntry] {
    (all + statements).filter { $0.names.contains(name) }
  }

  private static var operations: [LanguageEntry] {
    Operation.language.map { operation in
      let about = operation.about
      return LanguageEntry(
        names: [about.name] + about.aliases, aliases: about.aliases, usage: about.usage,
        summary: about.summary,
        domain: about.requirement,
        sample: about.usage(of: about.parameters.filter { $0 != "…" }),
        orders: operation.takesOrder ? Array(about.parameters.prefix(1)) : [])
    }
  }

  private static var forms: [LanguageEntry] {
    Catalogue.forms.map {
      LanguageEntry(
        names: [$0.name], usage: $0.usage, summary: $0.summary, sample: "\($0.name)(i, 1, 3, x^i)")
    }
  }

  private static var derivatives: [LanguageEntry] {
    zip(Catalogue.derivatives, ["diff(x^3, x, 2)", "sin'(x)"]).map { entry, sample in
      LanguageEntry(
        names: entry.names, usage: entry.usage, summary: entry.summary, sample: sample)
    }
  }

  private static var constants: [LanguageEntry] {
    Catalogue.constants.map {
      LanguageEntry(
        names: $0.names, aliases: Array($0.names.dropFirst()), usage: $0.names[0],
        summary: $0.summary, value: $0.value, sample: "")
    }
  }
}

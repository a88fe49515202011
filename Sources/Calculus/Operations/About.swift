// How an operation is named, written and explained.

/// The text side of an operation: what the parser accepts, the printer writes and the help says.
package struct About: Sendable {
  /// Where the name or sign stands among the arguments.
  package enum Notation: Sendable, Equatable {
    /// `name(x, y)`
    case function
    /// `x name y`
    case infix(Precedence)
    /// `name x`
    case prefix(Precedence)
    /// `x / y`, a fraction where the page allows one
    case fraction
    /// `x ^ y`, right associative, an exponent where the page allows one
    case power
    /// `sqrt(x)`, under a radical sign with an index where the page allows one
    case radical(index: String)
    /// `abs(x)`, between bars where the page allows them
    case bars
    /// `if(c, a, b)`, a row for each case where the page allows it
    case cases
    /// As the formula that it computes
    case kernel
  }

  /// The canonical name or operator sign.
  package let name: String
  /// Other spellings that a user may type.
  package let aliases: [String]
  /// How parser and printer place the arguments about the name.
  package let notation: Notation
  /// The name or sign in Unicode text.
  package let unicode: String
  /// The command in LaTeX's mathematics (`\sin`), the operator sign there, or a form with places
  /// for the arguments (`J_{#1}\left(#2\right)`); nil for an upright name.
  private let latexCommand: String?
  /// How many arguments a call takes.
  package let arity: ClosedRange<Int>
  /// The arguments as the help names them.
  package let parameters: [String]
  /// What an argument must satisfy, said after "needs"; empty where everything is allowed.
  package let requirement: String
  /// One line for the help.
  package let summary: String

  /// A function of the language.
  static func function(
    _ name: String, aliases: [String] = [], notation: Notation = .function,
    unicode: String? = nil, latex: String? = nil,
    of parameters: [String] = ["x"], arity: ClosedRange<Int>? = nil,
    requires requirement: String = "", _ summary: String
  ) -> About {
    About(
      name: name, aliases: aliases, notation: notation, unicode: unicode ?? name,
      latexCommand: latex,
      arity: arity ?? parameters.count...parameters.count, parameters: parameters,
      requirement: requirement, summary: summary)
  }

  /// An operator between its arguments; `aliases` are functions that mean the same.
  static func infix(
    _ sign: String, _ notation: Notation, aliases: [String] = [],
    unicode: String? = nil, latex: String? = nil,
    requires requirement: String = "", _ summary: String
  ) -> About {
    About(
      name: sign, aliases: aliases, notation: notation, unicode: unicode ?? sign,
      latexCommand: latex ?? sign, arity: 2...2, parameters: ["x", "y"], requirement: requirement,
      summary: summary)
  }

  /// A kernel; nobody types its name.
  static func kernel(
    _ name: String, of parameters: [String] = ["x"], arity: ClosedRange<Int>? = nil,
    requires requirement: String = "", _ summary: String
  ) -> About {
    function(
      name, notation: .kernel, of: parameters, arity: arity, requires: requirement, summary)
  }

  /// An operator before its argument.
  static func prefix(
    _ sign: String, _ precedence: Precedence, unicode: String? = nil, latex: String? = nil,
    _ summary: String
  ) -> About {
    About(
      name: sign, aliases: [], notation: .prefix(precedence), unicode: unicode ?? sign,
      latexCommand: latex ?? sign, arity: 1...1, parameters: ["x"],
      requirement: "", summary: summary)
  }

  /// What stands for the operation in LaTeX with the package amsmath: a command or a sign.
  package var latex: String {
    if let latexCommand, latexForm == nil { return latexCommand }
    let primes = name.reversed().prefix { $0 == "'" }.count
    let escaped = name.dropLast(primes).reduce(into: "") {
      $0 += $1 == "_" ? "\\_" : String($1)
    }
    return "\\operatorname{\(escaped)}" + String(repeating: "'", count: primes)
  }

  /// The form with places `#1`, `#2` for the arguments in LaTeX; nil where there is none.
  var latexForm: String? { latexCommand.flatMap { $0.contains("#") ? $0 : nil } }

  /// Whether LaTeX sets the function without parentheses, `\sin x`, as textbooks do.
  var isBareInLaTeX: Bool { isRaisedInLaTeX || Self.bareCommands.contains(latex) }

  /// Whether its powers are written on its name, `\sin^{2} x`.
  var isRaisedInLaTeX: Bool { Self.raisedCommands.contains(latex) }

  private static let bareCommands: Set<String> = ["\\exp", "\\log_{2}", "\\log_{10}"]
  private static let raisedCommands: Set<String> = [
    "\\sin", "\\cos", "\\tan", "\\cot", "\\sec", "\\csc", "\\sinh", "\\cosh", "\\tanh",
    "\\coth", "\\arcsin", "\\arccos", "\\arctan", "\\ln",
  ]
}

/// How tightly an operator binds, loosest first, as in the language.
package enum Precedence: Int, Comparable, Sendable {
  case or, and, not, comparison, sum, product, sign
  /// A function set without parentheses, `cos v₀`.
  case application
  case power, atom

  package static func < (x: Precedence, y: Precedence) -> Bool { x.rawValue < y.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .atom }
}

extension About {
  /// The names that a call may use: an operator's sign is none of them, its aliases are.
  package var callNames: [String] {
    switch notation {
    case .function, .radical, .bars, .cases: [name] + aliases
    case .infix, .prefix, .fraction, .power, .kernel: aliases
    }
  }
}

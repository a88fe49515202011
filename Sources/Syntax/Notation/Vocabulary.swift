// What textbook notation refers to: the functions and constants that the language knows.

/// The names that mean something before a text defines any.
package struct Vocabulary: Sendable {
  let functions: Set<String>
  /// Functions of one argument, which need no parentheses in textbooks.
  let unary: Set<String>
  let constants: Set<String>

  /// - Parameters:
  ///   - functions: names that may be called.
  ///   - unary: those of them that may stand before an argument without parentheses.
  ///   - constants: names that are numbers.
  package init(functions: Set<String>, unary: Set<String>, constants: Set<String>) {
    self.functions = functions
    self.unary = unary
    self.constants = constants
  }

  /// The function that other countries and older books call by another name; nil for any other
  /// name.
  static func spelling(of name: String) -> String? {
    switch name {
    case "tg": "tan"
    case "ctg", "cotg", "cotan", "ctan": "cot"
    case "cosec": "csc"
    case "sen": "sin"
    case "lg", "log_10", "log₁₀": "log10"
    case "ld", "log_2", "log₂": "log2"
    case "log_e", "logₑ": "ln"
    case "arctg": "atan"
    case "arcctg": "acot"
    case "sh": "sinh"
    case "ch": "cosh"
    case "th": "tanh"
    case "cth": "coth"
    case "arsh": "asinh"
    case "arch": "acosh"
    case "arth": "atanh"
    default: nil
    }
  }

  /// The inverse that `sin^-1` names; nil for a function without one of its own.
  static func inverse(of function: String) -> String? {
    switch function {
    case "exp": return "ln"
    case "ln": return "exp"
    case "sin", "cos", "tan", "cot", "sec", "csc": return "a" + function
    case "sinh", "cosh", "tanh", "coth", "sech", "csch": return "a" + function
    default: return nil
    }
  }
}

/// Tokens that a reader of textbook notation made of a text; each keeps its place there.
struct Rewriting {
  var tokens: [Token] = []
  /// The names that the text spells otherwise.
  var spellings: [String] = []
  let vocabulary: Vocabulary
  /// The functions that the text and the definitions before it define.
  var defined: Set<String>
  /// Names that are variables by the command line, each a single name however it looks.
  let named: Set<String>
}

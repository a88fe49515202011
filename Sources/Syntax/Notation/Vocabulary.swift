// What textbook notation refers to: the functions and constants that the language knows.

/// The names that mean something before a text defines any.
package struct Vocabulary: Sendable {
  let functions: Set<String>
  let constants: Set<String>

  package init(functions: Set<String>, constants: Set<String>) {
    self.functions = functions
    self.constants = constants
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
}

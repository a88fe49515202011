// Words that other programs have for what the commands do.
import CommandLine
import Language

extension CommandSet {
  /// What to type in place of a word that is no command; nil where nothing is known.
  func remedy(for word: String) -> String? {
    if let command = Self.commandLines[word.lowercased()] { return "write '\(command)'" }
    if let verb = Self.unsupported[word.lowercased()] {
      return "autodiff differentiates, and does not \(verb)"
    }
    if word == word.lowercased(), Catalogue.takes(1, word) {
      return "an expression with spaces in it goes in quotes: '\(word) x'"
    }
    return nil
  }

  private static let commandLines = [
    "grad": "diff", "gradient": "diff", "derive": "diff", "derivative": "diff", "d": "diff",
    "differentiate": "diff", "df": "diff", "jacobian": "diff", "hessian": "eval … --hessian",
    "evaluate": "eval", "calc": "eval", "compute": "eval", "value": "eval", "print": "eval",
    "expand": "simplify … --form expanded", "factor": "simplify … --form factored",
    "factorize": "simplify … --form factored", "factorise": "simplify … --form factored",
    "simp": "simplify", "compare": "check",
    "explain": "diff … --steps", "test": "check", "verify": "check", "version": "--version",
    "ver": "--version",
    "man": "help", "tree": "graph", "draw": "graph", "load": "eval … --load FILE",
    "completion": "--generate-completion-script bash", "list": "functions",
    "completions": "--generate-completion-script bash", "vars": "functions",
    "helpp": "help", "hlep": "help", "halp": "help", "info": "help", "usage": "--help",
    "let": "eval 'f(x) = x^2; f(3)'", "def": "eval 'f(x) = x^2; f(3)'",
    "plot": "eval … --at x=0:1:0.1", "table": "eval … --at x=0:1:0.1",
  ]

  private static let unsupported = [
    "solve": "solve equations", "integrate": "integrate", "limit": "take limits",
    "taylor": "expand in series", "fit": "fit models",
    "minimize": "search for minima", "maximize": "search for maxima",
    "minimise": "search for minima", "int": "integrate",
  ]
}

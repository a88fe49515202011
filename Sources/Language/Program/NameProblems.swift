// Errors that depend on the language's names: the parser does not know which names are functions.
import Syntax
import Text

extension Problem {
  /// The error of a parser; a function beside its argument is distinguished from two names side by
  /// side.
  package init(_ error: SyntaxError, in source: SourceText, advice: Advice? = nil) {
    self.init(error, in: source)
    self.advice = advice
  }

  private init(_ error: SyntaxError, in source: SourceText) {
    // What the parser takes for two names side by side may be a function and its argument.
    switch error.kind {
    case .missingOperator(let left, let right, _) where Catalogue.isFunction(left):
      self.init(
        .functionWithoutParentheses(left, argument: right), in: source, at: error.range)
    case .primesWithoutCall(let name, let primes, let argument) where Catalogue.isFunction(name):
      let kind = argument.map { Kind.functionWithoutParentheses(name + primes, argument: $0) }
      self.init(
        kind ?? .functionWithoutArguments(name + primes), in: source, at: error.range)
    default: self.init(.syntax(error), in: source, at: error.range)
    }
  }
}

/// Runs a parser and gives its error the source that it came from.
func parsing<Result>(
  _ source: SourceText, _ parse: (SourceText) throws(SyntaxError) -> Result
) throws(Problem) -> Result {
  do {
    return try parse(source)
  } catch {
    throw Problem(error, in: source)
  }
}

extension Problem.Kind {
  /// The error that a name which is called is no function.
  ///
  /// - Parameters:
  ///   - isNumber: whether it is a variable, a constant or a defined value.
  ///   - defined: the functions that are defined.
  init(
    unknownCallee name: String, of node: SyntaxTree.Node, isNumber: Bool, defined: [String] = []
  ) {
    let suggestion =
      isNumber ? nil : editDistanceSuggestion(for: name, among: defined + Catalogue.functionNames)
    if case .derivativeCall = node.kind {
      self = .unknownPrimedFunction(name, suggestion: suggestion)
    } else {
      self = isNumber ? .variableAsFunction(name) : .unknownFunction(name, suggestion: suggestion)
    }
  }
}

// What can be wrong with a request once its syntax is right, with its place, apart from its wording.

import Syntax

/// An error in the meaning of a text.
package struct Problem: Error, Sendable {
  package enum Kind: Sendable, Equatable {
    case syntax(SyntaxError)
    case unknownName(String, suggestion: String?)
    case missingValue(String, suggestion: String?)
    case functionWithoutArguments(String)
    case functionWithoutParentheses(String, argument: String)
    case unknownFunction(String, suggestion: String?)
    case variableAsFunction(String)
    case argumentCount(function: String, usage: String, given: Int)
    case derivativeNameExpected
    case derivativeOrder(limit: Int)
    case loopNameExpected(function: String)
    case boundNotWhole(function: String, value: Double)
    case boundNotConstant(function: String)
    case tooManyOperations(limit: Int)
    case notInExpression(String, suggestion: String?)
    case givenTwice(String)
    case variableInValue(name: String, of: String)
    case valueUndefined(name: String)
    case emptyRange(name: String)
    case rangeTooLong(name: String, limit: Int)
    case tooManyPoints(limit: Int)
    case zeroDirection
    case infiniteDirection(String)
    case differentNames(name: String)
    case noComplexStep(function: String, isNotAnalytic: Bool)
  }

  package let kind: Kind
  package let source: SourceText
  package let range: SourceRange?

  package init(_ kind: Kind, in source: SourceText, at range: SourceRange?) {
    self.kind = kind
    self.source = source
    self.range = range
  }

  init(_ error: SyntaxError, in source: SourceText) {
    // What the parser takes for two names side by side may be a function and its argument.
    if case .missingOperator(let left, let right, _) = error.kind, Catalogue.isFunction(left) {
      self.init(
        .functionWithoutParentheses(left, argument: right), in: source, at: error.range)
    } else {
      self.init(.syntax(error), in: source, at: error.range)
    }
  }

  package var diagnostic: Diagnostic {
    if case .syntax(let error) = kind { return Diagnostic(error, in: source) }
    return Diagnostic(.error, message, source: source, range: range, remedy: remedy)
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

// What can be wrong with a request once its syntax is right, with its place, apart from its
// wording.
import Syntax

/// An error in the meaning of a text.
package struct Problem: Error, Sendable {
  /// What is wrong, with what its wording needs.
  package enum Kind: Sendable, Equatable {
    case syntax(SyntaxError)
    case unknownName(String, suggestion: String?)
    case missingValue(String, suggestion: String?)
    case missingValues([String])
    case gluedName(String, meaning: String)
    /// The name of a function that stands like that of a variable, and how it would be called.
    case functionAsVariable(String, call: String)
    /// `d/dx`, which is read as a quotient.
    case derivativeSign
    case functionWithoutArguments(String)
    case functionWithoutParentheses(String, argument: String)
    case unknownFunction(String, suggestion: String?)
    case variableAsFunction(String)
    case argumentCount(function: String, usage: String, given: Int)
    case derivativeNameExpected
    case primesNeedOneArgument(String)
    case tooManyPrimes(limit: Int)
    case unknownPrimedFunction(String, suggestion: String?)
    case derivativeOrder(limit: Int)
    case derivativeTooLarge
    case loopNameExpected(function: String)
    case boundNotWhole(function: String, value: Double)
    case boundNotConstant(function: String, names: [String])
    case boundTooLarge(function: String)
    case tooManyOperations(limit: Int)
    /// The same at each of the random points, where no point was given.
    case endlessAtPoints(limit: Int)
    case tooManyCalls(limit: Int, hasPoint: Bool)
    case definedByItself(String)
    case valueNotFinite(String, Double)
    case readBeforeAssigned(String)
    case assignedAgain(String)
    case pathUnknown(String, names: [String])
    case functionRedefined(String)
    case definedName(String)
    case notInExpression(String, suggestion: String?)
    case neverAssigned(String)
    case intermediate(String)
    case givenTwice(String)
    case variableInValue(name: String, of: String)
    case valueUndefined(name: String)
    case emptyRange(name: String)
    case rangeTooLong(name: String, limit: Int)
    case tooManyPoints(limit: Int)
    case zeroDirection
    case infiniteDirection(String)
    case zeroWeights
    case infiniteWeight(String)
    case differentNames(name: String)
    case noComplexStep(function: String, isNotAnalytic: Bool)
    case listNotAccepted
    case tooManyDerivatives(limit: Int)
    /// - Parameter steps: the --max-steps that allows it, if any does.
    case tooMuchWork(Work, limit: Int, steps: Int?)
    case claimWithoutKey(String)
    case claimKey(String)
    case claimEmpty(String)
    case claimOutput(String, known: [String])
    case rangeInverted(String)
    case margin(Double)
    /// An error that another target found, in its own words.
    case reported(String, remedy: String?)
    case traceEmpty
    case traceColumn
    case traceNumber(String)
    case traceRowName(String)
    case traceName(String)
    case traceFormula(String)
    case traceWithoutFormula(String)
    case traceCycle(String)
  }

  /// What is wrong.
  package let kind: Kind
  /// The text that it is wrong in.
  package let source: SourceText
  /// The place in `source`; nil where it concerns the whole.
  package let range: SourceRange?
  /// The calls that led to the place, the innermost first.
  package let context: [String]
  /// How many operations were elaborated before it was found.
  package var operationCount = 0
  /// What the whole text was probably meant to be, if that can be said.
  var advice: Advice?

  /// - Parameter context: the calls that led to the place, the innermost first.
  package init(
    _ kind: Kind, in source: SourceText, at range: SourceRange?, context: [String] = []
  ) {
    self.kind = kind
    self.source = source
    self.range = range
    self.context = context
  }

  /// Whether control flow depends on variables, so that a point would help.
  package var isAboutPath: Bool {
    switch kind {
    case .pathUnknown, .boundNotConstant: true
    default: false
    }
  }

  /// The error in words, with what to do instead.
  package var diagnostic: Diagnostic {
    let remedy = advice.map(\.remedy) ?? remedy
    return Diagnostic(
      .error, advice?.message ?? message, source: source, range: advisedRange ?? range,
      remedy: remedy, context: context)
  }

  /// Where the words stand that the advice is about.
  private var advisedRange: SourceRange? {
    guard let phrase = advice?.phrase.map({ Array($0.utf8) }), !phrase.isEmpty,
      let start = source.bytes.firstRange(of: phrase)?.lowerBound
    else { return nil }
    return SourceRange(start: start, end: start + phrase.count)
  }
}

/// What to type in place of a text that cannot be read, or that means something else than it seems
/// to.
package struct Advice: Sendable {
  /// What is wrong, where the position alone does not say it.
  let message: String?
  let remedy: String?
  /// The words of the text that the message is about.
  var phrase: String?
}

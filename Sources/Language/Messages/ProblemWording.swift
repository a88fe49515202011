// The wording of problems and of their remedies.
import Syntax
import Text

extension Problem {
  /// What is wrong, in one clause without a full stop.
  package var message: String {
    switch kind {
    case .syntax(let error): error.message
    case .unknownName(let name, _), .missingValue(let name, _):
      "no value is given for '\(echo(name))'"
    case .missingValues(let names): "no values are given for " + Explanation.quoted(names)
    case .gluedName(let name, _): "'\(name)' is one name, and nothing else names such a variable"
    case .functionAsVariable(let name, _):
      "'\(name)' is a function, and stands here like a variable"
    case .derivativeSign: "this would be a quotient of two names"
    case .functionWithoutArguments(let name): "'\(name)' is a function and needs its arguments"
    case .functionWithoutParentheses(let name, _):
      "'\(name)' needs parentheses around its argument"
    case .unknownFunction(let name, _), .unknownPrimedFunction(let name, _):
      "'\(echo(name))' is not a function"
    case .variableAsFunction(let name): "'\(echo(name))' is not a function but a number"
    case .argumentCount(let function, let usage, let given):
      "'\(function)' is called with \(given) argument\(given == 1 ? "" : "s") in place of \(usage)"
    case .derivativeNameExpected: "'diff' needs a variable to differentiate in"
    case .derivativeOrder(let limit):
      "the order of 'diff' must be a whole number from 0 to \(limit)"
    case .derivativeTooLarge: "this derivative takes too many operations to find"
    case .primesNeedOneArgument(let name):
      "primes need a function of one argument, which '\(name)' is not"
    case .tooManyPrimes(let limit): "a function takes at most \(limit) primes"
    case .loopNameExpected(let function): "'\(function)' needs a name to count with"
    case .boundNotWhole(let function, let value):
      "the bounds of '\(function)' must be whole numbers, not \(shortest(value))"
    case .boundNotConstant(let function, let names):
      "the bounds of '\(function)' depend on " + Explanation.quoted(names)
    case .boundTooLarge(let function):
      "'\(function)' counts up to 2^53 only; doubles leave out numbers beyond"
    case .tooManyOperations(let limit): "this takes more than \(grouped(limit)) operations"
    case .endlessAtPoints(let limit):
      "this takes more than \(grouped(limit)) operations at every random point that was tried"
    case .tooManyCalls(let limit, _): "more than \(grouped(limit)) calls are inside each other"
    case .definedByItself(let name): "'\(echo(name))' is defined by itself"
    case .valueNotFinite(let name, let value):
      "'\(echo(name))' is \(shortest(value)), from which no new value is made"
    case .readBeforeAssigned(let name): "'\(echo(name))' is used before it has a value"
    case .assignedAgain(let name): "'\(echo(name))' gets a value more than once on the way"
    case .pathUnknown(let keyword, let names):
      "which way this '\(keyword)' goes depends on "
        + Explanation.quoted(names)
    case .functionRedefined(let name):
      "'\(name)' is a function of the language and keeps its meaning"
    case .definedName(let name): "'\(echo(name))' is defined, and a point cannot give it a value"
    case .notInExpression(let name, _): "'\(echo(name))' is not in the expression"
    case .neverAssigned(let name):
      "'\(echo(name))' is neither defined nor assigned in the expression"
    case .intermediate(let name):
      "'\(echo(name))' is no variable, but stands for an expression"
    case .givenTwice(let name): "'\(echo(name))' is given twice"
    case .variableInValue(let name, let target):
      "the value of '\(echo(target))' must be a number, but '\(echo(name))' is a name"
    case .valueUndefined(let name): "the value of '\(echo(name))' is not defined"
    case .emptyRange(let name): "the range of '\(echo(name))' has no points: its step leads away"
    case .rangeTooLong(let name, let limit):
      "the range of '\(echo(name))' has more than \(grouped(limit)) points"
    case .tooManyPoints(let limit): "the ranges make more than \(grouped(limit)) points"
    case .zeroDirection: "the direction is 0 in every variable"
    case .infiniteDirection(let name): "the direction is not finite in '\(echo(name))'"
    case .zeroWeights: "every weight is 0"
    case .infiniteWeight(let name): "the weight of '\(echo(name))' is not finite"
    case .differentNames(let name): "'\(echo(name))' is not in every --at"
    case .noComplexStep(let function, let isNotAnalytic):
      "the complex step cannot take '\(function)', "
        + (isNotAnalytic ? "which is not analytic" : "which has no complex values here")
    case .tooManyDerivatives(let limit):
      "the outputs have more than \(grouped(limit)) derivatives together"
    case .tooMuchWork(let work, let limit, _): work.message(limit: grouped(limit))
    case .claimWithoutKey: "it is not clear which derivative this is"
    case .claimKey: "this does not name one derivative"
    case .claimEmpty(let key): "nothing stands behind '\(echo(key)):'"
    case .claimOutput(let name, _): "'\(echo(name))' is no output of the list"
    case .margin(let value):
      "how far off a number may be is a finite number of at least 0, not \(shortest(value))"
    case .rangeInverted(let name):
      "the range of '\(echo(name))' must go from a number to a larger one"
    case .listNotAccepted: "one expression is needed here, not a list of outputs"
    case .reported(let message, _): message
    case .traceEmpty: "the table has no rows with values"
    case .traceColumn: "it is not clear which quantity this is the value of"
    case .traceNumber(let text): "'\(echo(text))' is not a number"
    case .traceRowName(let text): "'\(echo(text))' does not name a quantity"
    case .traceName(let name): "'\(echo(name))' is no quantity of the table or of the expression"
    case .traceFormula(let message): message
    case .traceWithoutFormula(let name):
      "'\(echo(name))' has no formula, and trace has no quantity of that name or value"
    case .traceCycle(let name): "'\(echo(name))' is computed from itself"
    }
  }

  var remedy: String? {
    switch kind {
    case .syntax(let error): error.remedy
    case .unknownName(_, let suggestion?): "did you mean '\(suggestion)'?"
    case .unknownName(let name, nil):
      lookAlikeAdvice(for: name) ?? "add '\(echo(name))=…' to --at"
    case .missingValue(let name, let suggestion):
      suggestion.map { "--at has '\($0)', which is not in the expression" }
        ?? "add '\(echo(name))=…' to --at"
    case .missingValues(let names):
      "add --at " + names.map { "\($0)=…" }.joined(separator: ",")
    case .gluedName(let name, let meaning):
      "write '\(meaning)'; if '\(name)' is meant, name it in --wrt or --at"
    case .functionAsVariable(let name, let call):
      "write '\(call)'; if '\(name)' is meant for a variable, name it in --wrt or --at"
    case .functionWithoutArguments(let name): "write '\(name)(…)'"
    case .functionWithoutParentheses(let name, let argument): "write '\(name)(\(argument))'"
    case .unknownFunction(_, let suggestion?), .unknownPrimedFunction(_, let suggestion?):
      "did you mean '\(suggestion)'?"
    case .unknownPrimedFunction(_, nil): "for a derivative write 'diff(x^2, x)' or 'sin'(x)'"
    case .primesNeedOneArgument(let name): "write 'diff(\(name)(…), x)'"
    case .unknownFunction(let name, nil): lookAlikeAdvice(for: name)
    case .variableAsFunction(let name): "for a product write '\(echo(name))*(…)'"
    case .loopNameExpected(let function): "write '\(function)(i, 1, 10, …)'"
    case .derivativeTooLarge: "take a lower order, or allow more with --max-steps"
    case .derivativeNameExpected: "write 'diff(x^2, x)'"
    case .notInExpression(_, let suggestion?): "did you mean '\(suggestion)'?"
    case .intermediate: "only 'eval' differentiates in such a name"
    case .tooManyCalls(_, hasPoint: true): "the recursion may have no end"
    case .tooManyCalls(_, hasPoint: false):
      "the recursion may have no end; where it depends on a variable, it needs a point"
    case .tooManyOperations: "--max-steps allows more"
    case .endlessAtPoints: "a point at which it ends can be given with --at"
    case .readBeforeAssigned(let name):
      "the body assigns '\(echo(name))', but not on the way to this place"
    case .assignedAgain(let name): "--watch \(echo(name)) shows what happens each time"
    case .pathUnknown, .boundNotConstant: "a point, given with --at, settles it"
    case .functionRedefined(let name): "choose another name, such as 'my_\(name)'"
    case .definedName(let name): "remove it from the point, or the definition of '\(echo(name))'"
    case .rangeTooLong: "take a larger step"
    case .tooManyDerivatives: "--wrt chooses some of the variables"
    case .tooMuchWork(let work, _, let steps?):
      "\(work.remedy), or allow it with --max-steps \(steps)"
    case .tooMuchWork(let work, _, nil): work.remedy
    case .claimWithoutKey(let example), .claimKey(let example): "write '\(example)'"
    case .claimOutput(_, let known):
      known.count == 1
        ? "it is called '\(known[0])'"
        : "they are called '\(known[0])' to '\(known[known.count - 1])'"
    case .rangeInverted(let name): "write '\(echo(name))=0:10'"
    case .listNotAccepted: "give the outputs one at a time"
    case .reported(_, let remedy): remedy
    case .traceEmpty: "write rows such as 'v1 = ln(x1) | 0.693', or what 'autodiff trace' prints"
    case .traceColumn: "put a header over the columns, such as 'name,formula,value'"
    case .traceRowName: "write a row as 'v1 = ln(x1) | 0.693'"
    case .traceWithoutFormula(let name): "write it as '\(echo(name)) = …'"
    case .differentNames: "each --at is one whole point, such as --at x=1,y=2"
    default: nil
    }
  }
}

/// Digits in groups of three, for limits that a person reads.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  var text = ""
  for (position, digit) in digits.enumerated() {
    if position > 0, (digits.count - position) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// The shortest text that reads back to the same double, without a fraction of zero.
package func shortest(_ value: Double) -> String { NumberFormat.shortest.text(value) }

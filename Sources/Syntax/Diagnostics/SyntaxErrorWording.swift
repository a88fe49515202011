// The wording of syntax errors and of their remedies.

extension SyntaxError {
  /// What is wrong, in the user's terms: one clause, no full stop.
  package var message: String {
    characterMessage ?? numberMessage ?? operatorMessage ?? parenthesisMessage ?? bodyMessage
      ?? statementMessage
  }

  /// What to write instead, as a clause that may follow the message after a semicolon.
  package var remedy: String? { expressionRemedy ?? bodyRemedy ?? listRemedy }

  private var characterMessage: String? {
    switch kind {
    case .invalidUTF8(let byte):
      "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not valid UTF-8"
    case .controlCharacter(let scalar):
      "the control character \(scalar.codePoint) is not understood"
    case .invisibleCharacter(let scalar):
      "the invisible character \(scalar.described) is not understood"
    case .unknownCharacter(let character, _): "\(character) is not understood here"
    case .textTooLong: "the text is longer than 4 GiB"
    default: nil
    }
  }

  private var numberMessage: String? {
    switch kind {
    case .malformedNumber(let text, .underscore):
      "'\(text)' is not a number: an underscore stands between two digits"
    case .malformedNumber(let text, .points):
      "'\(text)' is not a number: it has more than one decimal point, or one in its exponent"
    case .exponentWithoutDigits(let text, _): "the exponent of '\(text)' has no digits"
    case .radixPrefix(let text, _): "'\(text)' is not understood: numbers are decimal"
    case .numberTooLarge(let text): "'\(text)' is too large: the largest number is about 1.8e308"
    case .numberTooSmall(let text): "'\(text)' is too small: the smallest number is about 5e-324"
    default: nil
    }
  }

  private var operatorMessage: String? {
    switch kind {
    case .emptyExpression: "there is no expression"
    case .missingOperand(let after?, let before?):
      "an operand is missing between '\(after)' and '\(before)'"
    case .missingOperand(let after?, nil): "an operand is missing after '\(after)'"
    case .missingOperand(nil, let before?): "an operand is missing before '\(before)'"
    case .missingOperand(nil, nil): "an operand is missing"
    case .missingOperator(let left, let right, _):
      "an operator is missing between '\(left)' and '\(right)'"
    case .ambiguousProduct(let text, _, _): "'\(text)' can be read in two ways"
    case .chainedComparison(let text, _): "comparisons cannot be chained as in '\(text)'"
    case .notNeedsParentheses: "'not' cannot stand here without parentheses"
    case .rootNeedsParentheses(let before): "'√' takes one operand, and '\(before)' is none"
    case .foreignOperator(let found, _): "'\(found)' is not an operator here"
    case .singleEquals: "a single '=' does not compare"
    case .factorialMark: "'!' is not an operator here"
    case .primesWithoutCall(let name, let primes, _):
      "'\(name)\(primes)' differentiates a function, but '\(name)' is not called here"
    case .primesAfterOperand(let operand, _):
      "primes stand behind the name of a function, not behind '\(operand)'"
    default: nil
    }
  }

  private var parenthesisMessage: String? {
    switch kind {
    case .wrongBracket(let bracket, _): "'\(bracket)' is not understood here"
    case .absoluteBars: "bars for the absolute value are not understood"
    case .emptyParentheses: "the parentheses are empty"
    case .noArguments(let function): "'\(function)()' has no arguments"
    case .missingArgument(let after, let before):
      "an argument is missing between '\(after)' and '\(before)'"
    case .neverClosed(let bracket): "this '\(bracket)' is never closed"
    case .neverOpened(let bracket): "this '\(bracket)' was never opened"
    case .commaInParentheses: "a comma separates arguments, and these parentheses are no call"
    case .strayComma: "a comma is only understood between the arguments of a function"
    case .notInParentheses(let text): "'\(text)' cannot stand inside parentheses"
    case .emptyList: "the list of outputs is empty"
    case .listInList: "a list of outputs cannot stand inside another one"
    case .listInExpression: "a list of outputs cannot be a part of an expression"
    default: nil
    }
  }

  private var bodyMessage: String? {
    switch kind {
    case .bodyWithoutValue(let name, _): "the body of '\(name)' ends without a value"
    case .unusedValue: "this value is not used"
    case .notAssignable(let text): "'\(text)' is not a name that can be assigned"
    case .returnWithoutValue: "'return' has no value"
    case .elseWithoutIf: "this 'else' belongs to no 'if'"
    case .loopWithoutName: "'for' needs a name to count with"
    case .loopWithoutIn(let name): "'in' is missing behind 'for \(name)'"
    case .loopWithoutDots: "the last number of 'for' is missing"
    case .braceMissing(let keyword): "'{' is missing behind '\(keyword)'"
    case .derivativeWithoutFormula: "a declared derivative needs its formula"
    case .derivativeWithoutParameters(let name): "the derivative of '\(name)' needs parameters"
    case .derivativeOfUnknown(let name): "'\(name)' is not a function that has been defined"
    case .derivativeParameters(let name, let count):
      "'\(name)' has \(count) parameter\(count == 1 ? "" : "s"), and so has its derivative"
    case .derivativeFormulas(let name, let count):
      "the derivative of '\(name)' needs \(count) formula\(count == 1 ? "" : "s"), one for each parameter"
    case .strayDots: "'..' stands between the first and the last number of 'for' only"
    default: nil
    }
  }

  private var bodyRemedy: String? {
    switch kind {
    case .bodyWithoutValue(_, let name?): "end it with 'return \(name)' or with '\(name)' alone"
    case .bodyWithoutValue(_, nil): "end it with an expression"
    case .unusedValue: "keep it with 'name = …', or end with it by 'return …'"
    case .returnWithoutValue: "write 'return x'"
    case .loopWithoutName, .loopWithoutIn, .loopWithoutDots: "write 'for i in 1..10 { … }'"
    case .derivativeWithoutFormula, .derivativeWithoutParameters:
      "write 'derivative f(x) = 2*x'"
    case .derivativeOfUnknown(let name): "define '\(name)' before its derivative"
    case .derivativeFormulas(_, let count) where count > 1:
      "write 'derivative f(x, y) = [df/dx, df/dy]'"
    case .braceMissing(let keyword):
      keyword == "else" ? "write 'else { … }'" : "write '\(keyword) … { … }'"
    default: nil
    }
  }

  private var statementMessage: String {
    switch kind {
    case .secondStatement: "only one expression is accepted here"
    case .definition(let name):
      "only one expression is accepted here, not the definition of '\(name)'"
    case .missingExpression(let name):
      "an expression must come last, after the definition of '\(name)'"
    case .expressionNotLast: "the expression must come last"
    case .expressionAmongDefinitions: "only definitions are accepted here"
    case .definedTwice(let name, let first): "'\(name)' is already defined, at \(first)"
    case .definedDerivative: "a derivative cannot be defined"
    case .notAParameter(let text): "'\(text)' is not the name of a parameter"
    case .repeatedParameter(let name): "the parameter '\(name)' is there twice"
    case .unknownCommand(let name, _): "'\(name)' is not a command"
    case .quoteNeverClosed(let quote): "this \(quote) is never closed"
    case .backslashAtEnd: "nothing follows the backslash"
    case .shellCharacter(let character): "'\(character)' has no meaning in a command of a script"
    case .colon: "':' is not understood here"
    case .emptyBindings: "the list of values is empty"
    case .emptyNames: "the list of names is empty"
    case .missingName(let before): "a name is missing before '\(before)'"
    case .notAName(let text): "'\(text)' is not a name"
    case .reservedName(let name): "'\(name)' is an operator and cannot be a name"
    case .missingEquals(let name, let found?): "'=' is missing between '\(name)' and '\(found)'"
    case .missingEquals(let name, nil): "'\(name)' is given no value"
    case .missingValue(let name): "the value of '\(name)' is missing"
    case .missingComma(let before): "a comma is missing before '\(before)'"
    case .trailingComma: "nothing follows the last comma"
    case .rangeNotAllowed: "a range is not accepted here"
    case .rangeWithoutStep: "the range has no step"
    case .rangeTooLong: "a range has three parts, start:stop:step"
    case .rangePartMissing: "a part of the range is missing"
    default: "this cannot be read"
    }
  }

  private var expressionRemedy: String? {
    switch kind {
    case .invisibleCharacter: "remove it"
    case .unknownCharacter(_, let remedy): remedy
    case .exponentWithoutDigits(_, let mantissa): "for a product with e write '\(mantissa)*e'"
    case .radixPrefix(_, let name): "for a product write '0*\(name)'"
    case .missingOperator(_, _, let remedy): "write '\(remedy)'"
    case .ambiguousProduct(_, let first, let second): "write '\(first)' or '\(second)'"
    case .chainedComparison(_, let remedy): "write '\(remedy)'"
    case .notNeedsParentheses: "write '(not …)'"
    case .rootNeedsParentheses: "write '√(…)'"
    case .foreignOperator(_, let instead): "write '\(instead)'"
    case .singleEquals: "write '=='"
    case .factorialMark(let operand): "for the factorial write 'factorial(\(operand))'"
    case .primesWithoutCall: "for a derivative write 'diff(x^2, x)' or 'sin'(x)'"
    case .wrongBracket(_, let remedy), .absoluteBars(let remedy),
      .primesAfterOperand(_, let remedy):
      "write '\(remedy)'"
    case .commaInParentheses(mayBeList: true), .strayComma(mayBeList: true):
      "for several outputs write '[x*y, x+y]'"
    case .emptyList: "write '[x*y, x+y]'"
    case .listInExpression: "write the operation inside, with each output"
    case .noArguments(let function): "write '\(function)(x)' with at least one"
    default: nil
    }
  }

  private var listRemedy: String? {
    switch kind {
    case .secondStatement(afterSemicolon: false):
      "a line goes on after an operator or in parentheses"
    case .definition: "to compare write '=='"
    case .missingExpression(let name):
      "add ';' and what to do with '\(name)'; to compare write '=='"
    case .unknownCommand(_, let suggestion):
      suggestion.map { "did you mean '\($0)'?" } ?? "a definition has a '='"
    case .shellCharacter: "put the word in quotes"
    case .expressionNotLast: "definitions, such as 'a = 3', go before it"
    case .expressionAmongDefinitions:
      "write 'name = …' or 'f(x) = …', or a command and the expression"
    case .definedDerivative: "define the function itself; its derivatives follow"
    case .colon: "for a conditional write 'if(condition, a, b)'"
    case .emptyBindings: "write 'x=1,y=2'"
    case .emptyNames: "write 'x,y'"
    case .missingEquals(let name, _), .missingValue(let name): "write '\(name)=1'"
    case .trailingComma: "remove it"
    case .rangeNotAllowed: "write one value"
    case .rangeWithoutStep(let text): "add the step, as in '\(text):0.1'"
    default: nil
    }
  }
}

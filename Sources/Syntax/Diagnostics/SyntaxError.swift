// What can be wrong with a text, and where; how it is said is in SyntaxErrorWording.swift.

/// Why a text could not be read. Texts inside the kinds are echoes: printable and cut.
package struct SyntaxError: Error, Hashable, Sendable {
  /// What is wrong with a number.
  package enum NumberFault: Hashable, Sendable { case underscore, points }

  /// What is wrong, with what its wording needs.
  package enum Kind: Hashable, Sendable {
    // Characters
    case invalidUTF8(byte: UInt8)
    case controlCharacter(Unicode.Scalar)
    case invisibleCharacter(Unicode.Scalar)
    case unknownCharacter(String, remedy: String?)
    case textTooLong

    // Numbers
    case malformedNumber(String, NumberFault)
    case exponentWithoutDigits(text: String, mantissa: String)
    case radixPrefix(text: String, name: String)
    case numberTooLarge(String)
    case numberTooSmall(String)

    // Operands and operators
    case emptyExpression
    case missingOperand(after: String?, before: String?)
    case missingOperator(left: String, right: String, remedy: String)
    case ambiguousProduct(String, first: String, second: String)
    case chainedComparison(String, remedy: String)
    case notNeedsParentheses
    case rootNeedsParentheses(before: String)
    case foreignOperator(String, instead: String)
    case singleEquals
    case factorialMark(operand: String)
    case primesWithoutCall(name: String, primes: String, argument: String?)
    case primesAfterOperand(String, remedy: String)

    // Parentheses
    case wrongBracket(String, remedy: String)
    case absoluteBars(remedy: String)
    case emptyParentheses
    case noArguments(function: String)
    case missingArgument(after: String, before: String)
    case neverClosed(String)
    case neverOpened(String)
    case commaInParentheses(mayBeList: Bool)
    case strayComma(mayBeList: Bool)
    case notInParentheses(String)

    // Lists of outputs
    case emptyList
    case listInList
    case listInExpression

    // Statements
    case secondStatement(afterSemicolon: Bool)
    case definition(name: String)
    case missingExpression(name: String)
    case expressionNotLast
    case expressionAmongDefinitions
    case definedTwice(String, first: String)
    case definedDerivative
    case notAParameter(String)
    case repeatedParameter(String)

    // Bodies in braces
    case bodyWithoutValue(String, last: String?)
    case unusedValue
    case notAssignable(String)
    case returnWithoutValue
    case elseWithoutIf
    case loopWithoutName
    case loopWithoutIn(name: String)
    case loopWithoutDots
    case braceMissing(after: String)
    case strayDots

    // Declared derivatives
    case derivativeWithoutFormula
    case derivativeWithoutParameters(String)
    case derivativeOfUnknown(String)
    case derivativeParameters(String, count: Int)
    case derivativeFormulas(String, count: Int)

    // Scripts
    case unknownCommand(String, suggestion: String?)
    case quoteNeverClosed(String)
    case backslashAtEnd
    case shellCharacter(String)
    case colon

    // Lists
    case emptyBindings
    case emptyNames
    case missingName(before: String)
    case notAName(String)
    case reservedName(String)
    case missingEquals(name: String, found: String?)
    case missingValue(name: String)
    case missingComma(before: String)
    case trailingComma
    case rangeNotAllowed
    case rangeWithoutStep(text: String)
    case rangeTooLong
    case rangePartMissing
  }

  /// What is wrong.
  package let kind: Kind
  /// Where it is.
  package let range: SourceRange

  init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

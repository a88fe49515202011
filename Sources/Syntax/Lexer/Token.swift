// Tokens: what the lexer makes of bytes.

enum TokenKind: UInt8 {
  case number, name, binaryOperator, not, root, superscript
  case leftParenthesis, rightParenthesis, comma, semicolon, colon, assign, dots
  case lineEnd, end
  /// A character that has no place in the language; the parser knows what was meant.
  case stray
}

struct Token {
  var kind: TokenKind
  /// Meaningful for `.binaryOperator` only, which is also what a sign is read as at first.
  var binary: BinaryOperator = .add
  /// The hash of a name's bytes.
  var hash: UInt32 = 0
  var range: SourceRange
  /// The value of a number or a superscript.
  var value: Double = 0
  /// The index among the lexer's `spellings` of a name that the text spells otherwise; -1 if the
  /// text has it.
  var spelling: Int32 = -1
  /// Whether a name before a parenthesis is a factor and not called: `x(x+1)`.
  var isFactor = false
  /// Whether a conditional's value comes before its condition, as in LaTeX's cases.
  var hasConditionSecond = false
}

// Tokens to a tree, by operator precedence, with a stack of its own in place of recursion.

/// Reads expressions. After a whole operand has been read its root is the last node, so an
/// operator needs to remember only where its left operand began.
struct Parser {
  enum Context {
    /// A line end separates statements.
    case statement
    /// A line end is white space, a comma or a colon ends the expression.
    case list
  }

  /// What has been opened and waits for its (next) operand.
  struct Frame {
    enum Role {
      case unary(UnaryOperator), binary(BinaryOperator), root
      case group
      /// `|x|`, and a function before an argument without parentheses: `sin 2x`.
      case bars, application(SyntaxTree.Symbol)
      /// `[f, g]`, at the very bottom only.
      case list
      /// With the number of primes behind the function's name.
      case call(SyntaxTree.Symbol, order: UInt16)
    }
    enum Fault: UInt8 { case none, ambiguous, chained }

    var role: Role
    var precedence: Precedence
    /// An error that is reported once the right operand is known, so that it can quote the whole.
    var fault = Fault.none
    var head: SourceRange
    /// Where the text and the nodes of the whole begin.
    var start: UInt32
    var first: UInt32
    var argumentCount: UInt32 = 0
  }

  let source: SourceText
  var lexer: Lexer
  let context: Context
  /// The token that is looked at, and the one before it.
  var token = Token(kind: .end, range: SourceRange(start: 0, end: 0))
  var previous = Token(kind: .end, range: SourceRange(start: 0, end: 0))

  var frames: [Frame] = []
  var nodes: [SyntaxTree.Node] = []
  var symbols = SymbolTable()
  /// The definitions read so far, and by symbol where each is.
  var definitions: [Definition] = []
  var definitionIndices: [UInt32: Int] = [:]
  /// Likewise the declared derivatives.
  var derivativeIndices: [UInt32: Int] = [:]
  /// Whether only the ends of definitions are searched for; their functions may then be defined
  /// elsewhere.
  var isSkimming = false
  /// The steps of the bodies in braces.
  var steps: [BodyStep] = []
  /// Of the body that is being read: the blocks that are open, what it assigns, whether it loops.
  var blocks: [OpenBlock] = []
  var assignments = Assignments()
  var hasLoop = false
  /// Where the nodes of the expression that is being read begin.
  var expressionFirst = 0
  /// Whether a list of outputs could stand in the expression's place.
  private(set) var acceptsList = false
  /// How many of the frames are groups and calls.
  var depth = 0
  /// The extent of the operand just read, its parentheses included, and its first node.
  var operandStart = 0
  var operandEnd = 0
  var operandFirst = 0
  /// What textbook notation may refer to; nil where only the language's own is read.
  let vocabulary: Vocabulary?
  /// What was named as a variable, in textbook notation.
  let named: Set<String>
  /// The powers between a function's name and its argument, by the frame of the call: `sin^2(x)`.
  var powers: [Int: FunctionPower] = [:]
  /// The frames of the calls whose first two arguments change places: LaTeX's cases.
  var callsWithConditionSecond: Set<Int> = []
  /// Where the last closing bar stands, if no operator followed: `|x|y|z|` could be read in two
  /// ways.
  var lastBarEnd: Int?

  /// The first comparison of a chain, for the error that refuses it.
  var chain: (left: Range<Int>, middle: Range<Int>, sign: SourceRange)?

  /// - Parameter start: where to begin, if not at the beginning of the text.
  init(
    _ source: SourceText, context: Context, from start: Int = 0, rewriting: Rewriting? = nil
  ) throws(SyntaxError) {
    guard source.bytes.count < Int(UInt32.max) else {
      throw SyntaxError(.textTooLong, at: SourceRange(start: 0, end: 0))
    }
    self.source = source
    lexer =
      rewriting.map { Lexer(source.bytes, giving: $0) } ?? Lexer(source.bytes, from: start)
    vocabulary = rewriting?.vocabulary
    named = rewriting?.named ?? []
    self.context = context
    previous.range = SourceRange(start: start, end: start)
    token = try lexer.next()
    if context == .list { try skipLineEnds() }
  }

  // MARK: Tokens

  mutating func advance() throws(SyntaxError) {
    previous = token
    token = try lexer.next()
    if token.kind == .lineEnd && context == .list { try skipLineEnds() }
  }

  mutating func skipLineEnds() throws(SyntaxError) {
    while token.kind == .lineEnd { token = try lexer.next() }
  }

  // MARK: Expressions

  /// Reads an expression or a list of them, `[f, g]`, and stops at the token behind it.
  mutating func readOutputs() throws(SyntaxError) {
    acceptsList = true
    expressionFirst = nodes.count
    if token.kind == .lineEnd { try skipLineEnds() }
    if isStray("[") { try open(.list, start: token.range.start, at: token.range) }
    try readOperands()
  }

  /// Reads one expression and stops at the token that cannot belong to it.
  mutating func readExpression() throws(SyntaxError) {
    acceptsList = false
    expressionFirst = nodes.count
    try readOperands()
  }

  private mutating func readOperands() throws(SyntaxError) {
    repeat { try operand() } while try continuesAfterOperand()
    if depth > 0 { throw neverClosed() }
    try fold(through: .disjunction)
  }

  /// One expression as a tree of its own.
  mutating func expression() throws(SyntaxError) -> SyntaxTree {
    try readExpression()
    defer {
      nodes = []
      symbols = SymbolTable()
    }
    return SyntaxTree(nodes: nodes, symbols: symbols)
  }

  func isList(_ node: SyntaxTree.Node) -> Bool {
    if case .list = node.kind { true } else { false }
  }

  /// Reads signs and opening parentheses up to and including a number or a name.
  private mutating func operand() throws(SyntaxError) {
    while true {
      switch token.kind {
      case .number: return try number()
      case .name: if try nameOrCall() { return }
      case .leftParenthesis: try open(.group, start: token.range.start, at: token.range)
      case .root: try open(prefix: .root, .root)
      case .not: try negation()
      case .binaryOperator:
        guard let sign = token.binary.asSign, !isPercent else { throw missingOperand() }
        try open(prefix: .unary(sign), sign.precedence)
      case .lineEnd: try skipLineEnds()
      case .stray where isTextbook && isStray("|"):
        try open(.bars, start: token.range.start, at: token.range)
      default: throw missingOperand()
      }
    }
  }

  /// After an operand: takes everything up to the next place for an operand. False at the end.
  private mutating func continuesAfterOperand() throws(SyntaxError) -> Bool {
    while true {
      try fold(through: .root)
      switch token.kind {
      case .binaryOperator:
        try binaryOperator()
        return true
      case .rightParenthesis: try close()
      case .superscript: try superscript()
      case .comma where depth > 0:
        try nextArgument()
        return true
      case .number, .name, .leftParenthesis, .root, .not:
        try implicitProduct()
        return true
      case .lineEnd where depth > 0: try skipLineEnds()
      case .stray where isInList && isStray("]"):
        try close()
        return false
      case .stray where isEndInBody: return false
      case .stray where isTextbook && isStray("!"): try factorial()
      case .stray where isTextbook && isStray("|"):
        if !isInBars {
          try checkBars()
          try implicitProduct()
          return true
        }
        lastBarEnd = token.range.end
        try close()
      case .stray: throw strayCharacter(afterOperand: true)
      case .end: return false
      default:
        if depth > 0 { throw notInParentheses() }
        return false
      }
    }
  }

  // MARK: Operands

  private mutating func number() throws(SyntaxError) {
    append(leaf: .number(token.value), at: token.range)
    try advance()
  }

  private mutating func append(leaf kind: SyntaxTree.Kind, at range: SourceRange) {
    operandStart = range.start
    operandEnd = range.end
    operandFirst = nodes.count
    nodes.append(
      SyntaxTree.Node(
        kind: kind, range: range, head: range, first: UInt32(truncating: nodes.count)))
  }

  /// True if it was a name; a call has only been opened, and wants its first argument.
  private mutating func nameOrCall() throws(SyntaxError) -> Bool {
    let name = token
    let symbol = intern(name)
    try advance()
    let order = token.kind == .stray ? try primes() : 0
    let head = SourceRange(start: name.range.start, end: previous.range.end)
    if token.kind == .lineEnd && depth > 0 { try skipLineEnds() }
    if isTextbook, order == 0, try application(of: name, symbol) { return false }
    guard token.kind == .leftParenthesis, !name.isFactor else {
      if order > 0 { throw primesWithoutCall(name, head) }
      append(leaf: .name(symbol), at: name.range)
      return true
    }
    if name.hasConditionSecond { callsWithConditionSecond.insert(frames.count) }
    try open(.call(symbol, order: order), start: name.range.start, at: head)
    return false
  }

  /// Takes the primes behind a name and counts them.
  private mutating func primes() throws(SyntaxError) -> UInt16 {
    var order = 0
    while let count = primeCount(of: token) {
      order += count
      try advance()
    }
    return UInt16(clamping: order)
  }

  /// How many primes the token stands for; nil if it is none.
  func primeCount(of token: Token) -> Int? {
    guard token.kind == .stray else { return nil }
    return decodeScalar(lexer.bytes, at: token.range.start)?.scalar.primeCount
  }

  mutating func open(
    _ role: Frame.Role, start: Int, at head: SourceRange
  ) throws(SyntaxError) {
    frames.append(
      Frame(
        role: role, precedence: .opener, head: head, start: UInt32(truncating: start),
        first: UInt32(truncating: nodes.count)))
    depth += 1
    try advance()
  }

  private mutating func open(
    prefix role: Frame.Role, _ precedence: Precedence
  ) throws(SyntaxError) {
    // How far a root reaches is unclear in `√-2` and `√not a`.
    if precedence != .root, frames.last?.precedence == .root {
      throw SyntaxError(.rootNeedsParentheses(before: text(of: token)), at: token.range)
    }
    frames.append(
      Frame(
        role: role, precedence: precedence, head: token.range,
        start: UInt32(truncating: token.range.start), first: UInt32(truncating: nodes.count)))
    try advance()
  }

  /// `not` is looser than a comparison, so after a tighter operator it would reach too far.
  private mutating func negation() throws(SyntaxError) {
    if let last = frames.last, last.precedence > .negation {
      throw SyntaxError(.notNeedsParentheses, at: token.range)
    }
    try open(prefix: .unary(.not), .negation)
  }
}

extension UInt32 {
  /// Offsets and node counts, which the length of the text keeps below 2^32.
  @inline(__always)
  init(truncating value: Int) { self.init(truncatingIfNeeded: value) }
}

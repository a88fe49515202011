// What an interactive session reads: scripts in which expressions may stand alone.

/// One statement of a session.
package enum SessionStatement {
  /// One definition, as a piece of the text.
  case definition(SourceText)
  /// An expression or a list of outputs whose value is wanted.
  case expression(SourceText)
  /// The words of a command line, the command's name first.
  case command([ScriptWord])
}

extension ScriptReader {
  /// The next statement of a session; nil at the end.
  package mutating func nextInSession() throws(SyntaxError) -> SessionStatement? {
    recovery.definitionStart = nil
    skipSeparators()
    guard position < bytes.count else { return nil }
    if isCommand(at: position) { return .command(try words()) }
    do {
      return try definitionOrExpression()
    } catch {
      throw commandMeant(insteadOf: error) ?? error
    }
  }

  /// The statement that could not be read, and what follows it.
  package var failedStatement: SourceText {
    source.piece(SourceRange(start: recovery.definitionStart ?? position, end: bytes.count))
  }

  private mutating func definitionOrExpression() throws(SyntaxError) -> SessionStatement? {
    let start = position
    recovery.definitionStart = start
    var parser = try Parser(source, context: .statement, from: start)
    parser.isSkimming = true
    var isDefinition = true
    do {
      guard try parser.skipDefinition() else { return nil }
    } catch {
      // The parser has read the statement to its end by then.
      guard case .expressionAmongDefinitions = error.kind else {
        throw braceMeant(insteadOf: error)
      }
      isDefinition = false
    }
    position = parser.token.range.start
    let piece = source.piece(SourceRange(start: start, end: position))
    return isDefinition ? .definition(piece) : .expression(piece)
  }

  /// What cannot be read was meant for a command if it looks like one; two names side by side may
  /// also be a product.
  private func commandMeant(insteadOf error: SyntaxError) -> SyntaxError? {
    guard let command = misspeltCommand else { return nil }
    if case .unknownCommand(_, nil) = command.kind, case .missingOperator = error.kind {
      return nil
    }
    return command
  }
}

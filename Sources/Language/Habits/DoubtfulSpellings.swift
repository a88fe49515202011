// Texts that can be read but mean something else than in the notation that they come from.
import Calculus
import Syntax

extension Expression {
  /// What is doubtful in how the expression is written: percentages, arrows and lists of other
  /// languages, symbols of functions in front of a parenthesis that nobody named as variables.
  func doubtfulSpelling(named: Set<String>) -> Problem? {
    guard source.bytes.count - start <= 400 else { return nil }
    return inPieces ?? inTree(named)
  }

  /// Where the expression begins behind its definitions.
  private var start: Int {
    tree.definitions.isEmpty ? 0 : tree.nodes[tree.expressionStart].range.start
  }

  // MARK: Signs

  private var inPieces: Problem? {
    let pieces = Pieces(source.text(in: SourceRange(start: start, end: source.bytes.count)))
    for index in pieces.indices {
      let readings =
        percentage(pieces, index) ?? arrow(pieces, index) ?? raisedIndex(pieces, index)
      if let (count, message, readings) = readings {
        return doubt(message, readings, from: index, count: count, in: pieces)
      }
    }
    guard isTextbook, let formula = pieces.infix else { return nil }
    return doubt(
      "operators stand between their operands here", [formula] + (reading.map { [$0] } ?? []),
      from: 0, count: pieces.all.count, in: pieces)
  }

  private typealias Doubt = (count: Int, message: String, readings: [String])

  /// `50% x`, which is a remainder.
  private func percentage(_ pieces: Pieces, _ index: Int) -> Doubt? {
    guard pieces[index] == "%", pieces.isNumber(index - 1), pieces.isBlank(index + 1),
      pieces.isWord(index + 2) || pieces[index + 2] == "("
    else { return nil }
    return (
      1, "'%' is the remainder here",
      [
        pieces.replacing(index..<index + 2, by: "/100*"),
        pieces.replacing(index..<index + 2, by: " % "),
      ]
    )
  }

  /// `x <- 3`, which compares.
  private func arrow(_ pieces: Pieces, _ index: Int) -> Doubt? {
    guard pieces[index] == "<", pieces[index + 1] == "-", pieces.isBlank(index - 1),
      pieces.isBlank(index + 2)
    else { return nil }
    return (2, "'<-' gives no value here", [pieces.replacing(index..<index + 3, by: "< -")])
  }

  /// `x^2_1`, a power of x1 for a book and of x for a program: `2_1` is 21.
  private func raisedIndex(_ pieces: Pieces, _ index: Int) -> Doubt? {
    let isRaised = { (index: Int) in
      pieces[index] == "^" && pieces.isNumber(index + 1) && pieces[index + 2].first == "_"
        && pieces[index + 2].count < 4
        && pieces[index + 2].dropFirst().allSatisfy(\.isASCIIDigit) && pieces.isWord(index - 1)
    }
    guard isRaised(index) else { return nil }
    let readings = [true, false].compactMap { isIndex in
      pieces.mapping { index in
        if isRaised(index - 1) || isRaised(index - 2) { return "" }
        guard isRaised(index) else { return nil }
        let (exponent, digits) = (pieces[index + 1], pieces[index + 2].dropFirst())
        return isIndex ? "_\(digits)^\(exponent)" : "^\(exponent)\(digits)"
      }
    }
    return (3, "an index stands before the exponent", readings)
  }

  private func doubt(
    _ message: String, _ readings: [String], from index: Int, count: Int, in pieces: Pieces
  ) -> Problem? {
    let offset = { start + pieces.all[..<$0].joined().utf8.count }
    let texts = readings.compactMap { Self.reading(of: $0, after: definitions) }
    guard !texts.isEmpty else { return nil }
    return Problem(
      .reported(message, remedy: "write " + texts.map { "'\($0)'" }.joined(separator: " or ")),
      in: source, at: SourceRange(start: offset(index), end: offset(index + count)))
  }

  // MARK: Names and conditions

  private func inTree(_ named: Set<String>) -> Problem? {
    for (index, node) in tree.nodes.enumerated().dropFirst(tree.expressionStart) {
      guard case .binary(let sign) = node.kind else { continue }
      if sign == .multiply, let problem = symbolBeforeParenthesis(index, named) {
        return problem
      }
      if sign == .or, index == tree.root, let problem = choice(index) { return problem }
    }
    return nil
  }

  /// `σ(x + 1)`, which would be a product.
  private func symbolBeforeParenthesis(_ index: Int, _ named: Set<String>) -> Problem? {
    let (left, right) = tree.operands(of: index)
    let node = tree.nodes[index]
    guard node.head.start == node.head.end, case .name(let symbol) = tree.nodes[left].kind,
      definition(of: tree.name(of: symbol)) == nil, !named.contains(tree.name(of: symbol)),
      let function = Habit.functionSymbols[tree.name(of: symbol)]
    else { return nil }
    let name = tree.nodes[left].range
    guard source.bytes.indices.contains(name.end), source.bytes[name.end] == UInt8(ascii: "(")
    else { return nil }
    let before = source.text(in: SourceRange(start: start, end: name.start))
    let after = source.text(in: SourceRange(start: name.end, end: source.bytes.count))
    let texts = [before + function + after, before + tree.name(of: symbol) + "*" + after]
      .compactMap { Self.reading(of: $0, after: definitions) }
    guard texts.count == 2, right > left else { return nil }
    return Problem(
      .reported(
        "'\(tree.name(of: symbol))(…)' can be read in two ways",
        remedy: "write '\(texts[0])' or '\(texts[1])'"), in: source, at: name)
  }

  /// `x > 0 and x or 0`, the choice of languages where conditions are values.
  private func choice(_ index: Int) -> Problem? {
    let (both, otherwise) = tree.operands(of: index)
    guard case .binary(.and) = tree.nodes[both].kind, !isCondition(otherwise) else { return nil }
    let (condition, chosen) = tree.operands(of: both)
    guard isCondition(condition), !isCondition(chosen) else { return nil }
    let parts = [condition, chosen, otherwise].map { source.text(in: tree.nodes[$0].range) }
    let text = "if(\(parts.joined(separator: ", ")))"
    guard let reading = Self.reading(of: text, after: definitions) else { return nil }
    return Problem(
      .reported(
        "'and' and 'or' join conditions, and choose no values", remedy: "write '\(reading)'"),
      in: source, at: tree.nodes[index].range)
  }

  private func isCondition(_ index: Int) -> Bool {
    switch tree.nodes[index].kind {
    case .binary(.less), .binary(.lessOrEqual), .binary(.greater), .binary(.greaterOrEqual),
      .binary(.equal), .binary(.notEqual), .binary(.and), .binary(.or):
      true
    default: false
    }
  }
}

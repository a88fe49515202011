// Errors in expressions that can be read, found by their names, with advice.
import Calculus
import Syntax

extension SourceText {
  /// The name that a text would define, `f` of `f(x) = …`; nil for a text that defines nothing.
  package var definedHead: String? {
    guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return Self.definedName(text(in: SourceRange(start: 0, end: sign))).name
  }

  /// The first word of the text that is one of some names, and where it stands.
  package func firstWord(among names: Set<String>) -> (name: String, range: SourceRange)? {
    var offset = 0
    for piece in Pieces(String(decoding: bytes, as: UTF8.self)).all {
      let end = offset + piece.utf8.count
      if names.contains(piece) { return (piece, SourceRange(start: offset, end: end)) }
      offset = end
    }
    return nil
  }

  /// The formula of a text that is nothing but one definition, `y = x^2` or `f(x) = x^2`.
  var definedAlone: SourceText? {
    let signs = bytes.indices.filter { bytes[$0] == UInt8(ascii: "=") }
    guard signs.count == 1, signs[0] > 0, signs[0] + 1 < bytes.count,
      !bytes.contains(where: { ";\n".utf8.contains($0) })
    else { return nil }
    let head = text(in: SourceRange(start: 0, end: signs[0]))
    let (name, braces) = Self.definedName(head)
    guard let name, let end = endWithout(braces: braces), end > signs[0] + 1 else { return nil }
    let body = Pieces(text(in: SourceRange(start: signs[0] + 1, end: end)))
    let start = body.isBlank(0) ? 1 : 0
    guard body[start] != "{" || body[start + 1] == "\\", !body.all.contains(name) else {
      return nil
    }
    return piece(SourceRange(start: signs[0] + 1, end: end))
  }

  /// The name at the left of a definition, `f(x)`, `y`, `f\left(x\right)`, `y &`, and how many
  /// braces are opened around the whole before it.
  private static func definedName(_ head: String) -> (name: String?, braces: Int) {
    var text = head
    for frame in [
      "\\left", "\\right", "\\displaystyle", "\\textstyle", "\\begin{equation}", "\\begin{align}",
      "\\begin{align*}", "\\begin{aligned}", "\\begin{equation*}", "\\(", "\\[", "$", "&",
    ] { text = Habit.replacing(frame, by: "", in: text) }
    if text.last == ":" { text.removeLast() }
    var pieces = Pieces(Pieces(text)[0..<Int.max])
    var braces = 0
    while pieces[0] == "{" {
      braces += 1
      pieces = Pieces(pieces[1, Int.max])
    }
    let next = pieces.next(0)
    let isCall = pieces[next] == "(" && pieces.closing(next) == pieces.all.count - 1
    return (pieces.isWord(0) && (isCall || pieces.all.count == 1) ? pieces[0] : nil, braces)
  }

  /// Where the text ends without some closing braces; nil if there are less.
  private func endWithout(braces: Int) -> Int? {
    var (end, left) = (bytes.count, braces)
    while left > 0, end > 0 {
      end -= 1
      if bytes[end] == UInt8(ascii: "}") { left -= 1 } else if bytes[end] > 0x20 { return nil }
    }
    return end
  }
}

extension Problem {
  /// The same problem with what the whole text was probably meant to be, if that can be said.
  ///
  /// - Parameter text: what was typed, without the definitions before it.
  func advised(about text: SourceText, after definitions: Definitions) -> Problem {
    guard takesAdvice else { return self }
    var problem = self
    let typed = String(decoding: text.bytes, as: UTF8.self)
    if case .syntax(let error) = kind, case .ambiguousProduct(_, let first, let second) = error.kind
    {
      problem.advice = Advice(first, second, for: error.range, in: source, after: text) {
        Expression.reading(of: $0, after: definitions)
      }
      return problem
    }
    problem.advice =
      Advice(for: typed) { Expression.reading(of: $0, after: definitions) }
      ?? (isAboutProduct && text.bytes.count < 400
        ? Advice(message: nil, remedy: nil) : nil)
    return problem
  }

  /// Two readings of one text are advice enough.
  private var takesAdvice: Bool {
    switch kind {
    case .unknownFunction(let name, let suggestion):
      suggestion == nil || Habit.isForeign(name) || Request.isUnsupported(name)
    case .reported(_, remedy: nil): true
    case .syntax, .unknownPrimedFunction, .derivativeSign, .argumentCount,
      .functionWithoutParentheses, .variableAsFunction,
      .functionWithoutArguments, .loopNameExpected, .derivativeNameExpected:
      true
    default: false
    }
  }

  /// Whether the advice would be a product of unknown words, which is no help.
  private var isAboutProduct: Bool {
    guard case .syntax(let error) = kind else { return false }
    if case .missingOperator = error.kind { return true }
    return false
  }
}

extension Expression {
  /// How a text would be read, in the language's own notation; nil if it cannot be read, or has
  /// names without a meaning.
  static func reading(of text: String, after definitions: Definitions) -> String? {
    guard
      let expression = try? Expression(
        reading: SourceText(text), after: definitions, operationLimit: 10_000),
      expression.doubt == nil, !expression.hasDoubtfulName
    else { return nil }
    let pieces = Pieces(text)
    return expression.isTextbook ? expression.reading : pieces[pieces.indices]
  }

  /// The problem with a call that cannot be meant: of a name that is no function, or with too few
  /// arguments.
  var doubt: Problem? {
    // For each name, the counts of arguments that have been looked at.
    var checked: [Int: Set<UInt32>] = [:]
    let numbers = Set(
      tree.definitions.flatMap { definition in
        definition.localNames.map(\.symbol) + (definition.isFunction ? [] : [definition.symbol])
      })
    let functions = Set(tree.definitions.filter(\.isFunction).map(\.symbol))
    guard tree.nodes.count - tree.expressionStart < 10_000 else { return nil }
    for (index, node) in tree.nodes.enumerated().dropFirst(tree.expressionStart) {
      if case .binary(.divide) = node.kind, isDerivativeSign(index) {
        return Problem(.derivativeSign, in: source, at: node.range)
      }
      if case .binary(.multiply) = node.kind, let problem = functionOfSum(index) { return problem }
      if case .derivativeCall(let symbol, _, _) = node.kind, !functions.contains(symbol),
        !Catalogue.isFunction(tree.name(of: symbol))
      {
        let kind = Problem.Kind(unknownCallee: tree.name(of: symbol), of: node, isNumber: false)
        return Problem(kind, in: source, at: node.head)
      }
      guard case .call(let symbol, let count) = node.kind, !functions.contains(symbol),
        checked[symbol.index, default: []].insert(count).inserted
      else { continue }
      let name = tree.name(of: symbol)
      if !Catalogue.isFunction(name) {
        let kind = Problem.Kind(
          unknownCallee: name, of: node, isNumber: numbers.contains(symbol),
          defined: tree.definedNames(areFunctions: true))
        return Problem(kind, in: source, at: node.head)
      }
      if !Catalogue.takes(Int(count), name) {
        return Problem(
          .argumentCount(function: name, usage: Catalogue.usage(of: name), given: Int(count)),
          in: source, at: node.head)
      }
      if Catalogue.forms.contains(where: { $0.name == name }), !isCounted(node) {
        return Problem(.loopNameExpected(function: name), in: source, at: node.head)
      }
    }
    return nil
  }

  /// Whether a quotient is `d/dx`.
  private func isDerivativeSign(_ index: Int) -> Bool {
    let (left, right) = tree.operands(of: index)
    let first = tree.nodes[tree.nodes[left].firstIndex]
    guard case .name(let below) = tree.nodes[right].kind, case .name(let above) = first.kind,
      isDifferential(tree.name(of: below))
    else { return false }
    let isSign = tree.name(of: above) == "d" && left == tree.nodes[left].firstIndex
    return isSign || isDifferential(tree.name(of: above))
  }

  /// `dx`, `dx1`
  private func isDifferential(_ name: String) -> Bool {
    name.first == "d" && name.count > 1 && name.dropFirst(2).allSatisfy(\.isNumber)
  }

  /// `(f+g)(x)`: a product of two sums in the language, although never meant so.
  private func functionOfSum(_ index: Int) -> Problem? {
    let (left, right) = tree.operands(of: index)
    let node = tree.nodes[index]
    guard node.head.start == node.head.end, case .name = tree.nodes[right].kind,
      case .binary(let sign) = tree.nodes[left].kind, [.add, .subtract, .multiply].contains(sign)
    else { return nil }
    let names = tree.nodes[tree.nodes[left].firstIndex..<left].compactMap { node -> String? in
      if case .name(let symbol) = node.kind { tree.name(of: symbol) } else { nil }
    }
    guard names.count == 2, names.allSatisfy({ ["f", "g", "h"].contains($0) }) else { return nil }
    let argument = source.text(in: tree.nodes[right].range)
    let sum = names.map { "\($0)(\(argument))" }.joined(separator: " \(sign.spelling) ")
    let unknown = names.filter { definition(of: $0) == nil }
    let examples = zip(unknown, ["\(argument)^2", "sin(\(argument))"])
    let heads = examples.map { "\($0)(\(argument)) = \($1); " }.joined()
    let text = source.text(in: node.range)
    return Problem(
      .reported("'\(text)' would be a product, not a function", remedy: "write '\(heads)\(sum)'"),
      in: source, at: node.range)
  }

  /// Whether the first argument of a sum is a name.
  private func isCounted(_ node: SyntaxTree.Node) -> Bool {
    guard
      let index = tree.nodes.firstIndex(where: { $0.range == node.range && $0.kind == node.kind }),
      let first = tree.children(of: index).first
    else { return true }
    if case .name = tree.nodes[first].kind { return true }
    return false
  }
}

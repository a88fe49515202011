// An expression, or a list of outputs, as the user typed it, and the names that it leaves open.
import Calculus
import Syntax

extension SyntaxTree {
  /// Whether a call's name is no function: neither of the language nor of the definitions.
  fileprivate var callsUnknown: Bool {
    // Most names are the language's own, and then no table is made.
    var unknown: Set<Symbol> = []
    for node in nodes[expressionStart...] {
      guard case .call(let symbol, _) = node.kind else { continue }
      if !Catalogue.isFunction(name(of: symbol)) { unknown.insert(symbol) }
    }
    for definition in definitions where !unknown.isEmpty {
      unknown.remove(definition.symbol)
      if definition.body != nil { unknown.subtract(definition.localNames.map(\.symbol)) }
    }
    return !unknown.isEmpty
  }
}

/// A parsed expression, with the definitions that it may use.
package struct Expression: Sendable {
  /// The text of the definitions and, last, of the expression.
  package let source: SourceText
  /// The syntax, with the definitions that may be used.
  package let tree: SyntaxTree
  /// Whether it is in textbook notation or LaTeX.
  let isTextbook: Bool
  /// How many operations it may have once its sums and calls are written out.
  package let operationLimit: Int

  /// The limit without `--max-steps`.
  package static let usualOperationLimit = 10_000_000
  let observer: RequestObserver?
  /// Variables that do not occur in the text: the expression is constant in them.
  private var addedNames: [String] = []

  /// A factor on the usual limit for the work of finding its derivatives.
  package var effort: Double {
    max(1, Double(operationLimit) / Double(Self.usualOperationLimit))
  }

  /// Reads a text without guesses about other meanings.
  init(
    reading source: SourceText, after definitions: Definitions, named: Set<String> = [],
    operationLimit: Int = Expression.usualOperationLimit, observer: RequestObserver? = nil
  ) throws(Problem) {
    self.observer = observer
    observer?(.parse)
    let text = definitions.text(with: source)
    self.source = text
    self.operationLimit = operationLimit
    (tree, isTextbook) = try Self.read(text, after: definitions, named: named)
    try Catalogue.check(tree.definitions[definitions.list.count...], of: tree.symbols, in: text)
  }

  /// Tries the language's own notation first; a text that is not in it, or that calls a name which
  /// is no function, may be textbook notation.
  private static func read(
    _ text: SourceText, after definitions: Definitions, named: Set<String>
  ) throws(Problem) -> (SyntaxTree, isTextbook: Bool) {
    let plain: SyntaxTree
    do throws(SyntaxError) {
      plain = try parseOutputs(text, after: definitions)
    } catch {
      guard let tree = try textbook(text, after: definitions, named: named) else {
        throw Problem(error, in: text, advice: nil)
      }
      return (tree, true)
    }
    guard plain.callsUnknown || plain.hasPastedNames,
      let tree = try textbook(text, after: definitions, named: named), !tree.callsUnknown
    else { return (plain, false) }
    return (tree, true)
  }

  private static func textbook(
    _ text: SourceText, after definitions: Definitions, named: Set<String>
  ) throws(Problem) -> SyntaxTree? {
    try parsing(text) { text throws(SyntaxError) in
      try parseTextbook(text, after: definitions, named: named, Catalogue.vocabulary)
    }
  }

  /// How it was read, in the language's own notation, where it is in another; nil where it is not.
  package var reading: String? { isTextbook ? tree.formula(of: tree.root) : nil }

  /// A part of a text that was parsed already.
  init(_ tree: SyntaxTree, of source: SourceText) {
    self.source = source
    self.tree = tree
    isTextbook = false
    operationLimit = Expression.usualOperationLimit
    observer = nil
  }

  /// The definitions that it may use, for another text that is to use the same.
  package var definitions: Definitions { Definitions(of: tree, in: source) }

  /// Whether it is a list of outputs, `[f, g]`; of one, too.
  package var isList: Bool { tree.isList }

  /// How many outputs it has; 1 for an expression that is no list.
  package var outputCount: Int { isList ? tree.nodes[tree.root].childCount : 1 }

  /// How many derivatives the outputs of a list may have together, at all points.
  private static let derivativeLimit = 1_000_000

  /// Throws for a list, where a single expression is needed.
  package func requireOneOutput() throws(Problem) {
    guard isList else { return }
    throw Problem(.listNotAccepted, in: source, at: tree.nodes[tree.root].range)
  }

  /// Throws where the outputs of a list have too many derivatives.
  ///
  /// - Parameters:
  ///   - count: the derivatives of each output.
  ///   - points: the points that they are wanted at.
  package func checkDerivatives(_ count: Int, points: Int) throws(Problem) {
    let size = Double(outputCount) * Double(max(1, count)) * Double(max(1, points))
    guard isList, size > Double(Self.derivativeLimit) else { return }
    throw Problem(
      .tooManyDerivatives(limit: Self.derivativeLimit), in: source,
      at: tree.nodes[tree.root].range)
  }

  /// The text without comments and white space around it, as titles and JSON show it.
  package var text: String { source.text(in: range) }

  /// Where the text is.
  var range: SourceRange { tree.nodes[tree.root].range }

  /// The names that the expression leaves open, its own first and then those of the definitions
  /// that it uses, each with its first place: those that no sum counts with, no function has for a
  /// parameter and nothing defines. Constants are among them.
  package var freeNames: [FreeName] {
    let free = NameReader(tree).free
    return free
      + addedNames.filter { name in !free.contains { $0.name == name } }
      .map { FreeName(name: $0, range: range, isParameter: true) }
  }

  /// The same as a function of some more variables, in which it is constant.
  package func over(_ names: [String]) -> Expression {
    var expression = self
    expression.addedNames += names
    return expression
  }

  /// The names of constants that definitions in use, or their parameters, redefine.
  package var redefinedConstants: [String] {
    guard !tree.definitions.isEmpty else { return [] }
    var names: [String] = []
    for index in NameReader(tree).used {
      let definition = tree.definitions[index]
      let own = definition.isFunction ? [] : [definition.symbol]
      for symbol in own + definition.localNames.map(\.symbol) {
        let name = tree.name(of: symbol)
        if Catalogue.constant(name) != nil, !names.contains(name) { names.append(name) }
      }
    }
    return names
  }

  /// Notes about the text itself.
  package var readingNotes: [Explanation] {
    guard isTextbook else { return [] }
    let message =
      reading.map { "read as \($0)" } ?? "read as textbook notation, too long to show"
    return [Explanation(kind: .reading, diagnostic: Diagnostic(.note, message))]
  }

  /// Notes that values are defined under names that formulas usually have as variables: `x = 3`,
  /// then x^2.
  package var valueNotes: [Explanation] {
    guard freeNames.allSatisfy({ Catalogue.constant($0.name) != nil }) else { return [] }
    let used = Set(
      tree.nodes[tree.expressionStart...].compactMap { node -> String? in
        if case .name(let symbol) = node.kind { tree.name(of: symbol) } else { nil }
      })
    return tree.definitions.compactMap { definition in
      let name = tree.name(of: definition.symbol)
      guard !definition.isFunction, !definition.isDerivative, used.contains(name) else {
        return nil
      }
      return .definedValue(name)
    }
  }

  /// The definition of a name; nil if it has none.
  package func definition(of name: String) -> Definition? {
    tree.definitions.first { tree.name(of: $0.symbol) == name && !$0.isDerivative }
  }

  /// The first call of one of the names as if it were a function.
  func firstCall(ofAny names: [String]) -> (name: String, node: SyntaxTree.Node)? {
    guard !names.isEmpty else { return nil }
    for node in tree.nodes {
      guard let symbol = node.callee, names.contains(tree.name(of: symbol)),
        !Catalogue.isFunction(tree.name(of: symbol))
      else { continue }
      return (tree.name(of: symbol), node)
    }
    return nil
  }
}

// A derivation as text: long subexpressions get names, so that its length stays linear.

/// The steps of a derivation as lines of formulas, from the outside in.
package struct DerivationListing {
  /// A step of the derivation, its formulas written out.
  package struct Line: Equatable, Sendable {
    /// The rule that the step applies.
    package let rule: DerivationRule
    /// Whether the chain rule's inner derivative is a factor.
    package let isChained: Bool
    /// What the rule is applied to; `u1 = …` where that gets a name.
    package let subject: String
    /// Its derivative; `u1' = …` likewise.
    package let result: String
    /// Its derivative by this rule alone, as an equation: `(x^2*sin(x))' = (x^2)'*sin(x) +
    /// x^2*(sin(x))'`.
    package let equation: String
  }

  /// The formula of the function that is differentiated.
  package let function: String
  /// The steps from the outermost operation inwards.
  package let lines: [Line]

  /// Formulas of more nodes than this are called by a name after they were written once.
  private static let longest = 40

  /// - Parameters:
  ///   - isTaken: whether a name is in use already.
  ///   - display: what the style makes of a subexpression's name.
  ///   - name: what a variable is called, in the style's own notation.
  package init(
    _ derivation: Derivation, style: FormulaStyle, isTaken: (String) -> Bool,
    display: (String) -> String = { $0 }, name: @escaping (Int) -> String
  ) {
    let names = Self.names(derivation, isTaken: isTaken, display: display)
    let writer = LineWriter(
      derivation, names: names, style: style,
      namesConstants: !FormulaPrinter.constantNames.contains(where: isTaken), name: name)
    function = writer.printer.definition(of: derivation.function)
    var lines = derivation.steps.map { (node: $0.node, line: writer.line($0)) }
    for (node, name) in names.constants {
      let line = Line(
        rule: .constant, isChained: false, subject: writer.definition(node, as: name),
        result: name + "' = 0", equation: writer.definition(node, as: name))
      lines.append((node, line))
    }
    let places = derivation.graph.places(below: derivation.function)
    self.lines = lines.sorted { places[$0.node] ?? 0 < places[$1.node] ?? 0 }.map(\.line)
  }

  /// Writes the lines of one derivation.
  private struct LineWriter {
    private let derivation: Derivation
    private let names: Names
    let printer: FormulaPrinter
    /// The same, which writes a symbol as the derivative that it stands for.
    private let pendingPrinter: FormulaPrinter

    init(
      _ derivation: Derivation, names: Names, style: FormulaStyle, namesConstants: Bool,
      name: @escaping (Int) -> String
    ) {
      self.derivation = derivation
      self.names = names
      let printer = FormulaPrinter(
        derivation.graph, style: style, product: .quiet, names: names.nodes,
        namesConstants: namesConstants, name: name)
      self.printer = printer
      pendingPrinter = FormulaPrinter(
        derivation.graph, style: style, product: .quiet, names: names.nodes,
        namesConstants: namesConstants
      ) { index in
        derivation.symbols[index].map { Self.primed($0, names, printer, style) } ?? name(index)
      }
    }

    /// `(x^2)'`, `u1'`
    private static func primed(
      _ node: NodeIndex, _ names: Names, _ printer: FormulaPrinter, _ style: FormulaStyle
    ) -> String {
      if let name = names.subjects[node] { return name + "'" }
      let text = printer.text(node)
      return style == .latex ? "\\left(\(text)\\right)'" : "(\(text))'"
    }

    func line(_ step: DerivationStep) -> Line {
      let own = names.subjects[step.node]
      let isFunction = step.node == derivation.function
      let subject =
        isFunction ? printer.definition(of: step.node) : definition(step.node, as: own)
      let isEnd = step.result == derivation.result && own == nil
      let result =
        isEnd
        ? printer.definition(of: step.result) : definition(step.result, as: own.map { $0 + "'" })
      let text = isFunction ? subject : printer.text(step.node)
      let left =
        own.map { "\(subject), \($0)'" }
        ?? (printer.style == .latex ? "\\left(\(text)\\right)'" : "(\(text))'")
      let right =
        step.pending == step.result && isEnd
        ? result
        : step.pending == step.result
          ? printer.definition(of: step.result) : pendingPrinter.definition(of: step.pending)
      return Line(
        rule: step.rule, isChained: step.isChained, subject: subject, result: result,
        equation: left + " = " + right)
    }

    /// `name = formula`, unless the node is already called by another name.
    func definition(_ node: NodeIndex, as name: String?) -> String {
      guard let name else { return printer.text(node) }
      return name + " = "
        + (names.nodes[node] == name ? printer.definition(of: node) : printer.text(node))
    }
  }

  private struct Names {
    /// What nodes are called in formulas.
    var nodes: [NodeIndex: String] = [:]
    /// The names of what rules are applied to; their derivatives are called the same, primed.
    var subjects: [NodeIndex: String] = [:]
    /// The names of what does not depend on the variable.
    var constants: [NodeIndex: String] = [:]
  }

  private static func names(
    _ derivation: Derivation, isTaken: (String) -> Bool, display: (String) -> String
  ) -> Names {
    let graph = derivation.graph
    var results: [NodeIndex: NodeIndex] = [:]
    for step in derivation.steps where step.node != derivation.function {
      results[step.node] = step.result
    }
    var names = Names()
    var number = 0
    for node in longNodes(derivation, results).sorted() {
      repeat { number += 1 } while isTaken("u\(number)")
      let name = display("u\(number)")
      names.nodes[node] = name
      guard let result = results[node] else {
        names.constants[node] = name
        continue
      }
      names.subjects[node] = name
      if graph[leaf: result] == nil, result != derivation.result, names.nodes[result] == nil {
        names.nodes[result] = name + "'"
      }
    }
    return names
  }

  /// The nodes below the function that get names: those that are long even when their parts are
  /// called by name, or whose derivatives are.
  private static func longNodes(
    _ derivation: Derivation, _ results: [NodeIndex: NodeIndex]
  ) -> Set<NodeIndex> {
    let graph = derivation.graph
    let subjects = Dictionary(results.map { ($1, $0) }, uniquingKeysWith: min)
    let uses = graph.uses(from: [derivation.function, derivation.result] + results.values)
    let inFunction = graph.uses(from: [derivation.function])
    var long: Set<NodeIndex> = []
    var lengths = Array(repeating: 1, count: uses.count)
    for index in uses.indices where uses[index] > 0 {
      let node = NodeIndex(index)
      graph.forEachArgument(of: node) { lengths[index] += lengths[Int($0)] }
      guard lengths[index] > longest, node != derivation.function, node != derivation.result
      else { continue }
      let isPart = results[node] != nil || (index < inFunction.count && inFunction[index] > 0)
      guard let subject = isPart ? node : subjects[node] else { continue }
      long.insert(subject)
      lengths[index] = 1
    }
    return long
  }
}

extension Graph {
  /// The nodes below a root in the order in which a reader meets them: each before its arguments,
  /// and these from left to right.
  fileprivate func places(below root: NodeIndex) -> [NodeIndex: Int] {
    var places: [NodeIndex: Int] = [:]
    var pending = [root]
    while let node = pending.popLast() {
      guard places[node] == nil else { continue }
      places[node] = places.count
      pending += arguments(of: node).reversed()
    }
    return places
  }
}

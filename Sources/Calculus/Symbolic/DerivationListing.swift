// A derivation as text: long subexpressions get names, so that its length stays linear.

/// The steps of a derivation as lines of formulas.
package struct DerivationListing {
  package struct Line: Equatable, Sendable {
    package let rule: DerivationRule
    package let isChained: Bool
    /// What the rule is applied to; `u1 = …` where that gets a name.
    package let subject: String
    /// Its derivative; `u1' = …` likewise.
    package let result: String
  }

  package let function: String
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
    let graph = derivation.graph
    let names = Self.names(derivation, isTaken: isTaken, display: display)
    let printer = FormulaPrinter(
      graph, style: style, product: .quiet, names: names.nodes,
      namesConstants: !FormulaPrinter.constantNames.contains(where: isTaken), name: name)
    function = printer.definition(of: derivation.function)
    /// `name = formula`, unless the name that the node goes by is another's.
    func definition(_ node: NodeIndex, as name: String?) -> String {
      guard let name else { return printer.text(node) }
      return name + " = "
        + (names.nodes[node] == name ? printer.definition(of: node) : printer.text(node))
    }
    var lines: [(node: NodeIndex, line: Line)] = derivation.steps.map { step in
      let own = names.subjects[step.node]
      let line = Line(
        rule: step.rule, isChained: step.isChained,
        subject: step.node == derivation.function
          ? printer.definition(of: step.node) : definition(step.node, as: own),
        result: step.result == derivation.result && own == nil
          ? printer.definition(of: step.result) : definition(step.result, as: own.map { $0 + "'" }))
      return (step.node, line)
    }
    for (node, name) in names.constants {
      let line = Line(
        rule: .constant, isChained: false, subject: definition(node, as: name),
        result: name + "' = 0")
      lines.append((node, line))
    }
    self.lines = lines.sorted { $0.node < $1.node }.map(\.line)
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

  /// The nodes below the function that are to be called by names: those that are long themselves,
  /// even when what is in them goes by its name, or whose derivatives are.
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

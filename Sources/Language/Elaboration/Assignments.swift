// Assignments in the order in which they happen: names for intermediate values, and variables where
// derivatives are asked for.
import Text
import Calculus
import Syntax

extension Elaborator {
  /// A variable to differentiate in is added to the value; being -0, it changes no number.
  static let probeValue = -0.0

  /// Records that a name gets a value, and returns the value that it has from now on.
  mutating func assigned(
    _ node: NodeIndex, to symbol: SyntaxTree.Symbol, at range: SourceRange
  ) throws(Problem) -> NodeIndex {
    guard observation.isNeeded else { return node }
    let name = tree.name(of: symbol)
    let occurrence = occurrences[symbol, default: 0]
    occurrences[symbol] = occurrence + 1
    var probe: Int?
    if let cut = observation.cuts.firstIndex(of: name) {
      guard occurrence == 0 else {
        throw Problem(
          .assignedAgain(name), in: source, at: range,
          context: calls.context(of: activation, in: source))
      }
      probe = variables.count + cut
    } else if observation.watched.contains(name) {
      probe = values.addVariable(for: graph.constant(Self.probeValue), of: graph)
    }
    let value = probe.map { graph.binary(.add, node, graph.variable($0)) } ?? node
    while origins.count < graph.count { origins.append(Origin(range: range, call: activation)) }
    if probe != nil || observation.keepsNames {
      assignments.append(
        Assignment(
          symbol: symbol, range: range, call: activation, node: value, occurrence: occurrence,
          probe: probe))
    }
    return value
  }

  /// Adds the variables of the cuts, right after the user's.
  mutating func addCuts() {
    for _ in observation.cuts {
      _ = values.addVariable(for: graph.constant(Self.probeValue), of: graph)
    }
    while origins.count < graph.count {
      let start = SourceRange(start: 0, end: 0)
      origins.append(Origin(range: start, call: CallTable.none))
    }
  }
}

extension Expression {
  /// The defined functions that are used.
  package var functions: [String] {
    NameReader(tree).used.map { tree.definitions[$0] }
      .filter { $0.isFunction && !$0.isDerivative }.map { tree.name(of: $0.symbol) }
  }

  /// The names that definitions in use give values to: defined values, and what bodies assign.
  package var intermediates: [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for index in NameReader(tree).used {
      let definition = tree.definitions[index]
      var symbols = definition.isFunction ? [] : [definition.symbol]
      for step in tree.steps[definition.body?.steps ?? 0..<0] {
        if case .assign(let symbol, _, _) = step { symbols.append(symbol) }
      }
      for symbol in symbols where seen.insert(tree.name(of: symbol)).inserted {
        names.append(tree.name(of: symbol))
      }
    }
    return names
  }
}

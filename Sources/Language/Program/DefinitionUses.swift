// A tree's definitions by name, and which of them may never end.
import Syntax

extension SyntaxTree {
  /// The definition of each symbol that has one.
  var definitionIndices: [Int?] {
    var indices: [Int?] = Array(repeating: nil, count: symbols.count)
    for (index, definition) in definitions.enumerated() where !definition.isDerivative {
      indices[definition.symbol.index] = index
    }
    return indices
  }

  /// The declared derivative of each definition that has one.
  var declaredDerivatives: [Int: Int] {
    guard definitions.contains(where: \.isDerivative) else { return [:] }
    let indices = definitionIndices
    var derivatives: [Int: Int] = [:]
    for (index, definition) in definitions.enumerated() where definition.isDerivative {
      if let function = indices[definition.symbol.index] { derivatives[function] = index }
    }
    return derivatives
  }

  func definedNames(areFunctions: Bool) -> [String] {
    definitions.filter { $0.isFunction == areFunctions && !$0.isDerivative }.map {
      name(of: $0.symbol)
    }
  }

  /// `f(x, y)`
  func usage(of definition: Definition) -> String {
    let parameters = (definition.parameters ?? []).map { echo(name(of: $0.symbol)) }
    let shown = parameters.count > 8 ? parameters.prefix(7) + ["…"] : parameters[...]
    return "\(echo(name(of: definition.symbol)))(\(shown.joined(separator: ", ")))"
  }

  /// The definitions that are recursive or have loops, and those that use such ones.
  package var endlessDefinitions: Set<Int> {
    let indices = definitionIndices
    /// By definition, those that use it, and how many uses of others it has.
    var users: [[Int]] = Array(repeating: [], count: definitions.count)
    var open = Array(repeating: 0, count: definitions.count)
    for (user, definition) in definitions.enumerated() {
      // A loop may have no end either.
      if definition.body?.hasLoop == true { open[user] += 1 }
      for node in nodes[definition.nodes] {
        guard let used = node.used.flatMap({ indices[$0.index] }) else { continue }
        users[used].append(user)
        open[user] += 1
      }
    }
    for (function, derivative) in declaredDerivatives {
      users[derivative].append(function)
      open[function] += 1
    }
    // A definition that uses only definitions which end, ends as well.
    var ending = open.indices.filter { open[$0] == 0 }
    var remaining = Set(definitions.indices)
    while let definition = ending.popLast() {
      remaining.remove(definition)
      for user in users[definition] {
        open[user] -= 1
        if open[user] == 0 { ending.append(user) }
      }
    }
    return remaining
  }
}

extension SyntaxTree.Node {
  /// The symbol that the node names or calls.
  var used: SyntaxTree.Symbol? {
    if case .name(let symbol) = kind { symbol } else { callee }
  }
}

// The names that an expression leaves open, in itself and in the definitions that it uses.
import Syntax

/// A name that needs a value, with its first place.
package struct FreeName: Sendable {
  /// The name.
  package let name: String
  /// Where it is first used.
  package let range: SourceRange
  /// Whether it is a parameter of a function that stands for its body: then it is a variable even
  /// if a constant has the name.
  package let isParameter: Bool
}

extension Expression {
  /// The names that need a value, each once, in the order in which they stand.
  package var variableNames: [String] {
    freeNames.filter { $0.isParameter || Catalogue.constant($0.name) == nil }.map(\.name)
  }
}

/// Reads a tree once, definition by definition.
struct NameReader {
  private let tree: SyntaxTree
  private let definitions: [Int?]
  /// Where a function's name without arguments stands for its body.
  private let outputs: Set<Int>

  private struct Use {
    let symbol: SyntaxTree.Symbol
    let position: Int
    let isCall: Bool
  }

  /// The names that each definition uses and, last, the expression.
  private var uses: [[Use]] = []

  private(set) var free: [FreeName] = []
  /// The definitions that the expression uses, directly or not.
  private(set) var used: [Int] = []

  init(_ tree: SyntaxTree) {
    self.tree = tree
    definitions = tree.definitionIndices
    outputs = tree.definitions.isEmpty ? [] : Set(tree.outputs)
    readUses()
    collect()
  }

  // MARK: Reading

  private mutating func readUses() {
    var changes = bindingChanges
    var depth = Array(repeating: 0, count: tree.symbols.count)
    var lastUnit = Array(repeating: -1, count: tree.symbols.count)
    var unit = 0
    var unitUses: [Use] = []
    for (position, node) in tree.nodes.enumerated() {
      while unit < tree.definitions.count, position >= tree.definitions[unit].nodes.upperBound {
        uses.append(unitUses)
        unitUses = []
        unit += 1
      }
      while let change = changes.last, change.position <= position {
        depth[change.symbol.index] += change.by
        changes.removeLast()
      }
      guard let symbol = node.used else { continue }
      let isCall = node.callee != nil
      if isCall ? definitions[symbol.index] == nil : depth[symbol.index] != 0 { continue }
      if lastUnit[symbol.index] == unit, !outputs.contains(position) { continue }
      lastUnit[symbol.index] = unit
      unitUses.append(Use(symbol: symbol, position: position, isCall: isCall))
    }
    uses.append(unitUses)
  }

  /// Where a name begins and ceases to be a sum's counter or a local name, the first position last.
  /// The body of a sum belongs to its counter; its bounds do not.
  private var bindingChanges: [(position: Int, symbol: SyntaxTree.Symbol, by: Int)] {
    var changes: [(position: Int, symbol: SyntaxTree.Symbol, by: Int)] = []
    for definition in tree.definitions {
      for name in definition.localNames {
        changes.append((definition.nodes.lowerBound, name.symbol, 1))
        changes.append((definition.nodes.upperBound, name.symbol, -1))
      }
    }
    let isForm = tree.symbols.map { name in Catalogue.forms.contains { $0.name == name } }
    for (position, node) in tree.nodes.enumerated() {
      guard case .call(let callee, 4) = node.kind, isForm[callee.index] else { continue }
      let arguments = tree.children(of: position)
      guard case .name(let symbol) = tree.nodes[arguments[0]].kind else { continue }
      changes.append((arguments[0], symbol, 1))
      changes.append((arguments[0] + 1, symbol, -1))
      changes.append((tree.nodes[arguments[3]].firstIndex, symbol, 1))
      changes.append((position, symbol, -1))
    }
    return changes.sorted { $0.position > $1.position }
  }

  // MARK: Collecting

  /// The expression's own names first, then those of the definitions in the order in which they are
  /// come upon.
  private mutating func collect() {
    var isListed = Array(repeating: false, count: tree.symbols.count)
    var isUsed = Array(repeating: false, count: tree.definitions.count)
    let derivatives = tree.declaredDerivatives
    var next = -1
    while next < used.count {
      let unit = next < 0 ? tree.definitions.count : used[next]
      if let derivative = derivatives[unit], !isUsed[derivative] {
        isUsed[derivative] = true
        used.append(derivative)
      }
      for use in uses[unit] {
        if let index = definitions[use.symbol.index] {
          if !isUsed[index] {
            isUsed[index] = true
            used.append(index)
          }
          if next < 0, !use.isCall, outputs.contains(use.position) {
            for parameter in tree.definitions[index].parameters ?? [] {
              list(parameter.symbol, parameter.range, isParameter: true, &isListed)
            }
          }
        } else {
          list(use.symbol, tree.nodes[use.position].range, isParameter: false, &isListed)
        }
      }
      next += 1
    }
  }

  private mutating func list(
    _ symbol: SyntaxTree.Symbol, _ range: SourceRange, isParameter: Bool, _ isListed: inout [Bool]
  ) {
    if isListed[symbol.index] { return }
    isListed[symbol.index] = true
    free.append(
      FreeName(name: tree.name(of: symbol), range: range, isParameter: isParameter))
  }
}

// What names that are called mean, and problems with their places.
import Calculus
import Syntax

extension Elaborator {
  // MARK: Names

  mutating func callee(
    of symbol: SyntaxTree.Symbol, at position: Int
  ) throws(Problem) -> Callee {
    if let known = callees[symbol.index] { return known }
    let name = tree.name(of: symbol)
    if let index = definitions[symbol.index], tree.definitions[index].isFunction {
      callees[symbol.index] = .definition(index)
      return .definition(index)
    }
    let operations = Operation.named(name)
    let callee: Callee
    if !operations.isEmpty {
      callee = .operations(operations)
    } else if name == Catalogue.derivative.name {
      callee = .derivative
    } else if Form.Kind(called: name) != nil {
      callee = .form
    } else {
      let isNumber =
        variables[name] != nil || Catalogue.constant(name) != nil || locals[symbol.index] != nil
        || definitions[symbol.index] != nil
      throw problem(
        Problem.Kind(
          unknownCallee: name, of: tree.nodes[position], isNumber: isNumber,
          defined: tree.definedNames(areFunctions: true)),
        at: position)
    }
    callees[symbol.index] = callee
    return callee
  }
}

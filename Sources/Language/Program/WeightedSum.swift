// A list of outputs with weights as one expression: the sum that their product with the Jacobian
// differentiates.
import Syntax

extension Expression {
  /// The sum of the outputs of a list, each times its weight; what has the weight 0 is left out.
  ///
  /// - Parameter weights: one for each output, not all of them 0.
  package func weightedSum(_ weights: [Double]) throws(Problem) -> Expression {
    let terms = zip(tree.outputs, weights).filter { $0.1 != 0 }.map { output, weight in
      let text = reading == nil ? source.text(in: tree.nodes[output].range) : formula(of: output)
      return weight == 1 ? "(\(text))" : "(\(shortest(weight)))*(\(text))"
    }
    let name = source.name.map { "the weighted sum of \($0)" }
    return try Expression(
      SourceText(terms.joined(separator: " + "), name: name), after: definitions,
      operationLimit: operationLimit)
  }

  private func formula(of node: Int) -> String { tree.formula(of: node) ?? "" }
}

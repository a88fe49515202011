// A point at which the way of a program turns over: beside it there is another function.

/// How to find the ways that a program takes beside a point.
package struct Turns: Sendable {
  /// Whether an equality holds at the point, so that the way taken there says nothing of its
  /// neighbours.
  package let isEquality: Bool
  /// How many operations a run takes.
  package let cost: Int
  /// The tape of the way taken where the variables are these; nil where there is none.
  package let tape: @Sendable ([LeviCivita]) -> Tape?

  /// Made by who can elaborate a program again: see the properties.
  package init(
    isEquality: Bool, cost: Int, tape: @escaping @Sendable ([LeviCivita]) -> Tape?
  ) {
    (self.isEquality, self.cost, self.tape) = (isEquality, cost, tape)
  }
}

extension Operation {
  /// The value at numbers that may be infinitesimally beside others.
  package func series(_ arguments: [LeviCivita]) -> LeviCivita {
    accept(SeriesVisitor(arguments: arguments))
  }

  /// What a comparison says that its arguments are to each other; nil of other operations.
  package var relation: Relation? { accept(RelationVisitor()) }

  /// How it fails to be differentiable at its arguments; nil where it does not.
  package func kink(_ arguments: [Double]) -> Kink? {
    mayHaveKinks ? accept(KinkVisitor(arguments: arguments)) : nil
  }
}

private struct SeriesVisitor: OperationVisitor {
  let arguments: [LeviCivita]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> LeviCivita {
    LeviCivita.apply(Op.self, arguments[0])
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> LeviCivita {
    LeviCivita.apply(Op.self, arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> LeviCivita {
    LeviCivita.apply(Op.self, arguments)
  }
}

private struct KinkVisitor: OperationVisitor {
  let arguments: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Kink? { Op.kink(arguments[0]) }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Kink? {
    Op.kink(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Kink? { Op.kink(arguments) }
}

private struct RelationVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Relation? { nil }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Relation? {
    (operation as? any Comparison.Type)?.relation
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Relation? { nil }
}

// What an operation is and does at given arguments, asked of its declaration.

/// How many arguments an operation's node holds.
package enum Shape: Sendable {
  case unary, binary, variadic
}

extension Operation {
  /// How many arguments the operation's nodes have, from the protocol that it conforms to.
  package var shape: Shape { accept(ShapeVisitor()) }
}

private struct ShapeVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Shape { .unary }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Shape { .binary }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Shape { .variadic }
}

extension Operation {
  /// The partial derivatives at the arguments, given the value there, on any scalar.
  func partials<S: Scalar>(_ arguments: [S], _ value: S) -> [S] {
    accept(PartialsVisitor(arguments: arguments, value: value))
  }

  /// The value at the arguments.
  package func value(_ arguments: [Double]) -> Double { accept(ValueVisitor(arguments: arguments)) }
}

private struct PartialsVisitor<S: Scalar>: OperationVisitor {
  let arguments: [S]
  let value: S
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> [S] { [Op.partial(arguments[0], value)] }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> [S] {
    [
      Op.partialX(arguments[0], arguments[1], value),
      Op.partialY(arguments[0], arguments[1], value),
    ]
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> [S] { Op.partials(arguments, value) }
}

private struct ValueVisitor: OperationVisitor {
  let arguments: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Double { Op.value(arguments[0]) }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Double {
    Op.value(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Double { Op.value(arguments) }
}

extension Operation {
  /// The value on numbers that may be beyond a double's range.
  func scaledValue(_ arguments: [Scaled]) -> Scaled {
    accept(ScaledValue(arguments: arguments))
  }
}

private struct ScaledValue: OperationVisitor {
  let arguments: [Scaled]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Scaled { Op.scaled(arguments[0]) }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Scaled {
    Op.scaled(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Scaled { Op.scaled(arguments) }
}

extension Operation {
  /// How the edges to the arguments behave at their values.
  func roles(_ arguments: [Double]) -> [EdgeRole] { accept(RolesVisitor(arguments: arguments)) }

  /// Whether the arguments lie where the operation has a finite value, overflow aside.
  package func isDefined(_ arguments: [Double]) -> Bool {
    accept(DomainVisitor(arguments: arguments))
  }
}

private struct RolesVisitor: OperationVisitor {
  let arguments: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> [EdgeRole] { [Op.role(arguments[0])] }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> [EdgeRole] {
    let roles = Op.roles(arguments[0], arguments[1])
    return [roles.0, roles.1]
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> [EdgeRole] { Op.roles(arguments) }
}

private struct DomainVisitor: OperationVisitor {
  let arguments: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Bool { Op.isDefined(arguments[0]) }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Bool {
    Op.isDefined(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Bool { Op.isDefined(arguments) }
}

extension Operation {
  /// Whether the value at these arguments is one that is not computed, as of a Bessel function of
  /// too great an order.
  package func isBeyondLimit(_ arguments: [Double]) -> Bool {
    accept(BeyondLimitVisitor(arguments: arguments))
  }
}

private struct BeyondLimitVisitor: OperationVisitor {
  let arguments: [Double]
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Bool { false }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Bool {
    Op.isBeyondLimit(arguments[0], arguments[1])
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Bool { false }
}

extension Operation {
  /// The facts of a function of one argument; none for an operation on several.
  var facts: FunctionFacts { Self.functionFacts[Int(rawValue)] }

  /// By raw value.
  private static let functionFacts = allCases.map { $0.accept(FactsVisitor()) }
}

private struct FactsVisitor: OperationVisitor {
  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> FunctionFacts { Op.facts }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> FunctionFacts { FunctionFacts() }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> FunctionFacts { FunctionFacts() }
}

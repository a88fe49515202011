// Scalars that are formulas: what a rule needs of them to be written down.

/// A scalar whose values are formulas in the nodes of a graph.
protocol FormulaScalar: Scalar {
  /// The formula that applies an operation to others, after the foldings that `Folding` lists.
  static func node(_ operation: Operation, _ x: Self) -> Self
  static func node(_ operation: Operation, _ x: Self, _ y: Self) -> Self
  static func node(_ operation: Operation, _ xs: [Self]) -> Self

  /// Whether kernels are operations here, since the formula is made to be evaluated.
  var keepsKernels: Bool { get }
  /// The value, where the formula is a constant.
  var constantValue: Double? { get }
  /// The node that the formula is; nil for a constant.
  var nodeIndex: UInt32? { get }
}

// That an operation says of itself whether it has kinks, since smooth functions are never asked where.
import Testing

@testable import Calculus

@Suite struct KinkFactTests {
  /// Every corner, tie and jump of the language lies at some of these.
  private static let places = [0.0, -0.0, 1, -1, 2, -2, 0.5, -0.5, 1.5, 3, .infinity]

  @Test(arguments: Operation.allCases.filter { $0 != .declaredDerivative && $0 != .longSum })
  func theFactIsThatOfTheKinks(operation: Operation) {
    let kinds = operation.accept(KinkSearch(places: Self.places))
    #expect(operation.mayHaveKinks == (kinds > 0), "\(operation)")
  }
}

/// Counts the places at which an operation has a kink.
private struct KinkSearch: OperationVisitor {
  let places: [Double]

  private var pairs: [(Double, Double)] { places.flatMap { x in places.map { (x, $0) } } }

  func visit<Op: UnaryOperation>(_ operation: Op.Type) -> Int {
    places.count { Op.kink($0) != nil }
  }
  func visit<Op: BinaryOperation>(_ operation: Op.Type) -> Int {
    pairs.count { Op.kink($0.0, $0.1) != nil }
  }
  func visit<Op: VariadicOperation>(_ operation: Op.Type) -> Int {
    pairs.flatMap { pair in places.map { [pair.0, pair.1, $0] } }.count { Op.kink($0) != nil }
  }
}

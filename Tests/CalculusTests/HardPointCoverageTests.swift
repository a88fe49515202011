// That every operation of the language has reference rows near each of its hard points.
import Testing

@testable import Calculus

@Suite struct HardPointCoverageTests {
  /// Their results are arguments, their opposites, 0 or 1: nothing rounds.
  static let exact: Set<Operation> = [
    .negate, .clamp, .select, .stopGradient, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal,
    .notEqual, .and, .or, .not,
  ]

  private static let rounding = Operation.language.filter { !exact.contains($0) }
  private static let rows = Dictionary(grouping: HardPoint.all, by: \.operation)
    .mapValues { $0.map(\.arguments) }

  @Test(arguments: Self.rounding)
  func rowsAreNearEveryHardPoint(_ operation: Operation) {
    let rows = Self.rows[operation] ?? []
    #expect(rows.count >= 10, "rows")
    guard let count = rows.first?.count else { return }
    for k in 0..<count {
      let arguments = rows.map { $0[k] }
      #expect(reachesFar(operation, k, arguments), "large arguments, \(k)")
      let tolerance = count == 1 ? 1e-9 : 1e-4
      for edge in hardPoints(operation, count) {
        #expect(arguments.contains { ($0 - edge).magnitude <= tolerance }, "near \(edge), \(k)")
      }
    }
    guard operation.mayHaveKinks else { return }
    let special = HardPoints.special.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { CalculusTests.operation(String($0[0]), arguments: count) == operation }
      .map { $0.dropFirst().prefix(count).compactMap { Double(String($0)) } }
    #expect((rows + special).contains { $0.count == count && hasKink(operation, $0) }, "kinks")
  }

  /// 0, the ends of the domain within ±4, and the points that are missing from it.
  private func hardPoints(_ operation: Operation, _ count: Int) -> [Double] {
    guard count == 1 else { return [0] }
    let isDefined = { (x: Double) in operation.isDefined([x]) }
    var points = [0.0, 1, -1].filter { x in
      isDefined(x - 1e-6) && isDefined(x + 1e-6) && (x == 0 || !isDefined(x))
    }
    let grid = (-16...16).map { Double($0) / 4 + 0.0707 }
    for (low, high) in zip(grid, grid.dropFirst()) where isDefined(low) != isDefined(high) {
      var (low, high) = (low, high)
      for _ in 0..<60 {
        let middle = low + (high - low) / 2
        if isDefined(middle) == isDefined(low) { low = middle } else { high = middle }
      }
      points.append(high)
    }
    return points
  }

  /// Whether rows go to a hundred, or to where the value stays the same: toward either infinity if
  /// the operation is defined there.
  private func reachesFar(_ operation: Operation, _ k: Int, _ arguments: [Double]) -> Bool {
    let size = arguments.map(\.magnitude).max() ?? 0
    if operation.about.arity != 1...1 { return size >= (operation.takesOrder && k == 0 ? 10 : 100) }
    return [1.0, -1].allSatisfy { sign in
      let far = arguments.map { $0 * sign }.max() ?? 0
      guard operation.isDefined([sign * 1e6 + 0.3]), far < 100 else { return true }
      let beyond = [2.0, 4].map { operation.value([sign * ($0 * far + 0.25)]) }
      return beyond[0] == beyond[1]
    }
  }
}

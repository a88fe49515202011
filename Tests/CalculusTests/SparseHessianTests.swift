// Patterns, colourings and compressed second derivatives against the whole matrix.
import Testing

@testable import Calculus

@Suite struct SparseHessianTests {
  /// A generator that is the same in every run.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// A random sum of smooth terms in few variables each.
  private func tape(variables: Int, terms: Int, _ random: inout Random) -> Tape {
    let graph = Graph()
    let xs = (0..<variables).map { graph.variable($0) }
    var sum = graph.constant(0)
    for _ in 0..<terms {
      let (x, y) = (
        xs[Int.random(in: 0..<variables, using: &random)],
        xs[Int.random(in: 0..<variables, using: &random)]
      )
      let term =
        switch Int.random(in: 0..<6, using: &random) {
        case 0: graph.binary(.multiply, x, y)
        case 1: graph.unary(.sin, graph.binary(.add, x, y))
        case 2: graph.binary(.divide, x, graph.unary(.exp, y))
        case 3: graph.binary(.power, graph.binary(.subtract, x, y), graph.constant(2))
        case 4: graph.unary(.negate, x)
        default: graph.unary(.exp, graph.binary(.multiply, x, graph.unary(.cos, y)))
        }
      sum = graph.binary(.add, sum, term)
    }
    return Tape(graph, output: sum, isActive: xs.map { _ in true })
  }

  @Test(arguments: 0..<40)
  func compressedEntriesAreThoseOfTheWholeMatrix(seed: UInt64) {
    var random = Random(state: seed &* 977 &+ 1)
    let count = Int.random(in: 1...24, using: &random)
    let tape = tape(variables: count, terms: Int.random(in: 0...40, using: &random), &random)
    let point = (0..<count).map { _ in Double.random(in: 0.2...1.5, using: &random) }
    let sparse = tape.sparseHessian(at: point)
    let whole = tape.hessian(at: point)
    for row in 0..<count {
      var entries = Array(repeating: 0.0, count: count)
      for (column, value) in zip(sparse.pattern.columns[row], sparse.values[row]) {
        entries[column] = value
      }
      for column in 0..<count {
        let size = 1e-13 * (1 + abs(whole[row][column]))
        #expect(abs(entries[column] - whole[row][column]) <= size, "\(row) \(column)")
      }
    }
  }

  /// Neighbours differ, and no path on four vertices has two colours only.
  @Test(arguments: 0..<20)
  func coloringsAreStarColorings(seed: UInt64) {
    var random = Random(state: seed &* 31 &+ 7)
    let count = Int.random(in: 2...16, using: &random)
    var columns = (0..<count).map { Set([$0]) }
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let (a, b) = (
        Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)
      )
      columns[a].insert(b)
      columns[b].insert(a)
    }
    let pattern = SymmetricPattern(columns: columns.map { $0.sorted() })
    let colors = StarColoring(pattern).colors
    let near = pattern.columns.enumerated().map { row, columns in columns.filter { $0 != row } }
    for a in 0..<count {
      for b in near[a] {
        #expect(colors[a] != colors[b])
        for c in near[b] where c != a {
          for d in near[c] where d != a && d != b {
            #expect(Set([colors[a], colors[b], colors[c], colors[d]]).count > 2)
          }
        }
      }
    }
  }

  /// A chain needs three groups whatever its length, an arrow two, a full matrix all.
  @Test func knownPatternsTakeFewSweeps() {
    func sweeps(_ count: Int, _ columns: (Int) -> [Int]) -> Int {
      StarColoring(SymmetricPattern(columns: (0..<count).map(columns))).count
    }
    #expect(sweeps(300) { row in (max(0, row - 1)...min(299, row + 1)).map { $0 } } <= 4)
    #expect(sweeps(300) { row in row == 0 ? Array(0..<300) : [0, row] } == 2)
    #expect(sweeps(9) { _ in Array(0..<9) } == 9)
    #expect(sweeps(50) { [$0] } == 1)
  }

  @Test func onlyWhatIsNotLinearMakesPairs() {
    let graph = Graph()
    let (x, y, z) = (graph.variable(0), graph.variable(1), graph.variable(2))
    let product = graph.binary(.multiply, graph.binary(.add, x, y), z)
    let output = graph.binary(.subtract, product, graph.unary(.abs, x))
    let tape = Tape(graph, output: output, isActive: [true, true, true])
    #expect(tape.hessianPattern().columns == [[2], [2], [0, 1]])
    let partial = Tape(graph, output: output, isActive: [true, true, false])
    #expect(partial.hessianPattern().count == 0)
  }
}

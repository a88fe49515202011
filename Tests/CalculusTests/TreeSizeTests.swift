// Sizes of formulas as trees and graphs, numbers without a limit, and lists of shared parts.
import Testing

@testable import Calculus

@Suite struct NaturalTests {
  /// 2 to a power, by doubling.
  private func power(_ exponent: Int) -> Natural {
    (0..<exponent).reduce(Natural(1)) { power, _ in power + power }
  }

  @Test(arguments: [
    (0, "1"), (1, "2"), (63, "9223372036854775808"), (64, "18446744073709551616"),
    (128, "340282366920938463463374607431768211456"),
    (
      200, "1606938044258990275541962092341162602522202993782792835301376"
    ),
  ])
  func powersOfTwo(exponent: Int, digits: String) {
    #expect(power(exponent).digits == digits)
  }

  @Test func carriesGoAllTheWay() {
    var sum = power(192)
    for exponent in 0..<192 { sum += power(exponent) }
    sum += Natural(1)
    #expect(sum == power(193))
    #expect(sum.word == nil && power(62).word == 1 << 62)
  }

  @Test func zeroAndGroupsOfZeros() {
    #expect(Natural(0).digits == "0" && Natural(0).shortText == "0")
    // 10^38, two groups of zeros.
    let ten19 = Natural(10_000_000_000_000_000_000)
    let (quotient, remainder) = power(64).divided(by: 10)
    #expect(quotient.digits == "1844674407370955161" && remainder == 6)
    #expect((ten19 + ten19).digits == "20000000000000000000")
  }

  @Test(arguments: [(99, "633825300114114700748351602688"), (100, "1.268e+30")])
  func longNumbersAreRounded(exponent: Int, text: String) {
    #expect(power(exponent).shortText == text)
  }

  @Test(arguments: [
    (12_344, "1.234e+04"), (12_345, "1.234e+04"), (12_355, "1.236e+04"), (12_345_001, "1.235e+07"),
    (99_995, "1.000e+05"), (99_994, "9.999e+04"), (1234, "1234"),
  ])
  func roundingIsToTheNearestAndToEven(number: UInt64, text: String) {
    #expect(Natural(number).roundedText == text)
  }

  @Test func divisionUndoesRepeatedAddition() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let divisor = UInt64.random(in: 2...40, using: &generator)
      let part = power(Int.random(in: 0...300, using: &generator)) + Natural(generator.next())
      var whole = Natural(divisor - 1)
      for _ in 0..<divisor { whole += part }
      let (quotient, remainder) = whole.divided(by: divisor)
      #expect(quotient == part && remainder == divisor - 1)
    }
  }
}

@Suite struct TreeSizeTests {
  /// l(n) of the logistic map, written (4*l)*(1-l).
  private func logistic(_ count: Int) -> (graph: Graph, node: NodeIndex) {
    let graph = Graph()
    var node = graph.variable(0)
    for _ in 1..<count {
      let left = graph.binary(.multiply, graph.constant(4), node)
      node = graph.binary(
        .multiply, left, graph.binary(.subtract, graph.constant(1), node))
    }
    return (graph, node)
  }

  @Test(arguments: [
    (1, "1", 1), (2, "7", 6), (4, "43", 12), (20, "3145723", 60), (41, "6597069766651", 123),
  ])
  func theLogisticMap(iterate: Int, tree: String, dag: Int) {
    let (graph, node) = logistic(iterate)
    #expect(graph.treeSizes(of: [node])[0].digits == tree)
    #expect(graph.dagSize(of: [node]) == dag)
  }

  @Test func aTreeBeyondEveryWord() {
    let (graph, node) = logistic(1001)
    // 6 * 2^(n - 1) - 5 at n = 1001.
    #expect(graph.treeSizes(of: [node])[0].shortText == "6.429e+301")
    #expect(graph.treeSizes(of: [node])[0].digits.utf8.count == 302)
  }

  @Test func severalRootsAndUnusedNodes() {
    let graph = Graph()
    let x = graph.variable(0)
    let square = graph.binary(.multiply, x, x)
    let sum = graph.variadic(.max, [square, x, square])
    _ = graph.unary(.sin, sum)
    #expect(graph.treeSizes(of: [sum, x, square, sum]).map(\.digits) == ["8", "1", "3", "8"])
    #expect(graph.dagSize(of: [sum]) == 3 && graph.dagSize(of: [x, square]) == 2)
    #expect(graph.treeSizes(of: []).isEmpty && graph.dagSize(of: []) == 0)
  }

  @Test func substitutionComposes() {
    let graph = Graph()
    let (x, y) = (graph.variable(0), graph.variable(1))
    let f = graph.binary(.add, graph.binary(.multiply, x, y), graph.unary(.sin, x))
    let twice = graph.substituting(f, for: 0, in: f)
    let text = FormulaPrinter(graph, style: .plain) { ["x", "y"][$0] }.text(twice)
    #expect(text == "(x*y + sin(x))*y + sin(x*y + sin(x))")
    #expect(graph.substituting(f, for: 2, in: f) == f)
  }
}

@Suite struct SharedListingTests {
  @Test func everyOperationIsWrittenOnce() {
    let graph = Graph()
    let x = graph.variable(0)
    let sine = graph.unary(.sin, x)
    let square = graph.binary(.multiply, sine, sine)
    let negative = graph.unary(.negate, square)
    let root = graph.binary(.subtract, graph.binary(.power, negative, x), negative)
    let listing = SharedListing(graph, roots: [root, square], style: .plain) {
      $0 == "t2"
    } name: {
      _ in
      "x"
    }
    #expect(listing.definitions.map(\.name) == ["t1", "t3", "t4"])
    #expect(listing.definitions.map(\.formula) == ["sin(x)", "t1*t1", "-t3"])
    #expect(listing.results == ["t4^x - t4", "t3"])
  }

  @Test func theListOfADeepGraphIsShort() {
    let graph = Graph()
    var node = graph.variable(0)
    for _ in 0..<10_000 { node = graph.binary(.add, node, graph.unary(.sin, node)) }
    let listing = SharedListing(graph, roots: [node], style: .plain, isTaken: { _ in false }) { _ in
      "x"
    }
    #expect(listing.definitions.count == 9_999)
    #expect(listing.definitions.allSatisfy { $0.formula.utf8.count < 30 })
  }
}

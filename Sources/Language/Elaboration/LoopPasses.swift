// In which pass of which loop the nodes of a graph were made, to say where an iteration diverges.
import Calculus
import Syntax

/// The passes of the loops of a run, each with the first node that it may have made.
///
/// A pass costs four bytes: passes that follow each other are one run, and marks are its
/// beginnings.
struct LoopPasses: Sendable {
  /// What is repeated.
  enum Loop: Equatable {
    /// A `for` or `while`, by the step that it begins with.
    case step(Int)
    /// A sum or product, by its node in the tree.
    case series(Int)
  }

  /// Passes of one loop in one call that follow each other.
  private struct Run {
    /// Nil outside of every loop.
    let loop: Loop?
    let call: Int32
    /// The mark of the pass of the loop around it; -1 for none.
    let outer: Int32
    /// The number of its first pass, counted from 1.
    let first: Int32
    /// What it counts with, less the number of the pass; nil where it does not count.
    let base: Int?
    let firstMark: Int32
  }

  private var runs: [Run] = []
  private var marks: [NodeIndex] = []

  /// How many nested loops are reported.
  private static let limit = 3

  var isEmpty: Bool { runs.isEmpty }

  /// A pass of a loop begins, before the graph has the node `node`.
  ///
  /// - Parameter counter: the number that the loop counts with, if it does.
  mutating func begin(_ loop: Loop, counter: Int? = nil, call: Int32, at node: Int) {
    if let last = runs.last, last.loop == loop, last.call == call {
      marks.append(NodeIndex(truncatingIfNeeded: node))
    } else {
      let outer = Int32(marks.count) - 1
      add(loop, call: call, outer: outer, 1, base: counter.map { $0 &- 1 }, node)
    }
  }

  /// The loop ends, if it is the innermost one; the enclosing loop's pass continues.
  mutating func end(_ loop: Loop, call: Int32, at node: Int) {
    guard let last = runs.last, last.loop == loop, last.call == call else { return }
    leave(last, node)
  }

  /// All loops of a call end.
  mutating func end(call: Int32, at node: Int) {
    while let last = runs.last, last.loop != nil, last.call == call { leave(last, node) }
  }

  private mutating func leave(_ run: Run, _ node: Int) {
    guard let (outer, number) = pass(ofMark: run.outer) else {
      return add(nil, call: CallTable.none, outer: -1, 1, base: nil, node)
    }
    add(outer.loop, call: outer.call, outer: outer.outer, number, base: outer.base, node)
  }

  private mutating func add(
    _ loop: Loop?, call: Int32, outer: Int32, _ first: Int32, base: Int?, _ node: Int
  ) {
    runs.append(
      Run(
        loop: loop, call: call, outer: outer, first: first, base: base,
        firstMark: Int32(marks.count)))
    marks.append(NodeIndex(truncatingIfNeeded: node))
  }

  private func pass(ofMark mark: Int32) -> (Run, number: Int32)? {
    guard mark >= 0 else { return nil }
    let run = runs[runs.partitioningIndex { $0.firstMark > mark } - 1]
    return run.loop == nil ? nil : (run, run.first + (mark - run.firstMark))
  }

  /// Node numbers start anew, and earlier passes are dropped.
  mutating func forget() { self = LoopPasses() }

  /// `in pass 11 of the 'for' at column 13, i = 12`: a line for each loop that a node was made in,
  /// the innermost first.
  func context(of node: NodeIndex, in tree: SyntaxTree, _ source: SourceText) -> [String] {
    var lines: [String] = []
    var mark = Int32(marks.partitioningIndex { $0 > node }) - 1
    while lines.count < Self.limit, let (run, number) = pass(ofMark: mark), let loop = run.loop {
      let (name, symbol) = Self.name(loop, tree, source)
      let counter = symbol.flatMap { symbol in
        run.base.map { ", \(echo(tree.name(of: symbol))) = \($0 &+ Int(number))" }
      }
      lines.append("in pass \(number) of \(name)" + (counter ?? ""))
      mark = run.outer
    }
    return lines
  }

  /// A loop in words, and what it counts with.
  private static func name(
    _ loop: Loop, _ tree: SyntaxTree, _ source: SourceText
  ) -> (String, SyntaxTree.Symbol?) {
    switch loop {
    case .series(let node):
      let counter = tree.children(of: node).first.map { tree.nodes[$0].kind }
      let symbol: SyntaxTree.Symbol? = if case .name(let symbol)? = counter { symbol } else { nil }
      let head = tree.nodes[node].head
      return ("the '\(source.text(in: head))' at \(source.place(of: head))", symbol)
    case .step(let step):
      switch tree.steps[step] {
      case .count(let symbol, let range, _, _, _):
        return ("the 'for' at \(source.place(of: range))", symbol)
      case .choose(let condition, _, _):
        return ("the 'while' at \(source.place(of: tree.nodes[condition].range))", nil)
      default: return ("a loop", nil)
      }
    }
  }
}

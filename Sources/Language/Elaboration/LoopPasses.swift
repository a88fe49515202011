// Which pass of which loop the nodes of a graph were made in: where an iteration diverges.
import Calculus
import Syntax

/// The passes of the loops of a run, each with the first node that it may have made.
///
/// A pass costs four bytes: passes that follow each other are one run, and marks are its beginnings.
struct LoopPasses: Sendable {
  /// Passes of one loop in one call that follow each other.
  private struct Run {
    /// The step that the loop begins with; -1 outside of every loop.
    let step: Int32
    let call: Int32
    /// The mark of the pass of the loop around it; -1 for none.
    let outer: Int32
    /// The number of its first pass, counted from 1.
    let first: Int32
    let firstMark: Int32
  }

  private var runs: [Run] = []
  private var marks: [NodeIndex] = []

  /// How many loops inside each other are told.
  private static let told = 3

  var isEmpty: Bool { runs.isEmpty }

  /// A pass of a loop begins, before the graph has the node `node`.
  mutating func begin(step: Int, call: Int32, at node: Int) {
    if let last = runs.last, last.step == step, last.call == call {
      marks.append(NodeIndex(truncatingIfNeeded: node))
    } else {
      add(step: Int32(truncatingIfNeeded: step), call: call, outer: Int32(marks.count) - 1, 1, node)
    }
  }

  /// The loop ends, if it is the innermost one; what is around it goes on with its own pass.
  mutating func end(step: Int, call: Int32, at node: Int) {
    guard let last = runs.last, last.step == step, last.call == call else { return }
    leave(last, node)
  }

  /// All loops of a call end.
  mutating func end(call: Int32, at node: Int) {
    while let last = runs.last, last.step >= 0, last.call == call { leave(last, node) }
  }

  private mutating func leave(_ run: Run, _ node: Int) {
    guard let (outer, number) = pass(ofMark: run.outer) else {
      return add(step: -1, call: CallTable.none, outer: -1, 1, node)
    }
    add(step: outer.step, call: outer.call, outer: outer.outer, number, node)
  }

  private mutating func add(step: Int32, call: Int32, outer: Int32, _ first: Int32, _ node: Int) {
    runs.append(
      Run(step: step, call: call, outer: outer, first: first, firstMark: Int32(marks.count)))
    marks.append(NodeIndex(truncatingIfNeeded: node))
  }

  private func pass(ofMark mark: Int32) -> (Run, number: Int32)? {
    guard mark >= 0 else { return nil }
    let run = runs[runs.partitioningIndex { $0.firstMark > mark } - 1]
    return run.step < 0 ? nil : (run, run.first + (mark - run.firstMark))
  }

  /// The nodes are counted anew: what comes is told without what was before.
  mutating func forget() { self = LoopPasses() }

  /// `in pass 11 of the 'for' at column 13`: a line for each loop that a node was made in, the
  /// innermost first.
  func context(of node: NodeIndex, in tree: SyntaxTree, _ source: SourceText) -> [String] {
    var lines: [String] = []
    var mark = Int32(marks.partitioningIndex { $0 > node }) - 1
    while lines.count < Self.told, let (run, number) = pass(ofMark: mark) {
      lines.append("in pass \(number) of " + Self.name(tree.steps[Int(run.step)], tree, source))
      mark = run.outer
    }
    return lines
  }

  private static func name(_ step: BodyStep, _ tree: SyntaxTree, _ source: SourceText) -> String {
    switch step {
    case .count(_, let range, _, _, _): "the 'for' at \(source.place(of: range))"
    case .choose(let condition, _, _):
      "the 'while' at \(source.place(of: tree.nodes[condition].range))"
    default: "a loop"
    }
  }
}

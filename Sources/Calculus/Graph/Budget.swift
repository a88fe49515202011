// How much work may go into a graph: counted in the nodes that are asked for, never timed.

/// A number of nodes that may be asked of a graph, whether they are new or there already.
///
/// Whatever makes nodes counts them here. Loops over formulas that can grow without bound, as over
/// the orders of derivatives, ask `isSpent` and stop.
package struct Budget: Sendable {
  /// How many nodes may be asked for.
  let limit: Int
  /// How many nodes have been asked for; it goes on counting past the limit.
  package private(set) var used = 0

  /// For graphs whose size follows from what a user typed.
  package static let unlimited = Budget(limit: .max)

  /// - Parameter limit: how many nodes may be asked for.
  package init(limit: Int) { self.limit = limit }

  /// What derivatives of a formula may take: enough for any derivative whose size is in proportion
  /// to the formula, so that only growth from order to order is refused.
  ///
  /// - Parameters:
  ///   - count: the nodes of the formula.
  ///   - derivatives: how many derivatives there are.
  ///   - effort: a factor on the usual limit.
  package static func ofDerivatives(of count: Int, derivatives: Int, effort: Double = 1) -> Budget {
    let proportional = 64 * Double(count) + 1000 * Double(derivatives)
    let limit = max(derivativeNodes * effort, proportional)
    return Budget(limit: limit < 0x1p62 ? Int(limit) : .max)
  }

  /// A second or two of work and some 200 MB, in a release build.
  private static let derivativeNodes = 2e6

  /// Whether more nodes were asked for than allowed: whoever loops over growing formulas stops
  /// then.
  var isSpent: Bool { used > limit }

  /// Is spent at once where what is known to come would spend it: the derivatives of higher orders, as
  /// long as they grow, take at least as much each as the last one.
  mutating func foresee(_ nodes: Int, times: Int) {
    let (future, overflows) = nodes.multipliedReportingOverflow(by: times)
    if overflows || future > limit - min(used, limit) { used = max(used, limit) + 1 }
  }

  /// Counts nodes that were asked for; nothing stops by itself.
  package mutating func spend(_ nodes: Int = 1) { used &+= nodes }
}

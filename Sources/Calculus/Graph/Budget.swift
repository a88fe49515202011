// How much work may go into a graph: counted in the nodes that are asked for, never timed.

/// A number of nodes that may be asked of a graph, whether they are new or there already.
///
/// What makes nodes counts here, in one place; what loops over formulas that can grow without
/// bound (orders of derivatives) asks `isSpent` on the way and stops.
package struct Budget: Sendable {
  package let limit: Int
  package private(set) var used = 0

  package static let unlimited = Budget(limit: .max)

  package init(limit: Int) { self.limit = limit }

  /// What derivatives of a formula may take: enough for any derivative whose size is in proportion
  /// to the formula, so that only growth from order to order is refused.
  ///
  /// - Parameters:
  ///   - count: the nodes of the formula.
  ///   - derivatives: how many derivatives there are.
  ///   - effort: how many times as much as usual somebody is ready to wait for.
  package static func ofDerivatives(of count: Int, derivatives: Int, effort: Double = 1) -> Budget {
    let proportional = 64 * Double(count) + 1000 * Double(derivatives)
    let limit = max(derivativeNodes * effort, proportional)
    return Budget(limit: limit < 0x1p62 ? Int(limit) : .max)
  }

  /// A second or two of work and some 200 MB, in a release build.
  private static let derivativeNodes = 2e6

  package var isSpent: Bool { used > limit }

  /// Is spent at once where what is known to come would spend it: the derivatives of higher orders, as
  /// long as they grow, take at least as much each as the last one.
  mutating func foresee(_ nodes: Int, times: Int) {
    let (future, overflows) = nodes.multipliedReportingOverflow(by: times)
    if overflows || future > limit - min(used, limit) { used = max(used, limit) + 1 }
  }

  package mutating func spend(_ nodes: Int = 1) { used &+= nodes }
}

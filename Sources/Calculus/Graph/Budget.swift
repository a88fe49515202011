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
  package static func ofDerivatives(of count: Int, derivatives: Int) -> Budget {
    let (share, overflows) = count.multipliedReportingOverflow(by: 64)
    let (more, overflowsToo) = derivatives.multipliedReportingOverflow(by: 1000)
    return Budget(
      limit: overflows || overflowsToo
        ? .max
        : max(derivativeNodes, share.addingReportingOverflow(more).overflow ? .max : share + more))
  }

  /// A second or two of work, and some hundred MB.
  private static let derivativeNodes = 2_000_000

  package var isSpent: Bool { used > limit }

  mutating func spend(_ nodes: Int = 1) { used &+= nodes }
}

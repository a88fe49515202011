// Which rewrites made a formula what it is.

/// That a rewrite made one node of another.
struct AppliedRewrite: Hashable {
  let name: String
  let before: NodeIndex
  let after: NodeIndex
}

extension NormalGraph {
  /// Takes down that a rewrite of some name made a node of another, if anybody wants to know.
  func note(
    _ name: @autoclosure () -> String, before: @autoclosure () -> NodeIndex,
    after: @autoclosure () -> NodeIndex
  ) {
    guard appliedRewrites != nil else { return }
    let applied = AppliedRewrite(name: name(), before: before(), after: after())
    if applied.before != applied.after { appliedRewrites?.insert(applied) }
  }
}

// The calls that an elaboration has inlined: which call a node belongs to, for messages.
import Syntax

/// A position in the text, and the call during which it was read.
struct Origin {
  let range: SourceRange
  let call: Int32
}

/// The calls of definitions, each with the call that it was made in.
struct CallTable: Sendable {
  /// The expression itself, outside of every call.
  static let none: Int32 = -1

  private struct Call {
    let name: String
    /// Whether it is the call of a function, and not the reading of a defined value.
    package let isFunction: Bool
    /// Nil where a function's name alone stands for its body: that is not reported as a call.
    let site: SourceRange?
    let caller: Int32
  }

  private var calls: [Call] = []

  var isEmpty: Bool { calls.isEmpty }
  var count: Int { calls.count }

  /// How many calls of a chain are listed, at its inner and at its outer end.
  private static let listed = (inner: 4, outer: 2)

  mutating func add(
    _ name: String, isFunction: Bool, at site: SourceRange?, from caller: Int32
  ) -> Int32 {
    calls.append(Call(name: name, isFunction: isFunction, site: site, caller: caller))
    return Int32(truncatingIfNeeded: calls.count - 1)
  }

  func caller(of call: Int32) -> Int32 { calls[Int(call)].caller }

  /// `in f, called at column 4`: a line for each enclosing call, the middle left out where there
  /// are many.
  func context(of call: Int32, in source: SourceText) -> [String] {
    var chain: [Int32] = []
    var next = call
    while next != Self.none {
      if calls[Int(next)].site != nil { chain.append(next) }
      next = calls[Int(next)].caller
    }
    let hidden = chain.count - Self.listed.inner - Self.listed.outer
    guard hidden > 1 else { return chain.map { line($0, source) } }
    return chain.prefix(Self.listed.inner).map { line($0, source) }
      + ["… \(hidden) more calls …"] + chain.suffix(Self.listed.outer).map { line($0, source) }
  }

  private func line(_ call: Int32, _ source: SourceText) -> String {
    let call = calls[Int(call)]
    let verb = call.isFunction ? "called" : "used"
    let place = call.site.map { " at \(source.place(of: $0))" } ?? ""
    return "in \(echo(call.name)), \(verb)\(place)"
  }
}

// The open constructs of the elaborator's walk: series, branches, derivatives, calls.
import Calculus
import Syntax

/// A part of the tree that is not simply read once from beginning to end.
struct Form {
  enum Kind {
    case sum, prod
    /// `diff` in a parameter, which needs a variable of its own during that.
    case derivative
    /// An `if` of which only the branch taken may be read, since the other could go on for ever.
    case branch
  }

  let kind: Kind
  /// Where the form begins and where its own node stands.
  let start: Int
  let node: Int
  /// The name that a series counts with, or that `diff` differentiates in.
  let symbol: SyntaxTree.Symbol?
  /// Where a series' body begins, or an if's second branch.
  let bodyStart: Int
}

extension Form.Kind {
  init?(called name: String) {
    switch name {
    case "sum": self = .sum
    case "prod": self = .prod
    case Catalogue.derivative.name: self = .derivative
    case "if": self = .branch
    default: return nil
    }
  }

  var operation: Operation { self == .sum ? .add : .multiply }
  var neutral: Double { self == .sum ? 0 : 1 }
}

struct Frame {
  enum Role {
    case series(Series, Form)
    case branch(Branch, Form)
    case derivative(Derivative, Form)
    case call(Call)
    case body(BodyRun)
    case declared(DeclaredCall)
  }

  /// A sum or product that is being written out.
  struct Series {
    var isInBody = false
    var current = 0
    var last = 0
    var total: NodeIndex?
    /// What the counter's name was bound to outside.
    var outer: Local?
  }

  enum Branch { case condition, taken }

  struct Derivative {
    /// The variable that stands for the parameter during that.
    let fresh: Int
    let outer: Local?
    /// Whether the variable belongs to the body and stays to its end.
    var isOwn = false
    /// Whether the function can be read again: not where branches taken earlier in the body may
    /// depend on it.
    var canReplay = true
  }

  /// A definition's body that is being read for a call, or for a value's name.
  struct Call {
    let definition: Int
    let order: Int
    /// The position of the call, behind which the walk goes on.
    let site: Int
    let arguments: [NodeIndex]
    /// The variable that stands for the argument, where there are primes.
    let fresh: Int?
    /// Its number in the table of calls, and that of the call that it is made in.
    let activation: Int32
    let caller: Int32
    /// What its local names were bound to outside.
    let outer: [Local?]
  }

  /// A call whose value is known, while its declared derivatives are being read.
  struct DeclaredCall {
    let call: Call
    let arguments: [NodeIndex]
    let value: NodeIndex
  }

  /// A body in braces, one step of which waits for the value of an expression.
  struct BodyRun {
    let definition: Int
    let step: Int
    let base: BodyBase
  }

  /// The loops and variables that were there when a body began.
  struct BodyBase {
    let loopCount: Int
    let ownCount: Int
  }

  let role: Role
  /// The position at which it decides how to go on.
  let stop: Int
}

/// What a name is bound to in a call.
struct Local {
  enum Value {
    case node(NodeIndex)
    case count(Int)
    /// A name that the body assigns later.
    case unassigned
  }

  let value: Value
  /// The call that it belongs to: other calls do not see it.
  let activation: Int32
}

/// A `for` that is running: its present number, and its last one.
struct CountedLoop {
  var current: Int
  let last: Int
}

/// Calls with the same key have the same value.
struct CallKey: Hashable {
  let definition: Int
  let order: Int
  let arguments: [NodeIndex]
}

// The state of the parser of bodies: open blocks, branches that were read, names that are assigned.

/// A block that has been opened and not yet closed.
struct OpenBlock {
  enum Kind {
    case body
    /// With the index of the step whose jump is set when the condition does not hold.
    case ifBranch(choice: Int)
    case elseBranch
    case whileLoop(first: Int, choice: Int)
    case forLoop(SyntaxTree.Symbol, start: Int)
  }

  /// How the part of the block that has been read ends.
  enum Ending {
    /// It goes on with what stands behind the block.
    case open
    /// In an expression that is the value of the whole body, if nothing follows.
    case value(SourceRange)
    case returned

    var isOpen: Bool { if case .open = self { true } else { false } }
    var value: SourceRange? { if case .value(let range) = self { range } else { nil } }
  }

  var isLoop: Bool {
    switch kind {
    case .whileLoop, .forLoop: true
    case .body, .ifBranch, .elseBranch: false
    }
  }

  let kind: Kind
  /// Its opening brace.
  let brace: SourceRange
  var ending = Ending.open
  /// What the earlier branches of the same `if` leave open.
  var branches = Branches()
}

/// The branches of an `if` that have been read.
struct Branches {
  /// The jumps out of them, which land behind the last one.
  var exits: [Int] = []
  /// Whether all of them end the body.
  var allEnd = true
  /// The value that one of them ends in.
  var value: SourceRange?

  mutating func add(_ ending: OpenBlock.Ending) {
    if ending.isOpen { allEnd = false }
    value = value ?? ending.value
  }
}

/// What a body that is being read assigns.
struct Assignments {
  private(set) var names: [Definition.Parameter] = []
  private var known: Set<SyntaxTree.Symbol>

  init(besides parameters: [Definition.Parameter] = []) {
    known = Set(parameters.map(\.symbol))
  }

  mutating func add(_ symbol: SyntaxTree.Symbol, at range: SourceRange) {
    guard known.insert(symbol).inserted else { return }
    names.append(Definition.Parameter(symbol: symbol, range: range))
  }
}

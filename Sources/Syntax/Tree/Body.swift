// Bodies in braces: assignments, loops, branches and returns, as a flat list of steps.

/// One step of a body. Steps lie one after the other; loops and branches are jumps among them, so
/// that nothing is nested and a body of any depth is made and run by loops.
package enum BodyStep: Sendable {
  /// Binds a name to the value of an expression, given by its root.
  case assign(SyntaxTree.Symbol, nameRange: SourceRange, value: Int)
  /// Goes on if the condition holds, and else at the step `otherwise`.
  case choose(condition: Int, otherwise: Int, keyword: Keyword)
  case jump(to: Int)
  /// Begins to count from the value of one root to that of another; goes on at the step `otherwise`
  /// if there is nothing to count.
  case count(SyntaxTree.Symbol, nameRange: SourceRange, from: Int, to: Int, otherwise: Int)
  /// Goes on with the next number at the step `body`, or, after the last one, behind this step.
  case next(SyntaxTree.Symbol, body: Int)
  /// Ends the body with a value.
  case value(Int)

  /// The words that control flow is written with.
  package enum Keyword: String, Sendable {
    case ifKeyword = "if"
    case whileKeyword = "while"
  }
}

/// What a body in braces consists of.
package struct Body: Sendable {
  /// Where its steps are among those of all bodies; one at least.
  package let steps: Range<Int>
  /// The names that it assigns or counts with, but for the parameters: each once, in the order of
  /// the text.
  package let assigned: [Definition.Parameter]
  /// Whether it has a `for` or a `while`.
  package let hasLoop: Bool
}

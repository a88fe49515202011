// The options of `check` that are its own.
import CommandLine
import TraceChecking

/// How much is reported about mistakes.
enum Feedback: String, CaseIterable {
  /// Only right or wrong.
  case verdict
  /// Where the first mistake is.
  case hint
  /// What it is, and what should be there.
  case full
}

/// How many random points there are.
enum SampleCount {
  static let usual = 20
  static let most = 10_000
}

extension OptionDefinition {
  static let implicit = OptionDefinition(
    "implicit", argument: "FUNCTIONS",
    help:
      "names that are functions, such as y(x): of an equation, 'x^2 + y^2 = 1', the claim is "
      + "what dy/dx is; of an expression, its derivative through r(t), theta(t), whose own are "
      + "r' and theta'")

  static let against = OptionDefinition(
    "against", argument: "COMMAND",
    help: "your own program, in any language, for the shell to run: it reads points as CSV, "
      + "a header of the variables' names and a row for each, and prints the gradient, the "
      + "value or both as CSV")

  static let timeLimit = OptionDefinition(
    "time-limit", argument: "SECONDS",
    help: "how long the program may take; 10 if not given")

  static let trace = OptionDefinition(
    "trace", argument: "FILE",
    help:
      "a trace table as you have it, or in any form that trace prints; it is checked row "
      + "by row, at the one point of --at; - is standard input")

  static let require = OptionDefinition(
    "require", argument: "WHAT", choices: TraceRequirement.allCases.map(\.rawValue),
    help: "what a trace table must have: the result's tangent for each variable (forward), "
      + "each variable's adjoint (reverse), or one of both for each row (complete)")

  static let answers = OptionDefinition(
    "answers", argument: "PATH", isRepeatable: true,
    help: "a hand-in, or a folder of them, to be graded; each FILE behind it is one too")

  static let key = OptionDefinition(
    "key", argument: "FILE",
    help:
      "what the hand-ins answer: a script with a line 'task NAME [--marks N] COMMAND' for "
      + "each task, in which COMMAND is the diff, eval, trace or check that has the answer; "
      + "EXPRESSION is then left out")

  static let feedback = OptionDefinition(
    "feedback", argument: "HOW", choices: Feedback.allCases.map(\.rawValue),
    help:
      "what is told of a hand-in's first mistake: nothing, its place, or all; full if not "
      + "given")

  static let samples = OptionDefinition(
    "samples", argument: "N", in: 1...SampleCount.most,
    help: "the number of random points, 1 to \(SampleCount.most); "
      + "\(SampleCount.usual) if not given")

  static let range = OptionDefinition(
    "range", argument: "RANGES",
    help: "where to draw the points from, such as x=0:10,y=1:2")

  static let tolerance = OptionDefinition(
    "tolerance", argument: "T",
    help: "how far numbers may be apart, relative to their size; 1e-9 if not given, and "
      + "then what a program prints may be rounded")

  static let claimedGradient = OptionDefinition(
    "gradient", argument: "CLAIM",
    isReadFromFiles: true,
    help: "the first derivatives as you have them, as diff prints them: 'x: 2*x, y: 1', for "
      + "a list of outputs 'f1,x: 2*x'; @FILE reads them from a file")

  static let claimedHessian = OptionDefinition(
    "hessian", argument: "CLAIM", isReadFromFiles: true, isValueOptional: true,
    help: "second derivatives, likewise: 'x,x: 2, x,y: 0'; without CLAIM those that the "
      + "program of --against prints")

  static let seed = OptionDefinition(
    "seed", argument: "S", in: 0...Int.max,
    help: "another whole number draws other points; 1 if not given")
}

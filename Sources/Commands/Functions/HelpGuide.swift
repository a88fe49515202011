// What `help` shows for a subject that is neither a command nor a word of expressions.
import CommandLine
import Text

/// A page about a subject, with examples that can be typed.
struct HelpGuide {
  let names: [String]
  let paragraphs: [String]
  var examples: [String] = []

  /// The page on a terminal.
  func page(for terminal: Terminal) -> String {
    var page = HelpPage(width: terminal.width ?? 80, style: .plain)
    page.paragraph(paragraphs[0])
    page.paragraphs(Array(paragraphs.dropFirst()))
    if !examples.isEmpty { page.lines("Examples", examples) }
    return terminal.inItsCharacters(page.text)
  }

  static func all(called name: String) -> [HelpGuide] { all.filter { $0.names.contains(name) } }

  static let all = about + modes + output

  private static let about = [
    HelpGuide(
      names: ["kink", "kinks", "jump", "jumps"],
      paragraphs: [
        "A kink is a point where the derivative from the left and that from the right differ, as of "
          + "abs at 0; at a jump the values do. There is no derivative there. Every engine gives the "
          + "same number by convention, and a warning tells both sides: abs 0, relu 0, of arguments "
          + "that tie in max or min each has its share, step, floor and sign 0.",
        "Where both sides agree, as of abs(x)^2, the derivative is theirs. 'check' passes a claim at "
          + "a kink if it lies between the two sides. man autodiff-language lists them all.",
      ], examples: ["autodiff eval 'x + abs(x)' --at x=0", "autodiff eval 'x*abs(x)' --at x=0"]),
    HelpGuide(
      names: ["nan", "infinity", "undefined", "domain"],
      paragraphs: [
        "Where a value or a derivative does not exist, the answer says nan or inf, the exit status is "
          + "1, and a message names the operation that it began in, its arguments, and the way from "
          + "there to the result.",
        "In JSON it is null, and 'notes' says why. nan and inf are also constants of expressions.",
      ], examples: ["autodiff eval 'y + 2*ln(x - 2)' --at x=1,y=5"]),
    HelpGuide(
      names: ["operators", "precedence", "syntax", "notation", "expressions"],
      paragraphs: [
        "From the loosest to the tightest: or; and; not; < <= > >= == !=; + and -; *, / and % (the "
          + "remainder); the signs - and +; ^ (also **), from right to left. -x^2 is -(x^2).",
        "A number directly before a name or a bracket is a product: 2x, 3sin(x), (x+1)(x-1). "
          + "Textbook notation and LaTeX are read where they have one reading, with a note that "
          + "shows it. 'functions' lists the functions; man autodiff-language is the reference.",
      ], examples: ["autodiff diff '2x^3 - 1'", "autodiff diff 'x^2 sin 2x'"]),
    HelpGuide(
      names: ["scripts", "script"],
      paragraphs: [
        "A script is definitions and command lines, the same words as in the shell without "
          + "'autodiff', each on a line of its own or ended by ';'. '#' starts a comment. 'run' runs "
          + "it and stops at the first command without an answer; 'load \"other.ad\"' brings the "
          + "definitions of another one, and 'expect' makes a command a test.",
        "run --echo shows each command before its answer, --keep-going does not stop, and "
          + "--format json gives an object for each command.",
      ], examples: ["printf 'f(x) = x^2\\neval f --at x=3\\n' | autodiff run -"]),
    HelpGuide(
      names: ["points", "point", "ranges", "data"],
      paragraphs: [
        "--at x1=2,x2=pi/4 gives every variable a value, which may be an expression. A range "
          + "x=0:1:0.1 (start:stop:step) stands for many points, several ranges for a grid.",
        "--points FILE takes a point from each row of a file, --data FILE --reduce sum takes the "
          + "rows together.",
      ], examples: ["autodiff eval 'exp(-x^2)' --at x=0:1:0.25"]),
  ]

  private static let modes = [
    HelpGuide(
      names: ["forward", "tangent", "tangents", "jvp", "dual"],
      paragraphs: [
        "Forward mode carries a derivative along with every value, one sweep through the "
          + "computation for each variable, or one for a --direction. With many outputs and few "
          + "variables it is the cheaper one."
      ],
      examples: [
        "autodiff trace 'x*sin(x)' --at x=2 --mode forward",
        "autodiff eval 'x*y^2' --at x=2,y=3 --direction x=1,y=-1",
      ]),
    HelpGuide(
      names: ["reverse", "adjoint", "adjoints", "vjp", "backpropagation"],
      paragraphs: [
        "Reverse mode computes the value first and then goes back through the operations once: "
          + "each hands what it was given on to its arguments, times the local partial derivative. "
          + "That gives the gradient in all variables at once, and is what 'eval' does."
      ], examples: ["autodiff trace 'x*sin(x)' --at x=2 --mode reverse"]),
    HelpGuide(
      names: ["symbolic"],
      paragraphs: [
        "Symbolic mode makes a formula of the derivative, which 'diff' prints, and evaluates it."
      ],
      examples: ["autodiff diff 'x*sin(x)'", "autodiff eval 'x*sin(x)' --at x=2 --mode symbolic"]),
    HelpGuide(
      names: ["numerical", "differences", "difference-quotients"],
      paragraphs: [
        "Numerical mode divides differences of function values by a step. It is right in some of the "
          + "digits only: --difference chooses the formula and --step the step, and 'sweep' shows "
          + "the error against the step."
      ],
      examples: [
        "autodiff eval 'exp(x)/x' --at x=2 --mode numerical", "autodiff sweep 'exp(x)/x' --at x=2",
      ]),
    HelpGuide(
      names: ["modes", "mode", "engines"],
      paragraphs: [
        "There are four ways to a derivative: forward, reverse, symbolic and numerical. "
          + "'--mode all' shows them side by side, and 'help forward' and so on tells of each."
      ], examples: ["autodiff eval 'x^y' --at x=2,y=3 --mode all"]),
  ]

  private static let output = [
    HelpGuide(
      names: ["formats", "format", "output"],
      paragraphs: [
        "--format takes text, markdown, latex, csv and json, and what a command adds: diff unicode, "
          + "graph dot, mermaid and svg, sweep svg. Text is for people and fits the terminal, with "
          + "fewer digits and in blocks of columns where it must; --digits says how many digits. CSV "
          + "and JSON carry every digit."
      ], examples: ["autodiff eval 'x*y' --at x=2,y=3 --format markdown"]),
    HelpGuide(
      names: ["json"],
      paragraphs: [
        "--format json prints one object, or an array for several points; there is no NaN in it, but "
          + "null, and 'notes' says why. A request that cannot be carried out prints an object with "
          + "'error': its message, line, column and remedy. man autodiff describes all members."
      ], examples: ["autodiff eval 'x*y' --at x=2,y=3 --format json"]),
    HelpGuide(
      names: ["latex", "tex"],
      paragraphs: [
        "LaTeX is read, as \\frac{x}{1+x^2}, \\sqrt[3]{x} or \\sin^2 x, between quotes for the "
          + "shell; and --format latex prints it."
      ],
      examples: ["autodiff diff '\\frac{x}{1+x^2}'", "autodiff diff 'x/(1+x^2)' --format latex"]),
    HelpGuide(
      names: ["exit-status", "status", "exit-code", "errors"],
      paragraphs: [
        ExitStatus.all.map { "\($0.status): \($0.meaning)." }.joined(separator: " "),
        "A script has the worst status of its commands.",
      ]),
  ]
}

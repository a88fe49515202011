// The words of bodies, definitions and scripts as the help knows them.

extension LanguageEntry {
  static let statements = [
    LanguageEntry(
      names: ["for", "in"], usage: "for i in a..b { ... }",
      summary: "repeats for the whole numbers from a to b, in a body in braces",
      sample: "p(x) = { y = 1; for i in 1..3 { y = y*x }; y }; p(x)"),
    LanguageEntry(
      names: ["while"], usage: "while condition { ... }",
      summary: "repeats as long as the condition holds, in a body in braces",
      sample: "p(x) = { n = 0; while n < 3 { x = x^2; n = n + 1 }; x }; p(x)"),
    LanguageEntry(
      names: ["if", "else"], usage: "if condition { ... } else { ... }",
      summary: "goes one of two ways, in a body in braces",
      sample: "p(x) = { if 2 > 1 { y = x } else { y = 1 }; y }; p(x)"),
    LanguageEntry(
      names: ["return"], usage: "return expression",
      summary: "ends a body in braces with its value",
      sample: "p(x) = { y = x^2; return y + x }; p(x)"),
    LanguageEntry(
      names: ["derivative"], usage: "derivative f(x) = formula",
      summary: "declares the derivative of a function that has been defined",
      sample: "f(x) = x^2; derivative f(x) = 2*x; f(x)"),
    LanguageEntry(
      names: ["expect"], usage: "expect command ... : what it gives",
      summary: "makes a command line of a script or a session a test", sample: ""),
    LanguageEntry(
      names: ["task"], usage: "task NAME [--marks N] command ...",
      summary: "a task that hand-ins answer, in a key of check --answers; 'run' prints the answer",
      sample: ""),
    LanguageEntry(
      names: ["load"], usage: "load \"FILE\"",
      summary: "brings the definitions of another script, in a script or a session", sample: ""),
  ]
}

// What `diff --format latex` and `--format unicode` print is read as the formula that `diff` prints.

import Calculus
import Language
import Testing

@testable import Commands

/// Makes formulas of all forms.
private struct FormulaSource {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(state: seed) }

  private mutating func pick(_ words: [String]) -> String {
    words[Int(random.next() % UInt64(words.count))]
  }

  mutating func formula(_ depth: Int) -> String {
    if depth == 0 { return pick(Self.leaves) }
    switch random.next() % 10 {
    case 0...3: return "(\(formula(depth - 1)))\(pick(["+", "-", "*", "/"]))(\(formula(depth - 1)))"
    case 4: return "(\(formula(depth - 1)))^(\(pick(["2", "3", "-1", "0.5", "1/3", "y"])))"
    case 5...6: return "\(pick(Self.functions))(\(formula(depth - 1)))"
    case 7: return "\(pick(Self.binary))(\(formula(depth - 1)), \(formula(depth - 1)))"
    case 8:
      let condition =
        "\(pick(Self.leaves))\(pick(["<", "<=", ">", "!="]))y\(pick(["", " and x>0"]))"
      return "if(\(condition), \(formula(depth - 1)), \(formula(depth - 1)))"
    default: return "-(\(formula(depth - 1)))"
    }
  }

  private static let leaves = [
    "x", "y", "theta", "x1", "x_max", "z₂", "gamma", "2", "1.6e-19", "pi",
  ]
  private static let functions = [
    "sin", "cos", "tan", "exp", "ln", "sqrt", "cbrt", "abs", "asin", "sinh", "erf", "gamma",
    "lgamma", "digamma", "sigmoid", "step", "floor", "log2", "log1p", "sec", "lambertw",
    "besselj(0, x)*", "bessely(2, x)*", "polygamma(2, x)*",
  ]
  private static let binary = ["atan2", "hypot", "min", "max", "beta", "log", "xlogy"]
}

@Suite struct ReadBackTests {
  private func derivative(_ text: String) -> String {
    ProgramRun(["diff", "--wrt", "x", "--", text]).output
  }

  private func lowered(_ text: String) -> String {
    String(text.map { "₀₁₂".contains($0) ? Character(String($0.wholeNumberValue ?? 0)) : $0 })
  }

  private func check(_ formula: String) {
    let run = ProgramRun(["diff", "--wrt", "x", formula])
    guard run.status == 0, run.output.utf8.count < 400 else { return }
    let expected = derivative(run.output)
    for format in ["latex", "unicode"] {
      var printed = ProgramRun(["diff", "--wrt", "x", "--format", format, formula]).output
      if format == "unicode" {
        printed = printed.split(separator: " = ", maxSplits: 1).last.map(String.init) ?? ""
      }
      // Unicode sets an index low, as in the name x₁, which is another one for the language.
      let isSame = lowered(derivative(printed)) == lowered(expected)
      let isEqual = {
        ProgramRun(["simplify", "--equal", lowered(run.output), "--", lowered(printed)]).status == 0
      }
      #expect(isSame || isEqual(), "\(formula) → \(printed)")
    }
  }

  @Test(
    "Every form",
    arguments: [
      "if(x > 0, x^2, -x)", "if(x > 0 and y < 2, x^2, if(x < -1, y*x, 3*x))", "x^3*gamma(x)",
      "exp(-x^2/2)", "sin(x)^3*x", "asin(x)^2", "x_max*x^2", "x*theta1^2", "besselj(2, x)",
      "mod(x^2, 3)", "log(x, 3)", "1.6e-19*x^2", "min(x^2, y)", "abs(x)^3", "x^(1/3)",
      "x^y", "polygamma(2, x)", "clamp(x^2, 0, 1)", "erf(x)*normpdf(x)", "lgamma(x)^2",
    ])
  func forms(_ formula: String) { check(formula) }

  @Test("Random formulas", arguments: 0..<max(60, setting("AUTODIFF_FUZZ", default: 0)))
  func random(_ seed: Int) {
    var source = FormulaSource(seed: UInt64(seed))
    check(source.formula(1 + seed % 3))
  }

  @Test(
    "Powers of ten and upright indices",
    arguments: [
      ("3·10^-5 x", "3e-05*x"), ("6.02×10²³ x", "6.02e+23*x"), (#"x_{\mathrm{max}}^2"#, "x_max^2"),
      (#"3\times 10^{-5} x"#, "3e-05*x"),
    ])
  func numbers(_ text: String, _ reading: String) {
    #expect(ProgramRun(["diff", text]).error == "note: read as \(reading)\n")
  }
}

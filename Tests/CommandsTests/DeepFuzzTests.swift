// Fuzzers that run for as many cases as AUTODIFF_FUZZ says: every way in, and engines against each other.

import Testing

@testable import Commands

/// Makes inputs that are near enough to the language to get far, from a seed of their own each.
private struct InputGenerator {
  var random: SplitMix64

  private static let unary = [
    "sin", "cos", "tan", "exp", "ln", "sqrt", "abs", "asin", "atan", "tanh", "cosh", "erf", "gamma",
    "lgamma", "sigmoid", "softplus", "sinc", "cbrt", "log1p", "floor", "relu", "-", "expm1", "sign",
  ]
  private static let binary = ["+", "-", "*", "/", "^", "+", "*", "-"]
  private static let calls = ["atan2", "hypot", "max", "min", "mod", "log", "xlogy", "beta"]
  private static let leaves = [
    "x", "y", "x", "2", "0.5", "3", "pi", "1e-3", "0", "1e200", "-1", "x",
  ]
  private static let nasty = [
    "(", ")", "[", "]", "{", "}", ",", ";", ":", "=", "'", "\"", "\\", "\n", "\r", "#", "|", "@",
    "%",
    "\u{0}", "\u{202E}", "\u{FEFF}", "−", "²", "½", "1e999", "nan", "inf", "-0", "5e-324", "1e308",
    "9223372036854775808", "x", "diff(", "sum(i,1,", "if(", "f(", "..", "!", "~", "$", "\\frac{",
    "\u{FF}",
  ]
  private static let options = [
    "--mode all", "--mode forward", "--mode numerical", "--mode symbolic", "--format json",
    "--format csv", "--format latex", "--format markdown", "--format svg", "--format dot",
    "--format text", "--hessian", "--order 3", "--wrt x", "--digits 3", "--form raw",
    "--form shared", "--form expanded", "--steps", "--direction x=1,y=2", "--step 1e-3",
    "--difference complex", "--difference adaptive", "--samples 3", "--seed 7", "--range x=0:1",
    "--tolerance 0.01", "--iterate 5", "--per-decade 2", "--step 1e-9:1", "--watch a",
    "--derivative",
    "--at x=1", "--at x=0:2:1", "--gradient x:y", "--hessian x,x:1", "--keep", "--strict",
    "--reduce sum", "--batch 2", "--rows 1:3", "--equal x", "--memory 1M", "--fold", "--mixed",
    "--weights f1=1", "--no-header x,y", "--separator tab", "--load none", "--points -", "--data -",
  ]
  static let commands = [
    "eval", "diff", "check", "trace", "graph", "sweep", "swell", "simplify", "functions", "help",
  ]

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  /// A formula of x and y, made from the leaves up.
  mutating func formula(_ size: Int) -> String {
    var parts = (0...size).map { _ in pick(Self.leaves) }
    while parts.count > 1 {
      let right = parts.removeLast()
      let place = Int.random(in: parts.indices, using: &random)
      let left = parts[place]
      parts[place] =
        chance(6)
        ? "\(pick(Self.calls))(\(left), \(right))" : "(\(left) \(pick(Self.binary)) \(right))"
      if chance(3) { parts[place] = "\(pick(Self.unary))(\(parts[place]))" }
    }
    return parts[0]
  }

  /// A text with a few changes, among them lines and pieces that are there twice or not at all.
  mutating func mutated(_ text: String, _ changes: Int) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<changes where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...9, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
      case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
      default: bytes.insert(contentsOf: Array(pick(Self.nasty).utf8), at: place)
      }
    }
    return bytes
  }

  mutating func words() -> [String] {
    let text = chance(3) ? formula(4) : String(decoding: mutated(formula(4), 2), as: UTF8.self)
    var words = [pick(Self.commands), text, "--max-steps", "20000"]
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      words += pick(Self.options).split(separator: " ").map(String.init)
    }
    if !chance(3) { words += ["--at", "x=\(pick(Self.leaves)),y=\(pick(Self.leaves))"] }
    return words
  }

  mutating func lines(_ extra: [String]) -> [UInt8] {
    var lines: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let line = words().dropLast(chance(2) ? 2 : 0).map { "'\($0)'" }.joined(separator: " ")
      lines.append(
        pick(
          [
            line, "f(x) = \(formula(3))", "a = \(formula(1))", formula(3),
            "expect \(line) : \(formula(1))",
            "f(x) = { for i in 1..3 { x = \(formula(2)) }; x }", "eval f --at x=1", "ans + 1",
            "a = a + 1",
            "expect diff f : \(formula(2))", "expect eval f --at x=1 : 1, x: \(formula(1))",
          ] + extra))
    }
    return mutated(lines.joined(separator: "\n") + "\n", Int.random(in: 0...3, using: &random))
  }
}

@Suite(.enabled(if: setting("AUTODIFF_FUZZ", default: 0) > 0)) struct DeepFuzzTests {
  private static let count = setting("AUTODIFF_FUZZ", default: 0)
  private static let seed = UInt64(setting("AUTODIFF_FUZZ_SEED", default: 1))
  private static let tells = setting("AUTODIFF_FUZZ_TELL", default: 0) > 0

  /// Runs so many cases, each of a seed of its own, which a failure names.
  private func cases(
    _ name: String, share: Int, _ body: (inout InputGenerator, UInt64) throws -> Void
  ) rethrows {
    let count = Self.count * share / 100
    print("fuzz \(name): \(count) cases from seed \(Self.seed)")
    for index in 0..<count {
      let seed = Self.seed &* 1_000_003 &+ UInt64(index)
      if Self.tells { print("fuzz \(name) case \(seed)") }
      var generator = InputGenerator(random: SplitMix64(state: seed))
      try body(&generator, seed)
    }
  }

  private func judge(_ run: ProgramRun, _ seed: UInt64, _ input: Any) {
    let isTold = run.status == 0 || !run.error.isEmpty || !run.output.isEmpty
    if !(0...2).contains(run.status) || !isTold || !run.errorIsClean
      || run.status == 2 && !run.error.contains("error: ")
    {
      Issue.record("case \(seed): status \(run.status), \(run.error.debugDescription) of \(input)")
    }
  }

  @Test func commandLines() {
    cases("command lines", share: 30) { generator, seed in
      let words = generator.words()
      let input = generator.mutated("x,y\n1,2\n3,4\n", 1)
      judge(ProgramRun(words, input: input), seed, words)
    }
  }

  @Test func scriptsAndSessions() {
    cases("scripts and sessions", share: 20) { generator, seed in
      let text = generator.lines(["help", "forget a", "definitions", "load none", "exit", "run -"])
      for words in [["run", "-", "--keep-going"], []] {
        let run = ProgramRun(words, input: text)
        judge(run, seed, String(decoding: text, as: UTF8.self).debugDescription)
      }
    }
  }

  @Test func claims() {
    cases("claims", share: 15) { generator, seed in
      let formula = generator.formula(2)
      let claim = generator.mutated(
        "x: \(generator.formula(2)), y: \(generator.formula(1))", generator.chance(2) ? 0 : 2)
      let words = [
        "check", formula, "--max-steps", "20000", "--samples", "3", "--gradient",
        String(decoding: claim, as: UTF8.self),
      ]
      judge(ProgramRun(words), seed, words)
    }
  }

  @Test func tracesAndPoints() {
    cases("traces and points", share: 15) { generator, seed in
      let formula = generator.formula(3)
      let point = ["--at", "x=0.75,y=1.25"]
      let mode = generator.pick(["forward", "reverse"])
      let format = generator.pick(["csv", "markdown", "text", "latex"])
      let own = ProgramRun(["trace", formula, "--mode", mode, "--format", format] + point)
      let table = generator.mutated(own.output, Int.random(in: 0...3, using: &generator.random))
      judge(
        ProgramRun(["check", formula, "--trace", "-"] + point, input: table), seed,
        [formula, String(decoding: table, as: UTF8.self)])
      let rows = generator.pick([
        "x,y\n1,2\n\"3\",4\n", "{\"x\": 1, \"y\": 2}\n{\"y\": 3, \"x\": 4}\n", "x;y\n1;2\n",
        "x\ty\r\n1\t2\r\n",
        "\u{93}NUMPY\u{1}\u{0}v\u{0}{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }\n",
      ])
      let input = generator.mutated(rows, 3)
      let option = generator.pick(["--points", "--data"])
      let reduce = option == "--data" ? ["--reduce", "sum"] : []
      judge(
        ProgramRun(["eval", formula, option, "-", "--max-steps", "20000"] + reduce, input: input),
        seed, [formula, String(decoding: input, as: UTF8.self)])
    }
  }

  /// Engines agree, what diff prints is what check agrees with, and so is what trace prints.
  @Test func enginesAgree() {
    cases("engines", share: 20) { generator, seed in
      let formula = generator.formula(4)
      let check = ProgramRun(["check", formula, "--samples", "4", "--max-steps", "20000"])
      judge(check, seed, formula)
      if check.output.contains("disagree") {
        Issue.record("case \(seed): engines disagree about \(formula)\n\(check.output)")
      }
      let derivative = ProgramRun(["diff", formula, "--wrt", "x"])
      if derivative.status == 0 {
        let claim = "x: " + derivative.output.split(separator: "\n").joined()
        let own = ProgramRun(
          ["check", formula, "--samples", "4", "--max-steps", "20000", "--gradient", claim])
        // The formula ln(u)*u^v has no value where u is 0, and neither has one with 0/0 where the
        // derivative is a limit: a hole in a formula is no wrong number.
        let isHole = own.output.contains("the claim has no value")
        if own.output.contains("disagree"), !isHole {
          Issue.record("case \(seed): diff \(formula) is wrong: \(claim)\n\(own.output)")
        }
      }
    }
  }
}

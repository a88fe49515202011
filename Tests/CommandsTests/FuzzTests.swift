// Malformed input of every kind, with random options: always an answer or a clear error.

import Testing

@testable import Commands

/// Makes command lines that may be wrong anywhere.
private struct CommandLineGenerator {
  var random: SplitMix64

  private static let words = [
    "x", "y", "z", "x1", "θ", "x₁", "sin", "cos", "ln", "sqrt", "max", "sum", "prod", "if", "e",
    "pi", "nan", "inf", "and", "or", "not", "1", "2.5", ".5", "1e", "1e-3", "1e400", "1..2", "0x1",
    "9e18", "-9e18", "1e300", "+", "-", "*", "**", "/", "%", "^", "<", "==", "!=", "=", "(", "(",
    ")", ")", ",", ",", ";", ":", "|", "!", "[", "]", "{", "}", "'", "\"", "\\", "$", "#", "@", "~",
    " ", "\t", "\n", "\r", "−", "·", "√", "²", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{9B}",
    "\u{202E}",
    "\u{200B}", "\u{FEFF}", "\u{301}", "漢", "😀", "diff", "f'", "atan2", "mod", "floor", "clamp",
    "[", ",", "]", "[x,", "]", "[[", "'", "''", "′", "″", "’", "sin'", "exp''(", "max'(", "x'",
    "sum'(",
    "a=1;", "f(x)=", "f(x,y)=x*y;", "f(", "f'(", ";x", "a=", "=x", "f;", "f(f(",
    "for i in 1..3 {", "for", "in", "while", "while x<9 {", "else", "else {", "if x>0 {", "return ",
    "{ ", " }", "} }", "f(x)={", "x=2*x;", "y=x\n", "..", "return x }; f",
    "sum(i,1,3,", "if(x>0,", "besselj(2,", "polygamma(1,", "gamma(", "log(x,", "stop_gradient(",
  ]
  private static let valid: [(String, [String])] = [
    (example, ["x1", "x2"]), ("if(x > 0, ln(x), 0)", ["x"]), ("sum(i, 1, 3, i*x)", ["x"]),
    ("prod(i, 1, 4, x + i)", ["x"]), ("x^y", ["x", "y"]), ("-x^2 + 2(x+1)(x-1)", ["x"]),
    ("max(x, y, 1) % 3", ["x", "y"]), ("√(x)·2 − π", ["x"]), ("abs(x)", ["x"]), ("1/x", ["x"]),
    ("exp(1000*x)", ["x"]), ("sum(i, 1, 2, sum(j, i, 3, x*j))", ["x"]),
    ("not x > 1 and y < 2 or 0", ["x", "y"]), ("atan2(y, x)", ["y", "x"]), ("(x)", ["x"]),
    ("besselj(2, x) + polygamma(1, y)", ["x", "y"]), ("lgamma(x)*erfc(y)", ["x", "y"]),
    ("clamp(x, 0, 1)", ["x"]), ("hypot(x, y)^0.5", ["x", "y"]), ("sum(i, 1, x, x)", ["x"]),
    ("sin'(2*x) - exp''(x*y)", ["x", "y"]), ("diff(x*tanh'(x+y), y)", ["x", "y"]),
    ("[x*y, sin'(x)+y, 2]", ["x", "y"]), ("[sqrt(x), ln(x), abs(x)]", ["x"]),
    ("[sum(i, 1, x, x), y]", ["x", "y"]), ("[x]", ["x"]),
    ("2+3", []), ("ln(-1)", []), ("a = 3; a*x", ["x"]), ("f(x) = x^2; f(3*x) + f'(y)", ["x", "y"]),
    ("f(x, y) = ln(x)*y; f", ["x", "y"]),
    ("f(x)=g(x)+1\ng(t)=abs(t)*y # g\n[f(x), g(2)]", ["x", "y"]),
    ("p(x, n) = if(n < 1, 1, x*p(x, n-1)); p(x, 3)", ["x"]),
    ("h(x) = if(x < 1, x, h(x/2)); h(x)", ["x"]),
    ("d(u, v) = diff(u*sin(v), v); d(x, x*y)", ["x", "y"]),
    ("f(n) = sum(i, 1, n, i*x); f(4)", ["x"]),
    ("f(x) = { for i in 2..4 { x = 4*x*(1 - x) }; x }; f(x)", ["x"]),
    ("f(x) = { while x > 1 { x = x/2 }; x^2 }; f(x)", ["x"]),
    ("r(a) = { x = a; while abs(x^2 - a) > 1e-14*a { x = (x + a/x)/2 }; x }; r(x)", ["x"]),
    ("f(x) = { if x > 1 { x^2 } else { 3*x } }; f", ["x"]),
    ("f(x, y) = { if x > y { return x*y }; t = x; x = y; y = t\n x - y }; f(x, y)", ["x", "y"]),
    ("f(n, x) = { if n < 2 { return x }; f(n-1, x) + f(n-2, x^2) }; f(5, x)", ["x"]),
    ("f(x) = { for i in 1..x { for j in 1..i { x = x + j } }; x }; f(x)", ["x"]),
    (
      "g(u) = { v = u^2; v }; f(x) = { s = 0; for i in 1..3 { s = s + g'(i*x) }; s }; [f(x), y]",
      ["x", "y"]
    ),
    ("r(x) = r(x + 1); r(x)", ["x"]), ("e = 2; f(e) = e; f(x)*e", ["x"]),
  ]
  private static let values = [
    "0", "1", "-1", "2", "5", "0.5", "-0.5", "pi/4", "1e308", "1e-300", "inf", "nan", "0:1:0.5",
    "3", "e", "2^-3", "-0",
  ]
  private static let options: [[String]] = [
    ["--mode", "forward"], ["--mode=all"], ["--mode", "numerical"], ["--mode", "revers"],
    ["--format", "json"], ["--format=csv"], ["--format", "markdown"], ["--format", "latex"],
    ["--hessian"], ["--form", "shared"], ["--order", "2"], ["--mixed"], ["--form", "shared"],
    ["--order", "2"], ["--mixed"], ["--wrt", "x"], ["--wrt", "x,"], ["--wrt", "q"],
    ["--direction", "x=1"],
    ["--direction", "x=1,y=-2"], ["--digits", "3"], ["--digits", "0"], ["--digits"],
    ["--step", "1e-3"], ["--gradient"], ["--derivative"], ["--format", "svg"], ["--format", "dot"],
    ["--difference", "forward"], ["--color", "never"], ["--colour"], ["-h"], ["--"], ["-"], [""],
    ["--at"], ["--at", ""], ["--at", "x=1:0:1"], ["--version"], ["--step", "nan"], ["-\u{1B}"],
    ["--difference", "adaptive"], ["--difference", "complex"], ["--difference=five-point,"],
    ["--gradient", "x: y, y: x"], ["--gradient=2*x"], ["--gradient", "x:"], ["--gradient=f1,x: 1"],
    ["--hessian", "x,y: 1"], ["--hessian=,:"], ["--samples", "2"], ["--seed", "9"],
    ["--range", "x=0:1"], ["--range=y=1:"], ["--tolerance", "0.1"], ["--gradient", "@none"],
    ["--max-steps", "100"], ["--max-steps=0"], ["--load", "none.ad"], ["--load"],
    ["--step", "1e-3:1"], ["--step", ":"], ["--per-decade", "1"], ["--format", "svg"],
    ["--against", "cat"], ["--against=true"], ["--time-limit", "2"],
  ]

  mutating func next() -> (words: [String], input: [UInt8]) {
    let (text, names) = text()
    var words = [
      pick([
        "eval", "eval", "trace", "eval", "eval", "trace", "functions", "evla", "diff", "diff",
        "graph", "sweep", "check",
      ])
    ]
    var input: [UInt8] = []
    if chance(3) {
      words.append("-")
      input = text
    } else {
      words.append(String(decoding: text, as: UTF8.self))
    }
    let point = names.map { "\($0)=\(pick(Self.values))" }.joined(separator: ",")
    if !point.isEmpty, !chance(10) {
      words += ["--at", chance(8) ? String(decoding: mutated(point), as: UTF8.self) : point]
    }
    // What has no end is to be refused soon.
    if text.contains(UInt8(ascii: "{")) { words += ["--max-steps", "2000"] }
    while chance(3) {
      words.insert(contentsOf: pick(Self.options), at: chance(6) ? 0 : words.count)
    }
    return (words, input)
  }

  /// A script of command lines and definitions, which go wrong in their own ways.
  mutating func nextScript() -> [UInt8] {
    var script: [UInt8] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      var (words, input) = next()
      words.removeAll { $0.utf8.contains(0) }
      if chance(3) {
        words = pick([["expect"], ["expect", "fail"], ["expect", "error"]]) + words
      }
      var line =
        chance(3)
        ? input.isEmpty ? Array("f(x)=x^2".utf8) : input
        : Array(words.map { chance(2) ? "'\($0)'" : $0 }.joined(separator: " ").utf8)
      if chance(4) {
        line += Array(" : ".utf8) + pick(["1, x: 2", "x", ":", "1 within x", "'", ""]).utf8
      }
      if chance(4) { line = mutated(String(decoding: line, as: UTF8.self)) }
      script += line + Array((chance(4) ? ";" : "\n").utf8)
    }
    return script
  }

  private mutating func text() -> (text: [UInt8], names: [String]) {
    let (valid, names) = pick(Self.valid)
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      return (bytes, names)
    case 1, 2:
      let soup = (0..<Int.random(in: 0...20, using: &random)).map { _ in pick(Self.words) }
      return (Array(soup.joined().utf8), names)
    case 3...5: return (Array(valid.utf8), names)
    default: return (mutated(valid), names)
    }
  }

  private mutating func mutated(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.swapAt(place, Int.random(in: bytes.indices, using: &random))
      default: bytes.insert(contentsOf: Array(pick(Self.words).utf8), at: place)
      }
    }
    return bytes
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }
  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }
}

@Suite struct FuzzTests {
  private static let count = max(1600, setting("AUTODIFF_FUZZ", default: 0))
  private static let seed = UInt64(setting("AUTODIFF_FUZZ_SEED", default: 20_251))
  /// The cases are dealt to this many tests, which run side by side.
  private static let hands = 4

  @Test(arguments: 0..<hands)
  func anyInputIsAnswered(hand: Int) {
    var generator = CommandLineGenerator(random: SplitMix64(state: UInt64(hand) * 7919 + Self.seed))
    var statuses: [Int32: Int] = [:]
    for _ in 0..<Self.count / Self.hands {
      let (words, input) = generator.next()
      let run = ProgramRun(words, input: input)
      statuses[run.status, default: 0] += 1
      if let complaint = complaint(run, words) {
        Issue.record(
          "\(complaint): \(words) with \(String(decoding: input, as: UTF8.self).debugDescription)")
      }
    }
    print("fuzz \(hand): exit statuses \(statuses.sorted { $0.key < $1.key })")
    // The mutations are to be near enough to the language that all three ends are reached.
    for status: Int32 in [0, 1, 2] { #expect(statuses[status, default: 0] > Self.count / 200) }
  }

  @Test func anyScriptIsAnswered() {
    var generator = CommandLineGenerator(random: SplitMix64(state: Self.seed + 20_230_870))
    var statuses: [Int32: Int] = [:]
    for _ in 0..<Self.count / 4 {
      let script = generator.nextScript()
      let run = ProgramRun(["run", "-", "--keep-going"], input: script)
      statuses[run.status, default: 0] += 1
      let isTold =
        run.status == 0 || run.error.contains("error: ") || run.output.contains("json")
        || run.output.hasSuffix(" met\n")
      let isJSON = String(decoding: script, as: UTF8.self).contains("json")
      if !(0...2).contains(run.status) || !(isTold || isJSON) || !run.errorIsClean {
        Issue.record("\(run.status): \(String(decoding: script, as: UTF8.self).debugDescription)")
      }
    }
    for status: Int32 in [0, 1, 2] { #expect(statuses[status, default: 0] > 0) }
  }

  private func complaint(_ run: ProgramRun, _ words: [String]) -> String? {
    switch run.status {
    case 0: break
    case 1 where words.contains { $0.contains("json") }:
      if run.output.isEmpty { return "no output" }
    case 1
    where words.contains("check")
      && (run.output.contains("disagree") || run.output.contains("ill-conditioned")):
      break
    case 1: if !run.error.contains("error: ") { return "no reason" }
    case 2:
      let firstLine = run.error.split(separator: "\n").first ?? ""
      guard let range = firstLine.firstRange(of: "error: ") else { return "no error" }
      if firstLine[range.upperBound...].isEmpty { return "an empty error" }
      // With --format json a program reads the error where it reads the answer.
      if !run.output.isEmpty, !run.output.contains("\"error\": {") {
        return "output beside an error"
      }
    default: return "status \(run.status)"
    }
    if !run.errorIsClean { return "control characters in \(run.error.debugDescription)" }
    if run.output.contains(where: {
      $0.isASCII && $0.asciiValue! < 32 && $0 != "\n" && $0 != "\r\n"
    }) {
      return "control characters in the output"
    }
    if run.output.hasPrefix("{") || run.output.hasPrefix("[") {
      if (try? run.json()) == nil { return "bad JSON \(run.output)" }
    }
    return nil
  }
}

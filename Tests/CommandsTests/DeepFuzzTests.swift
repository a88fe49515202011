// Fuzzers that run for as many cases as AUTODIFF_FUZZ says: every way in, and engines against each other.
//
// AUTODIFF_FUZZ=200000 AUTODIFF_FUZZ_SEED=1 swift test -c release -Xswiftc -enable-testing --filter DeepFuzzTests
// prints the cases, the exit statuses and the slowest case of each target; another seed gives other cases.

import Testing

@testable import CommandLine
@testable import Commands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a case may take: processor time in seconds and the memory of the process in bytes.
private struct Budget {
  static let seconds = Double(setting("AUTODIFF_FUZZ_SECONDS", default: isOptimized ? 2 : 40))
  static let memory = 1 << 30

  private static let isOptimized: Bool = {
    var isDebug = false
    assert(
      {
        isDebug = true; return true
      }())
    return !isDebug
  }()

  /// Processor time of the process so far.
  static func time() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The most memory that the process has held.
  static func peak() -> Int {
    var usage = rusage()
    // RUSAGE_SELF, which has another type on each system.
    getrusage(0, &usage)
    #if canImport(Darwin)
      return usage.ru_maxrss
    #else
      return usage.ru_maxrss << 10
    #endif
  }
}

/// The cases of one target: each has a seed of its own, which a failure names.
private final class Target {
  private let name: String
  private let count: Int
  private var seed: UInt64 = 0
  private var statuses: [Int32: Int] = [:]
  private var slowest = (seconds: 0.0, seed: UInt64(0))

  private static let all = setting("AUTODIFF_FUZZ", default: 0)
  private static let firstSeed = UInt64(setting("AUTODIFF_FUZZ_SEED", default: 1))
  private static let tells = setting("AUTODIFF_FUZZ_TELL", default: 0) > 0

  /// - Parameter share: how many of a hundred cases are of this target.
  init(_ name: String, share: Int) {
    self.name = name
    count = Self.all * share / 100
  }

  func run(_ body: (inout InputGenerator, Target) -> Void) {
    let start = Budget.time()
    for index in 0..<count {
      seed = Self.firstSeed &* 1_000_003 &+ UInt64(index)
      var generator = InputGenerator(random: SplitMix64(state: seed))
      body(&generator, self)
    }
    let ends = statuses.sorted { $0.key < $1.key }.map { "\($0.value) of status \($0.key)" }
    print(
      "fuzz \(name): \(count) cases, \(ends.joined(separator: ", ")); \(Budget.time() - start) s, "
        + "the slowest \(slowest.seconds) s (case \(slowest.seed))")
  }

  /// Runs the program, and judges how it ends, what it says, and what it takes.
  @discardableResult
  func run(
    _ words: [String], input: [UInt8] = [], files: [String: String] = [:]
  ) -> (output: String, error: String) {
    if Self.tells {
      // At once: a case that never ends, or ends the process, is the last that is told.
      print("fuzz \(name), case \(seed): \(words) with \(echoed(input))")
      fflush(nil)
    }
    let (start, peak) = (Budget.time(), Budget.peak())
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: String(decoding: input, as: UTF8.self), files: files,
      environment: ["LANG": "C.UTF-8"])
    // The bytes as they are, where nothing else is read.
    let run = files.isEmpty ? ProgramRun(words, input: input) : nil
    let status = run?.status ?? Program.run(words, terminal)
    let (output, error) = (run?.output ?? recording.output, run?.error ?? recording.error)
    let seconds = Budget.time() - start
    statuses[status, default: 0] += 1
    if seconds > slowest.seconds { slowest = (seconds, seed) }
    let isTold = status == 0 || !error.isEmpty || !output.isEmpty
    var complaint: String?
    if !(0...2).contains(status) { complaint = "status \(status)" }
    if !isTold { complaint = "no word" }
    if !isClean(error) { complaint = "control characters in the error" }
    if status == 2, !error.contains("error: ") { complaint = "no reason" }
    if seconds > Budget.seconds { complaint = "\(seconds) s" }
    if peak <= Budget.memory, Budget.peak() > Budget.memory { complaint = "over 1 GB" }
    if let complaint {
      report("\(complaint) of \(words) with \(echoed(input)): \(error.debugDescription)")
    }
    return (output, error)
  }

  func report(_ message: String) { Issue.record("\(name), case \(seed): \(message)") }

  private func echoed(_ input: [UInt8]) -> String {
    String(decoding: input, as: UTF8.self).debugDescription
  }

  private func isClean(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.value >= 32 && !(127..<160).contains($0.value))
    }
  }
}

@Suite(.serialized, .enabled(if: setting("AUTODIFF_FUZZ", default: 0) > 0)) struct DeepFuzzTests {
  private static let limits = ["--max-steps", "20000"]
  private static let point = ["--at", "x=0.75,y=1.25"]

  @Test func commandLines() {
    Target("command lines", share: 16).run { generator, target in
      let words = generator.words()
      target.run(words, input: generator.mutated("x,y\n1,2\n3,4\n", 1))
    }
  }

  @Test func expressions() {
    Target("expressions", share: 12).run { generator, target in
      let size = Int.random(in: 1...8, using: &generator.random)
      let text = String(
        decoding: generator.changed(generator.formula(size), most: 3), as: UTF8.self)
      let command = generator.pick(["eval", "diff", "simplify", "trace", "check"])
      target.run([command, text] + Self.limits + (command == "trace" ? Self.point : []))
    }
  }

  @Test func notations() {
    Target("notations", share: 8).run { generator, target in
      let text = String(decoding: generator.notation(), as: UTF8.self)
      let command = generator.pick(["eval", "diff", "simplify", "check"])
      target.run([command, text] + Self.limits + (generator.chance(2) ? Self.point : []))
    }
  }

  @Test func programs() {
    Target("programs", share: 8).run { generator, target in
      let text = String(decoding: generator.program(), as: UTF8.self)
      let command = generator.pick(["eval", "diff", "trace", "check", "graph", "sweep", "swell"])
      let mode =
        command == "eval" ? ["--mode", generator.pick(["forward", "all", "symbolic"])] : []
      let point = ["diff", "swell"].contains(command) ? [] : Self.point
      target.run([command, text] + Self.limits + mode + point)
    }
  }

  private static let sessionWords = [
    "help", "help sin", "forget a", "forget f", "definitions", "load none", "exit", "run -", "ans",
    "1+\\", "f(",
  ]

  @Test func scripts() {
    Target("scripts", share: 10).run { generator, target in
      target.run(["run", "-", "--keep-going"], input: generator.lines(Self.sessionWords))
    }
  }

  @Test func sessions() {
    Target("sessions", share: 8).run { generator, target in
      target.run([], input: generator.lines(Self.sessionWords))
    }
  }

  @Test func claims() {
    Target("claims", share: 12).run { generator, target in
      let claim = String(decoding: generator.claim(), as: UTF8.self)
      let option = generator.pick(["--gradient", "--gradient", "--hessian"])
      let place = generator.chance(3) ? Self.point : ["--samples", "3"]
      target.run(["check", generator.formula(2)] + Self.limits + place + [option, claim])
    }
  }

  @Test func tables() {
    Target("tables", share: 8).run { generator, target in
      let formula = generator.chance(2) ? "x*y + sin(x)" : generator.formula(3)
      let mode = generator.pick(["forward", "reverse"])
      let format = generator.pick(["csv", "markdown", "text", "latex"])
      var table = generator.table()
      if generator.chance(2) {
        let own = ProgramRun(["trace", formula, "--mode", mode, "--format", format] + Self.point)
        table = generator.changed(own.output, most: 4)
      }
      target.run(["check", formula, "--trace", "-"] + Self.point, input: table)
    }
  }

  @Test func rows() {
    Target("rows", share: 8).run { generator, target in
      let format = generator.pick(["csv", "tsv", "json"])
      let ways = [
        ["--points", "-", "--format", format], ["--data", "-", "--reduce", "sum"], ["--worker"],
        ["--points", "-", "--jobs", "2", "--strict"],
        ["--data", "-", "--reduce", "mean", "--jobs", "2"],
        ["--points", "-", "--no-header", "x,y", "--rows", "1:3"],
        ["--points", "-", "--columns", "x,y"],
      ]
      let way = generator.pick(ways)
      target.run(["eval", generator.formula(2)] + Self.limits + way, input: generator.rows())
    }
  }

  @Test func handIns() {
    let key = "f(x, y) = x*y + sin(x)\ntask 1 diff f\ntask 2 --marks 3 trace f --at x=0.75,y=1.25\n"
    Target("hand-ins", share: 3).run { generator, target in
      let answer =
        "# 1\n\(String(decoding: generator.claim(), as: UTF8.self))\n# 2\n"
        + String(decoding: generator.table(), as: UTF8.self)
      let changedKey =
        generator.chance(3) ? String(decoding: generator.changed(key, most: 2), as: UTF8.self) : key
      target.run(
        [
          "check", "--answers", "a", "--key", "key.ad", "--feedback",
          generator.pick(["full", "place", "none"]),
        ],
        files: ["a": answer, "key.ad": changedKey])
    }
  }

  /// What is written as JSON is JSON, whatever it is about.
  @Test func json() {
    Target("JSON", share: 4).run { generator, target in
      let command = generator.pick(["eval", "diff", "check", "trace", "graph", "simplify", "swell"])
      let text = String(decoding: generator.changed(generator.formula(3), most: 2), as: UTF8.self)
      let point = ["diff", "swell", "simplify"].contains(command) ? [] : Self.point
      let run = target.run([command, text, "--format", "json"] + Self.limits + point)
      if !run.output.isEmpty, (try? JSONValue(run.output)) == nil {
        target.report("bad JSON of \(text)")
      }
    }
  }

  /// Engines agree, what diff prints is what check agrees with, and so is what trace prints.
  @Test func enginesAgree() {
    Target("engines", share: 3).run { generator, target in
      let formula = generator.formula(4)
      let samples = ["--samples", "4"] + Self.limits
      if target.run(["check", formula] + samples).output.contains("disagree") {
        target.report("engines disagree about \(formula)")
      }
      let derivative = ProgramRun(["diff", formula, "--wrt", "x"])
      guard derivative.status == 0 else { return }
      let claim = "x: " + derivative.output.split(separator: "\n").joined()
      let own = target.run(["check", formula, "--gradient", claim] + samples).output
      // The formula ln(u)*u^v has no value where u is 0, and neither has one with 0/0 where the
      // derivative is a limit: a hole in a formula is no wrong number.
      if own.contains("disagree"), !own.contains("the claim has no value") {
        target.report("diff \(formula) is wrong: \(claim)\n\(own)")
      }
    }
  }
}

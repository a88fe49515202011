// `eval --data --reduce`: sums and means over rows, against the same sum written out.
import Testing

@testable import Commands

@Suite struct DataReductionTests {
  private static let table = "x,y\n1,2\n2,3.9\n3,6.2\n4,8.1\n"
  private static let loss = "(y - w*x - b)^2"

  private func run(_ expression: String, _ options: [String], _ input: String) -> ProgramRun {
    ProgramRun(["eval", expression, "--data", "-"] + options, input: Array(input.utf8))
  }

  private func json(_ expression: String, _ options: [String], _ input: String) throws -> JSONValue
  {
    try run(expression, options + ["--format", "json"], input).json()
  }

  @Test(arguments: ["sum", "mean"])
  func theSumIsThatOfTheTerms(reduction: String) throws {
    let written = Self.table.split(separator: "\n").dropFirst().map { row in
      let fields = row.split(separator: ",")
      return "(\(fields[1]) - w*\(fields[0]) - b)^2"
    }.joined(separator: " + ")
    let divisor = reduction == "sum" ? "1" : "4"
    let options = ["--at", "w=2.25,b=0.5", "--hessian"]
    let alone = try ProgramRun(
      ["eval", "(\(written))/\(divisor)"] + options + ["--format", "json"]
    ).json()
    for mode in ["forward", "reverse"] {
      let whole = try json(
        Self.loss, options + ["--reduce", reduction, "--mode", mode], Self.table)
      let value = try #require(whole["value"].number)
      #expect((value - (alone["value"].number ?? .nan)).magnitude < 1e-12)
      for name in ["w", "b"] {
        let partial = try #require(whole["gradient"][name].number)
        #expect((partial - (alone["gradient"][name].number ?? .nan)).magnitude < 1e-12)
        for other in ["w", "b"] {
          let second = whole["hessian"][name][other].number
          #expect(second == alone["hessian"][name][other].number && second != nil)
        }
      }
      #expect(whole["data"]["rows"].number == 4 && whole["data"]["omitted"].number == 0)
    }
  }

  @Test func blocksAndRowsByThemselvesAgree() throws {
    var random = SplitMix64(state: 3)
    let rows = (0..<1000).map { _ in
      "\(Double.random(in: 0...1, using: &random)),\(Double.random(in: -1...1, using: &random))"
    }
    let table = "x,y\n" + rows.joined(separator: "\n")
    let smooth = try json("(y - tanh(w*x))^2", ["--at", "w=0.7", "--reduce", "sum"], table)
    // The same with a kink that no row is near to: no blocks.
    let other = try json(
      "(y - tanh(w*x))^2 + 0*abs(x + 5)", ["--at", "w=0.7", "--reduce", "sum"], table)
    #expect(smooth["value"].number == other["value"].number)
    #expect(smooth["gradient"]["w"].number == other["gradient"]["w"].number)
    let first = try json("w*x", ["--at", "w=1", "--reduce", "sum", "--rows", "1:400"], table)
    let rest = try json("w*x", ["--at", "w=1", "--reduce", "sum", "--rows", "401:"], table)
    let all = try json("w*x", ["--at", "w=1", "--reduce", "sum"], table)
    let parts = try #require(first["value"].number) + (rest["value"].number ?? .nan)
    #expect((parts - (all["value"].number ?? .nan)).magnitude < 1e-12)
  }

  /// What plain additions lose.
  @Test func sumsAreCompensated() {
    let table = "x\n1e16\n" + String(repeating: "1\n", count: 1000) + "-1e16\n"
    let result = run("w*x", ["--at", "w=1", "--reduce", "sum"], table)
    #expect(result.output == "value  1000\nd/dw   1000\n")
    let directed = run(
      "w*x + v", ["--at", "w=1,v=2", "--reduce", "sum", "--direction", "w=1,v=3"], "x\n2\n5\n")
    #expect(directed.output == "value       11\nderivative  13\n")
  }

  @Test func rowsWithoutAResultAreLeftOutAndNamed() {
    let result = run("w*ln(x)", ["--at", "w=2", "--reduce", "mean"], "x\n1\nq\n-1\n1\n")
    #expect(result.output == "value  0\nd/dw   0\n" && result.status == 1)
    #expect(result.error.contains("line 3: column 'x'") && result.error.contains("line 4: ln(-1)"))
    #expect(result.error.contains("2 of 4 rows have no result: the mean leaves them out"))
    let nothing = run("w*ln(x)", ["--at", "w=2", "--reduce", "mean"], "x\n-1\n")
    #expect(nothing.status == 2 && nothing.error.contains("no row with a result"))
  }

  @Test func aSampleIsDrawnBySeed() throws {
    let table = "x\n" + (1...200).map { "\($0)\n" }.joined()
    let options = ["--at", "w=1", "--reduce", "sum", "--batch", "20"]
    let one = try json("w*x", options, table)
    #expect(one["data"]["rows"].number == 20)
    #expect(
      try json("w*x", options + ["--seed", "1"], table)["value"].number == one["value"].number)
    #expect(
      try json("w*x", options + ["--seed", "2"], table)["value"].number != one["value"].number)
    let means = try (1...40).map { seed in
      try #require(
        try json(
          "w*x", ["--at", "w=1", "--reduce", "mean", "--batch", "20", "--seed", "\(seed)"], table)[
            "value"
          ]
          .number)
    }
    #expect((means.reduce(0, +) / 40 - 100.5).magnitude < 6)
  }

  @Test(arguments: [
    (["--at", "w=1"], "--data needs --reduce"),
    (["--at", "w=1,x=2", "--reduce", "sum"], "is a column"),
    (["--at", "w=0:1:0.5", "--reduce", "sum"], "one point"),
    (["--reduce", "sum"], "has no column 'w'"),
    (["--at", "w=1", "--reduce", "sum", "--mode", "numerical"], "has no --mode"),
    (["--at", "w=1", "--reduce", "sum", "--keep"], "exclude each other"),
    (["--at", "w=1", "--reduce", "sum", "--seed", "3"], "belongs to --batch"),
    (["--at", "w=1", "--reduce", "sum", "--rows", "3:1"], "--rows cannot be"),
  ])
  func otherRequestsAreRefused(options: [String], message: String) {
    let result = run("w*x", options, "x\n1\n")
    #expect(result.status == 2 && result.error.contains(message), "\(result.error)")
  }
}

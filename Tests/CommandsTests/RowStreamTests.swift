// Tables in pieces and on several threads: the same bytes, however they come and whoever works on them.
import Language
import Testing

@testable import CommandLine
@testable import Commands

@Suite struct RowStreamTests {
  /// What a run writes and says, with a file in pieces of a size.
  private func run(
    _ expression: String, _ table: String, _ options: [String], pieces: Int?
  ) -> (status: Int32, output: String, error: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: ["p": table], pieceSize: pieces)
    let source = options.contains("--data") ? [] : ["--points", "p"]
    let status = Program.run(["eval", expression] + source + options, terminal)
    return (status, recording.output, recording.error)
  }

  private static let tables = [
    "x,y\n1,2\n\n-3,4\r\n5,6\r\n", "x,y\r1,2\r\r-3,4\r5,q", "\u{FEFF}x;y\n1;2\n-3;4\n",
    "y,\"x\",z\r\n1,\"2\",\"a\n\"\"b\r\n\"\n3,4,5\"6\n1,\"2\"3,4\n1,2\n7,8,\"\"\n",
    "\n\n\"x\"\t\"y\"\n1\t2\n\"3\"\t4", "x,y\n1,2\n3,\"4\n", "x,y\n1,2\n3\0,4\n5,6\n",
    "{\"x\": 1, \"y\": 2}\n\n{\"y\": 3, \"x\": \"4\"}\r\n{}\n{\"x\":1", "x,y", "", "\n", "x,y\r",
  ]

  @Test(arguments: tables, [[], ["--keep"], ["--rows", "2:3"], ["--strict", "--format", "json"]])
  func piecesDoNotMatter(table: String, options: [String]) {
    let whole = run("ln(x)*y^2", table, options, pieces: nil)
    for pieces in [1, 2, 3, 5, 7, 64] {
      let result = run("ln(x)*y^2", table, options + ["--jobs", "3"], pieces: pieces)
      #expect(result == whole, "\(pieces)")
    }
  }

  /// The order of rows and of what is said of them, faults behind them, and the first that ends a run.
  @Test(arguments: [
    [], ["--strict"], ["--rows", "500:2500"], ["--hessian"], ["--format", "json", "--keep"],
    ["--data", "p", "--reduce", "mean", "--at", "a=2"],
    ["--data", "p", "--reduce", "sum", "--at", "a=2", "--batch", "50"],
  ])
  func threadsDoNotMatter(options: [String]) {
    var random = SplitMix64(state: 3)
    let rows = (0..<3000).map { index in
      index == 2000
        ? "\(index),1" : "\(index),\(Double.random(in: -0.01...9, using: &random)),\"\n\""
    }
    let table = "i,x,t\n" + rows.joined(separator: "\n") + "\n"
    let expression = options.contains("--data") ? "a*ln(x)" : "ln(x)"
    let alone = run(expression, table, options, pieces: nil)
    #expect(!alone.output.isEmpty && !alone.error.isEmpty)
    for jobs in ["1", "2", "5"] {
      for pieces in [200, 9000] {
        let result = run(expression, table, options + ["--jobs", jobs], pieces: pieces)
        #expect(result == alone, "\(jobs) \(pieces)")
      }
    }
  }

  @Test func jobsAreANumber() {
    for jobs in ["0", "-1", "x", "1000"] {
      #expect(run("x", "x\n1\n", ["--jobs", jobs], pieces: nil).status == 2)
    }
    #expect(ProgramRun("eval", "x", "--at x=1 --jobs 2").error.contains("belongs to --points"))
  }

  // MARK: Numbers

  /// Doubles of every size, of few and of many digits.
  private static var doubles: [Double] {
    var random = SplitMix64(state: 4)
    var numbers = (UInt64(0)..<2047).flatMap { exponent in
      [0, 1, 1 << 51, 1 << 52 - 1].map { Double(bitPattern: exponent << 52 | $0) }
    }
    for _ in 0..<20_000 {
      numbers.append(Double(bitPattern: random.next()))
      numbers.append(Double(random.next() % 1_000_000_000) / 1000)
      numbers.append(Double(random.next() >> random.next() % 60))
      numbers.append(Double.random(in: -1...1, using: &random))
    }
    return numbers + [-0.0, 0x1p53, 0x1p53 + 2, 0x1p54, 0.0001, 0.00009999999999999999]
  }

  @Test func numbersAreTheShortest() {
    for number in Self.doubles {
      let text = String(decoding: shortestBytes(number), as: UTF8.self)
      let expected = number.description
      #expect(text == (expected.hasSuffix(".0") ? String(expected.dropLast(2)) : expected))
      if number.isFinite {
        #expect(
          decimalNumber(shortestBytes(number).span)?.bitPattern == number.bitPattern, "\(text)")
      }
    }
  }

  /// Halfway between two doubles, and a little beside.
  @Test func tiesAreReadExactly() {
    for text in [
      "9007199254740993", "9007199254740993.0000000000000001", "9007199254740992.9999999999999999",
      "1.00000000000000011102230246251565404236316680908203125", "0.000000000000000000000000001e27",
      "18446744073709551615", "18446744073709551616", "2.2250738585072014e-308", "4.9e-324",
      "1.7976931348623157e308", "1e23", "8.5e22", "00000000000000000000000001", "0e999", "-0",
    ] {
      #expect(
        decimalNumber(Array(text.utf8).span)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }
}

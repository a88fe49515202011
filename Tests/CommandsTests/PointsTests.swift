// `eval --points`: rows of a file in, rows of results out, and what is wrong with some of them.

@testable import CommandLine
import Language
import Testing

@testable import Commands

@Suite struct PointsTests {
  private func run(_ expression: String, _ options: [String] = [], _ input: String) -> ProgramRun {
    ProgramRun(["eval", expression, "--points", "-"] + options, input: Array(input.utf8))
  }

  @Test(arguments: [
    "a,x,y\nq,3,2\n", "a,x,y\r\nq,3,2\r\n", "\u{FEFF}a;x;y\n\nq;3;2",
    "a\tx\ty\r\r\"q\"\t\"3\"\t 2\n\n",
    "\u{FEFF}\"a\",\"x\",\"y\"\n\"q\n\"\"\",3.0e0,+2",
  ])
  func everyFormOfATableIsRead(input: String) {
    let result = run("x*y^2", ["--format", "json"], input)
    #expect(result.output == "{\"x\": 3, \"y\": 2, \"value\": 12, \"d/dx\": 4, \"d/dy\": 12}\n")
    #expect(result.status == 0 && result.error.isEmpty)
  }

  /// Every row has the digits that the command gives for its point alone.
  @Test(arguments: ["ln(x)+x*y-sin(y)", "sum(i,1,y,x^i)", "exp(x)/(exp(x)+exp(y))", "[x*y,x/y]"])
  func aRowIsThePointAlone(expression: String) {
    let rows = [("2", "5"), ("0.1", "3"), ("7e2", "1")]
    let table = run(expression, [], "x,y\n" + rows.map { "\($0),\($1)\n" }.joined())
    let lines = table.output.split(separator: "\n")
    for (line, row) in zip(lines.dropFirst(), rows) {
      let alone = ProgramRun("eval", expression, "--at x=\(row.0),y=\(row.1) --format csv")
      let expected = alone.output.split(separator: "\n")[1].split(separator: ",").dropFirst(2)
      #expect(line.split(separator: ",").dropFirst(2) == expected, "\(row)")
      #expect(lines[0] == alone.output.split(separator: "\n")[0])
    }
    #expect(lines.count == 4 && table.status == 0)
  }

  /// Rows in trouble stand inside of blocks, at their ends, and behind them; the others are evaluated
  /// together, and all come out in their order.
  @Test(arguments: ["ln(x)+x*y-sin(y)", "[x/y, sqrt(x)]", "sqrt(x)*abs(y)"])
  func blocksKeepOrderAndDigits(expression: String) {
    var random = SplitMix64(state: 5)
    let rows = (0..<700).map { index in
      let x =
        [0, 3, 255, 256, 300, 511, 512, 699].contains(index)
        ? -1 : Double.random(in: 0.1...9, using: &random)
      return "\(x),\(index % 100 == 7 ? 0 : Double.random(in: 0.1...1, using: &random))"
    }
    let lines = run(expression, [], "x,y\n" + rows.joined(separator: "\n")).output
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 702)
    for index in [0, 1, 3, 4, 7, 107, 254, 255, 256, 257, 400, 511, 512, 698, 699] {
      let alone = run(expression, [], "x,y\n" + rows[index]).output.split(separator: "\n")
      #expect(lines[index + 1] == alone[1], "\(index)")
    }
    let strict = run(expression, ["--strict"], "x,y\n" + rows[4...].joined(separator: "\n"))
    let last = expression.contains("/") ? 7 : 255
    #expect(strict.output.hasSuffix(lines[5...(last + 1)].joined(separator: "\n") + "\n"))
    #expect(strict.status == 1)
  }

  /// A fault of the file far behind does not take away what stands before it.
  @Test func rowsBeforeAFaultAreWritten() {
    let result = run("x^2", [], "x\n1\n2\n3\0\n")
    #expect(result.output == "x,value,d/dx\n1,1,2\n2,4,4\n" && result.status == 2)
  }

  @Test func numbersAreReadAsTheLanguageReadsThem() {
    var random = SplitMix64(state: 9)
    for _ in 0..<20_000 {
      let digits = String(random.next() >> UInt64.random(in: 1...60, using: &random))
      var text = ["", "-", "+"].randomElement(using: &random) ?? ""
      let point = Int.random(in: 0...digits.count, using: &random)
      text += digits.prefix(point) + (["", ".", "."].randomElement(using: &random) ?? "")
      text += digits.dropFirst(point)
      if Bool.random(using: &random) { text += "e\(Int.random(in: -330...330, using: &random))" }
      let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
      #expect(decimalNumber(Array(text.utf8).span)?.bitPattern == expected?.bitPattern, "\(text)")
    }
    for text in [
      "", " ", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x1p3", "nan", "inf", "1 2", "1e5e5",
    ] {
      #expect(decimalNumber(Array(text.utf8).span) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    0.1, -0.0, .leastNonzeroMagnitude, 1e16, 1e15, 123456789.5, 3, 1.7976931348623157e308, 0.00001,
  ])
  func numbersAreWrittenAsEverywhere(value: Double) {
    #expect(String(decoding: shortestBytes(value), as: UTF8.self) == shortest(value))
  }

  @Test func badRowsAreNamedAndTheOthersGoOn() {
    let result = run("ln(x)", [], "n,x\na,1\nb,zwei\nc,-1\nd\ne,\nf,1e999\ng,\"1\"2\nh,1\n")
    #expect(
      result.output.split(separator: "\n") == [
        "x,value,d/dx", "1,0,1", "zwei,,", "-1,,", ",,", ",,", "1e999,,", "12,,", "1,0,1",
      ])
    for line in ["line 3: column 'x'", "line 4: ", "line 5: 1 field,", "line 6: column 'x'"] {
      #expect(result.error.contains("error: standard input, \(line)"), "\(line)")
    }
    #expect(result.error.contains("6 of 8 rows") && result.status == 1)
    #expect(run("ln(x)", ["--strict"], "x\n-1\n1\n").output == "x,value,d/dx\n-1,,\n")
  }

  @Test func messagesAreBounded() {
    let result = run("sqrt(x)", [], "x\n" + String(repeating: "-4\n", count: 50))
    #expect(result.error.split(separator: "\n").count == 11 && result.status == 1)
    #expect(result.error.contains("50 of 50 rows"))
  }

  /// What is kept is not read as a number, which would lose the zeros and digits of a name.
  @Test func keptFieldsStayWhatTheyAre() {
    let result = run("x", ["--keep", "--format", "json"], "id,n,x\n007,,1.50\n")
    #expect(
      result.output == "{\"id\": \"007\", \"n\": null, \"x\": 1.5, \"value\": 1.5, \"d/dx\": 1}\n")
  }

  @Test func aResultBeyondTheRangeIsNoResult() {
    let result = run("exp(x)", [], "x\n800\n0\n")
    #expect(result.output == "x,value,d/dx\n800,,\n0,1,1\n" && result.status == 1)
    #expect(result.error.contains("line 2"))
  }

  @Test func otherColumnsAreKept() {
    #expect(
      run("2*x", ["--keep"], "\"a,b\",x\n\"p\"\"q\",3\n").output
        == "\"a,b\",x,value,d/dx\n\"p\"\"q\",3,6,2\n")
    #expect(
      run("x*y", ["--direction", "x=1,y=2"], "x,y\n3,4\n").output
        == "x,y,value,derivative\n3,4,12,10\n")
    #expect(
      run("x^2*y", ["--hessian"], "x,y\n3,4\n").output
        == "x,y,value,d/dx,d/dy,d²/dx²,d²/dxdy,d²/dy²\n3,4,36,24,9,8,6,0\n")
  }

  @Test(arguments: [
    ("", "is empty"), ("x,x\n1,1\n", "two columns"), ("y\n1\n", "no column 'x'"),
    ("x\n1\0\n", "NUL"), ("x\n\"1\n", "never closed"), ("\"x\"y,x\n", "beside"),
  ])
  func whatIsNoTableIsRefused(input: String, message: String) {
    let result = run("x^2", [], input)
    #expect(result.status == 2 && result.error.contains(message), "\(result.error)")
  }

  /// A long row is read, one without an end is not.
  @Test(arguments: [(1 << 17, 0, ""), (1 << 21, 2, "bytes")] as [(Int, Int32, String)])
  func longRows(length: Int, status: Int32, message: String) {
    let long = "x,y\n1,2\n\"" + String(repeating: "7", count: length) + "\",3\n4,5\n"
    let result = run("y", [], long)
    #expect(result.status == status)
    #expect(message.isEmpty ? result.error.isEmpty : result.error.contains(message))
    #expect(run("y", ["--keep"], long).output.hasSuffix("\n4,5,5,1\n") == (status == 0))
  }

  @Test func anExpressionThatNoRowHelpsIsRefused() {
    #expect(run("foo(x)", [], "x\n1\n").status == 2)
    #expect(run("x", ["--mode", "all"], "x\n1\n").status == 2)
    #expect(ProgramRun("eval", "x", "--at x=1 --keep").status == 2)
  }

  /// However the bytes are cut into pieces and whatever they are, there is one end, and the same.
  @Test func mutationsAreReadTheSameInPieces() {
    var random = SplitMix64(state: 17)
    let seed = Array("\u{FEFF}a,\"x\"\r\n\"p\"\"\n\",1.5\n\nb,-2e-3\r\r\n".utf8)
    let alphabet = Array("\"\",,\r\n\n;\t1e-.x\0".utf8)
    for _ in 0..<3000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = alphabet.randomElement(using: &random) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(outcome(text, pieces: nil) == outcome(text, pieces: 1), "\(text)")
    }
  }

  private func outcome(_ table: String, pieces: Int?) -> [String] {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: ["p": table], pieceSize: pieces)
    let status = Program.run(["eval", "x*1", "--points", "p", "--keep"], terminal)
    return ["\(status)", recording.output, recording.error]
  }
}

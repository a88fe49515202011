// Sessions: what lines mean, from a pipe and on a terminal that is played by a list of bytes.

@testable import CommandLine
import Testing

@testable import Commands

/// A terminal on which somebody types, and what it is asked to do.
final class TypedSession {
  let recording = Terminal.Recording()
  var chunks: [Terminal.InputChunk]
  var modes: [Bool] = []
  var files: [String: [UInt8]] = [:]
  var isolated = 0
  var ending: Terminal.Ending?
  private(set) var status: Int32 = 0

  init(
    _ chunks: [Terminal.InputChunk], term: String? = "xterm", outputIsTerminal: Bool = true,
    history: String? = nil, ending: Terminal.Ending? = nil
  ) {
    self.chunks = chunks
    self.ending = ending
    let path = "/state/autodiff/history"
    files[path] = history.map { Array($0.utf8) }
    var environment = ["LANG": "C.UTF-8", "XDG_STATE_HOME": "/state", "NO_COLOR": "1"]
    environment["TERM"] = term
    var interaction = Terminal.Interaction(readChunk: { [unowned self] () throws(FileError) in
      self.chunks.isEmpty ? .end : self.chunks.removeFirst()
    })
    interaction.setKeyByKey = { [unowned self] in
      modes.append($0)
      return true
    }
    interaction.isolate = { [unowned self] body in
      isolated += 1
      return self.ending ?? .finished(body())
    }
    interaction.names = { $0 == "." ? ["a.ad", "lib/"] : ["b.ad"] }
    interaction.append = { [unowned self] in files[$1, default: []] += $0 }
    interaction.rewrite = { [unowned self] in files[$0] = $1(files[$0] ?? []) }
    let terminal = Terminal(
      Terminal.System(
        readInput: { () throws(FileError) in [] },
        readFile: { [unowned self] path throws(FileError) in
          if let bytes = files[path] { return bytes }
          throw FileError(path: path, reason: "none")
        },
        write: recording.write, environment: { environment[$0] },
        isTerminal: { $0 != .output || outputIsTerminal }, columns: { 40 },
        interaction: interaction))
    status = Program.run([], terminal)
  }

  convenience init(_ keys: String..., history: String? = nil) {
    self.init(keys.map { .bytes(Array($0.utf8)) }, history: history)
  }

  var history: String { String(decoding: files["/state/autodiff/history"] ?? [], as: UTF8.self) }

  /// What was printed between the lines that were typed: rows without escape sequences and prompts.
  var results: [String] {
    let parts = recording.output.components(of: "\u{1B}[?2004l")
    return parts.dropFirst().map { part in
      String(part.components(of: "\u{1B}[?2004h")[0].drop { $0 == "\n" || $0 == "\r\n" })
    }
  }
}

extension String {
  func components(of separator: String) -> [String] {
    var parts: [String] = [""]
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.unicodeScalars.starts(with: separator.unicodeScalars) {
        rest = Substring(rest.unicodeScalars.dropFirst(separator.unicodeScalars.count))
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(rest.unicodeScalars.first!)
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    }
    return parts
  }
}

@Suite struct PipedSessionTests {
  private func run(
    _ input: String, files: [String: String] = [:]
  ) -> (status: Int32, output: String, error: String) {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: input, files: files, environment: ["LANG": "C.UTF-8"])
    let status = Program.run([], terminal)
    return (status, recording.output, recording.error)
  }

  @Test(
    arguments: [
      ("", ""), ("# nothing", ""), ("2^10", "1024\n"), ("a = 3\na^2; a", "9\n3\n"),
      ("f(x) = x^2\nf(3)\neval f --at x=2", "9\nvalue  4\nd/dx   4\n"), ("[1, 2/4]", "[1, 0.5]\n"),
      // The last value.
      ("2\nans*3\nans^2", "2\n6\n36\n"), ("1-3\nans^2", "-2\n4\n"),
      ("2; b = ans; 7; b", "2\n7\n2\n"),
      ("eval x --at x=5\nans + 1", "value  5\nd/dx   1\n6\n"),
      ("2\neval x^3 --at x=ans,y=1 --wrt x", "2\n"),
      ("2\neval x^ans --at x=ans+1 --wrt x", "2\nvalue  9\nd/dx   6\n"),
      ("4; f(x) = ans*x; 5; f(2)", "4\n5\n8\n"), ("4; f(ans) = ans^2; f(3)", "4\n9\n"),
      ("ans = 7; 1; ans", "1\n7\n"), ("4; ans = ans + 1; 1; ans", "4\n1\n5\n"),
      ("e = e + 1; e > 3.7", "1\n"), ("3; ln(-1); ans", "3\nnan\n3\n"),
      (
        "1; eval x --at x=0:3:1 --format csv; ans",
        "1\nx,value,d/dx\n0,0,1\n1,1,1\n2,2,1\n3,3,1\n1\n"
      ),
      // Definitions that are replaced.
      ("a = 1; f(x) = a*x; a = 5; f(2)", "10\n"), ("a = 1; a = a + 1; a = a*10; a", "20\n"),
      ("x = 4; x = { y = x; y + 1 }; x; x = { y = 2*x; y }; x", "5\n10\n"),
      ("f(x) = x; g(x) = f(x)^2; f(x) = 3*x; g(1)", "9\n"), ("f(x) = x\nf", "f(x) = x\n"),
      ("f(x) = x; f = 3; f", "3\n"), ("b = 2*a; a = 3; b; a = 4; b", "6\n8\n"),
      ("a = (1 +\n# c\n\n 2)*\n3\na", "9\n"), ("eval 'x\n' --at x=1", "value  1\nd/dx   1\n"),
      ("autodiff eval 2", "value  2\n"), ("a = 1; definitions; forget a; definitions", "a = 1\n"),
      // Declared derivatives, which their function's new definition ends.
      ("f(x) = x^2; derivative f(x) = 5*x; f'(1); f(x) = x^3; f'(1)", "5\n3\n"),
      ("f(x) = x; derivative f(x) = 2; derivative f(x) = 3; f'(1)", "3\n"),
      ("f(x) = x; derivative f(x) = 2\ng(x) = f(x)*x; g'(1); f(x) = x; g'(1)", "3\n2\n"),
      (
        "f(x) = x; derivative f(x) = 2 # c\nf\ndefinitions; forget f; definitions",
        "f(x) = x\nderivative f(x) = 2\nf(x) = x\nderivative f(x) = 2\n"
      ),
      ("f(x) = x; 4; derivative f(x) = ans; 5; f'(1)", "4\n5\n4\n"),
      ("f(x) = x; 4; derivative f(ans) = ans*3; f'(1)", "4\n3\n"),
      ("f(x) = { y = x\n y }\nderivative f(x) = [\n9]\nf'(1)", "9\n"),
      ("help e; 1; exit; 2", "e: Euler's number\n\nValue:\n  2.718281828459045\n1\n"),
      ("f(x) = x\nhelp f\nquit\n3", "f(x) = x\n"), ("1 +\\\n", ""), ("2", "2\n"),
      ("eval - --at x=3\nx^2", "value  9\nd/dx   6\n"),
    ])
  func prints(input: String, output: String) {
    #expect(run(input).output == output, "\(run(input).error)")
  }

  @Test(
    arguments: [
      (
        "x + 1",
        "1:1: error: 'x' has no value; define it, 'x = …', or give a point: eval '…' --at x=…"
      ),
      ("1\n  sin x", "2:7: error: 'sin' needs parentheses"),
      ("1\n\nq = q + 1", "3:1: error: 'q' is defined by itself"),
      ("evl x --at x=1", "1:1: error: 'evl' is not a command; did you mean 'eval'?"),
      ("eval x --mode revers", "1:1: error: --mode cannot be 'revers'"),
      ("help sni", "1:1: error: there is no help for 'sni'; did you mean 'sin'?"),
      ("abc = 1; forget abd", "1:10: error: 'abd' is not defined; did you mean 'abc'?"),
      ("forget", "1:1: error: 'forget' needs a name"),
      ("load none.ad", "1:1: error: cannot read 'none.ad'"),
      ("(\n\n", "1:1: error: this '(' is never closed"),
      ("sin(x) = 3", "1:1: error: 'sin' is a function of"),
      ("f(x) = ln(x)\n\nf(-1)", "1:8: error: ln(-1) is not defined"),
      ("derivative f(x) = 1", "1:12: error: 'f' is not a function that has been defined"),
      ("f(x) = x\nderivative f(x) = [1, 2]", "2:19: error: the derivative of 'f' needs 1 formula"),
      ("x = 1; f(x) = {\n y = x +* 2\n x = 5 }\n", "2:9: error: an operand is missing"),
      ("check x^2 --against cat", "1:1: error: a script or a pipe runs no program"),
    ])
  func tellsMistakesWithTheirPlace(input: String, error: String) {
    let result = run(input + "\n2*21")
    #expect(result.error.hasPrefix("standard input:" + error), "\(result.error)")
    #expect(result.status == (input.contains("ln(x)") ? 1 : 2))
    #expect(input.hasPrefix("(") || result.output.hasSuffix("42\n"))
  }

  @Test func aMistakeLosesNothing() {
    let result = run("a = 2\na = 3 +* 4\nsin(x) = 1\nf(x) = a*x\nf(x, = 3\nf(4); a")
    #expect(result.output == "8\n2\n" && result.status == 2)
  }

  @Test func loadsAgain() {
    let files = [
      "d.ad": "load \"lib/c.ad\"\nf(x) = c*x # comment\neval f --at x=1\n", "lib/c.ad": "c = 5",
      "e.ad": "f(x) = x; derivative f(x) = 3 # c\ng = 2\n",
    ]
    let result = run("load d.ad\nf(2)\nc = 7\nf(2)\nload \"d.ad\"\nf(2)\ndefinitions", files: files)
    #expect(result.output == "10\n14\n10\nc = 5\nf(x) = c*x\n" && result.error == "")
    let declared = run("load e.ad; f'(1); f(x) = x; f'(1); load e.ad; f'(1)\nf", files: files)
    #expect(declared.output == "3\n1\n3\nf(x) = x\nderivative f(x) = 3\n")
  }

  @Test func runsAScript() {
    let result = run("a = 1\nrun s.ad\na", files: ["s.ad": "a = 2\neval a"])
    #expect(result.output == "value  2\n1\n")
  }

  /// A bracket that is never closed does not make every line read all lines before it again.
  @Test func manyOpenLinesTakeNoTime() {
    let result = run("1 + (\n" + String(repeating: "1 +\n", count: 20_000) + "1)")
    #expect(result.output == "20002\n")
  }
}

@Suite struct InteractiveSessionTests {
  @Test func linesAndResults() {
    let session = TypedSession("a = 3\r", "f(x) = x^2 + a\rf(2)\r", "f\r\u{4}")
    #expect(session.results == ["", "", "7\n", "f(x) = x^2 + a\n", ""])
    #expect(session.status == 0 && session.recording.error == "")
    #expect(session.history == "a = 3\nf(x) = x^2 + a\nf(2)\nf\n")
  }

  @Test func theTerminalIsGivenBackForEveryCommandAndAtTheEnd() {
    let session = TypedSession("1\r", "eval - --at x=1\r")
    #expect(session.modes.last == false)
    #expect(session.modes.dropFirst(2) == [true, false, true, false, true, false])
  }

  @Test func anErrorIsToldWithoutAPlaceAndEndsNothing() {
    let session = TypedSession("1 +* 2\r", "x\r", "a = 2; eval a; eval q; eval a\r")
    #expect(session.recording.error.hasPrefix("error: an operand is missing"))
    #expect(!session.recording.error.contains(":1:"))
    #expect(session.results[2] == "value  2\nvalue  2\n" && session.status == 0)
  }

  @Test func aStatementOfSeveralLines() {
    let session = TypedSession("f(x) = (x\r", "+ 1)\r", "f(1)\r", "g(x) = (\r\r")
    #expect(session.results[1] == "2\n")
    #expect(session.history == "f(x) = (x\\n+ 1)\nf(1)\ng(x) = (\\n\n")
    #expect(session.recording.error.hasPrefix("error: this '(' is never closed"))
    #expect(session.recording.output.contains("\r\n... + 1)"))
  }

  @Test func aPasteIsLineByLineAndItsBlankLinesGiveNothingUp() {
    let session = TypedSession("\u{1B}[200~a = 1\r\nb = (a +\n\n\t2)\nb\n3\u{1B}[201~4\r")
    #expect(session.results == ["", "", "3\n", "34\n", ""])
  }

  @Test func aLongPasteIsReadOnce() {
    let lines = String(repeating: "1 +\n", count: 20_000)
    let session = TypedSession("\u{1B}[200~(\n\(lines)1)\n\u{1B}[201~")
    #expect(session.results[0] == "20001\n")
  }

  @Test func controlCClearsTheLine() {
    let session = TypedSession("abc\u{3}", "1\r")
    #expect(session.recording.output.contains("ad> abc") && session.results[0] == "1\n")
    #expect(session.history == "1\n")
  }

  @Test func commandsRunByThemselves() {
    let stopped = TypedSession(
      [.bytes(Array("2\rdiff x^2\ra = 1\ra\r".utf8))], ending: .interrupted)
    #expect(stopped.isolated == 3 && stopped.results.allSatisfy(\.isEmpty))
    #expect(stopped.recording.error == "\ninterrupted\n\ninterrupted\n\ninterrupted\n")
    let crashed = TypedSession([.bytes(Array("2\r".utf8))], ending: .crashed(signal: 11))
    let told = crashed.recording.error.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(told.contains("ended by signal 11") && crashed.status == 0)
  }

  /// Whoever types a program's name may run it; what comes from a pipe may not.
  @Test func aTypedCheckMayRunPrograms() {
    let session = TypedSession("check x^2/2 --against cat\r", "expect check x --against cat\r")
    #expect(session.recording.error.isEmpty || !session.recording.error.contains("runs no program"))
    #expect(session.isolated == 2)
  }

  @Test func theLastValueComesBack() {
    let session = TypedSession("1/3\r", "ans*3\r", "eval x --at x=ans\r")
    #expect(session.results == ["0.3333333333333333\n", "1\n", "value  1\nd/dx   1\n", ""])
  }

  @Test func historyOfEarlierSessions() {
    let session = TypedSession(
      "\u{1B}[A\u{1B}[A\r", " 5\r", "\u{12}1 +\r", history: "1 + 1\n(2\\n+ 3)\n7\n")
    #expect(session.results == ["5\n", "5\n", "2\n", ""])
    #expect(session.history == "1 + 1\n(2\\n+ 3)\n7\n(2\\n+ 3)\n1 + 1\n")
  }

  @Test func completion() {
    let session = TypedSession("qrst = 6\rqr\t*2\r", "si\t\t", "\u{15}load li\t\r")
    #expect(session.results[1] == "12\n")
    #expect(
      session.recording.output.contains(
        "simplify  sign(     sin(      sinh(\r\nsigmoid(  signum(   sinc("))
    #expect(session.history.hasSuffix("load lib/\n"))
  }

  @Test(arguments: ["dumb", "", nil])
  func withoutEditing(term: String?) {
    let session = TypedSession(
      [
        .bytes(Array("a = (1 +\n".utf8)), .bytes(Array("2)\na\n".utf8)), .interrupted,
        .bytes(Array("(\n\n5".utf8)),
      ],
      term: term)
    #expect(!session.recording.output.contains("\u{1B}") && session.modes.isEmpty)
    #expect(
      session.recording.output.hasSuffix(
        "ad> ... ad> 3\nad> \nad> ... ad> 5\nad> \n"))
    #expect(session.history == "")
  }

  @Test func withoutATerminalForTheOutput() {
    let session = TypedSession([.bytes(Array("1+1\n".utf8))], outputIsTerminal: false)
    #expect(session.recording.error == "ad> ad> \n" && session.recording.output == "2\n")
  }
}

/// Lines that belong together, and lines that have no end.
@Suite struct JoinedLineTests {
  @Test(arguments: [
    ("1+\\\n2\n", "3\n"), ("1\\\n+2\n", "3\n"), ("1+\\\r\n2\r\n", "3\n"),
    ("f(x) = x \\\n + 3\nf(2)\n", "5\n"), ("\\\n\\\n3\n", "3\n"), ("1 # a \\\n2\n", "1\n2\n"),
    ("[1, \\\n2]\n", "[1, 2]\n"), ("eval x \\\n--at x=1\n", "value  1\nd/dx   1\n"),
  ])
  func aBackslashJoinsTwoLines(input: String, output: String) {
    let run = ProgramRun([], input: Array(input.utf8))
    #expect(run.output == output && run.error == "" && run.status == 0)
  }

  @Test(arguments: ["1+\\", "1+\\ \n", "\\x\n"])
  func noLineFollows(input: String) {
    let run = ProgramRun([], input: Array(input.utf8))
    #expect(run.status == 2 && run.error.contains("error: "))
  }

  @Test(arguments: ["0", "(" + String(repeating: " ", count: 60) + "\n"])
  func aStatementWithoutEndIsRefused(piece: String) {
    let piece = Array(String(repeating: piece, count: (1 << 20) / piece.utf8.count).utf8)
    var chunks = 0
    let recording = Terminal.Recording()
    var interaction = Terminal.Interaction(readChunk: { () throws(FileError) in .end })
    interaction.readChunk = { () throws(FileError) in
      chunks += 1
      return .bytes(piece)
    }
    let status = Program.run([], .inMemory(recording: recording, interaction: interaction))
    #expect(status == 2 && recording.output == "")
    #expect(recording.error.contains("a statement is longer than 16 MiB"))
    #expect(chunks < 40)
  }
}

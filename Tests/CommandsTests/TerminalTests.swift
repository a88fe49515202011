// The terminal: buffering, streams that fail, width, locale, colour, and the real system below.
@testable import CommandLine
import Testing

@testable import Commands

@Suite struct TerminalTests {
  @Test func outputIsBufferedAndErrorsFollowIt() {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(recording: recording)
    terminal.write("one ")
    #expect(recording.output == "")
    terminal.writeError("warning")
    #expect(recording.output == "one " && recording.error == "warning")
    terminal.write("two")
    #expect(terminal.finish(1) == 1)
    #expect(recording.output == "one two")
  }

  @Test func aFullBufferIsHandedOver() {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(recording: recording)
    terminal.write(String(repeating: "x", count: 65_535))
    #expect(recording.outputBytes.isEmpty)
    terminal.write("x")
    #expect(recording.outputBytes.count == 65_536)
  }

  @Test func aClosedPipeEndsQuietly() {
    let recording = Terminal.Recording()
    recording.outputFailure = .closed
    let terminal = Terminal.inMemory(recording: recording)
    terminal.write("text")
    terminal.flush()
    #expect(!terminal.isOutputOpen)
    terminal.write("more")
    #expect(terminal.finish(0) == 141)
    #expect(recording.error == "")
  }

  @Test func aFullDiskIsReported() {
    let recording = Terminal.Recording()
    recording.outputFailure = .failed(reason: "No space left on device")
    let terminal = Terminal.inMemory(recording: recording)
    terminal.write("text")
    #expect(terminal.finish(0) == 2)
    #expect(recording.error == "error: cannot write the output: No space left on device\n")
  }

  @Test func inputWithoutAnEndIsRefused() {
    var chunks = 0
    var interaction = Terminal.Interaction(readChunk: { () throws(FileError) in
      chunks += 1
      return .bytes(Array(repeating: 0, count: 16 << 20))
    })
    interaction.hasInput = { _ in true }
    let terminal = Terminal(
      Terminal.System(
        readInput: { () throws(FileError) in [] },
        readFile: { _ throws(FileError) in [] }, write: { _, _ in nil }, environment: { _ in nil },
        isTerminal: { _ in false }, columns: { nil }, interaction: interaction))
    #expect(throws: FileError(path: nil, reason: "it is larger than 128 MiB")) {
      try terminal.readInput()
    }
    #expect(chunks == 9)
    let endless = FileError(path: "/dev/zero", reason: "it is larger than 128 MiB")
    #expect(throws: endless) { try Terminal.system().readFile("/dev/zero") }
  }

  @Test func readsInputAndFiles() throws {
    let files = ["a.ad": "file"]
    let terminal = Terminal.inMemory(recording: Terminal.Recording(), input: "in", files: files)
    let other = Terminal.inMemory(recording: Terminal.Recording(), input: "in")
    #expect(try terminal.readInput() == Array("in".utf8))
    #expect(try other.readFile("-") == Array("in".utf8))
    let twice = FileError(path: nil, reason: "it has been read already")
    #expect(throws: twice) { try terminal.readFile("-") }
    #expect(try terminal.readFile("a.ad") == Array("file".utf8))
    let error = FileError(path: "b.ad", reason: "No such file or directory")
    #expect(throws: error) { try terminal.readFile("b.ad") }
    #expect(error.message == "cannot read 'b.ad': No such file or directory")
  }

  @Test(
    arguments: [
      ([:], true, 100), ([:], false, nil), (["COLUMNS": "60"], true, 60),
      (["COLUMNS": "60"], false, 60),
      (["COLUMNS": "0"], true, 100), (["COLUMNS": "wide"], false, nil),
      (["COLUMNS": ""], true, 100),
      (["COLUMNS": "-5"], false, nil),
    ] as [([String: String], Bool, Int?)])
  func width(environment: [String: String], isTerminal: Bool, expected: Int?) {
    let terminal = Terminal.inMemory(
      recording: Terminal.Recording(), environment: environment,
      terminals: isTerminal ? [.output] : [], columns: 100)
    #expect(terminal.width == expected)
  }

  @Test(
    arguments: [
      ([:], false), (["LANG": "C"], false), (["LANG": "POSIX"], false), (["LANG": "C.UTF-8"], true),
      (["LANG": "de_DE.utf8"], true), (["LANG": "de_DE@euro"], false),
      (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false),
      (["LC_ALL": "", "LANG": "en_US.UTF-8"], true),
      (["LC_CTYPE": "UTF-8", "LANG": "C"], true),
    ] as [([String: String], Bool)])
  func unicode(environment: [String: String], expected: Bool) {
    let terminal = Terminal.inMemory(recording: Terminal.Recording(), environment: environment)
    #expect(terminal.usesUnicode == expected)
  }

  @Test(
    arguments: [
      ([:], ColorOption.auto, true, true), ([:], .auto, false, false), ([:], .always, false, true),
      ([:], .never, true, false), (["NO_COLOR": "1"], .auto, true, false),
      (["NO_COLOR": "1"], .always, true, false), (["NO_COLOR": ""], .auto, true, true),
      (["TERM": "dumb"], .auto, true, false), (["TERM": "xterm"], .auto, true, true),
    ] as [([String: String], ColorOption, Bool, Bool)])
  func color(
    environment: [String: String], option: ColorOption, isTerminal: Bool, expected: Bool
  ) {
    let terminal = Terminal.inMemory(
      recording: Terminal.Recording(), environment: environment,
      terminals: isTerminal ? [.error] : [])
    #expect(terminal.allowsColor(for: .error, option: option) == expected)
  }
}

@Suite struct SystemTerminalTests {
  @Test func readsAFileWhole() throws {
    let bytes = try Terminal.system().readFile(#filePath)
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("// The terminal: buffering"))
    #expect(bytes.last == UInt8(ascii: "\n"))
  }

  @Test(arguments: [
    ("/no/such/file", "No such file or directory"), ("/", "Is a directory"),
    ("a\0b", "Invalid argument"),
  ])
  func saysWhyItCannot(path: String, reason: String) {
    #expect(throws: FileError(path: path, reason: reason)) {
      try Terminal.system().readFile(path)
    }
  }
}

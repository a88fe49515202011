// The forms of files of rows besides separated values: NDJSON, NumPy arrays, workers, output files.
@testable import CommandLine
import Testing

@testable import Commands

@Suite struct RowFormTests {
  private func run(_ words: String..., input: [UInt8]) -> ProgramRun {
    ProgramRun(["eval"] + words, input: input)
  }

  private func run(_ words: String..., input: String) -> ProgramRun {
    ProgramRun(["eval"] + words, input: Array(input.utf8))
  }

  /// The bytes of an array file as NumPy writes it.
  private func array(_ type: String, _ shape: String, _ data: [UInt8], order: String = "False")
    -> [UInt8]
  {
    let text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    let padded = text + String(repeating: " ", count: 117 - text.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + data
  }

  private func bytes<Number: FixedWidthInteger>(_ bits: [Number]) -> [UInt8] {
    bits.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
  }

  // MARK: Input

  @Test(arguments: [
    "{\"x\": 3, \"y\": 2}\n", "\u{FEFF}{\"x\":3,\"y\":\"2\"}", "\n  {\"y\":2.0 , \"x\":3e0}\r\n\n",
    "{\"o\": {\"x\": [1, \"}\"]}, \"x\": 3, \"y\": 2}\n",
    "{\"\\u0078\": 3, \"y\": 2, \"s\": \"\\\"\"}",
  ])
  func objectsAreRows(input: String) {
    let result = run("x*y^2", "--points", "-", "--format", "json", input: input)
    let members = result.output.dropFirst().dropLast(2).split(separator: ", ").sorted()
    #expect(members == ["\"d/dx\": 4", "\"d/dy\": 12", "\"value\": 12", "\"x\": 3", "\"y\": 2"])
    #expect(result.status == 0 && result.error.isEmpty)
  }

  @Test func whatIsNoObjectIsNamed() {
    let input = "{\"x\":1}\n[2]\n{\"y\":3}\n{\"x\":null}\n{\"x\":4\n{\"x\":5}x\n{\"x\":6}\n"
    let result = run("x^2", "--points", "-", input: input)
    #expect(result.output == "x,value,d/dx\n1,1,2\n,,\n,,\n,,\n,,\n,,\n6,36,12\n")
    for line in 2...6 { #expect(result.error.contains("line \(line): "), "\(line)") }
    #expect(result.status == 1)
    #expect(run("x", "--points", "-", input: "{\"x\":1").status == 2)
  }

  /// An archive as `numpy.savez` writes it: the files behind their headers, and a directory.
  private func archive(
    _ files: [(name: String, content: [UInt8])], method: UInt8 = 0, flags: UInt8 = 0
  ) -> [UInt8] {
    let word = { (number: Int) in [UInt8(number & 255), UInt8(number >> 8 & 255), 0, 0] }
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in files {
      let size = word(content.count) + word(content.count)
      let names = Array("\(name).npy".utf8)
      let common = [45, 0, flags, 0, method, 0] + Array(repeating: 0, count: 8) + size
      directory += [0x50, 0x4B, 1, 2, 45, 0] + common + [UInt8(names.count), 0]
      directory += Array(repeating: 0, count: 12) + word(bytes.count) + names
      // What a writer puts into a local header only, an extra field, is passed over.
      bytes += [0x50, 0x4B, 3, 4] + common + [UInt8(names.count), 0, 20, 0] + names
      bytes += Array(repeating: 1, count: 20) + content
    }
    let count = [UInt8(files.count), 0, UInt8(files.count), 0]
    let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + word(directory.count) + word(bytes.count)
    return bytes + directory + end + [0, 0]
  }

  @Test func archivesOfArraysAreRows() {
    let content = array("<f8", "(2,)", bytes([0.5, 3].map(\.bitPattern)))
    let integers = array(">i4", "(2,)", bytes([Int32(7).byteSwapped, Int32(-2).byteSwapped]))
    let square = array("<f8", "(2, 2)", bytes([1.0, 2, 3, 4].map(\.bitPattern)))
    for (files, expression, options, expected) in [
      ([("arr_0", content)], "2*u", [], "u,value,d/du\n0.5,1,2\n3,6,2\n"),
      (
        [("y", content), ("x", integers)], "x-y", [],
        "y,x,value,d/dy,d/dx\n0.5,7,6.5,-1,1\n3,-2,-5,-1,1\n"
      ),
      (
        [("arr_0", content), ("arr_1", integers)], "x1*x2", [],
        "x1,x2,value,d/dx1,d/dx2\n0.5,7,3.5,7,0.5\n3,-2,-6,-2,3\n"
      ),
      (
        [("m", square)], "a+b", ["--columns", "a,b"],
        "a,b,value,d/da,d/db\n1,2,3,1,1\n3,4,7,1,1\n"
      ),
      ([("x", content)], "x", ["--rows", "2:2"], "x,value,d/dx\n3,3,1\n"),
    ] as [([(String, [UInt8])], String, [String], String)] {
      let files = files.map { (name: $0.0, content: $0.1) }
      let words = ["eval", expression, "--points", "-"] + options
      let result = ProgramRun(words, input: archive(files))
      #expect(result.output == expected && result.status == 0, "\(result.error)")
    }
  }

  @Test func archivesAreNotWritten() {
    let result = run("x", "--points", "-", "--output", "y.npz", input: "x\n3\n")
    #expect(result.status == 2 && result.error.contains("read and not written"))
  }

  @Test func archivesThatCannotBeUsedAreRefused() {
    let content = array("<f8", "(2,)", bytes([0.5, 3].map(\.bitPattern)))
    let long = array("<f8", "(3,)", bytes([0.5, 3, 4].map(\.bitPattern)))
    let square = array("<f8", "(1, 2)", bytes([1.0, 2].map(\.bitPattern)))
    let whole = archive([("x", content)])
    for (input, expected) in [
      (archive([("x", content)], method: 8), "compressed"),
      (archive([("x", content)], flags: 1), "password"),
      (archive([("x", Array("x\n1\n, more text".utf8))]), "no header of an array"),
      (archive([("x", Array(content.dropLast(3)))]), "'x' ends early"),
      (archive([("x", content), ("y", long)]), "'x' has 2 numbers, 'y' 3"),
      (archive([("x", content), ("y", square)]), "'y' has 2 columns"),
      (archive([("t", content)]), "no column 'x'"),
      (Array(whole.prefix(60)), "ends before its directory"),
      (Array(whole.prefix(4)), "ends before its directory"),
    ] {
      let result = run("x", "--points", "-", input: input)
      #expect(result.status == 2 && result.error.contains(expected), "\(result.error)")
    }
    for place in whole.indices {
      var mutated = whole
      mutated[place] ^= 0xFF
      let result = run("x", "--points", "-", input: mutated)
      #expect((0...2).contains(result.status) && result.errorIsClean)
    }
  }

  @Test func arraysAreRows() {
    let numbers = [1.5, -0.1, 1e300, .leastNonzeroMagnitude]
    let expected = "x,y,value,d/dx,d/dy\n1.5,-0.1,1.4,1,1\n1e+300,5e-324,1e+300,1,1\n"
    let data = bytes(numbers.map(\.bitPattern))
    for (type, data) in [("<f8", data), (">f8", bytes(numbers.map(\.bitPattern.byteSwapped)))] {
      let input = array(type, "(2, 2)", data)
      #expect(run("x+y", "--points", "-", "--columns", "x,y", input: input).output == expected)
    }
    let single = array("<f4", "(2,)", bytes([0.5, 3].map { Float($0).bitPattern }))
    #expect(
      run("u^2", "--points", "-", input: single).output == "u,value,d/du\n0.5,0.25,1\n3,9,6\n")
    let integers = array("<i8", "(1, 2)", bytes([-3, 7] as [Int64]))
    #expect(
      run("x1*x2", "--points", "-", input: integers).output
        == "x1,x2,value,d/dx1,d/dx2\n-3,7,-21,7,-3\n")
    let hidden = array("<f8", "(2,)", bytes([Double.nan, 1].map(\.bitPattern)))
    let result = run("x", "--points", "-", input: hidden)
    #expect(result.output == "x,value,d/dx\nnan,,\n1,1,1\n" && result.status == 1)
  }

  @Test func otherArraysAreRefused() {
    let data = bytes([1.0, 2].map(\.bitPattern))
    for (input, message) in [
      (array("<f8", "(2, 1)", data, order: "True"), "stored by columns"),
      (array("<c16", "(1,)", data), "no floating-point numbers"),
      (array("|O", "(1,)", data), "no floating-point numbers"),
      (array("<f8", "(1, 2, 1)", data), "one or two dimensions"),
      (array("<f8", "(x,)", data), "one or two dimensions"),
      (array("<f8", "()", data), "one or two dimensions"),
      (array("<f8", "(3,)", data), "ends after 2 of 3 rows"),
      (array("<f8", "(1, 2)", data), "has no column 'x'"),
      (Array(array("<f8", "(2,)", data).prefix(40)), "ends within its header"),
      ([0x93, 0x4E], "NUL"), ([0x50, 0x4B, 3, 4, 0], "ends before its directory"),
    ] {
      let result = run("x^2", "--points", "-", input: input)
      #expect(result.status == 2 || message == "NUL", "\(message)")
      #expect(result.error.contains(message) || message == "NUL", "\(result.error)")
    }
  }

  /// Whatever the bytes are, there is one end, with a message where it is no answer.
  @Test func mutatedFilesAreReadOrRefused() {
    var random = SplitMix64(state: 23)
    let seeds = [
      array("<f8", "(2, 2)", bytes([1.5, 2, 3, 4].map(\.bitPattern))),
      Array("{\"x1\": 1, \"x2\": \"2\\n\"}\n{\"x2\": {\"a\": [1]}, \"x1\": 3}\n".utf8),
    ]
    for _ in 0..<400 {
      var bytes = seeds.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = random.next() % 2 == 0 ? UInt8(random.next() % 256) : UInt8(ascii: "\"")
      }
      let result = run("x1*x2", "--points", "-", input: bytes)
      #expect([0, 1, 2].contains(result.status) && (result.status == 0) == result.error.isEmpty)
    }
  }

  // MARK: Output

  @Test func tabsSeparate() {
    let input = "a\tb\n"
    #expect(
      run("x", "--points", "-", "--format", "tsv", input: "x\n3\n").output
        == "x\tvalue\td/dx\n3\t3\t1\n")
    let kept = run("x", "--points", "-", "--format", "tsv", "--keep", input: "a,x\n\"p\tq\\\",1\n")
    #expect(kept.output == "a\tx\tvalue\td/dx\np\\tq\\\\\t1\t1\t1\n")
    #expect(run("x", "--points", "-", input: input).status == 2)
    let bare = run("x*y", "--points", "-", "--no-header", "x, y", input: "2,3\n4,5\n")
    #expect(bare.output == "x,y,value,d/dx,d/dy\n2,3,6,3,2\n4,5,20,5,4\n")
  }

  @Test func anOutputFileIsThereWhenItIsComplete() throws {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, files: ["p.csv": "x\n2\n-1\n3\n", "q.csv": "x\n2\n\"\n"])
    let words = { ["eval", "ln(x)", "--points", $0, "--output", $1] }
    #expect(Program.run(words("p.csv", "a.csv"), terminal) == 1)
    let text = "x,value,d/dx\n2,0.6931471805599453,0.5\n-1,,\n3,1.0986122886681098,"
    #expect(String(decoding: recording.files["a.csv"] ?? [], as: UTF8.self).hasPrefix(text))
    #expect(Program.run(words("p.csv", "b.npy"), terminal) == 1)
    let array = try #require(recording.files["b.npy"])
    #expect(array.count == 128 + 3 * 3 * 8 && array.starts(with: NumPyArray.signature))
    let again = run("value", "--points", "-", "--columns", "x,value,d", "--keep", input: array)
    #expect(again.output.hasPrefix("x,value,d,value,d/dvalue\n2,0.6931471805599453,0.5,"))
    #expect(again.error.contains("line 2: column 'value'"))
    #expect(Program.run(words("q.csv", "c.csv"), terminal) == 2)
    #expect(recording.files["c.csv"] == nil && recording.output.isEmpty)
  }

  @Test func textWritesNoFile() {
    let recording = Terminal.Recording()
    let terminal = Terminal.inMemory(
      recording: recording, input: "eval x --points p.csv --output o.csv\n",
      files: ["p.csv": "x\n1\n"])
    #expect(Program.run([], terminal) == 2)
    #expect(recording.files.isEmpty && recording.error.contains("writes no file"))
  }

  // MARK: Workers

  @Test func aWorkerAnswersEachRow() {
    let input = "2\t3\n\\N\t1\nx\t1\n1\n0.5\t\"\n4\t5\n"
    let result = run("x*y^2", "--worker", input: input)
    let none = "\\N\t\\N\\t\\N\n".replacing("\\t", with: "\t")
    #expect(result.output == "18\t9\t12\n" + none + none + none + none + "100\t25\t40\n")
    #expect(result.status == 0 && result.error.contains("line 2: column 'x': nothing is there"))
    let named = run("x*y", "--worker", "--no-header", "id,y,x", "--keep", input: "a\t2\t3\n")
    #expect(named.output == "a\t2\t3\t6\t3\t2\n")
    #expect(run("x", "--worker", "--output", "f", input: "").status == 2)
    #expect(run("x", "--worker", input: "").output.isEmpty)
  }

  /// What only text has is not passed over of other files; an archive without arrays is named.
  @Test func optionsOfTextAreForText() {
    let content = array("<f8", "(1,)", Array(repeating: 0, count: 8))
    for (options, file) in [
      (["--separator", "tab"], content), (["--no-header", "u"], content),
      (["--separator", "comma"], [0x50, 0x4B, 0x03, 0x04]),
      (["--separator", "tab"], Array("{\"u\": 1}\n".utf8)),
      (["--no-header", "u"], Array("{\"u\": 1}\n".utf8)),
    ] {
      let result = ProgramRun(["eval", "2*u", "--points", "-"] + options, input: file)
      #expect(result.status == 2 && result.output.isEmpty)
      #expect(result.error.contains("\(options[0]) is about tables of text"), "\(result.error)")
    }
    let empty = [0x50, 0x4B, 0x05, 0x06] + Array(repeating: UInt8(0), count: 18)
    #expect(run("2*u", "--points", "-", input: empty).error.contains("no array in the archive"))
  }
}

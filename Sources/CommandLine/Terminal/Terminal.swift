// The program's access to the outside: standard streams, files, environment, what the terminal can
// do.

/// One of the three streams every program is given; the raw value is its file descriptor.
package enum StandardStream: Int32, Sendable {
  case input, output, error
}

/// What `--color` can ask for.
package enum ColorOption: String, CaseIterable, Sendable {
  case auto, always, never
}

/// A file that could not be read or written, and why.
package struct FileError: Error, Equatable {
  /// The path as the user gave it, `nil` for standard input.
  package let path: String?
  /// The system's words, such as `No such file or directory`.
  package let reason: String
  /// Whether it was to be written; otherwise it was to be read.
  package var isWriting = false

  /// - Parameters:
  ///   - path: as the user gave it, nil for standard input.
  ///   - reason: the system's words.
  package init(path: String?, reason: String, isWriting: Bool = false) {
    self.path = path
    self.reason = reason
    self.isWriting = isWriting
  }

  /// What could not be done, in lower case and without a full stop.
  package var message: String {
    "cannot \(isWriting ? "write" : "read") \(path.map { "'\($0)'" } ?? "standard input"): \(reason)"
  }
}

/// Something in a folder.
package struct FolderEntry: Equatable, Sendable {
  /// What the entry itself is: a link is `other`, whatever it leads to.
  package enum Kind: Sendable {
    case file, folder
    /// A link, a pipe, a device.
    case other
  }

  /// The last component of its path.
  package let name: String
  /// Whether it can be read or entered.
  package let kind: Kind
}

/// A file that is written under a temporary name, and gets its own when it is complete.
package struct OutputFile {
  /// Adds bytes.
  package var write: (_ bytes: [UInt8]) throws(FileError) -> Void
  /// Overwrites the beginning, which is at least that long.
  package var rewriteStart: (_ bytes: [UInt8]) throws(FileError) -> Void
  /// Gives the file its name, in place of one that had it.
  package var commit: () throws(FileError) -> Void
  /// Removes what has been written.
  package var abandon: () -> Void
}

/// Everything a command reads and writes goes through here, so that it runs in a test as in a
/// shell.
///
/// Output is buffered until `finish(_:)`; errors are written at once, after the output before them.
package final class Terminal {
  /// The few things asked of the operating system, replaced by arrays in tests.
  package struct System {
    /// All of standard input up to its end.
    package var readInput: () throws(FileError) -> [UInt8]
    /// All of a file; an error where it cannot be read or is larger than `largestFile`.
    package var readFile: (_ path: String) throws(FileError) -> [UInt8]
    /// Opens a file to be read piece by piece, an empty piece at its end; as a whole if nil.
    package var openFile: ((_ path: String) throws(FileError) -> PieceReader)?
    /// What is in a folder; nil where there is none.
    package var entries: (_ path: String) -> [FolderEntry]? = { _ in nil }
    /// Begins a file that appears under its name when it is complete.
    package var createFile: (_ path: String) throws(FileError) -> OutputFile = {
      path throws(FileError) in
      throw FileError(path: path, reason: "there are no files here", isWriting: true)
    }
    /// Writes all the bytes; `nil` if that worked.
    package var write: (_ stream: StandardStream, _ bytes: [UInt8]) -> WriteFailure?
    /// An environment variable; nil where it is not set.
    package var environment: (_ name: String) -> String?
    /// Whether a stream leads to a terminal, not to a file or a pipe.
    package var isTerminal: (_ stream: StandardStream) -> Bool
    /// The width of the terminal that standard output is.
    package var columns: () -> Int?
    /// Runs a program to its end and waits for it.
    package var run: (_ program: ForeignProgram) -> ForeignProgram.Outcome = { $0.run() }
    /// Ends the program where it takes more bytes of memory.
    package var limitMemory: (_ bytes: Int) -> Void = { _ in }
    /// How many threads can run at the same time.
    package var processorCount: () -> Int = { 1 }
    /// The seconds of a monotonic clock.
    package var seconds: () -> Double = { 0 }
    /// What an interactive session needs besides; nil where there is only `readInput`.
    package var interaction: Interaction?
  }

  /// Gives what comes next of a file.
  package struct PieceReader {
    /// Some bytes, as soon as there are any; nothing at the end.
    package var read: () throws(FileError) -> [UInt8]
    /// Whether `read` would return without waiting.
    package var isReady: () -> Bool
    /// How many bytes there are in all, if that is known.
    package var size: Int?

    /// - Parameters:
    ///   - read: gives the next piece, an empty one at the end.
    ///   - isReady: whether `read` would not wait.
    ///   - size: how many bytes there are in all, if that is known.
    package init(
      read: @escaping () throws(FileError) -> [UInt8], isReady: @escaping () -> Bool = { true },
      size: Int? = nil
    ) {
      (self.read, self.isReady, self.size) = (read, isReady, size)
    }

    /// The next piece, empty at the end of the file.
    package func callAsFunction() throws(FileError) -> [UInt8] { try read() }
  }

  /// Why bytes could not be written.
  package enum WriteFailure: Equatable, Sendable {
    /// Nobody reads any more, as with `| head`.
    case closed
    case failed(reason: String)
  }

  private let system: System
  /// What a session needs; without a system of its own it reads standard input in one piece.
  package let interaction: Interaction
  private var buffer: [UInt8] = []
  private var outputFailure: WriteFailure?
  private var hasReadInput = false

  private static let bufferSize = 65_536

  /// The last value that `eval` found, which a session calls `ans`.
  package var answer: Double?
  /// What has been read of standard input beyond the current line.
  package var pendingInput: ArraySlice<UInt8> = []

  /// A terminal on a system, a real one or one in memory; nothing is read or written yet.
  package init(_ system: System) {
    self.system = system
    interaction = system.interaction ?? .reading(system.readInput)
  }

  /// What `ans` becomes by the values of a result: a number, if they are one.
  package func setAnswer(_ values: [Double]) {
    answer = values.count == 1 && values[0].isFinite ? values[0] : nil
  }
}

// MARK: - Reading

extension Terminal {
  /// How many bytes of a file are read; a device may be endless.
  static let largestFile = 128 << 20

  /// Refuses to go on reading what is too large to work with.
  ///
  /// - Parameters:
  ///   - count: the bytes that have been read.
  ///   - path: nil for standard input.
  static func checkSize(_ count: Int, of path: String?) throws(FileError) {
    guard count > largestFile else { return }
    throw FileError(path: path, reason: "it is larger than \(largestFile >> 20) MiB")
  }

  /// The longest statement in bytes: input without line ends is no script.
  package static let longestLine = 16 << 20

  /// The same for a statement of a session.
  package static func checkLine(_ count: Int) throws(FileError) {
    guard count > longestLine else { return }
    throw FileError(path: nil, reason: "a statement is longer than \(longestLine >> 20) MiB")
  }

  /// All of standard input, which can be read once only: a script may have come from it.
  package func readInput() throws(FileError) -> [UInt8] {
    guard !hasReadInput else { throw FileError(path: nil, reason: "it has been read already") }
    hasReadInput = true
    defer { pendingInput = [] }
    while case .bytes(let more) = try interaction.readChunk() {
      pendingInput += more
      try Self.checkSize(pendingInput.count, of: nil)
    }
    return Array(pendingInput)
  }

  /// All of a file; the path `-` is standard input.
  package func readFile(_ path: String) throws(FileError) -> [UInt8] {
    path == "-" ? try readInput() : try system.readFile(path)
  }
}

extension Terminal {
  /// A file, or standard input for `-`, piece by piece: what there is, as soon as there is any.
  package func openFile(_ path: String) throws(FileError) -> PieceReader {
    guard path == "-" else {
      if let open = system.openFile { return try open(path) }
      var rest = try system.readFile(path)
      return PieceReader(read: { () throws(FileError) in
        defer { rest = [] }
        return rest
      })
    }
    guard !hasReadInput else { throw FileError(path: nil, reason: "it has been read already") }
    hasReadInput = true
    var pending = Array(pendingInput)
    pendingInput = []
    return PieceReader(
      read: { () throws(FileError) in
        defer { pending = [] }
        if pending.isEmpty, case .bytes(let more) = try self.interaction.readChunk() { return more }
        return pending
      }, isReady: { !pending.isEmpty || self.interaction.hasInput(0) })
  }
}

extension Terminal {
  /// What is in a folder, by name; nil for what is no folder.
  package func entries(ofFolder path: String) -> [FolderEntry]? { system.entries(path) }
}

// MARK: - Running

extension Terminal {
  /// Begins a file that appears under its name when it is complete.
  package func createFile(_ path: String) throws(FileError) -> OutputFile {
    try system.createFile(path)
  }

  /// Ends the program with a message where it takes more bytes of memory.
  package func limitMemory(_ bytes: Int) { system.limitMemory(bytes) }

  /// How many threads can run at the same time.
  package var processorCount: Int { system.processorCount() }

  /// The seconds of a monotonic clock.
  package var seconds: Double { system.seconds() }

  /// Whether long work has been asked to stop.
  package var isStopWanted: Bool { interaction.isStopWanted() }

  /// Does long work that Ctrl-C asks to stop.
  package func stoppable<Result, Fault: Error>(
    _ body: () throws(Fault) -> Result
  ) throws(Fault) -> Result {
    interaction.beginStoppable()
    defer { interaction.endStoppable() }
    return try body()
  }

  /// Runs another program to its end.
  package func run(_ program: ForeignProgram) -> ForeignProgram.Outcome { system.run(program) }
}

// MARK: - Writing

extension Terminal {
  /// Adds `text` to the output. A failure is kept for `finish(_:)`, and ends the output.
  package func write(_ text: String) { write(bytes: text.utf8) }

  /// Adds `bytes` to the output, likewise.
  package func write(bytes: some Sequence<UInt8>) {
    guard outputFailure == nil else { return }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { flush() }
  }

  /// Writes `text` to standard error, after the output there has been so far.
  package func writeError(_ text: String) {
    flush()
    // There is nowhere left to report a failure to.
    _ = system.write(.error, Array(text.utf8))
  }

  /// Hands over what is buffered.
  package func flush() {
    guard !buffer.isEmpty, outputFailure == nil else { return }
    outputFailure = system.write(.output, buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Whether output is still wanted; long work can stop where it is not.
  package var isOutputOpen: Bool { outputFailure == nil }

  /// Writes what is left and gives the exit status of the program: `status`, unless the output
  /// could not be written. To be called once, last.
  package func finish(_ status: Int32) -> Int32 {
    flush()
    switch outputFailure {
    case nil: return status
    // The status that a shell reports for a program that SIGPIPE ended, as for `cat` before `head`.
    case .closed: return 141
    case .failed(let reason):
      writeError("error: cannot write the output: \(reason)\n")
      return 2
    }
  }
}

// MARK: - What it can show

extension Terminal {
  /// An environment variable; nil where it is not set.
  package func environment(_ name: String) -> String? {
    system.environment(name)
  }

  /// Whether somebody types the input.
  package var isInputTerminal: Bool { system.isTerminal(.input) }
  /// Whether somebody sees the output, which may then have colour and the terminal's width.
  package var isOutputTerminal: Bool { system.isTerminal(.output) }
  /// Whether somebody sees messages, so that progress can be shown.
  package var isErrorTerminal: Bool { system.isTerminal(.error) }

  /// The columns that output has: `COLUMNS` if that is a positive number, otherwise those of the
  /// terminal, `nil` if output is not one.
  package var width: Int? {
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    return isOutputTerminal ? system.columns() : nil
  }

  /// Whether the locale's characters are UTF-8.
  package var usesUnicode: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let locale = environment(name), !locale.isEmpty else { continue }
      // By bytes: asked at every start, and Unicode's own ways to compare take their time.
      let letters = locale.utf8.filter { $0 != UInt8(ascii: "-") }.map { $0 | 0x20 }
      return letters.indices.contains { letters[$0...].starts(with: "utf8".utf8.map { $0 | 0x20 }) }
    }
    return false
  }

  /// Whether text on `stream` may be coloured. `NO_COLOR` and a dumb terminal rule out what
  /// `--color always` asks for; that option only stands in for the stream being a terminal.
  package func allowsColor(for stream: StandardStream, option: ColorOption = .auto) -> Bool {
    if option == .never || environment("TERM") == "dumb" { return false }
    if let noColor = environment("NO_COLOR"), !noColor.isEmpty { return false }
    return option == .always || system.isTerminal(stream)
  }
}

// MARK: - In memory

extension Terminal.PieceReader {
  /// Bytes in memory, so many at a time.
  fileprivate static func pieces(_ bytes: [UInt8], size: Int) -> Self {
    var rest = bytes[...]
    return Self(read: { () throws(FileError) in
      defer { rest = rest.dropFirst(size) }
      return Array(rest.prefix(size))
    })
  }
}

extension Terminal {
  /// The same system with its output kept in `recording`; standard input continues where it was.
  package func recording(_ recording: Recording) -> Terminal {
    var system = system
    system.write = recording.write
    system.readInput = { () throws(FileError) in try self.readInput() }
    system.isTerminal = { _ in false }
    return Terminal(system)
  }
}

extension Terminal {
  /// What a terminal in memory was given to write.
  package final class Recording {
    /// What was written to standard output.
    package fileprivate(set) var outputBytes: [UInt8] = []
    /// What was written to standard error.
    package fileprivate(set) var errorBytes: [UInt8] = []
    /// The files that have been written.
    package fileprivate(set) var files: [String: [UInt8]] = [:]
    /// What writing to standard output comes to.
    package var outputFailure: WriteFailure?

    /// Nothing written yet.
    package init() {}

    /// Standard output as text, invalid UTF-8 repaired.
    package var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// Standard error as text, invalid UTF-8 repaired.
    package var error: String { String(decoding: errorBytes, as: UTF8.self) }

    func write(_ stream: StandardStream, _ bytes: [UInt8]) -> WriteFailure? {
      if stream == .error {
        errorBytes += bytes
      } else if outputFailure == nil {
        outputBytes += bytes
      }
      return stream == .error ? nil : outputFailure
    }

    func createFile(_ path: String) -> OutputFile {
      var bytes: [UInt8] = []
      return OutputFile(
        write: { bytes += $0 }, rewriteStart: { bytes.replaceSubrange(0..<$0.count, with: $0) },
        commit: { self.files[path] = bytes }, abandon: { bytes = [] })
    }
  }

  /// A terminal without an operating system.
  ///
  /// - Parameters:
  ///   - terminals: the streams that pass for a terminal, one of `columns` columns.
  ///   - recording: receives what is written; output arrives there when it is flushed.
  ///   - pieceSize: how many bytes of a file come at a time; all of them if nil.
  package static func inMemory(
    recording: Recording, input: String = "", files: [String: String] = [:],
    environment: [String: String] = [:], terminals: Set<StandardStream> = [], columns: Int = 80,
    pieceSize: Int? = nil, interaction: Interaction? = nil,
    limitMemory: @escaping (Int) -> Void = { _ in }
  ) -> Terminal {
    var system = System(
      readInput: { Array(input.utf8) },
      readFile: { path throws(FileError) in
        if let text = files[path] { return Array(text.utf8) }
        throw FileError(path: path, reason: "No such file or directory")
      },
      entries: { inMemoryEntries(of: $0, files) },
      createFile: { recording.createFile($0) },
      write: recording.write,
      environment: { environment[$0] },
      isTerminal: { terminals.contains($0) },
      columns: { columns }, limitMemory: limitMemory, interaction: interaction)
    if let pieceSize {
      system.openFile = { path throws(FileError) in
        .pieces(Array((files[path] ?? "").utf8), size: pieceSize)
      }
    }
    return Terminal(system)
  }
}

/// The files of a folder, by their paths.
private func inMemoryEntries(of path: String, _ files: [String: String]) -> [FolderEntry]? {
  let prefix = path.hasSuffix("/") ? path : "\(path)/"
  let names = files.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
  let entries = Set(names.map { String($0.prefix { $0 != "/" }) }).sorted().map { name in
    FolderEntry(name: name, kind: files[prefix + name] == nil ? .folder : .file)
  }
  return entries.isEmpty ? nil : entries
}

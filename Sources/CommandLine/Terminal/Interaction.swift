// What an interactive session asks of the operating system beyond streams and files.

extension Terminal {
  /// What a read from standard input gave.
  package enum InputChunk: Equatable, Sendable {
    /// Some bytes, one at least.
    case bytes([UInt8])
    case end
    /// Ctrl-C, where the terminal makes a signal of it.
    case interrupted
  }

  /// How a computation in a process of its own ended.
  package enum Ending: Equatable, Sendable {
    /// With the bytes of its result.
    case finished([UInt8])
    case interrupted
    /// By another signal, or without a result.
    case crashed(signal: Int32)
  }

  /// What a session needs of the system; by default there is no terminal that gives single keys.
  package struct Interaction {
    /// What there is on standard input, as soon as there is any.
    package var readChunk: () throws(FileError) -> InputChunk
    /// Whether there is input within a number of milliseconds.
    package var hasInput: (_ milliseconds: Int32) -> Bool = { _ in false }
    /// Sets the terminal to give keys as they are typed, or back; false if it cannot.
    package var setKeyByKey: (_ isOn: Bool) -> Bool = { _ in false }
    /// The height of the terminal in lines; nil where there is none.
    package var rows: () -> Int? = { nil }
    /// From here on, Ctrl-C ends only computations that are run by `isolate`.
    package var catchInterrupts: () -> Void = {}
    /// From here on, Ctrl-C asks long work to stop; a second one ends the program.
    package var beginStoppable: () -> Void = {}
    /// Ctrl-C does again what it did before.
    package var endStoppable: () -> Void = {}
    /// Whether long work has been asked to stop.
    package var isStopWanted: () -> Bool = { false }
    /// Runs a computation so that Ctrl-C, or a crash, ends it alone. What it changes is lost.
    package var isolate: (_ body: () -> [UInt8]) -> Ending = { .finished($0()) }
    /// Stops the process, as Ctrl-Z does, until it is continued.
    package var suspend: () -> Void = {}
    /// The names in a directory, those of directories with a `/` at their end.
    package var names: (_ directory: String) -> [String] = { _ in [] }
    /// Adds to a file that only the user can read, and makes it if need be, with its directories;
    /// nothing happens where that is not possible.
    package var append: (_ bytes: [UInt8], _ path: String) -> Void = { _, _ in }
    /// Replaces what is in a file, while nobody appends to it.
    package var rewrite: (_ path: String, _ edit: ([UInt8]) -> [UInt8]) -> Void = { _, _ in }
  }
}

extension Terminal.Interaction {
  /// All of the input at once, for systems that offer nothing else.
  static func reading(_ readInput: @escaping () throws(FileError) -> [UInt8]) -> Self {
    var isRead = false
    return Self(readChunk: { () throws(FileError) in
      if isRead { return .end }
      isRead = true
      let bytes = try readInput()
      return bytes.isEmpty ? .end : .bytes(bytes)
    })
  }
}

// Where the rows of results go: standard output, or a file that is there when it is complete.
import CommandLine

/// Takes rows as bytes and keeps a block of them until it is full.
struct RowOutput {
  private let terminal: Terminal
  private let file: OutputFile?
  private var buffer: [UInt8] = []

  private static let blockSize = 1 << 18

  /// - Parameter path: nil for standard output.
  init(_ path: String?, _ terminal: Terminal) throws {
    self.terminal = terminal
    file = try path.map { path throws in
      try terminal.createFile(path)
    }
  }

  /// Whether more is wanted.
  var isOpen: Bool { file != nil || terminal.isOutputOpen }

  mutating func write(_ bytes: [UInt8]) throws {
    guard let file else { return terminal.write(bytes: bytes) }
    buffer += bytes
    guard buffer.count >= Self.blockSize else { return }
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Completes the file.
  ///
  /// - Parameter start: what its first bytes are to be, which could not be known before.
  mutating func finish(start: [UInt8]? = nil) throws {
    guard let file else { return }
    try file.write(buffer)
    if let start { try file.rewriteStart(start) }
    try file.commit()
  }

  /// Leaves nothing half-written.
  func abandon() { file?.abandon() }
}

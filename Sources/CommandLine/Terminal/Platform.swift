// The operating system behind a `Terminal`: with the other files Platform….swift all that knows
// libc.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Terminal {
  /// The terminal of this process.
  ///
  /// - Parameter watchesMemory: whether the process is the program, which ends where it takes too
  ///   much memory. There is one watch in a process: a test has none, and may have many terminals.
  package static func system(watchesMemory: Bool = false) -> Terminal {
    // A closed pipe is then an error of `write` like any other.
    _ = signal(SIGPIPE, SIG_IGN)
    if watchesMemory { MemoryWatch.begin(nil) }
    return Terminal(
      System(
        readInput: { () throws(FileError) in try contents(of: STDIN_FILENO, path: nil) },
        readFile: { path throws(FileError) in try contents(ofFile: path) },
        openFile: { path throws(FileError) in try pieces(ofFile: path) },
        entries: { folderEntries($0) },
        createFile: { path throws(FileError) in try newFile(path) },
        write: { stream, bytes in writeAll(bytes, to: stream.rawValue) },
        environment: { name in getenv(name).map { String(cString: $0) } },
        isTerminal: { stream in isatty(stream.rawValue) == 1 },
        columns: { terminalSize().map { Int($0.ws_col) } },
        limitMemory: { if watchesMemory { MemoryWatch.begin($0) } },
        processorCount: usableProcessors, seconds: secondsNow,
        interaction: .system()))
  }
}

func reasonOfFailure() -> String {
  String(cString: strerror(errno))
}

private func contents(ofFile path: String) throws(FileError) -> [UInt8] {
  let descriptor = try opened(path)
  defer { _ = close(descriptor) }
  return try contents(of: descriptor, path: path)
}

private func opened(_ path: String) throws(FileError) -> Int32 {
  // libc would read the name only up to the NUL, and open another file.
  guard !path.utf8.contains(0) else { throw FileError(path: path, reason: "Invalid argument") }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileError(path: path, reason: reasonOfFailure()) }
  return descriptor
}

/// A file's bytes, piece by piece; it is closed at its end.
private func pieces(ofFile path: String) throws(FileError) -> Terminal.PieceReader {
  let descriptor = try opened(path)
  var isOpen = true
  return Terminal.PieceReader(
    read: { () throws(FileError) in
      guard isOpen else { return [] }
      let piece = try nextPiece(of: descriptor, path: path)
      if piece.isEmpty {
        isOpen = false
        _ = close(descriptor)
      }
      return piece
    }, isReady: { !isOpen || isReadable(descriptor, milliseconds: 0) }, size: size(of: descriptor))
}

/// The size of an ordinary file.
private func size(of descriptor: Int32) -> Int? {
  var status = stat()
  let isOrdinary = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  return isOrdinary ? Int(status.st_size) : nil
}

/// Whether there is something to read, or an end, within a time.
func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&request, 1, milliseconds) > 0
}

private func nextPiece(of descriptor: Int32, path: String?) throws(FileError) -> [UInt8] {
  let size = 65_536
  var count = 0
  let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    count = retrying(descriptor, POLLIN) { read(descriptor, buffer.baseAddress, size) }
    filled = max(0, count)
  }
  if count < 0 { throw FileError(path: path, reason: reasonOfFailure()) }
  return piece
}

func contents(of descriptor: Int32, path: String?) throws(FileError) -> [UInt8] {
  var bytes: [UInt8] = []
  while true {
    let piece = try nextPiece(of: descriptor, path: path)
    if piece.isEmpty { return bytes }
    bytes += piece
    try Terminal.checkSize(bytes.count, of: path)
  }
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Terminal.WriteFailure? {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = retrying(descriptor, POLLOUT) { write(descriptor, part.baseAddress, part.count) }
      if count < 0 { return errno == EPIPE ? .closed : .failed(reason: reasonOfFailure()) }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}

/// Repeats a call that was interrupted by a signal, or that would block although it must not:
/// another program may have set a shared stream so. In a session, Ctrl-C ends reading instead.
func retrying(_ descriptor: Int32, _ event: Int32, _ call: () -> Int) -> Int {
  while true {
    if interruption != 0, event == POLLIN {
      errno = EINTR
      return -1
    }
    let count = call()
    if count >= 0 { return count }
    if errno == EAGAIN {
      var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
      _ = poll(&request, 1, -1)
    } else if errno != EINTR {
      return count
    }
  }
}

/// The seconds of a monotonic clock.
private func secondsNow() -> Double {
  var time = timespec()
  _ = clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func terminalSize() -> winsize? {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return size
}

/// Ends the process.
package func terminate(_ status: Int32) -> Never { exit(status) }

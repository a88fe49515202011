// The operating system behind an interactive session: signals, processes, the terminal's modes,
// files.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Terminal.Interaction {
  static func system() -> Terminal.Interaction {
    Terminal.Interaction(
      readChunk: { () throws(FileError) in try nextChunk() },
      hasInput: { isReadable(STDIN_FILENO, milliseconds: $0) },
      setKeyByKey: { isOn in isOn ? Modes.setKeyByKey() : Modes.reset() },
      rows: { terminalSize().map { Int($0.ws_row) } },
      catchInterrupts: catchControlC,
      beginStoppable: askToStop, endStoppable: restoreInterrupts,
      isStopWanted: { stopWanted != 0 },
      isolate: runInChild,
      suspend: {
        _ = Modes.reset()
        _ = kill(0, SIGTSTP)
      },
      names: names(inDirectory:), append: append(_:toPrivateFile:), rewrite: rewrite(privateFile:_:)
    )
  }
}

private func nextChunk() throws(FileError) -> Terminal.InputChunk {
  interruption = 0
  let size = 65_536
  var count = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    count = retrying(STDIN_FILENO, POLLIN) { read(STDIN_FILENO, buffer.baseAddress, size) }
    filled = max(0, count)
  }
  if count > 0 { return .bytes(bytes) }
  if count == 0 { return .end }
  if errno == EINTR { return .interrupted }
  throw FileError(path: nil, reason: reasonOfFailure())
}

// MARK: - Signals

/// Not 0 once Ctrl-C has come; reading gives up then instead of being repeated.
nonisolated(unsafe) var interruption: sig_atomic_t = 0

private func catchControlC() {
  _ = signal(SIGINT) { _ in interruption = 1 }
  // `signal` has reads repeated by themselves, which would hide the signal.
  var action = sigaction()
  _ = sigaction(SIGINT, nil, &action)
  action.sa_flags &= ~SA_RESTART
  _ = sigaction(SIGINT, &action, nil)
}

/// Not 0 once long work has been asked to stop.
nonisolated(unsafe) private var stopWanted: sig_atomic_t = 0
/// What Ctrl-C did before, while it asks long work to stop.
nonisolated(unsafe) private var formerAction: sigaction?

private func askToStop() {
  var former = sigaction()
  guard formerAction == nil, sigaction(SIGINT, nil, &former) == 0 else { return }
  stopWanted = 0
  let handler = signal(SIGINT) { _ in
    stopWanted = 1
    interruption = 1
    _ = signal(SIGINT, SIG_DFL)
  }
  var action = sigaction()
  // A program in the background has SIGINT ignored by the shell, and that is not changed.
  if sigaction(SIGINT, nil, &action) == 0, isIgnored(handler) {
    _ = sigaction(SIGINT, &former, nil)
    return
  }
  action.sa_flags &= ~SA_RESTART
  _ = sigaction(SIGINT, &action, nil)
  formerAction = former
}

private func restoreInterrupts() {
  guard var former = formerAction else { return }
  _ = sigaction(SIGINT, &former, nil)
  formerAction = nil
  interruption = 0
  stopWanted = 0
}

/// Whether a signal's handler is the one that does nothing.
private func isIgnored(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
  unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

// MARK: - Processes

// The Swift overlay of some systems hides it, since a child of several threads could do little;
// this program has one.
@_silgen_name("fork") private func forkProcess() -> pid_t

/// Runs a computation in a copy of the process, which sends its result through a pipe.
private func runInChild(_ body: () -> [UInt8]) -> Terminal.Ending {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return .finished(body()) }
  interruption = 0
  let child = forkProcess()
  guard child >= 0 else {
    _ = close(ends[0])
    _ = close(ends[1])
    return .finished(body())
  }
  if child == 0 {
    _ = signal(SIGINT, SIG_DFL)
    MemoryWatch.arm()
    _ = close(ends[0])
    _ = writeAll(body(), to: ends[1])
    _exit(0)
  }
  _ = close(ends[1])
  defer {
    _ = close(ends[0])
    interruption = 0
  }
  let bytes = answer(from: ends[0])
  return ending(of: child, bytes)
}

private func answer(from descriptor: Int32) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk: [UInt8] = Array(repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 { bytes += chunk.prefix(count) }
    if count == 0 || (count < 0 && errno != EINTR) { return bytes }
  }
}

private func ending(of child: pid_t, _ bytes: [UInt8]) -> Terminal.Ending {
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0, errno == EINTR {}
  let signal = status & 0x7F
  if signal == SIGINT { return .interrupted }
  // The copy has reported the error already.
  if signal == 0, status >> 8 & 0xFF == 2 { return .finished([]) }
  return signal == 0 && status == 0 ? .finished(bytes) : .crashed(signal: signal)
}

// MARK: - The terminal's modes

/// The mode that the shell left the terminal in, and the one that gives keys as they are typed.
private enum Modes {
  nonisolated(unsafe) static var saved = termios()
  nonisolated(unsafe) static var isKeyByKey = false
  nonisolated(unsafe) static var isPrepared = false

  static func setKeyByKey() -> Bool {
    if isKeyByKey { return true }
    guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return false }
    restoreAtTheEnd()
    var mode = saved
    mode.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | ISTRIP | IXON)
    mode.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN | ISIG)
    set(VMIN, to: 1, in: &mode.c_cc)
    set(VTIME, to: 0, in: &mode.c_cc)
    // Input that was typed ahead is kept.
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &mode) == 0 else { return false }
    isKeyByKey = true
    return true
  }

  static func reset() -> Bool {
    guard isKeyByKey else { return true }
    isKeyByKey = false
    return tcsetattr(STDIN_FILENO, TCSADRAIN, &saved) == 0
  }

  /// A signal that ends the program first restores the terminal's mode.
  private static func restoreAtTheEnd() {
    guard !isPrepared else { return }
    isPrepared = true
    for number in [SIGTERM, SIGHUP, SIGQUIT] {
      _ = signal(number) { number in
        if Modes.isKeyByKey { _ = tcsetattr(STDIN_FILENO, TCSANOW, &Modes.saved) }
        _ = signal(number, SIG_DFL)
        _ = raise(number)
      }
    }
  }
}

/// Sets one of C's array of control characters, which Swift sees as a tuple.
private func set<Tuple>(_ index: Int32, to value: UInt8, in tuple: inout Tuple) {
  withUnsafeMutableBytes(of: &tuple) { $0[Int(index)] = value }
}

// MARK: - Files

private func names(inDirectory path: String) -> [String] {
  guard let directory = opendir(path) else { return [] }
  defer { _ = closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    var status = stat()
    let isDirectory = stat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    names.append(isDirectory ? "\(name)/" : name)
  }
  return names.sorted()
}

private func append(_ bytes: [UInt8], toPrivateFile path: String) {
  makeDirectories(above: path)
  withLockedFile(path, O_WRONLY | O_APPEND | O_CREAT) { _ = writeAll(bytes, to: $0) }
}

/// In place, so that processes that wait for the lock go on with the same file.
private func rewrite(privateFile path: String, _ edit: ([UInt8]) -> [UInt8]) {
  withLockedFile(path, O_RDWR) { descriptor in
    guard let old = try? contents(of: descriptor, path: path) else { return }
    let new = edit(old)
    guard new != old, lseek(descriptor, 0, SEEK_SET) == 0, writeAll(new, to: descriptor) == nil
    else { return }
    _ = ftruncate(descriptor, off_t(new.count))
  }
}

private func withLockedFile(_ path: String, _ flags: Int32, _ body: (Int32) -> Void) {
  let descriptor = open(path, flags | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { return }
  // Closing the file releases the lock.
  defer { _ = close(descriptor) }
  while flock(descriptor, LOCK_EX) != 0 {
    if errno != EINTR { return }
  }
  body(descriptor)
}

private func makeDirectories(above path: String) {
  for (offset, character) in zip(path.indices, path)
  where character == "/" && offset > path.startIndex {
    _ = mkdir(String(path[..<offset]), 0o700)
  }
}

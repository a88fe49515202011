// Runs a program beside this one: pipes, a process group of its own, and an end to it in any case.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#endif

extension ForeignProgram {
  /// Runs it to its end, or to one of the limits.
  package func run() -> Outcome {
    _ = signal(SIGPIPE, SIG_IGN)
    // If a parent process had SIGCHLD ignored, the status of a child would be lost.
    _ = signal(SIGCHLD, SIG_DFL)
    let deadline = monotonicTime() + timeLimit
    var process: RunningProcess
    do {
      process = try RunningProcess(shellCommand: command)
    } catch {
      return Outcome(ending: .notStarted(reason: String(cString: strerror(error.code))))
    }
    return withSignalsPassedOn(to: process.id) {
      process.exchange(input, outputLimit: outputLimit, until: deadline)
    }
  }
}

/// A call that failed, with its `errno`.
private struct SystemError: Error {
  let code: Int32
}

private func monotonicTime() -> Double {
  var time = timespec()
  _ = clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// `Segmentation fault`
func signalName(_ number: Int32) -> String {
  strsignal(number).map { String(cString: $0) } ?? "unknown"
}

// MARK: - Talking to it

/// A shell that runs, with this side's ends of its streams.
private struct RunningProcess {
  let id: pid_t
  /// The variable in its environment that identifies this run and all processes that it starts.
  private let mark: RunMark
  private var input: Descriptor
  private var output: Descriptor
  private var error: Descriptor
  /// What `waitpid` returned at its end.
  private var status: Int32?

  private static let keptErrorBytes = 2048
  /// In milliseconds: how often its end is polled while no stream signals it.
  private static let patience: Double = 20

  init(shellCommand: String) throws(SystemError) {
    guard !shellCommand.utf8.contains(0) else { throw SystemError(code: EINVAL) }
    var pipes: [(read: Descriptor, write: Descriptor)] = []
    mark = RunMark()
    do throws(SystemError) {
      for _ in 0..<3 { pipes.append(try makePipe()) }
      id = try spawnShell(
        shellCommand, mark, input: pipes[0].read, output: pipes[1].write, error: pipes[2].write)
    } catch {
      for pipe in pipes { for end in [pipe.read, pipe.write] { closeDescriptor(end.number) } }
      throw error
    }
    for end in [pipes[0].read, pipes[1].write, pipes[2].write] { closeDescriptor(end.number) }
    (input, output, error) = (pipes[0].write, pipes[1].read, pipes[2].read)
    for descriptor in [input, output, error] { descriptor.neverBlock() }
  }

  /// Writes and reads at once, so that neither side waits for the other for ever.
  mutating func exchange(
    _ bytes: [UInt8], outputLimit: Int, until deadline: Double
  ) -> ForeignProgram.Outcome {
    var outcome = ForeignProgram.Outcome(ending: .timeLimit)
    var rest = bytes[...]
    if rest.isEmpty { input.close() }
    while isRunning {
      let time = deadline - monotonicTime()
      guard time > 0 else { return stopped(outcome) }
      let ready = waitForStreams(milliseconds: min(1000 * time, Self.patience))
      if ready.contains(input), !input.write(&rest) || rest.isEmpty { input.close() }
      if ready.contains(output), !output.read(into: &outcome.output) { output.close() }
      if ready.contains(error) { readError(into: &outcome.error) }
      if outcome.output.count > outputLimit {
        outcome.ending = .outputLimit
        return stopped(outcome)
      }
    }
    // What it wrote to standard error after it had closed its output.
    readError(into: &outcome.error)
    close()
    outcome.ending = ending
    return outcome
  }

  /// Keeps the beginning and the end, where messages usually say what went wrong.
  private mutating func readError(into bytes: inout [UInt8]) {
    guard error.isOpen else { return }
    if !error.read(into: &bytes) { error.close() }
    guard bytes.count > 2 * Self.keptErrorBytes else { return }
    bytes.removeSubrange(Self.keptErrorBytes..<bytes.count - Self.keptErrorBytes)
  }

  /// Until the process has ended and its output is read; a child that it left behind may keep
  /// standard error open.
  private var isRunning: Bool {
    mutating get {
      if output.isOpen { return true }
      return !hasEnded
    }
  }

  private var hasEnded: Bool {
    mutating get {
      if status == nil {
        var status: Int32 = 0
        if waitpid(id, &status, WNOHANG) == id { self.status = status }
      }
      return status != nil
    }
  }

  /// The streams that have something, or room for something, or are closed at the other end.
  private func waitForStreams(milliseconds: Double) -> [Descriptor] {
    var requests: [pollfd] = []
    if input.isOpen { requests.append(input.request(POLLOUT)) }
    for stream in [output, error] where stream.isOpen { requests.append(stream.request(POLLIN)) }
    // While only the end of the process is awaited, wait briefly: it may come at once.
    let time = output.isOpen ? milliseconds : min(milliseconds, 1)
    guard poll(&requests, nfds_t(requests.count), Int32(time.rounded(.up))) > 0 else { return [] }
    return requests.filter { $0.revents != 0 }.map { Descriptor($0.fd) }
  }

  /// Ends the process and all that it has started.
  private mutating func stopped(_ outcome: ForeignProgram.Outcome) -> ForeignProgram.Outcome {
    _ = kill(-id, SIGKILL)
    mark.killAll()
    if status == nil {
      var status: Int32 = 0
      while waitpid(id, &status, 0) < 0, errno == EINTR {}
      self.status = status
    }
    close()
    return outcome
  }

  private mutating func close() {
    input.close()
    output.close()
    error.close()
  }

  private var ending: ForeignProgram.Ending {
    let status = status ?? 0
    let signal = status & 0x7F
    return signal == 0 ? .exit(status: (status >> 8) & 0xFF) : .signal(signal)
  }
}

// MARK: - Its streams

/// A file descriptor; -1 once it is closed.
private struct Descriptor: Equatable {
  private(set) var number: Int32

  init(_ number: Int32) { self.number = number }

  var isOpen: Bool { number >= 0 }

  mutating func close() {
    if isOpen { closeDescriptor(number) }
    number = -1
  }

  func neverBlock() {
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }

  func request(_ event: Int32) -> pollfd { pollfd(fd: number, events: Int16(event), revents: 0) }

  /// Appends what is there; false at the end of the stream.
  func read(into bytes: inout [UInt8]) -> Bool {
    let chunkSize = 65_536
    var count = 0
    bytes += [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, filled in
      count = readDescriptor(number, buffer.baseAddress, chunkSize)
      filled = max(0, count)
    }
    return count > 0 || (count < 0 && mayGoOn)
  }

  /// Takes away what could be written; false if nobody reads it.
  func write(_ bytes: inout ArraySlice<UInt8>) -> Bool {
    let count = bytes.withUnsafeBytes { writeDescriptor(number, $0.baseAddress, $0.count) }
    bytes = bytes.dropFirst(max(0, count))
    return count >= 0 || mayGoOn
  }

  private var mayGoOn: Bool { errno == EAGAIN || errno == EINTR }
}

/// libc's functions where a method has the name.
private func closeDescriptor(_ number: Int32) { _ = close(number) }
private func readDescriptor(_ number: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(number, buffer, count)
}
private func writeDescriptor(_ number: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(number, buffer, count)
}

/// A pipe that no program inherits and whose descriptors are not those of the standard streams.
private func makePipe() throws(SystemError) -> (read: Descriptor, write: Descriptor) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw SystemError(code: errno) }
  for (index, end) in ends.enumerated() {
    if end > STDERR_FILENO {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    } else {
      ends[index] = fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
      closeDescriptor(end)
    }
  }
  return (Descriptor(ends[0]), Descriptor(ends[1]))
}

// MARK: - Starting it

private func spawnShell(
  _ command: String, _ mark: RunMark, input: Descriptor, output: Descriptor, error: Descriptor
) throws(SystemError) -> pid_t {
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    let closesOthers = Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    let inherited = _NSGetEnviron().pointee
  #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    let closesOthers: Int32 = 0
    let inherited: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
  #endif
  posix_spawn_file_actions_init(&actions)
  posix_spawnattr_init(&attributes)
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  for (target, end) in [input, output, error].enumerated() {
    posix_spawn_file_actions_adddup2(&actions, end.number, Int32(target))
  }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  // SIGPIPE is ignored in this program; in the child it must end the process as usual.
  sigaddset(&signals, SIGPIPE)
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setpgroup(&attributes, 0)
  let flags =
    Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
    | closesOthers
  posix_spawnattr_setflags(&attributes, Int16(flags))

  let words: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (word: String) in
    strdup(word)
  }
  let environment = mark.added(to: inherited)
  defer { (words + environment.suffix(2)).forEach { free($0) } }
  var id: pid_t = 0
  let code = posix_spawn(&id, "/bin/sh", &actions, &attributes, words + [nil], environment)
  guard code == 0 else { throw SystemError(code: code) }
  return id
}

// MARK: - Signals

/// The process group that is to end with this program; read by signal handlers.
nonisolated(unsafe) private var groupToEnd: pid_t = 0

/// Does something while an interrupt from the keyboard ends the program too, which has a process
/// group of its own and would not notice.
private func withSignalsPassedOn<Result>(to group: pid_t, _ body: () -> Result) -> Result {
  let numbers = [SIGINT, SIGTERM, SIGHUP]
  groupToEnd = group
  let former = numbers.map { number in
    signal(number) { number in
      if groupToEnd > 0 { _ = kill(-groupToEnd, SIGKILL) }
      _ = signal(number, SIG_DFL)
      _ = raise(number)
    }
  }
  defer {
    groupToEnd = 0
    for (number, handler) in zip(numbers, former) { _ = signal(number, handler) }
  }
  return body()
}

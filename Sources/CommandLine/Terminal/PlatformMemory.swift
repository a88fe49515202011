// An end to a computation that takes too much memory, with a message in place of a stack trace.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#endif

/// While the processor works, a timer signal looks every few milliseconds how much memory is in
/// use. The handler may not allocate, so all that it reads is made beforehand.
enum MemoryWatch {
  nonisolated(unsafe) private static var limit = Int.max
  nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static let buffer = UnsafeMutablePointer<UInt8>.allocate(
    capacity: bufferSize)
  nonisolated(unsafe) private static var pageSize = 4096

  private static let bufferSize = 256
  private static let microseconds = 20_000

  /// Sets the limit: a quarter of the machine's memory if nil.
  static func begin(_ bytes: Int?) {
    pageSize = max(1, sysconf(Int32(_SC_PAGESIZE)))
    let (memory, overflows) = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(
      by: pageSize)
    guard let limit = bytes ?? (overflows || memory <= 0 ? nil : memory / 4) else { return }
    // The handler reads these, so it is kept from acting on them half-written.
    self.limit = .max
    free(message)
    message = strdup(
      "error: this takes more than \(limit >> 20) MiB of memory; --memory allows more\n")
    if path == nil { path = strdup("/proc/self/statm") }
    _ = buffer
    self.limit = limit
    _ = signal(SIGPROF) { _ in MemoryWatch.look() }
    arm()
  }

  /// Starts the timer, if there is a limit; a copy of the process has to do so itself.
  static func arm() {
    guard limit < .max else { return }
    let interval = timeval(tv_sec: 0, tv_usec: .init(microseconds))
    var timer = itimerval(it_interval: interval, it_value: interval)
    #if canImport(Glibc)
      _ = setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    #else
      _ = setitimer(ITIMER_PROF, &timer, nil)
    #endif
  }

  private static func look() {
    let code = errno
    if used() > limit, let message {
      _ = write(STDERR_FILENO, message, strlen(message))
      _exit(2)
    }
    errno = code
  }

  /// The bytes of memory that the process uses.
  static func used() -> Int {
    #if canImport(Darwin)
      var usage = rusage()
      return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0
    #else
      guard let path else { return 0 }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return 0 }
      defer { _ = close(descriptor) }
      let count = read(descriptor, buffer, bufferSize)
      // `size resident …` in pages
      var (pages, fields, position) = (0, 0, 0)
      while position < count, fields < 2 {
        let byte = buffer[position]
        if byte == 0x20 { fields += 1 }
        if fields == 1, byte != 0x20 { pages = pages &* 10 &+ Int(byte &- 0x30) }
        position += 1
      }
      return pages &* pageSize
    #endif
  }
}

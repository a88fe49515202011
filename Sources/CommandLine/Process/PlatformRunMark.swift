// A mark in the environment of a program that is run, by which all processes that it starts are
// found.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#endif

/// A process that leaves its group, as a daemon does, keeps its environment. Where the system shows
/// that of processes (Linux does, under /proc), it is ended with the others.
struct RunMark {
  private static let name = "AUTODIFF_RUN"
  /// Processes may be started while others are looked for.
  private static let rounds = 20
  private static let mostEnvironment = 4 << 20

  private let entry: String

  init() {
    var generator = SystemRandomNumberGenerator()
    entry = "\(Self.name)=\(getpid())-\(generator.next() as UInt64)"
  }

  /// The environment with the mark, which stands behind the rest, before the nil at the end.
  func added(
    to environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) -> [UnsafeMutablePointer<CChar>?] {
    var entries: [UnsafeMutablePointer<CChar>?] = []
    if var next = environment {
      while let entry = next.pointee {
        entries.append(entry)
        next += 1
      }
    }
    return entries + [strdup(entry), nil]
  }

  /// Ends all processes that have the mark.
  func killAll() {
    #if !canImport(Darwin)
      for _ in 0..<Self.rounds {
        let marked = Self.processes().filter(hasMark)
        if marked.isEmpty { return }
        for process in marked { _ = kill(process, SIGKILL) }
        _ = usleep(1000)
      }
    #endif
  }

  private static func processes() -> [pid_t] {
    guard let directory = opendir("/proc") else { return [] }
    defer { _ = closedir(directory) }
    var processes: [pid_t] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let process = pid_t(name) { processes.append(process) }
    }
    return processes
  }

  /// A process that has ended and not been waited for has an empty environment.
  private func hasMark(_ process: pid_t) -> Bool {
    let descriptor = open("/proc/\(process)/environ", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    var bytes: [UInt8] = []
    var chunk: [UInt8] = Array(repeating: 0, count: 65_536)
    while bytes.count < Self.mostEnvironment {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk.prefix(count)
    }
    let mark = Array(entry.utf8)
    return bytes.split(separator: 0).contains { $0.elementsEqual(mark) }
  }
}

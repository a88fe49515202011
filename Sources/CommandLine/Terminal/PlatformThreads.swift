// Work on several threads whose results come in the order of submission.
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many threads of this process can run at the same time.
func usableProcessors() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// A few threads with a worker each; with none, work is done where it is submitted.
package final class OrderedWork<Input: Sendable, Output: Sendable> {
  private typealias Worker = (Input) -> Output

  private let desk: Desk<Input, Output>
  private var threads: [pthread_t] = []
  /// The worker where there are no threads.
  private var worker: Worker?
  private var results: [Output] = []
  private var submitted = 0
  private var taken = 0

  /// - Parameters:
  ///   - threads: how many; none for 1.
  ///   - makeWorker: called once on each thread.
  package init(threads count: Int, _ makeWorker: @escaping @Sendable () -> (Input) -> Output) {
    let desk = Desk<Input, Output>()
    self.desk = desk
    if count > 1 {
      threads = (0..<count).compactMap { _ in start { desk.work(makeWorker()) } }
    }
    if threads.isEmpty { worker = makeWorker() }
  }

  deinit { finish() }

  /// How many results have not been taken.
  package var waitingCount: Int { submitted - taken }
  /// How many may wait, so that every thread has something to do and memory stays small.
  package var usualCount: Int { 2 * threads.count }

  /// Hands a piece of work to the threads. Without threads it is done at once.
  package func submit(_ input: Input) {
    submitted += 1
    if let worker { results.append(worker(input)) } else { desk.put(input) }
  }

  /// The first result that has not been taken, as soon as it is there; nil where there is none.
  package func next() -> Output? {
    guard waitingCount > 0 else { return nil }
    taken += 1
    return worker == nil ? desk.take() : results.removeFirst()
  }

  /// Ends the threads; work that has not been begun is left.
  package func finish() {
    desk.close()
    for thread in threads { _ = pthread_join(thread, nil) }
    threads = []
  }
}

/// The queues of work and results, behind one lock.
private final class Desk<Input: Sendable, Output: Sendable>: @unchecked Sendable {
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// Signalled when something has changed.
  private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var inputs: [(number: Int, input: Input)] = []
  private var outputs: [Int: Output] = [:]
  private var putCount = 0
  private var takenCount = 0
  private var isClosed = false

  init() {
    _ = pthread_mutex_init(lock, nil)
    _ = pthread_cond_init(change, nil)
  }

  deinit {
    _ = pthread_cond_destroy(change)
    _ = pthread_mutex_destroy(lock)
    change.deallocate()
    lock.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    _ = pthread_mutex_lock(lock)
    defer { _ = pthread_mutex_unlock(lock) }
    return body()
  }

  private func tellAll() { _ = pthread_cond_broadcast(change) }
  private func wait() { _ = pthread_cond_wait(change, lock) }

  func put(_ input: Input) {
    locked {
      inputs.append((putCount, input))
      putCount += 1
      tellAll()
    }
  }

  func take() -> Output {
    locked {
      while true {
        if let output = outputs.removeValue(forKey: takenCount) {
          takenCount += 1
          return output
        }
        wait()
      }
    }
  }

  func close() {
    locked {
      isClosed = true
      tellAll()
    }
  }

  /// Works until the desk is closed.
  func work(_ worker: (Input) -> Output) {
    while let (number, input) = nextInput() {
      let output = worker(input)
      locked {
        outputs[number] = output
        tellAll()
      }
    }
  }

  private func nextInput() -> (number: Int, input: Input)? {
    locked {
      while inputs.isEmpty, !isClosed { wait() }
      return isClosed ? nil : inputs.removeFirst()
    }
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Starts a thread that no signal interrupts; nil if there cannot be one.
private func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
  var attributes = pthread_attr_t()
  _ = pthread_attr_init(&attributes)
  defer { _ = pthread_attr_destroy(&attributes) }
  _ = pthread_attr_setstacksize(&attributes, 8 << 20)
  var (all, former) = (sigset_t(), sigset_t())
  _ = sigfillset(&all)
  // A thread inherits the signal mask of the one that starts it.
  _ = pthread_sigmask(SIG_SETMASK, &all, &former)
  defer { _ = pthread_sigmask(SIG_SETMASK, &former, nil) }
  let body = Unmanaged.passRetained(ThreadBody(run))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let code = pthread_create(
    &thread, &attributes,
    { raw in
      runThread(raw)
      return nil
    }, body.toOpaque())
  if code != 0 {
    body.release()
    return nil
  }
  return thread
}

private func runThread(_ raw: UnsafeMutableRawPointer?) {
  guard let raw else { return }
  Unmanaged<ThreadBody>.fromOpaque(raw).takeRetainedValue().run()
}

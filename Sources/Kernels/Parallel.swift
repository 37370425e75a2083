import COpenBLAS
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs the parts of a loop on a fixed crew of threads.
///
/// How work is split depends on the number of threads alone, and each part writes its own numbers, so
/// the same count of threads gives the same bits each time.
public enum Parallel {
  /// How many threads share the work. Set it once, at start.
  public static var threads: Int {
    get { wanted.load(ordering: .relaxed) }
    set { wanted.store(max(1, newValue), ordering: .relaxed) }
  }

  private static let wanted = Atomic<Int>(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Splits `0..<count` into one range a thread, with borders at multiples of `step`, and runs them side by
  /// side; in the caller's thread alone where `work` (in multiply-adds or the like) is below what a
  /// second thread is worth.
  @inline(__always)
  static func split(
    _ count: Int, step: Int = 1, work: Int, minimum: Int = 100_000, _ body: (Range<Int>) -> Void
  ) {
    let units = (count + step - 1) / step
    let parts = parts(units, work: work, minimum: minimum)
    if parts <= 1 {
      if count > 0 { body(0..<count) }
      return
    }
    run(parts) { part in
      let range = self.range(part, of: parts, units)
      body(min(count, range.lowerBound * step)..<min(count, range.upperBound * step))
    }
  }

  /// How many threads are worth it.
  @inline(__always)
  static func parts(_ count: Int, work: Int, minimum: Int = 100_000) -> Int {
    min(threads, count, max(1, work / minimum))
  }

  /// The share of a part.
  @inline(__always)
  static func range(_ part: Int, of parts: Int, _ count: Int) -> Range<Int> {
    (count * part / parts)..<(count * (part + 1) / parts)
  }

  /// Runs `body(0)` … `body(parts − 1)`, each once, and returns when all are done.
  ///
  /// A call from inside another, or while another thread has the crew, runs its parts in turn.
  static func run(_ parts: Int, _ body: (Int) -> Void) {
    guard parts > 1, let crew = Crew.take(parts) else {
      for part in 0..<parts { body(part) }
      return
    }
    withoutActuallyEscaping(body) { crew.run(parts, $0) }
  }
}

/// The threads that wait for work. They watch for a moment, since the next loop usually follows at
/// once, then sleep.
private final class Crew: @unchecked Sendable {
  private static let shared = Crew()
  private static let isTaken = Atomic<Bool>(false)

  private let generation = Atomic<Int>(0)
  private let unfinished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private var workers = 0
  private var parts = 0
  private var body: (Int) -> Void = { _ in }
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
  }

  /// The crew, if nobody has it, with a worker for each part but the caller's, or as many as the system gives.
  static func take(_ parts: Int) -> Crew? {
    guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    else { return nil }
    while shared.workers < parts - 1, shared.addWorker() {}
    return shared
  }

  func run(_ parts: Int, _ body: @escaping (Int) -> Void) {
    self.parts = parts
    self.body = body
    unfinished.store(workers, ordering: .relaxed)
    generation.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(mutex)
      pthread_cond_broadcast(wake)
      pthread_mutex_unlock(mutex)
    }
    body(0)
    // Parts that have no worker are the caller's: the split, and so the bits, stay the same.
    for part in min(workers + 1, parts)..<parts { body(part) }
    var turns = 0
    while unfinished.load(ordering: .acquiring) > 0 { Self.pause(&turns) }
    self.body = { _ in }
    Self.isTaken.store(false, ordering: .releasing)
  }

  private func addWorker() -> Bool {
    let number = workers + 1
    let seen = generation.load(ordering: .relaxed)
    guard startThread({ self.work(number, seen: seen) }) else { return false }
    workers = number
    return true
  }

  private func work(_ number: Int, seen: Int) -> Never {
    var seen = seen
    while true {
      waitForWork(after: seen)
      seen += 1
      if number < parts { body(number) }
      unfinished.subtract(1, ordering: .releasing)
    }
  }

  /// Waits for the next piece of work: about 50 µs awake, then asleep.
  private func waitForWork(after seen: Int) {
    for _ in 0..<2000 {
      if generation.load(ordering: .acquiring) != seen { return }
      unrolled_pause()
    }
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while generation.load(ordering: .sequentiallyConsistent) == seen {
      pthread_cond_wait(wake, mutex)
    }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// Lets another thread have the core when the wait gets long.
  private static func pause(_ turns: inout Int) {
    turns += 1
    if turns > 2000 { sched_yield() } else { unrolled_pause() }
  }
}

import Foundation
import Notebook
import Synchronization
import Tensors

/// Results of `count` independent pieces of work, in order, made on as many threads as the page may use, or on
/// the caller's where the system gives none.
///
/// Each piece makes all that it needs itself, from its own seed, so the results are the same on any
/// number of threads.
public func concurrently<Value: Sendable>(
  _ label: String, _ count: Int, _ page: Page, _ work: @escaping @Sendable (Int) -> Value
) -> [Value] {
  let progress = page.progress(label, total: count)
  defer { progress.finish() }
  // Small products gain nothing from a second thread; whole trainings side by side do.
  let threads = MatrixLibrary.threads
  MatrixLibrary.threads = 1
  defer { MatrixLibrary.threads = threads }
  let desk = Desk<Value>(count)
  let isAlone = !(0..<min(page.threads, count)).reduce(false) { began, _ in
    WorkerThread.start { while let number = desk.take() { desk.put(number, work(number)) } }
      || began
  }
  for _ in 0..<count {
    if isAlone, let number = desk.take() { desk.put(number, work(number)) }
    desk.wait()
    progress.advance()
  }
  return desk.results
}

/// The same for one piece of work a seed.
public func concurrently<Value: Sendable>(
  _ label: String, seeds: [UInt64], _ page: Page, _ work: @escaping @Sendable (UInt64) -> Value
) -> [Value] {
  concurrently(label, seeds.count, page) { work(seeds[$0]) }
}

/// Where threads take numbers and put results.
private final class Desk<Value: Sendable>: Sendable {
  private let next = Mutex(0)
  private let done: Mutex<[Value?]>
  private let finished = DispatchSemaphore(value: 0)
  private let count: Int

  init(_ count: Int) {
    self.count = count
    done = Mutex(Array(repeating: nil, count: count))
  }

  func take() -> Int? {
    next.withLock { next in
      guard next < count else { return nil }
      next += 1
      return next - 1
    }
  }

  func put(_ number: Int, _ value: Value) {
    done.withLock { $0[number] = value }
    finished.signal()
  }

  func wait() { finished.wait() }

  var results: [Value] { done.withLock { $0.compactMap { $0 } } }
}

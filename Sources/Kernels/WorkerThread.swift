import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starts a thread that calls `body`. False where the system gives none (it limits processes and memory):
/// then nobody calls `body`, and whoever would wait for it does the work himself.
///
/// Foundation's `Thread` and Dispatch do not say that no thread began, or try again for ever.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let work = Unmanaged.passRetained(Work(body))
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let result = pthread_create(
    &thread, nil,
    { argument in
      #if canImport(Glibc)
        guard let argument else { return nil }
      #endif
      Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
  guard result == 0 else {
    work.release()
    return false
  }
  #if canImport(Glibc)
    pthread_detach(thread)
  #else
    if let thread { pthread_detach(thread) }
  #endif
  return true
}

/// True if the system gives a thread; it has ended again.
package func canStartThread() -> Bool {
  #if canImport(Glibc)
    var thread = pthread_t()
    guard pthread_create(&thread, nil, { _ in nil }, nil) == 0 else { return false }
    pthread_join(thread, nil)
  #else
    var thread: pthread_t?
    guard pthread_create(&thread, nil, { _ in nil }, nil) == 0, let thread else { return false }
    pthread_join(thread, nil)
  #endif
  return true
}

private final class Work: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Calls `body(0)` … `body(count − 1)`, each once, on the caller's thread and as many others as there are, `threads`
/// in all at most. Returns when all are done.
package func sideBySide(
  _ count: Int, threads: Int = Parallel.threads, _ body: @escaping @Sendable (Int) -> Void
) {
  let desk = Desk(count)
  for _ in 1..<max(1, min(threads, count)) {
    desk.running.add(1, ordering: .relaxed)
    let began = startThread {
      desk.work(body)
      desk.running.subtract(1, ordering: .releasing)
    }
    guard began else {
      desk.running.subtract(1, ordering: .relaxed)
      break
    }
  }
  desk.work(body)
  while desk.running.load(ordering: .acquiring) > 0 { usleep(50) }
}

/// Where threads take numbers.
private final class Desk: Sendable {
  let next = Atomic<Int>(0)
  let running = Atomic<Int>(0)
  let count: Int

  init(_ count: Int) { self.count = count }

  func work(_ body: (Int) -> Void) {
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      body(number)
    }
  }
}

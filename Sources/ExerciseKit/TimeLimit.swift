import Foundation

/// Ends the process when an exercise runs longer than `EXERCISE_TIME_LIMIT` seconds.
///
/// `learn check` sets the variable. Without it nothing is limited, so a debugger may stop inside an
/// exercise for as long as it likes. The limit of Swift Testing cannot be used: it is a minute at
/// least, and it cannot end a loop that never waits.
final class TimeLimit: @unchecked Sendable {
  private let condition = NSCondition()
  private var isOver = false

  static func start(for id: String) -> TimeLimit? {
    guard let text = ProcessInfo.processInfo.environment["EXERCISE_TIME_LIMIT"],
      let seconds = Double(text), seconds > 0
    else { return nil }
    let limit = TimeLimit()
    Thread.detachNewThread { limit.watch(id, seconds) }
    return limit
  }

  func stop() {
    condition.lock()
    isOver = true
    condition.signal()
    condition.unlock()
  }

  private func watch(_ id: String, _ seconds: Double) {
    let end = Date(timeIntervalSinceNow: seconds)
    condition.lock()
    while !isOver && condition.wait(until: end) {}
    let ranOut = !isOver
    condition.unlock()
    guard ranOut else { return }
    FileHandle.standardError.write(Data("Time limit of exercise \(id) reached\n".utf8))
    // SIGQUIT makes the runtime print where every thread is. Raised in this thread, it comes back when all is
    // printed; sent to the process, it may reach another, and this one would end the process before. A thread
    // that was started by a worker of Dispatch holds signals back.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGQUIT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(SIGQUIT)
    _exit(1)
  }
}

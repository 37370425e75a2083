import Foundation
import Tensors

/// Ctrl-C: one line that says what was done and what became of the report, then exit code 130.
enum Interrupt {
  private struct State {
    var done: [String] = []
    var report = ""
    var hasEarlier = false
    var isWritten = false
  }

  private nonisolated(unsafe) static var state = State()
  private static let lock = NSLock()

  static func begin(report: String, hasEarlier: Bool) {
    // A reader that goes away, such as `| head`, does not end the run.
    signal(SIGPIPE, SIG_IGN)
    lock.withLock { state = State(report: report, hasEarlier: hasEarlier) }
    // Without a thread to say the line, the signals end the program as they always do.
    guard hasWatcher else { return }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(wakeEnd, &byte, 1)
      }
    }
  }

  static func done(_ section: String) { lock.withLock { state.done.append(section) } }

  /// Writes the report; an interruption waits until it is whole.
  static func writing(_ body: () throws -> Void) rethrows {
    try lock.withLock {
      try body()
      state.isWritten = true
    }
  }

  static func end() {
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }

  static func sentence(
    done: [String], report: String, hasEarlier: Bool, isWritten: Bool = false
  ) -> String {
    let sections = done.isEmpty ? "no section was done" : "done: \(done.joined(separator: ", "))"
    let rest =
      report.isEmpty
      ? ""
      : isWritten
        ? "; the report in \(report) is whole"
        : hasEarlier ? "; the earlier report in \(report) is untouched" : "; no report was written"
    return "Interrupted, \(sections)\(rest)."
  }

  /// The thread that waits for a signal's number; the handler itself may do next to nothing.
  private static let hasWatcher: Bool = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let readEnd = ends[0]
    wakeEnd = ends[1]
    return WorkerThread.start {
      var number: UInt8 = 0
      while read(readEnd, &number, 1) != 1 {}
      stop(Int32(number))
    }
  }()

  private static func stop(_ number: Int32) {
    // The lock is kept: nothing may be written any more.
    lock.lock()
    let text = sentence(
      done: state.done, report: state.report, hasEarlier: state.hasEarlier,
      isWritten: state.isWritten)
    let lines = TextWrap.lines(text, width: 80).joined(separator: "\n")
    try? FileHandle.standardError.write(contentsOf: Data("\n\(lines)\n".utf8))
    _exit(128 + number)
  }
}

/// Where the signal handler writes; set before the handler is.
private nonisolated(unsafe) var wakeEnd: Int32 = -1

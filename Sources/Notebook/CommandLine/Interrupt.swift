import Dispatch
import Foundation
import Synchronization

/// Ctrl-C: one line that says what was done and what became of the report, then exit code 130.
enum Interrupt {
  private struct State {
    var done: [String] = []
    var report = ""
    var hasEarlier = false
    /// An unfinished folder, to be removed.
    var temporary: String?
    var sources: [any DispatchSourceSignal] = []
  }

  private nonisolated(unsafe) static var state = State()
  private static let lock = NSLock()

  static func begin(report: String, hasEarlier: Bool) {
    // A reader that goes away, such as `| head`, does not end the run.
    signal(SIGPIPE, SIG_IGN)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { stop(number) }
      source.resume()
      return source
    }
    lock.withLock {
      state = State(report: report, hasEarlier: hasEarlier, sources: sources)
    }
  }

  static func done(_ section: String) { lock.withLock { state.done.append(section) } }

  /// Names the folder that an interruption must remove; nil when it is in its place.
  static func temporary(_ path: String?) { lock.withLock { state.temporary = path } }

  static func end() {
    lock.withLock {
      for source in state.sources { source.cancel() }
      state.sources = []
    }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }

  static func sentence(done: [String], report: String, hasEarlier: Bool) -> String {
    let sections = done.isEmpty ? "no section was done" : "done: \(done.joined(separator: ", "))"
    let rest =
      report.isEmpty
      ? ""
      : hasEarlier ? "; the earlier report in \(report) is untouched" : "; no report was written"
    return "Interrupted, \(sections)\(rest)."
  }

  private static func stop(_ number: Int32) {
    // The lock is kept: nothing may be written any more.
    lock.lock()
    if let temporary = state.temporary { try? FileManager.default.removeItem(atPath: temporary) }
    let text = sentence(done: state.done, report: state.report, hasEarlier: state.hasEarlier)
    try? FileHandle.standardError.write(contentsOf: Data("\n\(text)\n".utf8))
    _exit(128 + number)
  }
}

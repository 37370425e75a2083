import Foundation

/// A bar with the time left, for what takes longer than a second.
///
/// On a terminal the bar redraws in place and disappears at the end. Elsewhere nothing is shown.
public final class Progress {
  private let label: String
  private let terminal: Terminal
  private var total: Int
  private let now: () -> Date
  private var start: Date
  private var done = 0
  /// What was done before the clock started.
  private var before = 0
  private var drawn = Date.distantPast

  init(_ label: String, total: Int, terminal: Terminal, now: @escaping () -> Date = Date.init) {
    self.now = now
    start = now()
    self.label = label
    self.total = max(total, 1)
    self.terminal = terminal
  }

  deinit { finish() }

  /// One on the standard output, for a program that has no page.
  public static func standard(_ label: String, total: Int = 1) -> Progress {
    Progress(label, total: total, terminal: .standard(noColor: false))
  }

  /// True if the bar shows.
  public var isInteractive: Bool { terminal.isInteractive }

  /// Starts the clock anew, with so much done already.
  public func begin(at done: Int, of total: Int) {
    (self.done, before) = (done, done)
    self.total = max(total, 1)
    start = now()
  }

  /// Corrects how much there is to do.
  public func update(total: Int) { self.total = max(total, 1) }

  /// A line of text above the bar; where there is none, a line.
  public func line(_ text: String) { terminal.line(text) }

  /// Notes that more is done; `note` says how it stands, such as "loss 0.31".
  public func advance(by steps: Int = 1, note: String = "") {
    done = min(done + steps, total)
    guard terminal.isInteractive else { return }
    let now = now()
    let elapsed = now.timeIntervalSince(start)
    let left = elapsed / Double(max(done - before, 1)) * Double(total - done)
    guard elapsed + left > 1, elapsed > 0.2, now.timeIntervalSince(drawn) > 0.1 else { return }
    drawn = now
    terminal.transient(Self.bar(label, done: done, of: total, left: left, note: note))
  }

  /// Removes the bar. Called by itself when the progress goes out of use.
  public func finish() { terminal.clearTransient() }

  static func bar(_ label: String, done: Int, of total: Int, left: Double, note: String) -> String {
    let cells = 20
    let filled = cells * done / max(total, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
    let time = left < 0.5 ? "" : "  \(duration(left)) left"
    let text = "  \(label) \(bar) \(done)/\(total)\(time)\(note.isEmpty ? "" : "  \(note)")"
    return String(text.prefix(79))
  }

  /// "12 s", "3 min", "2 h 05 min", rounded up.
  private static func duration(_ seconds: Double) -> String {
    if seconds <= 120 { return "\(Int(seconds.rounded(.up))) s" }
    let minutes = Int((seconds / 60).rounded(.up))
    if minutes < 60 { return "\(minutes) min" }
    return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60) min"
  }
}

import Foundation

/// A bar with the time left, for what takes longer than a second.
///
/// On a terminal the bar redraws in place and disappears at the end. Elsewhere nothing is shown.
public final class Progress {
  private let label: String
  private let total: Int
  private let terminal: Terminal
  private let start = Date()
  private var done = 0
  private var drawn = Date.distantPast

  init(_ label: String, total: Int, terminal: Terminal) {
    self.label = label
    self.total = max(total, 1)
    self.terminal = terminal
  }

  deinit { finish() }

  /// Notes that more is done; `note` says how it stands, such as "loss 0.31".
  public func advance(by steps: Int = 1, note: String = "") {
    done = min(done + steps, total)
    guard terminal.isInteractive else { return }
    let now = Date()
    let elapsed = now.timeIntervalSince(start)
    let expected = elapsed / Double(max(done, 1)) * Double(total)
    guard expected > 1, elapsed > 0.2, now.timeIntervalSince(drawn) > 0.1 else { return }
    drawn = now
    terminal.transient(Self.bar(label, done: done, of: total, left: expected - elapsed, note: note))
  }

  /// Removes the bar. Called by itself when the progress goes out of use.
  public func finish() { terminal.clearTransient() }

  static func bar(_ label: String, done: Int, of total: Int, left: Double, note: String) -> String {
    let cells = 20
    let filled = cells * done / max(total, 1)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
    let time = left < 0.5 ? "" : "  \(Int(left.rounded(.up))) s left"
    let text = "  \(label) \(bar) \(done)/\(total)\(time)\(note.isEmpty ? "" : "  \(note)")"
    return String(text.prefix(79))
  }
}

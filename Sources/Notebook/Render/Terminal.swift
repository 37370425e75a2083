import Foundation

/// Escape codes for emphasis, or none.
struct TerminalStyle {
  var isOn: Bool

  func bold(_ text: String) -> String { wrap(text, "1") }
  func italic(_ text: String) -> String { wrap(text, "3") }
  func faint(_ text: String) -> String { wrap(text, "2") }
  func code(_ text: String) -> String { wrap(text, "36") }
  func good(_ text: String) -> String { wrap(text, "32") }
  func bad(_ text: String) -> String { wrap(text, "1;31") }
  func accent(_ text: String) -> String { wrap(text, "1;34") }
  func warning(_ text: String) -> String { wrap(text, "33") }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// The page on a terminal, cell by cell as it happens. When piped, plain lines and nothing else.
final class Terminal {
  let style: TerminalStyle
  /// True if lines can be redrawn and the reader can press keys.
  let isInteractive: Bool
  let width = 80
  /// Where the report will be, for the paths of figures.
  var reportFolder = ""
  private let write: (String) -> Void
  /// Waits until the reader wants more; false when nobody answers any more. Nil where nothing waits.
  private var wait: (() -> Bool)?
  /// The lines that a screen shows, and those shown since the reader last looked.
  private var rows = { Int.max }
  private var shown = 0
  private var hasTransient = false
  private var isBlank = true

  init(isInteractive: Bool = false, hasColor: Bool = false, write: @escaping (String) -> Void) {
    self.isInteractive = isInteractive
    style = TerminalStyle(isOn: hasColor)
    self.write = write
  }

  /// The standard output.
  static func standard(noColor: Bool) -> Terminal {
    let isTerminal = isatty(1) == 1
    let environment = ProcessInfo.processInfo.environment
    let isPlain =
      noColor || !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return Terminal(isInteractive: isTerminal, hasColor: isTerminal && !isPlain) { text in
      try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
  }

  func line(_ text: String = "") {
    clearTransient()
    if text.isEmpty {
      if isBlank { return }
      isBlank = true
    } else {
      isBlank = false
    }
    if shown >= rows() - 1 { pause("Enter for more") }
    shown += 1
    write(text + "\n")
  }

  func lines(_ lines: [String], indent: String = "") {
    for text in lines { line(text.isEmpty ? "" : indent + text) }
  }

  func prose(_ markdown: String, indent: String = "") {
    lines(
      InlineMarkdown.lines(markdown, width: width - indent.count, style: style), indent: indent)
  }

  /// Waits for Enter from now on: after each screen, and where `pause` is called.
  func startPausing(
    rows: @escaping () -> Int = Terminal.screenRows,
    wait: @escaping () -> Bool = { readLine() != nil }
  ) {
    guard isInteractive else { return }
    self.rows = rows
    self.wait = wait
    shown = 0
  }

  /// Waits for Enter, if the reader asked for it.
  func pause(_ text: String) {
    guard let wait else { return }
    transient("  \(text) ")
    if wait() {
      write("\u{1B}[1A")  // the key has moved to the next line; the prompt is to go
    } else {
      self.wait = nil
    }
    clearTransient()
    shown = 0
  }

  /// How many lines the terminal shows.
  static func screenRows() -> Int {
    var size = winsize()
    let isKnown = ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 1
    return isKnown ? Int(size.ws_row) : 24
  }

  /// A line that the next output replaces.
  func transient(_ text: String) {
    guard isInteractive else { return }
    write("\r\u{1B}[2K" + text)
    hasTransient = true
  }

  func clearTransient() {
    guard hasTransient else { return }
    write("\r\u{1B}[2K")
    hasTransient = false
  }
}

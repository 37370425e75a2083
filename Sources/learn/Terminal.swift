import Foundation

/// Text for the terminal: at most 80 columns, and colours only where they are wanted.
enum Terminal {
  static let columns = 80

  /// Colours need a terminal, and nobody who asked for none (https://no-color.org).
  static let hasColours: Bool = {
    let environment = ProcessInfo.processInfo.environment
    let refused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return isatty(1) == 1 && !refused
  }()

  static func coloured(_ text: String, as state: ExerciseState) -> String {
    guard hasColours else { return text }
    let code =
      switch state {
      case .solved: 32
      case .notStarted: 2
      case .wrong, .crashed, .endless: 31
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// Breaks a paragraph between words; every line starts with `indent`. A word that is longer than
  /// a line stays whole, so that paths can be copied.
  static func wrapped(_ text: String, indent: String = "") -> String {
    text.lines.map { paragraph in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty && indent.count + line.count + 1 + word.count > columns {
          lines.append(indent + line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      return (lines + [indent + line]).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

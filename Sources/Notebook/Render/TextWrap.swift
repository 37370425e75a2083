/// Words broken into lines. Escape codes take no room.
enum TextWrap {
  static func lines(_ text: String, width: Int, hang: String = "") -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let size = TextWrap.width(String(word))
      if used > 0, used + 1 + size > width {
        lines.append(line)
        line = hang
        used = hang.count
        line += word
        used += size
      } else {
        if used > 0 {
          line += " "
          used += 1
        }
        line += word
        used += size
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// The columns that a text takes on a terminal.
  static func width(_ text: String) -> Int {
    var count = 0
    var isEscape = false
    for character in text {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { count += 1 }
      if isEscape, character == "m" { isEscape = false }
    }
    return count
  }

  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - TextWrap.width(text)))
    return right ? space + text : text + space
  }
}

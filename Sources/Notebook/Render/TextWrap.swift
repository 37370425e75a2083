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

  /// A line of code cut at spaces; what follows a cut stands eight columns deeper than the line.
  static func code(_ line: String, width: Int) -> [String] {
    let indent = String(line.prefix { $0 == " " })
    var lines: [String] = []
    var rest = Substring(line)
    while self.width(String(rest)) > width {
      let room = rest.prefix(width)
      let start = rest.firstIndex { $0 != " " } ?? rest.startIndex
      guard let cut = room.lastIndex(of: " "), cut > start else { break }
      lines.append(String(rest[..<cut]))
      rest = indent + "        " + rest[rest.index(after: cut)...]
    }
    return lines + [String(rest)]
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

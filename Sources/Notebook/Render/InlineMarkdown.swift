import Foundation

/// The little Markdown that prose uses, turned into words for a terminal.
enum InlineMarkdown {
  /// Wrapped lines: paragraphs, list items with a hanging indent, fenced text as it is.
  static func lines(_ markdown: String, width: Int, style: TerminalStyle) -> [String] {
    var result: [String] = []
    var paragraph: [String] = []
    var isFenced = false
    func flush() {
      if !paragraph.isEmpty {
        result += wrapped(paragraph.joined(separator: " "), width: width, style: style)
      }
      paragraph = []
    }
    for raw in markdown.components("\n") {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("```") {
        flush()
        isFenced.toggle()
      } else if isFenced {
        result.append("    " + raw)
      } else if line.isEmpty {
        flush()
        if result.last != "" { result.append("") }
      } else if line.range(of: #"^([-*]|\d+\.) "#, options: .regularExpression) != nil {
        flush()
        paragraph = [line]
      } else {
        paragraph.append(line)
      }
    }
    flush()
    while result.last == "" { result.removeLast() }
    return result
  }

  private static func wrapped(_ text: String, width: Int, style: TerminalStyle) -> [String] {
    var hang = ""
    if let mark = text.range(of: #"^([-*]|\d+\.) "#, options: .regularExpression) {
      hang = String(repeating: " ", count: text[mark].count)
    }
    return TextWrap.lines(styled(text, style), width: width, hang: hang)
  }

  /// Marks replaced by escape codes, or dropped where the terminal is plain.
  static func styled(_ text: String, _ style: TerminalStyle) -> String {
    var result = ""
    var rest = Substring(text)
    while let character = rest.first {
      if character == "`", let (inside, after) = enclosed(rest, "`") {
        result += style.isOn ? style.code(inside) : "`\(inside)`"
        rest = after
      } else if rest.hasPrefix("**"), let (inside, after) = enclosed(rest, "**") {
        result += style.bold(styled(inside, TerminalStyle(isOn: false)))
        rest = after
      } else if character == "*", let (inside, after) = enclosed(rest, "*"),
        inside.first?.isWhitespace == false, inside.last?.isWhitespace == false
      {
        result += style.italic(styled(inside, TerminalStyle(isOn: false)))
        rest = after
      } else if character == "[", let (label, address, after) = link(rest) {
        result += address.hasPrefix("#") ? label : "\(label) (\(address))"
        rest = after
      } else if character == "$", let (inside, after) = enclosed(rest, "$"),
        inside.first?.isWhitespace == false, inside.last?.isWhitespace == false
      {
        result += inside
        rest = after
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func enclosed(_ text: Substring, _ mark: String) -> (String, Substring)? {
    let inside = text.dropFirst(mark.count)
    guard let end = inside.range(of: mark), end.lowerBound > inside.startIndex else { return nil }
    return (String(inside[..<end.lowerBound]), inside[end.upperBound...])
  }

  private static func link(_ text: Substring) -> (String, String, Substring)? {
    guard let middle = text.range(of: "]("),
      let end = text[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let label = text[text.index(after: text.startIndex)..<middle.lowerBound]
    guard !label.contains("["), !label.contains("\n") else { return nil }
    return (String(label), String(text[middle.upperBound..<end]), text[text.index(after: end)...])
  }
}

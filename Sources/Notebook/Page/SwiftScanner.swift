/// Finds braces in Swift text, and passes over those in comments and string literals.
enum SwiftScanner {
  /// The first `{` at or after `start`.
  static func firstBrace(in text: [Unicode.Scalar], from start: Int) -> Int? {
    var index = start
    while index < text.count {
      if let next = skipped(text, index) {
        index = next
      } else if text[index] == "{" {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  /// The `}` that closes the `{` at `open`.
  static func matchingBrace(in text: [Unicode.Scalar], from open: Int) -> Int? {
    var depth = 0
    var index = open
    while index < text.count {
      if let next = skipped(text, index) {
        index = next
        continue
      }
      if text[index] == "{" { depth += 1 }
      if text[index] == "}" {
        depth -= 1
        if depth == 0 { return index }
      }
      index += 1
    }
    return nil
  }

  /// The index after the comment or literal that starts at `index`, nil if none starts there.
  private static func skipped(_ text: [Unicode.Scalar], _ index: Int) -> Int? {
    if starts(text, index, "//") {
      return text[index...].firstIndex(where: isLineEnd) ?? text.count
    }
    if starts(text, index, "/*") { return afterComment(text, index) }
    var hashes = 0
    while index + hashes < text.count, text[index + hashes] == "#" { hashes += 1 }
    guard index + hashes < text.count, text[index + hashes] == "\"" else { return nil }
    return afterString(text, index + hashes, hashes)
  }

  private static func afterComment(_ text: [Unicode.Scalar], _ start: Int) -> Int {
    var depth = 0
    var index = start
    while index < text.count {
      if starts(text, index, "/*") {
        depth += 1
        index += 2
      } else if starts(text, index, "*/") {
        depth -= 1
        index += 2
        if depth == 0 { return index }
      } else {
        index += 1
      }
    }
    return index
  }

  private static func afterString(_ text: [Unicode.Scalar], _ quote: Int, _ hashes: Int) -> Int {
    let isMultiline = starts(text, quote, "\"\"\"")
    let marks = String(repeating: "#", count: hashes)
    let end = (isMultiline ? "\"\"\"" : "\"") + marks
    var index = quote + (isMultiline ? 3 : 1)
    while index < text.count {
      if starts(text, index, end) { return index + end.unicodeScalars.count }
      if starts(text, index, "\\" + marks + "(") {
        index = afterInterpolation(text, index + 1 + hashes)
      } else if starts(text, index, "\\" + marks) {
        index += 2 + hashes
      } else if !isMultiline && isLineEnd(text[index]) {
        return index
      } else {
        index += 1
      }
    }
    return index
  }

  private static func afterInterpolation(_ text: [Unicode.Scalar], _ open: Int) -> Int {
    var depth = 0
    var index = open
    while index < text.count {
      if let next = skipped(text, index) {
        index = next
        continue
      }
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" {
        depth -= 1
        if depth == 0 { return index + 1 }
      }
      index += 1
    }
    return index
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func starts(_ text: [Unicode.Scalar], _ index: Int, _ mark: String) -> Bool {
    var index = index
    for scalar in mark.unicodeScalars {
      guard index < text.count, text[index] == scalar else { return false }
      index += 1
    }
    return true
  }
}

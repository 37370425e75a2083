/// fastai's rules around its tokenizer: what is changed in a text before it is cut, and in the words after.
///
/// Before, in this order: `withoutHTML`, `countingCharacters`, `countingWords`, `withSpacesAroundSigns`,
/// `withoutDoubleSpaces`. After: `markingCapitals`. They do what fastai 1.0.61 does, oddities included, so that a text
/// becomes the same tokens: `&amp;` becomes two &, a repeated word counts only where the same signs follow it.
public enum TextRules {
  /// All that comes before the cutting.
  public static func prepared(_ text: String) -> String {
    string(prepared(Array(text.unicodeScalars)))
  }

  static func prepared(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    withoutDoubleSpaces(
      withSpacesAroundSigns(countingWords(countingCharacters(withoutHTML(text)))))
  }

  /// HTML, JSON and WikiText leftovers, one after the other, then all other entities.
  private static let leftovers = [
    ("#39;", "'"), ("amp;", "&"), ("#146;", "'"), ("nbsp;", " "), ("#36;", "$"), ("\\n", "\n"),
    ("quot;", "'"), ("<br />", "\n"), ("\\\"", "\""), ("<unk>", "xxunk"), (" @.@ ", "."),
    (" @-@ ", "-"), (" @,@ ", ","), ("\\", " \\ "),
  ].map { (Array($0.unicodeScalars), Array($1.unicodeScalars)) }

  static func withoutHTML(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var text = text
    for (old, new) in leftovers { text = replaced(text, old, new) }
    return withoutDoubleSpaces(HTMLEntities.decoded(text))
  }

  /// A sign four or more times in a row: `xxrep`, the count, the sign.
  static func countingCharacters(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      var end = i + 1
      while end < text.count, text[end] == text[i] { end += 1 }
      if end - i >= 4, !text[i].isSpace {
        result += " xxrep \(end - i) ".unicodeScalars
        result += [text[i], " "]
      } else {
        result += text[i..<end]
      }
      i = end
    }
    return result
  }

  /// A word four or more times in a row, each with the same signs behind: `xxwrep`, the count, the word.
  static func countingWords(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      var word = i
      while word < text.count, text[word].isWord { word += 1 }
      if word == i {
        result.append(text[i])
        i += 1
      } else if let (unit, end) = repetition(text, from: i, word: word) {
        let count = text[unit..<end].split { $0.isSpace }.count + 1
        result += " xxwrep \(count) ".unicodeScalars
        result += text[i..<unit]
        result.append(" ")
        i = end
      } else {
        result += text[i..<word]
        i = word
      }
    }
    return result
  }

  /// The longest word with signs behind it that comes four times or more: where the first ends, and the last.
  private static func repetition(
    _ text: [Unicode.Scalar], from start: Int, word: Int
  ) -> (unit: Int, end: Int)? {
    var gap = word
    while gap < text.count, !text[gap].isWord { gap += 1 }
    for unit in stride(from: gap, to: word, by: -1) {
      let length = unit - start
      var end = unit
      while end + length <= text.count, text[end] == text[start],
        text[end..<(end + length)].elementsEqual(text[start..<unit])
      { end += length }
      if end - unit >= 3 * length { return (unit, end) }
    }
    return nil
  }

  /// Spaces on both sides of /, # and a newline.
  static func withSpacesAroundSigns(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    text.flatMap { "/#\n".unicodeScalars.contains($0) ? [" ", $0, " "] : [$0] }
  }

  static func withoutDoubleSpaces(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count)
    for sign in text where sign != " " || result.last != " " { result.append(sign) }
    return result
  }

  /// A word in capitals gets `xxup` before it, one that begins with a capital `xxmaj`; a single letter gets none.
  public static func markingCapitals(_ words: [String]) -> [String] {
    words.flatMap { word -> [String] in
      let small = word.lowercased()
      guard word != small, word.unicodeScalars.count > 1 else { return [small] }
      let scalars = word.unicodeScalars
      let upper = scalars.count(where: \.properties.isUppercase)
      let cased = scalars.count(where: \.properties.isCased)
      let begins = scalars.first?.properties.isUppercase == true
      return upper == cased && upper > 0
        ? ["xxup", small] : upper == 1 && begins && cased > 1 ? ["xxmaj", small] : [small]
    }
  }

  /// Replaces every occurrence from the left.
  private static func replaced(
    _ text: [Unicode.Scalar], _ old: [Unicode.Scalar], _ new: [Unicode.Scalar]
  ) -> [Unicode.Scalar] {
    guard text.contains(old[0]) else { return text }
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      if text[i] == old[0], text[i...].starts(with: old) {
        result += new
        i += old.count
      } else {
        result.append(text[i])
        i += 1
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// What Python calls a space.
  var isSpace: Bool {
    isASCII
      ? value == 32 || (9...13).contains(value) || (28...31).contains(value)
      : properties.isWhitespace
  }

  /// What Python calls a sign of a word: a letter, a digit or _.
  var isWord: Bool { isLetter || isDigit || value == 95 }

  var isLetter: Bool {
    if isASCII { return (65...90).contains(value) || (97...122).contains(value) }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  var isDigit: Bool {
    if isASCII { return (48...57).contains(value) }
    switch properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }
}

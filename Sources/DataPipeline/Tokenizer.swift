/// Cuts a text into words and signs, in lower case, with fastai's special tokens for what that would lose.
///
/// The rules, in order:
/// 1. HTML: `<br />` becomes a newline, entities the sign they stand for.
/// 2. Words are split as below; a character four or more times in a row becomes `xxrep`, the count, the character.
/// 3. A word four or more times in a row becomes `xxwrep`, the count, the word.
/// 4. A word in capitals gets `xxup` before it, one that begins with a capital `xxmaj`; a single letter gets none.
/// 5. The text begins with `xxbos`.
///
/// A word is a run of letters and digits. As in spaCy, which fastai uses, endings such as n't, 's and 're are words
/// of their own, numbers keep their points and commas, dots in a row stay together, and every other sign stands alone.
/// Unlike spaCy this splits addresses, emoticons and abbreviations (u . s .) at their signs, makes a token of every
/// newline, and leaves "cannot" and "gonna" whole. fastai looks for repeated words before it splits, and so
/// counts only those that the same signs follow.
public struct Tokenizer: Sendable {
  public init() {}

  public func callAsFunction(_ text: String) -> [String] {
    let words = repeatedWords(split(Self.withoutHTML(text)))
    return ["xxbos"] + words.flatMap(markedCapitals)
  }

  private static let html = [
    ("<br />", "\n"), ("<br/>", "\n"), ("<br>", "\n"), ("&quot;", "\""), ("&#34;", "\""),
    ("&#39;", "'"), ("&#146;", "'"), ("&#36;", "$"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"),
    ("&amp;", "&"),
  ]

  static func withoutHTML(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
      return text
    }
    return html.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private func split(_ text: String) -> [String] {
    let signs = Array(text)
    var tokens: [String] = []
    var i = 0
    while i < signs.count {
      let sign = signs[i]
      let run = signs[i...].prefix { $0 == sign }.count
      if sign.isNewline {
        tokens.append("\n")
        i += 1
      } else if sign.isWhitespace {
        i += 1
      } else if run >= 4 && sign != "." || run > 4 {
        tokens += ["xxrep", "\(run)", "\(sign)"]
        i += run
      } else if sign.isWordSign {
        let end = endOfWord(signs, from: i)
        tokens += withoutEnding(String(signs[i..<end]))
        i = end
      } else {
        let length = sign == "." ? run : 1
        tokens.append(String(signs[i..<(i + length)]))
        i += length
      }
    }
    return tokens
  }

  /// Letters and digits; apostrophes between letters; points and commas between digits. Stops before a
  /// character that comes four times.
  private func endOfWord(_ signs: [Character], from start: Int) -> Int {
    var end = start + 1
    while end < signs.count {
      let (last, sign) = (signs[end - 1], signs[end])
      let next = end + 1 < signs.count ? signs[end + 1] : " "
      if end + 3 < signs.count, signs[end...(end + 3)].allSatisfy({ $0 == sign }) { break }
      let joinsLetters = (sign == "'" || sign == "’") && last.isLetter && next.isLetter
      let joinsDigits = (sign == "." || sign == ",") && last.isNumber && next.isNumber
      guard sign.isWordSign || joinsLetters || joinsDigits else { break }
      end += 1
    }
    return end
  }

  private static let endings = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"]

  private func withoutEnding(_ word: String) -> [String] {
    let plain = word.lowercased().replacing("’", with: "'")
    for ending in Self.endings where plain.hasSuffix(ending) && plain.count > ending.count {
      return [String(word.dropLast(ending.count)), String(word.suffix(ending.count))]
    }
    return [word]
  }

  private func repeatedWords(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var i = 0
    while i < tokens.count {
      let word = tokens[i]
      let run = tokens[i...].prefix { $0 == word }.count
      let isWord = word.contains { $0.isWordSign }
      if run >= 4 && isWord {
        result += ["xxwrep", "\(run)", word]
      } else {
        result += tokens[i..<(i + run)]
      }
      i += run
    }
    return result
  }

  private func markedCapitals(_ word: String) -> [String] {
    let small = word.lowercased()
    guard word.count > 1, word != small else { return [small] }
    if word == word.uppercased() { return ["xxup", small] }
    let rest = word.dropFirst()
    let isCapital = word.first?.isUppercase == true && rest == rest.lowercased()
    return isCapital && rest.contains(where: \.isLetter) ? ["xxmaj", small] : [small]
  }
}

extension Character {
  fileprivate var isWordSign: Bool { isLetter || isNumber }
}

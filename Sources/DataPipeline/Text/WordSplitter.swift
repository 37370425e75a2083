/// Cuts a text into words and signs by the rules of spaCy's English tokenizer, which fastai uses.
///
/// 1. Cut at spaces. Newlines and further spaces are words too.
/// 2. Take signs off the front (quotes, brackets, currencies, …) and off the end (the same, 's, a full stop behind a small
///    letter, units behind a number), until nothing comes off or what is left is a known contraction or abbreviation.
/// 3. Addresses stay whole; other words are cut at dots, commas, hyphens and such between letters.
/// 4. Contractions, abbreviations and emoticons are put together or cut as their list says.
///
/// Letters are those of all scripts; spaCy's lists of Russian and Arabic units are left out.
struct WordSplitter {
  private var known: [String: [String]] = [:]

  mutating func callAsFunction(_ text: [Unicode.Scalar]) -> [String] {
    var words: [String] = []
    var start = 0
    var isGap = text.first?.isSpace ?? false
    for i in 0...text.count where i == text.count || text[i].isSpace != isGap {
      if start < i {
        let piece = text[start..<i]
        if isGap { words.append(string(piece)) } else { words += split(piece) }
      }
      guard i < text.count else { break }
      start = text[i] == " " ? i + 1 : i
      isGap.toggle()
    }
    return words
  }

  /// The words of a piece without spaces, remembered: most pieces come again.
  private mutating func split(_ piece: ArraySlice<Unicode.Scalar>) -> [String] {
    let text = string(piece)
    if let words = known[text] { return words }
    let words = Self.listed(piece) ?? joined(affixes(Array(piece)))
    known[text] = words
    return words
  }

  /// How a word on the list is cut; a longer one than any on it need not be looked up.
  private static func listed(_ word: ArraySlice<Unicode.Scalar>) -> [String]? {
    word.count <= Contractions.longest ? Contractions.parts[string(word)] : nil
  }

  private func affixes(_ piece: [Unicode.Scalar]) -> [String] {
    var rest = piece[...]
    var front: [String] = []
    var back: [String] = []
    while !rest.isEmpty, Self.listed(rest) == nil {
      let first = prefix(rest)
      let behind = rest.dropFirst(first)
      if first > 0, Self.listed(behind) != nil {
        front.append(string(rest.prefix(first)))
        rest = behind
        break
      }
      let last = suffix(behind)
      let before = rest.dropLast(last)
      if last > 0, Self.listed(before) != nil {
        back.append(string(rest.suffix(last)))
        rest = before
        break
      }
      guard first > 0 || last > 0 else { break }
      if first > 0 { front.append(string(rest.prefix(first))) }
      if last > 0 { back.append(string(rest.suffix(last))) }
      rest = rest.dropFirst(first).dropLast(last)
    }
    return front + middle(Array(rest)) + back.reversed()
  }

  private func middle(_ rest: [Unicode.Scalar]) -> [String] {
    if rest.isEmpty { return [] }
    if let parts = Self.listed(rest[...]) { return parts }
    if isAddress(rest) { return [string(rest)] }
    var words: [String] = []
    var start = 0
    var i = 1
    while i < rest.count {
      let length = infix(rest, at: i)
      if length > 0 {
        if start < i { words.append(string(rest[start..<i])) }
        words.append(string(rest[i..<(i + length)]))
        start = i + length
      }
      i += max(length, 1)
    }
    if start < rest.count { words.append(string(rest[start...])) }
    return words
  }

  /// The longest runs of words that together are on the list, as the list has them. As in spaCy only those that their
  /// signs would cut: good:) is good :), but in so-don't the last word stays whole.
  private func joined(_ words: [String]) -> [String] {
    var result: [String] = []
    var i = 0
    while i < words.count {
      var (run, end) = ("", i)
      var found: (parts: [String], end: Int)?
      while end < words.count, words[end].utf8.count <= 4 * Contractions.longest {
        run += words[end]
        end += 1
        guard Contractions.beginnings.contains(run) else { break }
        if let parts = Contractions.parts[run], isCut(Array(run.unicodeScalars)) {
          found = (parts, end)
        }
      }
      result += found?.parts ?? [words[i]]
      i = found?.end ?? i + 1
    }
    return result
  }

  private func isCut(_ word: [Unicode.Scalar]) -> Bool {
    prefix(word[...]) > 0 || suffix(word[...]) > 0
      || word.indices.dropFirst().contains { infix(word, at: $0) > 0 }
  }
}

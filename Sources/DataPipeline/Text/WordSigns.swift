/// Which signs come off a word, and where one is cut: spaCy's prefixes, suffixes and infixes, and what an address looks like.
extension WordSplitter {
  private static let punctuation = Set("…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪".unicodeScalars)
  private static let quotes = Set("'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉⟦⟧".unicodeScalars)
  private static let currency = Set(
    "$£€¥฿₽﷼₴₠₡₢₣₤₥₦₧₨₩₪₫₭₮₯₰₱₲₳₵₶₷₸₹₺₻₼₾₿".unicodeScalars)
  private static let hyphens = Set("-–—~".unicodeScalars)
  private static let units = """
    km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s \
    km/h kmh mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K %
    """.split(separator: " ").map { Array($0.unicodeScalars) }
  private static let dollars = ["US$", "C$", "A$"].map { Array($0.unicodeScalars) }

  /// How many signs come off the front.
  func prefix(_ word: ArraySlice<Unicode.Scalar>) -> Int {
    guard let sign = word.first else { return 0 }
    if sign.isLetter, !"UCA".unicodeScalars.contains(sign) { return 0 }
    let dots = word.prefix { $0 == "." }.count
    if dots > 1 { return dots }
    if let amount = Self.dollars.first(where: word.starts) { return amount.count }
    if sign == "+" { return word.dropFirst().first?.isPlainDigit == true ? 0 : 1 }
    return comesOff(sign) || "§%=".unicodeScalars.contains(sign) || Self.currency.contains(sign)
      ? 1 : 0
  }

  /// How many signs come off the end.
  func suffix(_ word: ArraySlice<Unicode.Scalar>) -> Int {
    guard let sign = word.last else { return 0 }
    let dots = word.reversed().prefix { $0 == "." }.count
    if dots > 1 { return dots }
    let before = word.dropLast().last
    if let quote = before, sign == "s" || sign == "S", quote == "'" || quote == "’" { return 2 }
    // No unit has more than four signs.
    let tail = word[(word.suffix(5).lastIndex(where: \.isPlainDigit) ?? word.endIndex - 1)...]
      .dropFirst()
    if !tail.isEmpty {
      if (Self.units + Self.dollars).contains(where: { $0.elementsEqual(tail) }) {
        return tail.count
      }
      if tail.count == 1, Self.currency.contains(sign) || sign == "+" { return 1 }
    }
    if sign == ".", let before { return endsSentence(before, word.dropLast(2).last) ? 1 : 0 }
    return comesOff(sign) ? 1 : 0
  }

  /// Whether a full stop comes off behind these: a small letter, a digit, a sign, or two capitals.
  private func endsSentence(_ last: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
    last.isPlainDigit || last.isLowerLetter || "%²-+?:|".unicodeScalars.contains(last)
      || Self.punctuation.contains(last) || Self.quotes.contains(last)
      || last.isUpperLetter && second?.isUpperLetter == true
  }

  private func comesOff(_ sign: Unicode.Scalar) -> Bool {
    Self.punctuation.contains(sign) || Self.quotes.contains(sign) || sign == "—" || sign == "–"
      || sign.isSymbol
  }

  /// How many signs are a word of their own in the middle of another, from place i on.
  func infix(_ word: [Unicode.Scalar], at i: Int) -> Int {
    let sign = word[i]
    if sign.isLetter || sign.isPlainDigit { return 0 }
    if sign == "…" || sign.isSymbol { return 1 }
    let dots = word[i...].prefix { $0 == "." }.count
    if dots > 1 { return dots }
    guard i + 1 < word.count else { return 0 }
    let (before, after) = (word[i - 1], word[i + 1])
    if "+-*^".unicodeScalars.contains(sign), before.isPlainDigit,
      after.isPlainDigit || after == "-"
    {
      return 1
    }
    switch sign {
    case ".":
      return (before.isLowerLetter || Self.quotes.contains(before))
        && (after.isUpperLetter || Self.quotes.contains(after)) ? 1 : 0
    case ",": return before.isLetter && after.isLetter ? 1 : 0
    case ":", "<", ">", "=", "/":
      return (before.isLetter || before.isPlainDigit) && after.isLetter ? 1 : 0
    case _ where Self.hyphens.contains(sign):
      guard before.isLetter || before.isPlainDigit else { return 0 }
      let run = word[i...].prefix { $0 == sign }.count
      let most = sign == "-" ? 3 : sign == "—" ? 2 : 1
      return run <= most && i + run < word.count && word[i + run].isLetter ? run : 0
    default: return 0
    }
  }

  /// Letters and digits with dots between, small letters at the end; perhaps with a name and @ in front, a port or a
  /// question behind.
  func isAddress(_ word: [Unicode.Scalar]) -> Bool {
    guard word.contains(".") else { return false }
    let host = word.split(separator: "@", omittingEmptySubsequences: false).last ?? word[...]
    let end = host.firstIndex { ":/?#".unicodeScalars.contains($0) } ?? host.endIndex
    let labels = host[..<end].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1 else { return false }
    if end < host.endIndex, host[end] == ":" {
      let port = host[(end + 1)...].prefix { $0.isPlainDigit }
      guard (2...5).contains(port.count), port.endIndex == host.endIndex else { return false }
    }
    return last.allSatisfy(\.isLowerLetter)
      && labels.dropLast().allSatisfy { label in
        guard let first = label.first, let last = label.last else { return false }
        return (label.count == 1 || first.isHostSign) && last.isHostSign
          && label.allSatisfy { $0.isHostSign || $0 == "-" || $0 == "_" }
      }
  }
}

extension Unicode.Scalar {
  fileprivate var isPlainDigit: Bool { (48...57).contains(value) }
  fileprivate var isHostSign: Bool {
    isASCII ? isLetter || isPlainDigit : (0xa1...0xffff).contains(value)
  }
  fileprivate var isUpperLetter: Bool {
    isLetter && (properties.isUppercase || !properties.isCased)
  }
  fileprivate var isLowerLetter: Bool {
    isLetter && (properties.isLowercase || !properties.isCased)
  }
  fileprivate var isSymbol: Bool { !isASCII && properties.generalCategory == .otherSymbol }
}

extension TextRules {
  /// Tokens as one would write them: capitals and repetitions put back, no space before signs. `xxbos` and padding are left
  /// out; spaces that the tokens do not tell of are guessed.
  public static func written(_ tokens: [String]) -> String {
    var text = ""
    var i = 0
    while i < tokens.count {
      var word = tokens[i]
      let next = i + 1 < tokens.count ? tokens[i + 1] : ""
      switch word {
      case "xxbos", "xxpad", "xxfld":
        i += 1
        continue
      case "xxmaj":
        word = next.prefix(1).uppercased() + next.dropFirst()
        i += 1
      case "xxup":
        word = next.uppercased()
        i += 1
      case "xxrep", "xxwrep":
        guard let count = Int(next), (1...100).contains(count), i + 2 < tokens.count else { break }
        let parts = Array(repeating: tokens[i + 2], count: count)
        word = parts.joined(separator: word == "xxrep" ? "" : " ")
        i += 2
      default: break
      }
      let joins = word == "n't" || word.first.map { ".,;:!?)'".contains($0) } == true
      text += text.isEmpty || joins ? word : " " + word
      i += 1
    }
    return text
  }
}

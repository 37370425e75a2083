/// What fastai's tokenizer writes in place of capitals and repetitions, as small rules.
///
/// Lower case keeps one word for "The" and "the"; the marks keep what that would lose.
enum SpecialTokens {
  static func tokens(_ text: String) -> [String] {
    var tokens = ["xxbos"]
    for piece in pieces(text) {
      if let first = piece.first, piece.count >= 4, piece.allSatisfy({ $0 == first }) {
        tokens += ["xxrep", "\(piece.count)", String(first)]  // "!!!!"
      } else if piece.count > 1, piece == piece.uppercased(), piece != piece.lowercased() {
        tokens += ["xxup", piece.lowercased()]  // "NASA"
      } else if piece.first?.isUppercase == true {
        tokens += ["xxmaj", piece.lowercased()]  // "Four"
      } else {
        tokens.append(piece)
      }
    }
    return repeated(tokens)
  }

  /// "four four four four" becomes "xxwrep 4 four".
  private static func repeated(_ tokens: [String]) -> [String] {
    var result: [String] = []
    var rest = tokens[...]
    while let word = rest.first {
      let run = rest.prefix { $0 == word }.count
      result += run >= 4 ? ["xxwrep", "\(run)", word] : Array(repeating: word, count: run)
      rest = rest.dropFirst(run)
    }
    return result
  }

  /// Runs of letters, and runs of one other sign.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var last: Character = " "
    for character in text {
      let joins = (character.isLetter && last.isLetter) || (character == last && !last.isLetter)
      if character != " " {
        if joins {
          pieces[pieces.count - 1].append(character)
        } else {
          pieces.append("\(character)")
        }
      }
      last = character
    }
    return pieces
  }
}

/// Cuts a text into words and signs, in lower case, with fastai's special tokens for what that would lose.
///
/// `xxbos` is put in front, then the text is prepared by the rules of `TextRules` (HTML, repetitions), cut as spaCy
/// cuts English (`WordSplitter`), and capitals are marked. Of a text in several fields each may begin with `xxfld` and
/// its number.
public struct Tokenizer: Sendable {
  public init() {}

  public func callAsFunction(_ text: String) -> [String] { self(fields: [text]) }

  /// The fields of a row one behind the other, with `xxfld` and a number before each if they are to be marked.
  public func callAsFunction(fields: [String], markingFields: Bool = false) -> [String] {
    let marked = fields.enumerated().map { markingFields ? "xxfld \($0 + 1) \($1)" : $1 }
    let text = "xxbos " + marked.joined(separator: " ")
    var splitter = WordSplitter()
    return TextRules.markingCapitals(splitter(TextRules.prepared(Array(text.unicodeScalars))))
  }

  /// Many texts, one after the other, which is faster than one by one: words seen before are remembered.
  public func callAsFunction(_ texts: [String]) -> [[String]] {
    var splitter = WordSplitter()
    return texts.map { text in
      TextRules.markingCapitals(
        splitter(TextRules.prepared(Array(("xxbos " + text).unicodeScalars))))
    }
  }
}

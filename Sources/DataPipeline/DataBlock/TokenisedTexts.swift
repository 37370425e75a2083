import Tensors

/// The transforms stage of a data block of texts: each text as the numbers of its words.
public struct TokenisedTexts<Kind: LabelKind>: Sendable, CustomStringConvertible {
  public struct Part: Sendable {
    /// Word numbers, a list a text.
    public let texts: [[Int]]
    public let labels: [Kind.Value]
    public var words: Int { texts.reduce(0) { $0 + $1.count } }
  }

  public let kind: Kind
  public let vocabulary: Vocabulary
  public let train: Part
  public let valid: Part
  public let test: [[Int]]
  /// One a test text; the kind's `unknown` where none came with it.
  public let testLabels: [Kind.Value]

  public var description: String {
    func unknown(_ part: Part) -> String {
      let count = part.texts.joined().count { $0 == Vocabulary.unknown }
      return "\(part.words) words, \(count) of them unknown"
    }
    let first = train.texts[0].prefix(12)
    return """
      \(vocabulary.count) words in the vocabulary
      \(train.texts.count) texts to train on: \(unknown(train))
      \(valid.texts.count) texts to validate with: \(unknown(valid))
        \(vocabulary.words(of: first).joined(separator: " ").replacing("\n", with: "⏎")) …
        \(first.map(String.init).joined(separator: " ")) …

      """
  }
}

extension LabelledItems where Item: TextItem {
  /// Cuts the texts into words and gives each word its number.
  ///
  /// - Parameters:
  ///   - vocabulary: One made before, as a classifier takes that of its language model. If left out, it is made of the
  ///     training texts alone.
  ///   - minimum: How often a word has to come to be kept.
  ///   - maximum: How many words to keep.
  public func tokenised(
    by tokenizer: Tokenizer = Tokenizer(), vocabulary: Vocabulary? = nil, minimum: Int = 2,
    maximum: Int = 60_000
  ) throws -> TokenisedTexts<Kind> {
    let tokens = tokenizer(try train.items.map { try $0.text })
    let words = vocabulary ?? Vocabulary(tokens.joined(), minimum: minimum, maximum: maximum)
    return TokenisedTexts(
      kind: kind, vocabulary: words,
      train: .init(texts: tokens.map { words.numbers(of: $0) }, labels: train.labels),
      valid: .init(
        texts: tokenizer(try valid.items.map { try $0.text }).map(words.numbers),
        labels: valid.labels),
      test: tokenizer(try test.map { try $0.text }).map(words.numbers), testLabels: testLabels)
  }
}

extension TokenisedTexts where Kind == NextWords {
  /// Batches of next words for a language model: the texts end to end, in training in a new order
  /// each epoch, cut into rows that are read side by side.
  ///
  /// - Parameter length: Words of a row in one batch: fastai's `bptt`.
  public func batches(rows: Int, length: Int) throws -> DataBunch<Self, (x: [Int], y: [Int])> {
    expect(
      rows > 0 && length > 0,
      "batches expects at least one row and one word of each, got \(rows) and \(length)")
    func whole(_ texts: [[Int]], _ name: String) throws -> LanguageModelBatches {
      let words = Array(texts.joined())
      guard words.count > rows else {
        throw DataError(
          "the \(name) texts hold \(words.count) words, too few for \(rows) rows: take fewer rows")
      }
      return LanguageModelBatches(words, rows: rows, length: length)
    }
    let steps = try whole(train.texts, "training").stepsPerEpoch
    let valid = try whole(self.valid.texts, "validation")
    let test = try self.test.isEmpty ? nil : whole(self.test, "test")
    return DataBunch(
      stage: self, size: rows, stepsPerEpoch: steps,
      train: { generator in
        let epoch = LanguageModelBatches(
          shuffling: train.texts, rows: rows, length: length, using: &generator)
        return AnySequence((0..<epoch.count).lazy.map { epoch[$0] })
      },
      valid: AnySequence((0..<valid.count).lazy.map { valid[$0] }),
      test: test.map { test in AnySequence((0..<test.count).lazy.map { test[$0] }) },
      items: { _ in [] },
      description: """
        \(steps) batches to train on, \(valid.count) to validate with
          words and next words: \(rows) rows of \(length) each, row r of a batch goes on in row r of the next

        """)
  }
}

extension TokenisedTexts where Kind == Classes {
  /// Batches for a classifier: texts of about one length side by side, the shorter ones padded at the front.
  ///
  /// Those to validate with come longest first, those to test in the order of the list.
  public func batches(of size: Int) -> DataBunch<Self, TextBatches.Batch> {
    let train = TextBatches(train.texts, labels: train.labels, size: size)
    let valid = TextBatches(valid.texts, labels: valid.labels, size: size)
    let test =
      test.isEmpty ? nil : TextBatches(test, labels: testLabels, size: size)
    let lengths = train.texts.map(\.count)
    return DataBunch(
      stage: self, size: size, stepsPerEpoch: train.stepsPerEpoch,
      train: { generator in AnySequence(train.shuffled(using: &generator)) },
      valid: AnySequence(valid.sorted), test: test.map { AnySequence($0.inOrder) },
      items: { $0.texts },
      description: LastBatch.summary(
        train: train.texts.count, valid: valid.texts.count, size: size, "texts")
          + """
            batches of \(size) texts, \(lengths.min() ?? 0) to \(lengths.max() ?? 0) words each, padded at the front
            words [rows · length], labels [rows] out of \(kind.names.joined(separator: ", "))

          """)
  }
}

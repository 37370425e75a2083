import Unrolled

/// The generated reviews of this lesson as numbers, and the language models that were trained on them.
final class ReviewData {
  struct Part: Sendable {
    let reviews: [Review]
    let tokens: [[String]]
    let numbers: [[Int]]

    var labels: [Int] { reviews.map { $0.isPositive ? 1 : 0 } }
    var count: Int { numbers.reduce(0) { $0 + $1.count } }
    /// One behind the other.
    var stream: [Int] { numbers.flatMap { $0 } }
  }

  let train: Part
  let valid: Part
  let vocabulary: Vocabulary
  let training: LanguageModelTraining
  private var models: [UInt64: TrainedModel] = [:]

  init(seed: UInt64, epochs: Int, train count: Int = 2000, valid validCount: Int = 500) {
    training = LanguageModelTraining(epochs: epochs)
    var generator = SeededGenerator(seed: seed)
    let reviews = Reviews.make(count + validCount, using: &generator)
    let tokens = Tokenizer()(reviews.map(\.text))
    let vocabulary = Vocabulary(tokens.prefix(count).joined())
    self.vocabulary = vocabulary
    func part(_ range: Range<Int>) -> Part {
      Part(
        reviews: Array(reviews[range]), tokens: Array(tokens[range]),
        numbers: tokens[range].map { vocabulary.numbers(of: $0) })
    }
    train = part(0..<count)
    valid = part(count..<(count + validCount))
  }

  func name(in page: Page) {
    let texts = (train.reviews + valid.reviews).map(\.text)
    page.used(
      data: "reviews from a grammar", kind: .generated, records: texts.count,
      sha256: SHA256.digest(Array(texts.joined(separator: "\n").utf8)),
      licence: "made by rule, free of rights")
  }

  /// A language model for each of the page's seeds, trained when a section first asks.
  func models(_ page: Page) throws -> [TrainedModel] {
    let missing = page.seeds.filter { models[$0] == nil }
    if !missing.isEmpty {
      let (training, words) = (training, vocabulary.count)
      let (texts, valid) = (train.numbers, valid.numbers)
      let trained = concurrently("language model", seeds: missing, page) { seed in
        Result { try training.run(texts, valid: valid, words: words, seed: seed) }
      }
      for result in trained {
        let model = try result.get()
        models[model.seed] = model
      }
    }
    return page.seeds.compactMap { models[$0] }
  }
}

/// Reviews are the same for all sections; they are made when the first asks.
final class ReviewRuns {
  private var kept: ReviewData?

  func callAsFunction(_ page: Page) -> ReviewData {
    let data = kept ?? ReviewData(seed: page.seed, epochs: page.isFull ? 24 : 6)
    kept = data
    data.name(in: page)
    return data
  }
}

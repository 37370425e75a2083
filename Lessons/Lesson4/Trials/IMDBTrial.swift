import Unrolled

/// The IMDB sample as numbers.
struct IMDBNumbers: Sendable {
  let train: [[Int]]
  let valid: [[Int]]
  let labels: (train: [Int], valid: [Int])
  let words: Int

  init(_ sample: IMDBSample) {
    let tokens = Tokenizer()((sample.train + sample.valid).map(\.text))
    let count = sample.train.count
    let vocabulary = Vocabulary(tokens.prefix(count).joined(), maximum: 4000)
    let numbers = tokens.map { vocabulary.numbers(of: $0) }
    train = Array(numbers.prefix(count))
    valid = Array(numbers.dropFirst(count))
    labels = (
      sample.train.map { $0.isPositive ? 1 : 0 }, sample.valid.map { $0.isPositive ? 1 : 0 }
    )
    words = vocabulary.count
  }
}

/// One seed on the IMDB sample: a language model, then a classifier three ways. Rates, momenta, dropouts, decay and stages are
/// the course's; sizes and epochs of the language model are cut.
struct IMDBTrial: Sendable {
  let language = LanguageModelTraining(
    features: 64, hidden: 96, layers: 2, dropping: 0.3, rows: 24, length: 70, epochs: 4, rate: 1e-2)
  let size = 32

  struct Outcome: Sendable {
    let perplexity: Double
    let nextWord: Double
    let gradual: Double
    let atOnce: Double
    let scratch: Double
  }

  func run(_ data: IMDBNumbers, seed: UInt64) throws -> Outcome {
    let trained = try language.run(data.train, valid: data.valid, words: data.words, seed: seed)
    let train = TextBatches(data.train, labels: data.labels.train, size: size)
    let valid = TextBatches(data.valid, labels: data.labels.valid, size: size)
    let training = ClassifierTraining(size: size, sizes: language)
    func accuracy(_ way: ClassifierTraining.Way) throws -> Double {
      try training.run(
        way, train, valid: valid, words: data.words, encoder: trained.model.encoder, seed: seed)
    }
    return Outcome(
      perplexity: trained.perplexity, nextWord: trained.accuracy,
      gradual: try accuracy(.gradual), atOnce: try accuracy(.atOnce),
      scratch: try accuracy(.scratch))
  }
}

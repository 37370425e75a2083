import Foundation
import Unrolled

/// How the language models of this lesson are trained: the course's AWD-LSTM, narrow, with its dropouts, optimizer and
/// one-cycle schedule.
struct LanguageModelTraining: Sendable {
  var features = 48
  var hidden = 64
  var layers = 2
  /// Times the library's dropouts: the course's `drop_mult`, which is 0.3 for its language model.
  var dropping: Float = 0.1
  var rows = 10
  /// The course's bptt.
  var length = 70
  var epochs = 6
  var rate = 2e-2

  /// The course's momenta for texts.
  static let momenta = (high: 0.8, low: 0.7)

  func model(words: Int, seed: UInt64) -> LanguageModel {
    var generator = SeededGenerator(seed: seed)
    return LanguageModel(
      words: words, features: features, hidden: hidden, layers: layers,
      dropouts: AWDLSTM.Dropouts().scaled(by: dropping), using: &generator)
  }

  /// Trains on texts, in their order in the first epoch and shuffled in the others, the state carried from batch to batch.
  func run(_ texts: [[Int]], valid: [[Int]], words: Int, seed: UInt64) throws -> TrainedModel {
    let model = model(words: words, seed: seed)
    let optimizer = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, weightDecay: .decoupled(0.01))
    var isFirst = true
    let loop = TrainingLoop(model, optimizer: optimizer, seed: seed) { generator in
      defer { isFirst = false }
      model.encoder.reset()
      let epoch =
        isFirst
        ? batches(texts)
        : LanguageModelBatches(shuffling: texts, rows: rows, length: length, using: &generator)
      return (0..<epoch.count).lazy.map { epoch[$0] }
    } loss: { batch in
      crossEntropy(model(batch.x, rows: rows).reshaped([-1, words]), batch.y)
    }
    let steps = epochs * batches(texts).count
    try loop.fit(
      epochs: epochs, schedule: OneCycle(maximum: rate, steps: steps, momenta: Self.momenta))
    let (loss, accuracy) = validate(model, valid, words: words)
    return TrainedModel(
      seed: seed, model: model, losses: loop.record.losses, loss: loss, accuracy: accuracy)
  }

  /// Mean loss and share of right next words over the batches of texts, the state carried on.
  func validate(
    _ model: LanguageModel, _ texts: [[Int]], words: Int
  ) -> (loss: Double, accuracy: Double) {
    model.train(false)
    model.encoder.reset()
    let batches = batches(texts)
    var sums = (loss: 0.0, accuracy: 0.0)
    withoutGradients {
      for i in 0..<batches.count {
        let (x, y) = batches[i]
        let logits = model(x, rows: rows).reshaped([-1, words])
        sums.loss += Double(crossEntropy(logits, y).item)
        sums.accuracy += Training.accuracy(logits, y)
      }
    }
    model.encoder.reset()
    return (sums.loss / Double(batches.count), sums.accuracy / Double(batches.count))
  }

  func batches(_ texts: [[Int]]) -> LanguageModelBatches {
    LanguageModelBatches(texts.flatMap { $0 }, rows: rows, length: length)
  }
}

/// A language model and how it did. Made on one thread and used afterwards by one other.
struct TrainedModel: @unchecked Sendable {
  let seed: UInt64
  let model: LanguageModel
  let losses: [Double]
  let loss: Double
  let accuracy: Double
  var perplexity: Double { exp(loss) }
}

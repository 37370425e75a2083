import Foundation
import Unrolled

/// One training of an image net on the 8 × 8 digits, from a seed: the unit of this lesson's claims.
///
/// The same seed gives the same order of batches, and the same first weights where two nets have the same layers.
struct ImageTrial {
  var train: LabelledImages
  var valid: LabelledImages
  var epochs: Int
  var batchSize = 64
  /// Adam's rate: the top of one cycle, or constant.
  var rate = 1e-2
  var isCycled = true
  var model: (inout SeededGenerator) -> any Layer

  struct Result {
    var trainLoss: Double
    var validLoss: Double
    var accuracy: Double
    /// The loss of each batch while training.
    var losses: [Double]
  }

  func learner(_ seed: UInt64) -> Learner {
    var generator = SeededGenerator(seed: seed)
    return learner(model(&generator), seed)
  }

  /// The same for a model that exists already.
  func learner(_ model: any Layer, _ seed: UInt64) -> Learner {
    let optimizer = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, weightDecay: .decoupled(0.01))
    let learner = Learner(
      model, train: train, valid: valid, optimizer: optimizer, batchSize: batchSize, seed: seed)
    let (height, width) = (train.height, train.width)
    learner.prepare = { images, _ in images.reshaped([-1, 1, height, width]) }
    return learner
  }

  func fit(_ learner: Learner) throws {
    if isCycled {
      try learner.fitOneCycle(epochs: epochs, maximum: rate)
    } else {
      try learner.fit(epochs: epochs)
    }
  }

  /// Trains and measures. A training that broke counts as guessing: a loss of ln 10, an accuracy of 0.1.
  func run(_ seed: UInt64) -> Result { run(learner(seed)) }

  func run(_ learner: Learner) -> Result {
    let guessing = log(10.0)
    guard (try? fit(learner)) != nil else {
      return Result(
        trainLoss: guessing, validLoss: guessing, accuracy: 0.1, losses: learner.record.losses)
    }
    let (seen, unseen) = (learner.evaluate(on: train), learner.validate())
    guard seen.loss.isFinite, unseen.loss.isFinite else {
      return Result(
        trainLoss: guessing, validLoss: guessing, accuracy: 0.1, losses: learner.record.losses)
    }
    return Result(
      trainLoss: seen.loss, validLoss: unseen.loss, accuracy: unseen.accuracy,
      losses: learner.record.losses)
  }
}

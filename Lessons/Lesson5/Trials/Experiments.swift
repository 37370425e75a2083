import Foundation
import Unrolled

/// One training of the small net on the digits, from a seed: the unit of this lesson's claims.
///
/// The same seed gives the same first weights and the same order of batches, so that two settings
/// differ in nothing else.
struct Trial {
  var data: DigitsData
  var hidden = 50
  var epochs = 3
  var batchSize = 64
  var optimizer: ([Parameter]) -> Optimizer
  /// One cycle up to this rate; a constant rate if nil.
  var oneCycle: Double?
  var loss: (Tensor, [Int]) -> Tensor = { crossEntropy($0, $1) }

  func learner(_ seed: UInt64) -> Learner {
    var generator = SeededGenerator(seed: seed)
    let inputs = data.train.inputs
    let model = Sequential(
      Linear(inputs, hidden, using: &generator), ReLU(), Linear(hidden, 10, using: &generator))
    return Learner(
      model, train: data.train, valid: data.valid, optimizer: optimizer(model.parameters),
      batchSize: batchSize, seed: seed, loss: loss)
  }

  /// Trains and returns the learner; nil if the loss left the finite numbers.
  func run(_ seed: UInt64) -> Learner? {
    let learner = learner(seed)
    do {
      if let oneCycle {
        try learner.fitOneCycle(epochs: epochs, maximum: oneCycle)
      } else {
        try learner.fit(epochs: epochs)
      }
      return learner
    } catch {
      return nil
    }
  }

  /// Validation loss and accuracy; the loss of guessing (ln 10) and 0.1 for a training that broke.
  func result(_ seed: UInt64) -> (loss: Double, accuracy: Double) {
    guard let learner = run(seed) else { return (log(10), 0.1) }
    let result = learner.validate()
    return result.loss.isFinite ? result : (log(10), 0.1)
  }
}

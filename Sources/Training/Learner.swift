import DataPipeline
import NeuralNetworks
import Tensors

/// Training that cannot go on.
public enum TrainingError: Error, CustomStringConvertible, Equatable {
  /// The loss became infinite or NaN at a step (counted from 1) with this learning rate.
  case lossIsNotFinite(step: Int, learningRate: Double)

  public var description: String {
    switch self {
    case .lossIsNotFinite(let step, let rate):
      "the loss stopped being a finite number at step \(step), with learning rate \(rate): try a smaller rate"
    }
  }
}

/// Everything needed to train a classifier: model, data, loss, optimizer.
public final class Learner {
  public let model: any Layer
  public let train: LabelledImages
  public let valid: LabelledImages
  public let optimizer: Optimizer
  public let batchSize: Int
  public let loss: (Tensor, [Int]) -> Tensor
  private var generator: SeededGenerator

  /// What each training step used and gave.
  public struct Record: Sendable {
    public var losses: [Double] = []
    public var learningRates: [Double] = []
    public var momenta: [Double] = []
    public init() {}
    /// The losses as fastai plots them: averaged with β = 0.98 over the whole call.
    public var smoothedLosses: [Double] { MovingAverage.smoothed(losses) }
  }
  /// Of the last call of `fit` or `fitOneCycle`.
  public private(set) var record = Record()

  /// How gradients are held back before each step, if at all.
  public var clipping: GradientClipping?

  /// What is done to the images of a batch before the model sees them: a reshape, normalisation and, only
  /// while training, augmentation.
  public var prepare: ((_ images: Tensor, _ isTraining: Bool) -> Tensor)?

  /// Called after each step with the number of steps made and the loss.
  public var afterStep: ((_ steps: Int, _ loss: Double) -> Void)?

  public init(
    _ model: any Layer, train: LabelledImages, valid: LabelledImages, optimizer: Optimizer,
    batchSize: Int = 64, seed: UInt64,
    loss: @escaping (Tensor, [Int]) -> Tensor = { crossEntropy($0, $1) }
  ) {
    self.model = model
    self.train = train
    self.valid = valid
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.loss = loss
    generator = SeededGenerator(seed: seed)
  }

  /// Steps of one epoch; the last batch may be short.
  public var stepsPerEpoch: Int { (train.count + batchSize - 1) / batchSize }

  /// Trains at a constant rate, or at the rates of a schedule, whose step 0 is the first of this call.
  public func fit(epochs: Int, schedule: (any Schedule)? = nil) throws {
    record = Record()
    for _ in 0..<epochs {
      for batch in train.batches(of: batchSize, using: &generator) {
        schedule?.apply(to: optimizer, at: record.losses.count)
        try self.step(batch)
      }
    }
  }

  /// Trains under one cycle of the learning rate up to `maximum` and back.
  public func fitOneCycle(epochs: Int, maximum: Double) throws {
    try fit(epochs: epochs, schedule: OneCycle(maximum: maximum, steps: epochs * stepsPerEpoch))
  }

  private func images(of batch: LabelledBatch, isTraining: Bool) -> Tensor {
    prepare?(batch.images, isTraining) ?? batch.images
  }

  /// Forward, backward, update.
  private func step(_ batch: LabelledBatch) throws {
    optimizer.zeroGrad()
    let loss = self.loss(model(images(of: batch, isTraining: true)), batch.labels)
    let value = Double(loss.item)
    record.losses.append(value)
    record.learningRates.append(optimizer.learningRate)
    record.momenta.append(optimizer.momentum ?? 0)
    guard value.isFinite else {
      throw TrainingError.lossIsNotFinite(
        step: record.losses.count, learningRate: optimizer.learningRate)
    }
    loss.backward()
    clipping?.apply(to: optimizer.parameters)
    optimizer.step()
    afterStep?(record.losses.count, value)
  }

  /// Up to `steps` training steps at the given rates, until `after` says no: for the rate finder.
  func probe(steps: Int, rate: (Int) -> Double, after: (Int, Double) -> Bool) {
    record = Record()
    while true {
      for batch in train.batches(of: batchSize, using: &generator) {
        let step = record.losses.count
        guard step < steps else { return }
        optimizer.learningRate = rate(step)
        guard (try? self.step(batch)) != nil, after(step, record.losses[step]) else { return }
      }
    }
  }

  /// Mean loss and accuracy over the validation set.
  public func validate() -> (loss: Double, accuracy: Double) { evaluate(on: valid) }

  /// Mean loss and accuracy over any images; dropout and batch norm work as at test time.
  public func evaluate(on images: LabelledImages) -> (loss: Double, accuracy: Double) {
    let wasTraining = model.isTraining
    model.train(false)
    defer { model.train(wasTraining) }
    return withoutGradients {
      var loss = 0.0
      var right = 0.0
      for batch in images.batches(of: 1000) {
        let y = model(self.images(of: batch, isTraining: false))
        loss += Double(self.loss(y, batch.labels).item) * Double(batch.labels.count)
        right += accuracy(y, batch.labels) * Double(batch.labels.count)
      }
      return (loss / Double(images.count), right / Double(images.count))
    }
  }
}

import DataPipeline
import NeuralNetworks
import Tensors

/// Training that cannot go on.
public enum TrainingError: Error, CustomStringConvertible, Equatable {
  /// The loss became infinite or NaN at a step (counted from 1) with this learning rate.
  case lossIsNotFinite(step: Int, learningRate: Double)
  /// A gradient became infinite or NaN at a step (counted from 1): it cannot be held back, and the step was not made.
  case gradientIsNotFinite(step: Int, learningRate: Double)

  public var description: String {
    switch self {
    case .lossIsNotFinite(let step, let rate):
      "the loss stopped being a finite number at step \(step), with learning rate \(rate): try a smaller rate"
    case .gradientIsNotFinite(let step, let rate):
      "a gradient stopped being a finite number at step \(step), with learning rate \(rate): the step was not made"
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
  private let seed: UInt64
  /// The training itself.
  lazy var loop = TrainingLoop(model, optimizer: optimizer, seed: seed) {
    [train, batchSize] generator in
    train.batches(of: batchSize, using: &generator)
  } loss: { [unowned self] batch in
    loss(model(images(of: batch, isTraining: true)), batch.labels)
  }

  public typealias Record = TrainingRecord
  /// Of the last call of `fit` or `fitOneCycle`.
  public var record: Record { loop.record }
  /// The epochs of the last call.
  public var history: [EpochResult] { loop.history }
  /// Measured beside the loss by `validation()`, and by callbacks after each epoch.
  public var metrics: [Metric<[Int]>] = [Metric("accuracy") { accuracy($0, $1) }]

  public var callbacks: [any Callback] {
    get { loop.callbacks }
    set { loop.callbacks = newValue }
  }

  /// Those that `prepare` draws from, so that a checkpoint holds their place.
  public var generators: [SharedGenerator] {
    get { loop.generators }
    set { loop.generators = newValue }
  }

  /// How gradients are held back before each step, if at all.
  public var clipping: GradientClipping? {
    get { loop.clipping }
    set { loop.clipping = newValue }
  }

  /// What is done to the images of a batch before the model sees them: a reshape, normalisation and, only
  /// while training, augmentation.
  public var prepare: ((_ images: Tensor, _ isTraining: Bool) -> Tensor)?

  /// Called after each step with the number of steps made and the loss.
  public var afterStep: ((_ steps: Int, _ loss: Double) -> Void)? {
    get { loop.afterStep }
    set { loop.afterStep = newValue }
  }

  public init(
    _ model: any Layer, train: LabelledImages, valid: LabelledImages, optimizer: Optimizer,
    batchSize: Int = 64, seed: UInt64,
    loss: @escaping (Tensor, [Int]) -> Tensor = { crossEntropy($0, $1) }
  ) {
    expect(
      train.count > 0 && batchSize > 0,
      "Learner expects one training item or more in batches of 1 or more, got \(train.count) and \(batchSize)"
    )
    self.model = model
    self.train = train
    self.valid = valid
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.loss = loss
    self.seed = seed
  }

  /// Steps of one epoch; the last batch may be short.
  public var stepsPerEpoch: Int { train.stepsPerEpoch(batchesOf: batchSize) }

  /// Trains at a constant rate, or at the rates of a schedule, whose step 0 is the first of this call; goes on from
  /// a checkpoint that is there.
  public func fit(
    epochs: Int, schedule: (any Schedule)? = nil, checkpoint: TrainingCheckpoint? = nil
  ) throws {
    loop.validate = { [unowned self] in validation() }
    try loop.fit(epochs: epochs, schedule: schedule, checkpoint: checkpoint)
  }

  /// Trains under one cycle of the learning rate up to `maximum` and back.
  public func fitOneCycle(
    epochs: Int, maximum: Double, checkpoint: TrainingCheckpoint? = nil
  ) throws {
    expect(
      (0...Int.max / stepsPerEpoch).contains(epochs),
      "fitOneCycle expects 0 epochs or more, whose steps can be counted, got \(epochs)")
    try fit(
      epochs: epochs, schedule: OneCycle(maximum: maximum, steps: max(1, epochs * stepsPerEpoch)),
      checkpoint: checkpoint)
  }

  private func images(of batch: LabelledBatch, isTraining: Bool) -> Tensor {
    prepare?(batch.images, isTraining) ?? batch.images
  }

  /// Mean loss and accuracy over the validation set.
  public func validate() -> (loss: Double, accuracy: Double) { evaluate(on: valid) }

  /// Mean loss over the validation set, and the metrics over all its predictions at once.
  public func validation() -> Validation {
    var logits: [Tensor] = []
    var labels: [Int] = []
    var loss = 0.0
    predict(valid) { y, batch in
      logits.append(y)
      labels += batch.labels
      loss += Double(self.loss(y, batch.labels).item) * Double(batch.labels.count)
    }
    let all = concatenate(logits)
    return Validation(
      loss: loss / Double(valid.count),
      metrics: metrics.map { Validation.Measured($0.name, $0.value(all, labels)) })
  }

  /// What the model gets wrong on the validation set.
  public func interpretation() -> Interpretation {
    var logits: [Tensor] = []
    predict(valid) { y, _ in logits.append(y) }
    return Interpretation(concatenate(logits), valid.labels)
  }

  /// Mean loss and accuracy over any images; dropout and batch norm work as at test time.
  public func evaluate(on images: LabelledImages) -> (loss: Double, accuracy: Double) {
    var loss = 0.0
    var right = 0.0
    predict(images) { y, batch in
      loss += Double(self.loss(y, batch.labels).item) * Double(batch.labels.count)
      right += accuracy(y, batch.labels) * Double(batch.labels.count)
    }
    return (loss / Double(images.count), right / Double(images.count))
  }

  private func predict(_ images: LabelledImages, _ body: (Tensor, LabelledBatch) -> Void) {
    expect(images.count > 0, "Learner expects one item or more to measure on, got none")
    model.evaluating {
      withoutGradients {
        for batch in images.batches(of: 1000) {
          body(model(self.images(of: batch, isTraining: false)), batch)
        }
      }
    }
  }
}

import DataPipeline
import NeuralNetworks
import Tensors
import Training

/// A `DotProductBias` trained as fastai's `collab_learner` trains it: one cycle of Adam with a memory of 0.99 for
/// squares, and decoupled weight decay on factors and biases alike; the short last batch of an epoch is dropped.
public struct RatingsTrial: Sendable {
  public var factors: Int
  public var range: ClosedRange<Float>?
  public var epochs: Int
  /// The highest of the cycle.
  public var rate: Double
  public var weightDecay: Double
  public var batchSize: Int

  public init(
    factors: Int, range: ClosedRange<Float>? = 0...5.5, epochs: Int = 5, rate: Double = 5e-3,
    weightDecay: Double = 0.01, batchSize: Int = 64
  ) {
    self.factors = factors
    self.range = range
    self.epochs = epochs
    self.rate = rate
    self.weightDecay = weightDecay
    self.batchSize = batchSize
  }

  public struct Outcome {
    public let model: DotProductBias
    /// The mean squared error of each batch.
    public let losses: [Double]
    /// After each epoch.
    public let epochs: [(train: Double, valid: Double)]
    public var valid: Double { epochs.last?.valid ?? .nan }
  }

  /// Trains on some rows and measures on others, epoch by epoch; weights and the order of batches follow from the seed.
  public func run(
    train: Ratings, valid: Ratings, seed: UInt64, afterStep: ((Double) -> Void)? = nil
  ) throws -> Outcome {
    var generator = SeededGenerator(seed: seed)
    let model = DotProductBias(
      users: train.userNames.count, items: train.itemNames.count, factors: factors, range: range,
      using: &generator)
    return try fit(model, train: train, valid: valid, seed: seed, afterStep: afterStep)
  }

  /// The same for a model that is there already, whose parameters may be frozen.
  public func fit(
    _ model: DotProductBias, train: Ratings, valid: Ratings, seed: UInt64,
    afterStep: ((Double) -> Void)? = nil
  ) throws -> Outcome {
    let adam = Adam(
      model.parameters, learningRate: rate, beta2: 0.99, weightDecay: .decoupled(weightDecay))
    let loop = TrainingLoop(model, optimizer: adam, seed: seed) { [batchSize] generator in
      train.batches(of: batchSize, droppingLast: true, using: &generator)
    } loss: { batch in
      mse(model(users: batch.users, items: batch.items), batch.values)
    }
    loop.validate = { Validation(loss: model.meanSquaredError(on: valid)) }
    loop.afterStep = { _, loss in afterStep?(loss) }
    loop.callbacks = [ValidationEachEpoch()]
    let steps = train.count / batchSize
    precondition(steps > 0, "\(train.count) ratings do not fill a batch of \(batchSize)")
    try loop.fit(epochs: epochs, schedule: OneCycle(maximum: rate, steps: epochs * steps))
    return Outcome(
      model: model, losses: loop.record.losses,
      epochs: loop.history.map { (train: $0.trainLoss, valid: $0.validation?.loss ?? .nan) })
  }
}

private struct ValidationEachEpoch: Callback {
  func afterEpoch(_ loop: TrainingLoop) { loop.validation() }
}

extension DotProductBias {
  /// A prediction for each row.
  public func predictions(of rows: Ratings) -> [Float] {
    withoutGradients {
      rows.batches(of: 4096).flatMap { self(users: $0.users, items: $0.items).values }
    }
  }

  /// The mean squared error over rows.
  public func meanSquaredError(on rows: Ratings) -> Double {
    Unrolled.meanSquaredError(predictions(of: rows), rows.values)
  }
}

/// The mean squared error of predictions, in double precision.
public func meanSquaredError(_ predictions: [Float], _ values: [Float]) -> Double {
  let squares = zip(predictions, values).reduce(0.0) {
    $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
  }
  return squares / Double(max(values.count, 1))
}

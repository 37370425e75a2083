/// What each training step used and gave.
public struct TrainingRecord: Sendable {
  public var losses: [Double] = []
  public var learningRates: [Double] = []
  public var momenta: [Double] = []

  public init() {}

  /// The losses as fastai plots them: averaged with β = 0.98 over the whole call.
  public var smoothedLosses: [Double] { MovingAverage.smoothed(losses) }
}

/// Loss and metrics on data that a model is not trained on.
public struct Validation: Equatable, Sendable {
  public struct Measured: Equatable, Sendable {
    public let name: String
    public let value: Double
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  public let loss: Double
  public let metrics: [Measured]

  public init(loss: Double, metrics: [Measured] = []) {
    self.loss = loss
    self.metrics = metrics
  }
}

/// How an epoch ended.
public struct EpochResult: Sendable {
  /// The first is number 1.
  public let epoch: Int
  /// Steps of this training up to its end.
  public let lastStep: Int
  /// The smoothed loss of its last batch, as fastai prints it.
  public let trainLoss: Double
  /// Of training; after a checkpoint was taken up, since then.
  public let seconds: Double
  /// If a callback asked for it.
  public internal(set) var validation: Validation?
}

import NeuralNetworks
import Tensors

/// Training, whatever the data: epoch after epoch, batch after batch, a step each.
///
/// It knows of a batch only its loss, so images, texts, tables and ratings are trained alike:
///
///     let loop = TrainingLoop(model, optimizer: adam, seed: 42) { generator in
///       ratings.batches(of: 64, using: &generator)
///     } loss: { batch in
///       mse(model(users: batch.users, items: batch.items), batch.ratings)
///     }
///     try loop.fit(epochs: 5, schedule: OneCycle(maximum: 5e-3, steps: 5 * steps))
public final class TrainingLoop {
  public let model: Module
  public let optimizer: Optimizer
  /// How gradients are held back before each step, if at all.
  public var clipping: GradientClipping?
  public var callbacks: [any Callback] = []
  /// Called after each step with the number of steps made and the loss.
  public var afterStep: ((_ steps: Int, _ loss: Double) -> Void)?
  /// Measures the model on data that it is not trained on.
  public var validate: (() -> Validation)?
  /// Those that augmentation draws from, so that a checkpoint holds their place.
  public var generators: [SharedGenerator] = []

  /// Of the last call of `fit`.
  public internal(set) var record = TrainingRecord()
  /// The epochs of the last call of `fit`.
  public internal(set) var history: [EpochResult] = []
  /// Steps made in the epoch under way.
  public internal(set) var stepsInEpoch = 0
  /// How many epochs the last call of `fit` was asked for.
  public internal(set) var epochs = 0
  /// How many steps an epoch has, where its batches tell beforehand or one has ended.
  public internal(set) var stepsPerEpoch: Int?
  /// Why a callback ended the training early, if one did.
  public internal(set) var stopReason: String?
  /// How many steps the last call of `fit` found made in its checkpoint; nil if it began anew.
  public internal(set) var stepsTakenUp: Int?
  /// What the calls of `fit` with a checkpoint left behind, by its path.
  private var left: [String: Fingerprint] = [:]
  private var isAtEndOfEpoch = false

  /// Where the order of the batches comes from, as it stood when the epoch under way began.
  var generator: SeededGenerator
  private let losses: (inout SeededGenerator) -> (next: AnyIterator<() -> Tensor>, count: Int)

  /// - Parameters:
  ///   - batches: The batches of one epoch; what is random in their order comes from the generator.
  ///   - loss: The mean loss of a batch, from a forward pass of the model.
  public init<Batches: Sequence>(
    _ model: Module, optimizer: Optimizer, seed: UInt64,
    batches: @escaping (_ generator: inout SeededGenerator) -> Batches,
    loss: @escaping (Batches.Element) -> Tensor
  ) {
    let known = Set(model.parameters.map { ObjectIdentifier($0) })
    expect(
      optimizer.parameters.allSatisfy { known.contains(ObjectIdentifier($0)) },
      "TrainingLoop expects an optimizer of the model's own parameters: others would be in no checkpoint"
    )
    self.model = model
    self.optimizer = optimizer
    generator = SeededGenerator(seed: seed)
    losses = { generator in
      let batches = batches(&generator)
      var next = batches.makeIterator()
      return (
        AnyIterator { next.next().map { batch in { loss(batch) } } }, batches.underestimatedCount
      )
    }
  }

  /// Trains at a constant rate, or at the rates of a schedule, whose step 0 is the first of this call.
  ///
  /// With a checkpoint that is there already, the training goes on from it, to the same bits as if it had never
  /// been interrupted, until so many epochs are made in all; `stepsTakenUp` says from where. When the program runs
  /// anew, a training that had ended ends at once, as the file has it. Called again on this loop, what the program has
  /// set since the last call stays: weights, the optimizer's memory, its rate. There, a training that has ended is
  /// refused, unless more epochs are asked for.
  public func fit(
    epochs: Int, schedule: (any Schedule)? = nil, checkpoint: TrainingCheckpoint? = nil
  ) throws {
    expect(epochs >= 0, "fit expects 0 epochs or more, got \(epochs)")
    record = TrainingRecord()
    history = []
    stepsInEpoch = 0
    stopReason = nil
    stepsTakenUp = nil
    self.epochs = epochs
    do {
      try train(schedule, checkpoint)
    } catch {
      for callback in callbacks { callback.failed(self, error) }
      throw error
    }
  }

  private func train(_ schedule: (any Schedule)?, _ checkpoint: TrainingCheckpoint?) throws {
    let settings = settings(schedule: schedule)
    if let checkpoint {
      try checkpoint.resume(self, settings: settings, left: left[checkpoint.path])
    }
    defer { if let checkpoint { left[checkpoint.path] = Fingerprint(self) } }
    for callback in callbacks { try callback.beforeFit(self) }
    while history.count < epochs, stopReason == nil {
      try epoch(schedule) {
        // A training that was just stopped is saved when its epoch is noted.
        if stopReason == nil, checkpoint?.isDue(after: record.losses.count) == true {
          try checkpoint?.save(self, settings: settings)
        }
      }
      try checkpoint?.save(self, settings: settings)
    }
    for callback in callbacks { try callback.afterFit(self) }
  }

  private func epoch(_ schedule: (any Schedule)?, afterBatch: () throws -> Void) throws {
    for callback in callbacks { try callback.beforeEpoch(self) }
    guard stopReason == nil else { return }
    let start = ContinuousClock.now
    var next = generator
    let (losses, count) = self.losses(&next)
    stepsPerEpoch = count > 0 ? count : stepsPerEpoch
    for step in 0..<stepsInEpoch where losses.next() == nil {
      throw CheckpointError("the checkpoint has made \(stepsInEpoch) steps of an epoch of \(step)")
    }
    while stopReason == nil, let loss = losses.next() {
      schedule?.apply(to: optimizer, at: record.losses.count)
      for callback in callbacks { try callback.beforeBatch(self) }
      try step(loss)
      stepsInEpoch += 1
      for callback in callbacks { try callback.afterBatch(self) }
      try afterBatch()
    }
    expect(stepsInEpoch > 0, "TrainingLoop expects batches, got an epoch without any")
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    generator = next
    stepsPerEpoch = stepsPerEpoch ?? stepsInEpoch
    stepsInEpoch = 0
    history.append(
      EpochResult(
        epoch: history.count + 1, lastStep: record.losses.count,
        trainLoss: record.smoothedLosses.last ?? .nan, seconds: seconds))
    isAtEndOfEpoch = true
    defer { isAtEndOfEpoch = false }
    for callback in callbacks { try callback.afterEpoch(self) }
  }

  /// Forward, backward, update.
  private func step(_ loss: () -> Tensor) throws {
    optimizer.zeroGrad()
    let loss = loss()
    expect(
      loss.count == 1,
      "TrainingLoop expects the loss of a batch as a single number, got shape \(loss.shape)")
    let value = Double(loss.item)
    record.losses.append(value)
    record.learningRates.append(optimizer.learningRate)
    record.momenta.append(optimizer.momentum ?? 0)
    guard value.isFinite else {
      throw TrainingError.lossIsNotFinite(
        step: record.losses.count, learningRate: optimizer.learningRate)
    }
    loss.backward()
    if let clipping {
      let norm = clipping.apply(to: optimizer.parameters)
      guard clipping.canHold(norm) else {
        throw TrainingError.gradientIsNotFinite(
          step: record.losses.count, learningRate: optimizer.learningRate)
      }
    }
    optimizer.step()
    afterStep?(record.losses.count, value)
  }

  /// Loss and metrics on data that the model is not trained on, as it is now. While callbacks are asked at the end of
  /// an epoch it is measured once, when the first of them asks, and stands in `history`.
  @discardableResult public func validation() -> Validation {
    guard let validate else {
      fatalError("this training has no validation: set `validate` before a callback asks for it")
    }
    guard isAtEndOfEpoch else { return validate() }
    if let known = history.last?.validation { return known }
    let new = validate()
    history[history.count - 1].validation = new
    return new
  }

  /// Ends the training after this batch or epoch.
  public func stop(because reason: String) { stopReason = reason }

  /// Up to `steps` training steps at the given rates, until `after` says no: for the rate finder. Afterwards the
  /// training is what it was.
  func probe(steps: Int, rate: (Int) -> Double, after: (Int, Double) -> Bool) {
    let before = TrainingSnapshot(self)
    defer { before.restore(self) }
    record = TrainingRecord()
    while record.losses.count < steps {
      let earlier = record.losses.count
      for loss in losses(&generator).next {
        let step = record.losses.count
        guard step < steps else { return }
        optimizer.learningRate = rate(step)
        guard (try? self.step(loss)) != nil, after(step, record.losses[step]) else { return }
      }
      expect(
        record.losses.count > earlier, "TrainingLoop expects batches, got an epoch without any")
    }
  }
}

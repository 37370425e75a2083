import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct TrainingCheckpointTests {
  /// Batch norm (buffers), dropout (a generator), Adam (memory), noise on the images (a generator of its own), one
  /// cycle (rate and momentum): all that a training remembers. 3 epochs of 5 steps.
  private static func training(rate: Double = 1e-2) -> (TrainingLoop, OneCycle) {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Linear(8, 12, using: &generator), BatchNorm(12), ReLU(), Dropout(0.5, seed: 3),
      Linear(12, 3, using: &generator))
    let x = Tensor.normal([40, 8], using: &generator)
    let labels = (0..<40).map { _ in Int.random(in: 0..<3, using: &generator) }
    let noise = SharedGenerator(seed: 5)
    let loop = TrainingLoop(
      model, optimizer: Adam(model.parameters, learningRate: rate), seed: 7
    ) { generator in
      let order = Array(0..<40).shuffled(using: &generator)
      return stride(from: 0, to: 40, by: 8).map { Array(order[$0..<($0 + 8)]) }
    } loss: { batch in
      var noise = noise
      let images = x.rows(batch) + 0.1 * Tensor.normal([8, 8], using: &noise)
      return crossEntropy(model(images), batch.map { labels[$0] })
    }
    loop.generators = [noise]
    loop.validate = {
      model.train(false)
      defer { model.train() }
      let logits = withoutGradients { model(x) }
      return Validation(
        loss: Double(withoutGradients { crossEntropy(logits, labels).item }),
        metrics: [Validation.Measured("accuracy", accuracy(logits, labels))])
    }
    loop.callbacks = [EarlyStopping(patience: 9, goal: .highest(metric: "accuracy"))]
    return (loop, OneCycle(maximum: rate, steps: 15))
  }

  private static func state(_ loop: TrainingLoop) -> [Tensor] {
    loop.model.namedState.map(\.tensor.value) + loop.optimizer.memory.flatMap(\.tensors)
  }

  private let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"

  /// Killed after a step, with the last checkpoint up to three steps old: at the end of an epoch, in one, and before
  /// there is any.
  @Test(arguments: [1, 2, 3, 4, 5, 8, 10, 11, 14, 15]) func aKilledTrainingEndsWithTheSameBits(
    step: Int
  ) async throws {
    defer { unlink(path) }
    let (whole, schedule) = Self.training()
    try whole.fit(epochs: 3, schedule: schedule)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, step = step as Int] in
      let (loop, schedule) = Self.training()
      loop.afterStep = { made, _ in if made == step { kill(getpid(), SIGKILL) } }
      try loop.fit(
        epochs: 3, schedule: schedule, checkpoint: TrainingCheckpoint(path, everySteps: 3))
    }
    #expect(FileManager.default.fileExists(atPath: path) == (step > 3))
    let (again, _) = Self.training()
    var made = 0
    again.afterStep = { _, _ in made += 1 }
    try again.fit(
      epochs: 3, schedule: schedule, checkpoint: TrainingCheckpoint(path, everySteps: 3))
    #expect(made == 15 - [0, 3, 5, 6, 9, 10, 12].last { $0 < step }!)
    #expect(Self.state(again) == Self.state(whole))
    #expect(again.record.losses == whole.record.losses)
    #expect(again.record.learningRates == whole.record.learningRates)
    #expect(again.history.map(\.validation) == whole.history.map(\.validation))
    #expect(again.optimizer.momentum == whole.optimizer.momentum)
  }

  @Test func aTrainingThatHadEndedEndsAtOnce() throws {
    defer { unlink(path) }
    let (first, schedule) = Self.training()
    try first.fit(epochs: 3, schedule: schedule, checkpoint: TrainingCheckpoint(path))
    let (second, _) = Self.training()
    second.afterStep = { _, _ in Issue.record("a step was made") }
    try second.fit(epochs: 3, schedule: schedule, checkpoint: TrainingCheckpoint(path))
    #expect(Self.state(second) == Self.state(first))
    #expect(second.history.count == 3)
  }

  @Test func otherSettingsAreNamedAndChangeNothing() throws {
    defer { unlink(path) }
    let (first, schedule) = Self.training()
    try first.fit(epochs: 2, schedule: schedule, checkpoint: TrainingCheckpoint(path))
    let (second, _) = Self.training()
    let before = Self.state(second)
    let other = CosineAnnealing(0.1, steps: 9)
    #expect(
      throws: CheckpointError(
        "\(path): it is of a training with schedule \(schedule), not \(other): end that training with its own schedule, then train on by another with a file of its own"
      )
    ) { try second.fit(epochs: 2, schedule: other, checkpoint: TrainingCheckpoint(path)) }
    #expect(
      throws: CheckpointError(
        "\(path): it has made 2 epochs, more than the 1 asked for: ask for more epochs in all, or name another file"
      )
    ) { try second.fit(epochs: 1, schedule: schedule, checkpoint: TrainingCheckpoint(path)) }
    #expect(Self.state(second) == before)
    second.model.parameters[0].isFrozen = true
    #expect(
      throws: CheckpointError(
        "\(path): it is of a training with frozen parameters [], not [0]")
    ) { try second.fit(epochs: 2, schedule: schedule, checkpoint: TrainingCheckpoint(path)) }
  }

  /// Stopped in its first epoch and then lost before the epoch was noted: taken up from before the stop, the training
  /// stops again, and the epoch is noted.
  @Test func aStopInAnEpochIsNotSavedBeforeTheEpochIs() throws {
    defer { unlink(path) }
    struct Lost: Error {}
    final class Stop: Callback {
      var isLost: Bool
      init(isLost: Bool) { self.isLost = isLost }
      func afterBatch(_ loop: TrainingLoop) {
        if loop.record.losses.count == 3 { loop.stop(because: "enough") }
      }
      func afterEpoch(_ loop: TrainingLoop) throws { if isLost { throw Lost() } }
    }
    func fit(isLost: Bool, checkpoint: TrainingCheckpoint?) throws -> TrainingLoop {
      let (loop, schedule) = Self.training()
      loop.callbacks.append(Stop(isLost: isLost))
      try loop.fit(epochs: 3, schedule: schedule, checkpoint: checkpoint)
      return loop
    }
    let checkpoint = TrainingCheckpoint(path, everySteps: 1)
    let whole = try fit(isLost: false, checkpoint: nil)
    #expect(throws: Lost.self) { _ = try fit(isLost: true, checkpoint: checkpoint) }
    let again = try fit(isLost: false, checkpoint: checkpoint)
    #expect(again.stopReason == "enough")
    #expect(again.history.map(\.validation) == whole.history.map(\.validation))
    #expect(again.history.count == 1)
    #expect(Self.state(again) == Self.state(whole))
  }

  /// The corrections of Adam count the updates of each parameter; a checkpoint holds them.
  @Test func aBodyThatWasFrozenForAWhileGoesOnToTheSameBits() throws {
    defer { unlink(path) }
    struct Lost: Error {}
    final class Gradual: Callback {
      let loseAt: Int
      init(loseAt: Int) { self.loseAt = loseAt }
      func beforeBatch(_ loop: TrainingLoop) {
        loop.model.parameters[0].isFrozen = loop.record.losses.count < 4
      }
      func afterBatch(_ loop: TrainingLoop) throws {
        if loop.record.losses.count == loseAt { throw Lost() }
      }
    }
    func training(loseAt: Int) -> (TrainingLoop, OneCycle) {
      let (loop, schedule) = Self.training()
      loop.callbacks.append(Gradual(loseAt: loseAt))
      return (loop, schedule)
    }
    let (whole, schedule) = training(loseAt: -1)
    try whole.fit(epochs: 3, schedule: schedule)
    #expect(whole.optimizer.updates.prefix(2) == [11, 15])
    let checkpoint = TrainingCheckpoint(path, everySteps: 2)
    let (first, _) = training(loseAt: 7)
    #expect(throws: Lost.self) {
      try first.fit(epochs: 3, schedule: schedule, checkpoint: checkpoint)
    }
    let (second, _) = training(loseAt: -1)
    try second.fit(epochs: 3, schedule: schedule, checkpoint: checkpoint)
    #expect(Self.state(second) == Self.state(whole))
    #expect(second.optimizer.updates == whole.optimizer.updates)
  }

  /// A language model: dropouts of four kinds, and a state that goes on from batch to batch.
  @Test func aRecurrentNetsStateGoesOn() throws {
    defer { unlink(path) }
    func training() -> TrainingLoop {
      var generator = SeededGenerator(seed: 42)
      let encoder = AWDLSTM(words: 9, features: 4, hidden: 5, layers: 2, using: &generator)
      let words = (0..<96).map { _ in Int.random(in: 0..<9, using: &generator) }
      return TrainingLoop(
        encoder, optimizer: Adam(encoder.parameters, learningRate: 0.01), seed: 1
      ) { _ in
        stride(from: 0, to: 96, by: 12)
      } loss: { start in
        encoder(Array(words[start..<(start + 12)]), rows: 2).square().mean()
      }
    }
    let whole = training()
    try whole.fit(epochs: 2)
    struct Stopped: Error {}
    final class Stop: Callback {
      func afterBatch(_ loop: TrainingLoop) throws {
        if loop.record.losses.count == 11 { throw Stopped() }
      }
    }
    let first = training()
    first.callbacks = [Stop()]
    #expect(throws: Stopped.self) {
      try first.fit(epochs: 2, checkpoint: TrainingCheckpoint(path, everySteps: 5))
    }
    let second = training()
    try second.fit(epochs: 2, checkpoint: TrainingCheckpoint(path, everySteps: 5))
    #expect(Self.state(second) == Self.state(whole))
    #expect(second.record.losses == whole.record.losses)
  }
}

import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

/// Several calls of `fit` with one checkpoint, and what outlives a call.
@Suite struct ContinuedTrainingTests {
  private let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"
  private var checkpoint: TrainingCheckpoint { TrainingCheckpoint(path) }

  /// Batch norm, dropout and Adam on 24 rows, 4 steps an epoch.
  private func training(_ losses: [Double] = []) -> TrainingLoop {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Linear(4, 6, using: &generator), BatchNorm(6), ReLU(), Dropout(0.3, seed: 3),
      Linear(6, 2, using: &generator))
    let x = Tensor.normal([24, 4], using: &generator)
    let loop = TrainingLoop(
      model, optimizer: Adam(model.parameters, learningRate: 0.01), seed: 7
    ) { generator in
      let order = Array(0..<24).shuffled(using: &generator)
      return stride(from: 0, to: 24, by: 6).map { Array(order[$0..<($0 + 6)]) }
    } loss: { batch in
      crossEntropy(model(x.rows(batch)), batch.map { $0 % 2 })
    }
    var losses = losses.makeIterator()
    loop.validate = { Validation(loss: losses.next() ?? .nan) }
    return loop
  }

  private func state(_ loop: TrainingLoop) -> [Tensor] {
    loop.model.namedState.map(\.tensor.value) + loop.optimizer.memory.flatMap(\.tensors)
  }

  private func weights(_ loop: TrainingLoop) -> [Tensor] { loop.model.parameters.map(\.value) }

  /// In the same program and in one that was started anew, at a constant rate and under a plan that holds its end.
  @Test func threeEpochsAndTwoMoreAreFive() throws {
    let schedules: [(any Schedule)?] = [nil, CosineAnnealing(0.01, to: 1e-3, steps: 14)]
    for schedule in schedules {
      let whole = training()
      try whole.fit(epochs: 5, schedule: schedule)
      for isNew in [false, true] {
        defer { unlink(path) }
        let first = training()
        try first.fit(epochs: 3, schedule: schedule, checkpoint: checkpoint)
        #expect(first.stepsTakenUp == nil)
        let second = isNew ? training() : first
        try second.fit(epochs: 5, schedule: schedule, checkpoint: checkpoint)
        #expect(second.stepsTakenUp == 12)
        #expect(state(second) == state(whole))
        #expect(second.record.losses == whole.record.losses)
        #expect(second.history.map(\.epoch) == [1, 2, 3, 4, 5])
      }
    }
  }

  @Test func aSecondFitWithNothingLeftToDoIsRefusedAndKeepsWhatWasSet() throws {
    defer { unlink(path) }
    let loop = training()
    try loop.fit(epochs: 3, checkpoint: checkpoint)
    loop.model.parameters[0].value = .ones([4, 6])
    loop.optimizer.learningRate = 0.05
    let before = state(loop)
    #expect(
      throws: CheckpointError(
        "\(path): this training has ended with 3 epochs: ask for more epochs in all, or train on with another file"
      )
    ) { try loop.fit(epochs: 3, checkpoint: checkpoint) }
    #expect(state(loop) == before)
    // Another file trains on from here.
    let other = path + ".second"
    defer { unlink(other) }
    try loop.fit(epochs: 1, checkpoint: TrainingCheckpoint(other))
    #expect(loop.record.learningRates == [0.05, 0.05, 0.05, 0.05])
    #expect(loop.optimizer.steps == 16)
  }

  /// The steps are those of a training without a file in which the same was set.
  @Test func whatIsSetBetweenTwoCallsIsTrainedOn() throws {
    defer { unlink(path) }
    let (plain, saved) = (training(), training())
    try plain.fit(epochs: 3)
    try saved.fit(epochs: 3, checkpoint: checkpoint)
    for loop in [plain, saved] {
      loop.model.parameters[0].value = .ones([4, 6])
      loop.optimizer.learningRate = 0.002
      (loop.optimizer as? Adam)?.beta1 = 0.8
    }
    try plain.fit(epochs: 2)
    try saved.fit(epochs: 5, checkpoint: checkpoint)
    #expect(state(saved) == state(plain))
    #expect(saved.record.learningRates.suffix(8) == [Double](repeating: 0.002, count: 8)[...])
    #expect(saved.record.momenta.suffix(8) == [Double](repeating: 0.8, count: 8)[...])
    #expect(saved.record.losses.count == 20)
  }

  @Test func aRateThatTheProgramChangedComesBack() throws {
    defer { unlink(path) }
    final class Change: Callback {
      func afterEpoch(_ loop: TrainingLoop) { loop.optimizer.learningRate /= 4 }
    }
    let whole = training()
    whole.callbacks = [Change()]
    try whole.fit(epochs: 4)
    let first = training()
    first.callbacks = [Change()]
    try first.fit(epochs: 2, checkpoint: checkpoint)
    let second = training()
    second.callbacks = [Change()]
    try second.fit(epochs: 4, checkpoint: checkpoint)
    #expect(second.record.learningRates == whole.record.learningRates)
    #expect(second.record.learningRates.last == 0.01 / 64)
    #expect(second.optimizer.learningRate == whole.optimizer.learningRate)
    #expect(state(second) == state(whole))
  }

  /// Another program's start of a training that had ended says so, and what it took up.
  @Test func aLineTellsWhatWasTakenUp() throws {
    defer { unlink(path) }
    try training().fit(epochs: 2, checkpoint: checkpoint)
    for (epochs, line) in [
      (2, "taken up where 2 of 2 epochs and 8 steps were made: it had ended"),
      (3, "taken up where 2 of 3 epochs and 8 steps were made: learning rate 0.01"),
    ] {
      var lines: [String] = []
      let loop = training()
      loop.callbacks = [EpochLines { lines.append($0) }]
      try loop.fit(epochs: epochs, checkpoint: checkpoint)
      #expect(lines.first == line)
      #expect(lines.count == epochs - 1)
    }
  }

  /// It stops again only for the epochs that come: more were asked for.
  @Test func aTrainingThatWasStoppedGoesOnWhereMoreEpochsAreAskedFor() throws {
    defer { unlink(path) }
    let first = training([3, 1, 2, 2])
    first.callbacks = [EarlyStopping(patience: 2)]
    try first.fit(epochs: 6, checkpoint: checkpoint)
    #expect(first.history.count == 4)
    let again = training()
    again.callbacks = [EarlyStopping(patience: 2)]
    try again.fit(epochs: 6, checkpoint: checkpoint)
    #expect(again.stopReason == "no better epoch in 2")
    #expect(again.history.count == 4)
    #expect(throws: CheckpointError.self) { try first.fit(epochs: 6, checkpoint: checkpoint) }
    let more = training([0.5, 0.7])
    more.callbacks = [EarlyStopping(patience: 2)]
    try more.fit(epochs: 7, checkpoint: checkpoint)
    #expect(more.history.prefix(6).compactMap(\.validation?.loss) == [3, 1, 2, 2, 0.5, 0.7])
    #expect(more.history.count == 7)
  }

  @Test func eachCallOfFitHasItsOwnPatience() throws {
    let loop = training([1, 2, 5, 4, 3, 6])
    loop.callbacks = [EarlyStopping(patience: 2)]
    try loop.fit(epochs: 2)
    #expect(loop.stopReason == nil)
    try loop.fit(epochs: 4)
    #expect(loop.history.count == 4)
  }

  /// The best of the first call is better than all of the second.
  @Test func theBestModelOfAllCallsIsKept() throws {
    defer { unlink(path) }
    let loop = training([3, 1, 2, 5, 4, 0.5, 0.7])
    let best = BestModel(path)
    loop.callbacks = [best]
    try loop.fit(epochs: 3)
    let first = weights(loop)
    try loop.fit(epochs: 2)
    #expect(weights(loop) == first)
    try loop.fit(epochs: 2)
    #expect(weights(loop) != first)
    let model = training()
    try Checkpoint.load(path, into: model.model)
    #expect(weights(model) == weights(loop))
    // Another model begins anew.
    let other = training([9])
    other.callbacks = [best]
    try other.fit(epochs: 1)
    try Checkpoint.load(path, into: model.model)
    #expect(weights(model) == weights(other))
  }

  /// The file goes on from the last epoch, not from the best that the model was given back.
  @Test func theBestModelGoesOnWithItsTraining() throws {
    let best = path + ".best"
    defer { for path in [path, best] { unlink(path) } }
    let whole = training([3, 1, 2, 4, 0.5])
    whole.callbacks = [BestModel(best)]
    try whole.fit(epochs: 5)
    let parts = training([3, 1, 2, 4, 0.5])
    parts.callbacks = [BestModel(best)]
    try parts.fit(epochs: 3, checkpoint: checkpoint)
    try parts.fit(epochs: 5, checkpoint: checkpoint)
    #expect(weights(parts) == weights(whole))
  }

  @Test func aValidationAfterTheTrainingIsOfTheModelAsItIs() throws {
    let loop = training([3, 1, 8])
    loop.callbacks = [EpochLines { _ in }]
    try loop.fit(epochs: 2)
    #expect(loop.validation().loss == 8)
    #expect(loop.history.map(\.validation?.loss) == [3, 1])
  }

  @Test func frozenBatchNormEndsWithAFailureToo() throws {
    struct Lost: Error {}
    final class Fail: Callback { func afterBatch(_ loop: TrainingLoop) throws { throw Lost() } }
    let loop = training()
    let norm = try #require(loop.model.namedModules.compactMap { $0.module as? BatchNorm }.first)
    for parameter in norm.parameters { parameter.isFrozen = true }
    loop.callbacks = [FrozenBatchNorm(), Fail()]
    #expect(throws: Lost.self) { try loop.fit(epochs: 1) }
    #expect(norm.isTraining)
  }

  /// A file that says what cannot be is refused in one sentence and changes nothing.
  @Test func notesThatCannotBeAreRefused() throws {
    defer { unlink(path) }
    try training().fit(epochs: 1, checkpoint: checkpoint)
    let file = try Safetensors(contentsOf: path)
    let tensors = try file.names.map { (name: $0, tensor: try file.tensor($0)) }
    let wrong = [
      ("learning rate", "-1"), ("learning rate", "nan"), ("learning rate", "inf"),
      ("momentum", "1.0"), ("momentum", "-0.1"), ("steps in epoch", "-1"), ("steps in epoch", "3"),
      ("optimizer steps", "-4"), ("losses", "1 2"), ("learning rates", ""), ("epochs", "many"),
      ("epochs/last step", "5"), ("optimizer updates", "-1 0 0 0 0 0"), ("order generator", "-1"),
    ]
    #expect(wrong.count == 14)
    for (name, text) in wrong {
      var notes = file.metadata
      notes[name] = text
      try Safetensors.write(tensors, metadata: notes, to: path)
      let loop = training()
      let before = state(loop)
      do {
        try loop.fit(epochs: 2, checkpoint: checkpoint)
        Issue.record("\(name) was taken to be \(text)")
      } catch {
        #expect("\(error)".hasPrefix("\(path): ") && error is CheckpointError)
      }
      #expect(state(loop) == before)
    }
  }
}

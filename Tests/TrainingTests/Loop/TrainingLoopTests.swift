import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training

/// A training that is no image classifier: ratings, whose model takes two lists of numbers.
@Suite struct TrainingLoopTests {
  private func ratings(
    epochs: Int = 1, validLosses: [Double] = [], callbacks: [any Callback] = []
  ) throws -> TrainingLoop {
    var generator = SeededGenerator(seed: 42)
    let model = DotProductBias(users: 6, items: 5, factors: 3, using: &generator)
    let pairs = (0..<6).flatMap { user in (0..<5).map { (user, $0) } }
    let loop = TrainingLoop(
      model, optimizer: Adam(model.parameters, learningRate: 0.05), seed: 7
    ) { generator in
      pairs.shuffled(using: &generator).chunks(of: 8)
    } loss: { batch in
      let wanted = Tensor(batch.map { Float($0.0 - $0.1) / 4 })
      return mse(
        model(users: batch.map(\.0), items: batch.map(\.1)), wanted)
    }
    var losses = validLosses.makeIterator()
    loop.validate = { Validation(loss: losses.next() ?? .nan) }
    loop.callbacks = callbacks
    try loop.fit(epochs: epochs)
    return loop
  }

  @Test func anyModelIsTrainedByItsLoss() throws {
    let loop = try ratings(epochs: 30)
    #expect(loop.record.losses.count == 30 * 4)  // 30 pairs in batches of 8
    #expect(loop.history.map(\.epoch) == Array(1...30))
    #expect(loop.record.losses.suffix(4).max()! < 0.1 * loop.record.losses[0])
  }

  @Test func earlyStoppingWaitsForSoManyEpochsWithoutABetterOne() throws {
    let losses = [5, 4, 4.5, 3, 3, .nan, 2]
    let loop = try ratings(
      epochs: 7, validLosses: losses, callbacks: [EarlyStopping(patience: 2)])
    #expect(loop.history.count == 6)  // the fourth was the best
    #expect(loop.stopReason == "no better epoch in 2")
    let patient = try ratings(
      epochs: 7, validLosses: losses, callbacks: [EarlyStopping(patience: 3)])
    #expect(patient.history.count == 7)
    #expect(patient.stopReason == nil)
    // A gain from 4 to 3 is none when 1.5 is asked for: 5 stays the best until 3.
    let strict = try ratings(
      epochs: 7, validLosses: losses, callbacks: [EarlyStopping(patience: 2, minimumChange: 1.5)])
    #expect(strict.history.count == 3)
  }

  @Test func anEpochIsValidatedOnceForAllCallbacks() throws {
    let loop = try ratings(
      epochs: 3, validLosses: [3, 2, 1, 0.5, 0.25, 0.125],
      callbacks: [EarlyStopping(patience: 2), EarlyStopping(patience: 2)])
    #expect(loop.history.map { $0.validation?.loss } == [3, 2, 1])
  }

  @Test func ofEqualEpochsTheFirstIsTheBest() throws {
    let loop = try ratings(
      epochs: 6, validLosses: [5, 4, 4, 4, 4, 4], callbacks: [EarlyStopping(patience: 2)])
    #expect(loop.history.count == 4)
    #expect(Goal.lowestLoss.best(of: loop.history) == 1)
  }

  @Test func theBestModelComesBackWithItsBuffers() throws {
    let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"
    defer { unlink(path) }
    let seen = Seen()
    let norm = BatchNorm(2)
    let loop = TrainingLoop(
      norm, optimizer: SGD(norm.parameters, learningRate: 0.1), seed: 1
    ) { generator in
      (0..<3).map { _ in Tensor.normal([4, 2], using: &generator) }
    } loss: { x in
      (norm(x) - 1).square().mean()
    }
    var losses = [2.0, 1, 3].makeIterator()
    loop.validate = { Validation(loss: losses.next() ?? .nan) }
    loop.callbacks = [seen, BestModel(path)]
    try loop.fit(epochs: 3)
    #expect(norm.namedState.map(\.tensor.value) == seen.states[1])
    #expect(seen.states[1] != seen.states[2])
    #expect(norm.namedBuffers.map(\.buffer.value) != seen.buffers[2])
  }

  private final class Seen: Callback {
    var states: [[Tensor]] = []
    var buffers: [[Tensor]] = []
    func afterEpoch(_ loop: TrainingLoop) {
      states.append(loop.model.namedState.map(\.tensor.value))
      buffers.append(loop.model.namedBuffers.map(\.buffer.value))
    }
  }

  @Test func callbacksComeInTheirPlacesAndMayStopInAnEpoch() throws {
    let watch = Watch()
    let loop = try ratings(epochs: 3, callbacks: [watch])
    #expect(watch.calls == ["fit", "epoch", "batch", "after 1", "batch", "after 2", "end", "done"])
    #expect(loop.record.losses.count == 2)
    #expect(loop.record.learningRates == [0.05, 0.5])
  }

  private final class Watch: Callback {
    var calls: [String] = []
    func beforeFit(_ loop: TrainingLoop) { calls.append("fit") }
    func beforeEpoch(_ loop: TrainingLoop) { calls.append("epoch") }
    func beforeBatch(_ loop: TrainingLoop) {
      calls.append("batch")
      if loop.record.losses.count == 1 { loop.optimizer.learningRate = 0.5 }
    }
    func afterBatch(_ loop: TrainingLoop) {
      calls.append("after \(loop.record.losses.count)")
      if loop.record.losses.count == 2 { loop.stop(because: "enough") }
    }
    func afterEpoch(_ loop: TrainingLoop) { calls.append("end") }
    func afterFit(_ loop: TrainingLoop) { calls.append("done") }
  }

  @Test func stoppedBeforeAnEpochItMakesNone() throws {
    final class Stop: Callback {
      func beforeEpoch(_ loop: TrainingLoop) {
        if loop.history.count == 1 { loop.stop(because: "one is enough") }
      }
    }
    let loop = try ratings(epochs: 3, callbacks: [Stop()])
    #expect(loop.history.count == 1)
    #expect(loop.record.losses.count == 4)
  }

  @Test func noBatchesOrForeignParametersStopTheCall() async {
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let norm = BatchNorm(2)
      let loop = TrainingLoop(norm, optimizer: SGD(norm.parameters, learningRate: 1), seed: 1) {
        _ in
        [Tensor]()
      } loss: {
        norm($0).sum()
      }
      try? loop.fit(epochs: 1)
    }
    let text = String(decoding: empty?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("TrainingLoop expects batches, got an epoch without any"))
    let foreign = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TrainingLoop(
        BatchNorm(2), optimizer: SGD(BatchNorm(2).parameters, learningRate: 1), seed: 1
      ) { _ in
        [0]
      } loss: { _ in
        Tensor(0)
      }
    }
    let other = String(decoding: foreign?.standardErrorContent ?? [], as: UTF8.self)
    #expect(other.contains("expects an optimizer of the model's own parameters"))
  }

  @Test func oneLineAnEpoch() throws {
    var lines: [String] = []
    let loop = try ratings(
      epochs: 2, validLosses: [1.25, 0.5], callbacks: [EpochLines { lines.append($0) }])
    try #require(lines.count == 2)
    for (line, epoch) in zip(lines, loop.history) {
      #expect(line.hasPrefix("epoch \(epoch.epoch)  train loss "))
      let printed = try #require(Double(line.split(separator: " ")[4]))
      #expect(abs(printed - epoch.trainLoss) <= 5e-7)  // six digits
      #expect(line.hasSuffix(" s"))
    }
    #expect(lines[0].contains("  valid loss 1.250000  "))
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}

import DataPipeline
import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct LearnerTests {
  private func learner(rate: Double, seed: UInt64 = 42) throws -> Learner {
    let digits = try Digits.load()
    var generator = SeededGenerator(seed: seed)
    let model = Sequential(
      Linear(64, 20, using: &generator), ReLU(), Linear(20, 10, using: &generator))
    return Learner(
      model, train: digits[0..<1437], valid: digits[1437..<1797],
      optimizer: Adam(model.parameters, learningRate: rate), seed: seed)
  }

  @Test func aNaNLossStopsWithStepAndRate() throws {
    let learner = try learner(rate: 1e30)
    do {
      try learner.fit(epochs: 1)
      Issue.record("training went on")
    } catch let error as TrainingError {
      #expect(error == .lossIsNotFinite(step: learner.record.losses.count, learningRate: 1e30))
      #expect(learner.record.losses.count > 1)
      #expect(
        error.description
          == "the loss stopped being a finite number at step \(learner.record.losses.count), with learning rate 1e+30: try a smaller rate"
      )
    }
  }

  @Test func oneSeedGivesTheSameLossesBitForBit() throws {
    let runs = try [UInt64(42), 42, 43].map { seed in
      let learner = try learner(rate: 1e-2, seed: seed)
      try learner.fitOneCycle(epochs: 1, maximum: 1e-2)
      return learner.record.losses
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] != runs[2])
  }

  @Test func fiveEpochsReadMostDigits() throws {
    let learner = try learner(rate: 1e-2)
    try learner.fitOneCycle(epochs: 5, maximum: 1e-2)
    // PyTorch's 64-50-10 reaches 0.81 in two epochs (Tests/References/digits_reference.json).
    #expect(learner.validate().accuracy > 0.81)
    #expect(learner.record.losses.count == 5 * 23)
    #expect(learner.record.learningRates.max() == 1e-2)
  }

  @Test func validationMetricsAndInterpretationAgree() throws {
    let learner = try learner(rate: 1e-2)
    learner.metrics.append(Metric("error rate") { errorRate($0, $1) })
    try learner.fitOneCycle(epochs: 2, maximum: 1e-2)
    let (validation, plain) = (learner.validation(), learner.validate())
    let found = learner.interpretation()
    #expect(validation.loss == plain.loss)
    // Counts of 360 in double precision.
    #expect(abs(validation.metrics[0].value - plain.accuracy) < 1e-12)
    #expect(abs(validation.metrics[1].value - (1 - plain.accuracy)) < 1e-12)
    let wrong = found.confusion.mostConfused().reduce(0) { $0 + $1.count }
    #expect(abs(Double(wrong) / 360 - validation.metrics[1].value) < 1e-12)
    // The mean of 32-bit losses, summed in another order.
    let mean = found.items.reduce(0) { $0 + $1.loss } / 360
    #expect(abs(mean - validation.loss) < 1e-5)
  }

  @Test func theFinderMarksBeforeTheLowestLoss() throws {
    let learner = try learner(rate: 0)
    let finder = LearningRateFinder.run(learner)
    let (steepest, lowest) = (try #require(finder.steepest), try #require(finder.lowest))
    #expect(steepest < lowest)
    #expect(finder.rates[0] == 1e-7)
    #expect(finder.losses.count <= 100)
  }

  /// Running averages, a dropout's generator, the optimizer's memory, rate and momentum, the order of batches.
  @Test func trainedAfterTheFinderIsTrainedWithoutIt() throws {
    let digits = try Digits.load()
    let losses = try [true, false].map { isFound in
      var generator = SeededGenerator(seed: 42)
      let model = Sequential(
        Linear(64, 20, using: &generator), BatchNorm(20), ReLU(), Dropout(0.3, seed: 1),
        Linear(20, 10, using: &generator))
      let learner = Learner(
        model, train: digits[0..<500], valid: digits[1437..<1797],
        optimizer: Adam(model.parameters, learningRate: 0.01), seed: 7)
      try learner.fit(epochs: 1)
      // Up to a rate at which running averages would be lost.
      if isFound { #expect(LearningRateFinder.run(learner, to: 1e30).rates.count > 20) }
      try learner.fit(epochs: 1)
      return learner.record.losses + [learner.validate().loss]
    }
    #expect(losses[0] == losses[1])
    #expect(losses[0].allSatisfy { $0.isFinite })
  }
}

@Suite struct OneCycleTests {
  @Test func matchesTheCoursesPlot() {
    // fastai v1, 782 batches at 1e-2: values read from the scheduler of the course's notebook.
    let cycle = OneCycle(maximum: 1e-2, steps: 782)
    #expect(cycle.rise == 234)
    for (step, rate, momentum) in [
      (0, 4.0e-4, 0.95), (117, 5.2e-3, 0.90), (234, 1e-2, 0.85), (508, 5.00002e-3, 0.90),
      (781, 1.22e-7, 0.949999),
    ] {
      #expect(abs(cycle.learningRate(at: step) - rate) < 2e-8)
      #expect(abs(cycle.momentum(at: step) - momentum) < 1e-6)
    }
  }

  @Test func oneStepIsEnough() {
    #expect(OneCycle(maximum: 1, steps: 1).learningRate(at: 0) == 1)
  }
}

@Suite struct MovingAverageTests {
  @Test func matchesTheCoursesSheet() {
    // mom_bias.xlsx: 5, 1, 1 with β = 0.9
    let corrected = MovingAverage.smoothed([5, 1, 1], beta: 0.9)
    for (value, printed) in zip(corrected, [5, 2.894737, 2.195572]) {
      #expect(abs(value - printed) < 6e-7)
    }
  }
}

@Suite struct AccuracyTests {
  @Test func countsRowsWhoseLargestIsTheLabel() {
    let logits = Tensor([[1, 2, 0], [3, 1, 1], [0, 0, 5], [1, 1, 0]])
    #expect(accuracy(logits, [1, 0, 0, 0]) == 0.75)  // of equal logits the first counts
  }
}

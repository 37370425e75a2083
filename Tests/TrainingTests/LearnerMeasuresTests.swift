import DataPipeline
import NeuralNetworks
import Tensors
import Testing
import Training

/// What a learner measures on 1,500 digits, in two batches of unequal size.
@Suite struct LearnerMeasuresTests {
  private func learner() throws -> Learner {
    let digits = try Digits.load()
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Linear(64, 20, using: &generator), BatchNorm(20), ReLU(), Dropout(0.5, seed: 3),
      Linear(20, 10, using: &generator))
    let learner = Learner(
      model, train: digits[0..<256], valid: digits[0..<1500],
      optimizer: Adam(model.parameters, learningRate: 1e-2), seed: 42)
    // So that the model knows the first of the items better than the rest.
    try learner.fit(epochs: 8)
    return learner
  }

  @Test func metricsAreOfAllItemsAtOnceAndTheLossIsTheirMean() throws {
    let learner = try learner()
    learner.metrics = [
      Metric("items") { y, _ in Double(y.shape[0]) },
      Metric("perplexity") { perplexity($0, $1) },
    ]
    let (validation, plain) = (learner.validation(), learner.validate())
    let all = learner.valid.all
    let (losses, wanted) = learner.model.evaluating {
      withoutGradients {
        let y = learner.model(all.images)
        return (
          [0..<1000, 1000..<1500].map {
            Double(crossEntropy(y[$0], Array(all.labels[$0])).item)
          }, perplexity(y, all.labels)
        )
      }
    }
    let mean = (2 * losses[0] + losses[1]) / 3
    // The means of the batches are far apart, so that the mean of means is another number.
    #expect(((losses[0] + losses[1]) / 2 - mean).magnitude > 1e-3)
    // 32-bit sums of 1,500 numbers.
    #expect((validation.loss - mean).magnitude < 1e-5)
    #expect((plain.loss - mean).magnitude < 1e-5)
    #expect(validation.metrics[0].value == 1500)
    #expect((validation.metrics[1].value - wanted).magnitude < 1e-5)
  }

  @Test func aValidationIsMadeAtTestTimeAndLeavesNoTrace() throws {
    let learner = try learner()
    let all = learner.valid.all
    let wanted = learner.model.evaluating {
      withoutGradients { accuracy(learner.model(all.images), all.labels) }
    }
    let before = learner.model.namedState.map(\.tensor.value)
    let (validation, plain) = (learner.validation(), learner.validate())
    #expect(validation == learner.validation())
    #expect(learner.validate() == plain)
    // Counts of 1,500 in double precision.
    #expect((validation.metrics[0].value - wanted).magnitude < 1e-12)
    #expect((plain.accuracy - wanted).magnitude < 1e-12)
    #expect(
      learner.interpretation().items.count { $0.label == $0.predicted }
        == Int((1500 * wanted).rounded()))
    #expect(learner.model.namedState.map(\.tensor.value) == before)
    #expect(learner.model.namedModules.allSatisfy { $0.module.isTraining })
  }

  @Test func eachEpochHasAnOrderOfItsOwn() throws {
    var generator = SeededGenerator(seed: 42)
    var orders: [[Int]] = []
    var order: [Int] = []
    let model = Sequential(BatchNorm(2))
    let x = Tensor.normal([12, 2], using: &generator)
    let loop = TrainingLoop(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 7) {
      generator in
      order = Array(0..<12).shuffled(using: &generator)
      orders.append(order)
      return [Array(order[..<6]), Array(order[6...])]
    } loss: {
      model(x.rows($0)).square().sum()
    }
    try loop.fit(epochs: 3)
    try loop.fit(epochs: 2)
    #expect(orders.count == 5)
    #expect(Set(orders).count == 5)
  }

  @Test func noEpochIsNoTraining() throws {
    let learner = try learner()
    let before = learner.model.parameters.map(\.value)
    try learner.fit(epochs: 0)
    try learner.fitOneCycle(epochs: 0, maximum: 0.1)
    #expect(learner.history.isEmpty && learner.record.losses.isEmpty)
    #expect(learner.model.parameters.map(\.value) == before)
  }
}

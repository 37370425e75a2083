import DataPipeline
import NeuralNetworks
import Tensors
import Training

/// A recipe of a small layer, for rows of three numbers.
private struct Rows: PredictionRecipe, NamesClasses {
  static let architecture = "3-2"
  let classes: [String]
  func makeModel() -> Linear { linear(3, 2) }
  func outputs(of model: Linear, _ items: [[Float]]) -> Tensor { model(Tensor(items)) }
}

extension Table {
  mutating func trainings() {
    of(
      "TrainingLoop.init(Module, optimizer: Optimizer, seed: UInt64, batches: (inout SeededGenerator) -> Batches, loss: (Batches.Element) -> Tensor)"
    )
    stops {
      TrainingLoop(linear(), optimizer: SGD([learned([3])], learningRate: 0.1), seed: 1) { _ in
        0..<2
      } loss: { _ in
        scalar
      }
    }
    of("TrainingLoop.fit(epochs: Int, schedule: (any Schedule)?, checkpoint: TrainingCheckpoint?)")
    for epochs in [-1, .min] { stops("epochs") { try training().fit(epochs: epochs) } }
    stops { try training(batches: 0).fit(epochs: 1) }
    stops { try training { model, _ in model(matrix) }.fit(epochs: 1) }
    stops("backward") { try training { _, _ in scalar }.fit(epochs: 1) }
    stops("Linear") { try training { model, _ in model(vector[0..<2]).mean() }.fit(epochs: 1) }
    `throws` { try training { model, _ in model(matrix).mean() * .nan }.fit(epochs: 1) }
    `throws` {
      try training().fit(epochs: 1, checkpoint: TrainingCheckpoint("/no/such/folder/file"))
    }
    returns {
      try training().fit(epochs: 0)
      return true
    }
    of("TrainingLoop.validation()")
    stops { training().validation() }
    of("TrainingCheckpoint.init(String, everySteps: Int?)")
    for steps in [0, -1] { stops { TrainingCheckpoint("run", everySteps: steps) } }
    of("EarlyStopping.init(patience: Int, goal: Goal, minimumChange: Double)")
    for patience in [0, -1] { stops { EarlyStopping(patience: patience) } }
    for change in [-1, Double.nan] {
      stops { EarlyStopping(patience: 1, minimumChange: change) }
    }
    of("EarlyStopping.afterEpoch(TrainingLoop)")
    stops("validation") { EarlyStopping(patience: 1).afterEpoch(training()) }
    of("BestModel.afterEpoch(TrainingLoop)")
    stops("validation") { try BestModel("best").afterEpoch(training()) }
    of("Goal.best(of: [EpochResult], by: Double)")
    for change in [-1, Double.nan] { stops { Goal.lowestLoss.best(of: [], by: change) } }
    stops("metric") {
      let loop = training()
      loop.validate = { Validation(loss: 1) }
      loop.callbacks = [EarlyStopping(patience: 1, goal: .highest(metric: "accuracy"))]
      try loop.fit(epochs: 1)
    }

    let digits = { try Digits.load()[0..<40] }
    let learner = { (batchSize: Int) in
      let model = linear(64, 10)
      return Learner(
        model, train: try digits(), valid: try digits(),
        optimizer: SGD(model.parameters, learningRate: 0.1), batchSize: batchSize, seed: 1)
    }
    of(
      "Learner.init(any Layer, train: LabelledImages, valid: LabelledImages, optimizer: Optimizer, batchSize: Int, seed: UInt64, loss: (Tensor, [Int]) -> Tensor)"
    )
    for size in [0, -1, .min] { stops { try learner(size) } }
    stops("optimizer") {
      let learner = Learner(
        linear(64, 10), train: try digits(), valid: try digits(),
        optimizer: SGD([learned([3])], learningRate: 0.1), seed: 1)
      try learner.fit(epochs: 1)
    }
    returns { try learner(huge).stepsPerEpoch == 1 }
    of("Learner.fit(epochs: Int, schedule: (any Schedule)?, checkpoint: TrainingCheckpoint?)")
    stops("epochs") { try learner(8).fit(epochs: -1) }
    stops("crossEntropy") {
      let model = linear(64, 3)
      try Learner(
        model, train: try digits(), valid: try digits(),
        optimizer: SGD(model.parameters, learningRate: 0.1), seed: 1
      ).fit(epochs: 1)
    }
    of("Learner.fitOneCycle(epochs: Int, maximum: Double, checkpoint: TrainingCheckpoint?)")
    for epochs in [-1, huge] {
      stops(anyWord) { try learner(8).fitOneCycle(epochs: epochs, maximum: 0.1) }
    }
    for maximum in [-1, Double.nan] {
      stops("OneCycle") { try learner(8).fitOneCycle(epochs: 1, maximum: maximum) }
    }
    of(
      "Learner.fitOneCycle(epochs: Int, rates: DiscriminativeRates, groups: LayerGroups, checkpoint: TrainingCheckpoint?)"
    )
    stops("ates") {
      let learner = try learner(8)
      try learner.fitOneCycle(
        epochs: 1, rates: .same(0), groups: LayerGroups([learner.model]))
    }
    stops("group") {
      try learner(8).fitOneCycle(epochs: 1, rates: .same(0.1), groups: LayerGroups([linear()]))
    }
    let withoutItems = {
      let model = linear(64, 10)
      return Learner(
        model, train: try digits(), valid: try digits()[0..<0],
        optimizer: SGD(model.parameters, learningRate: 0.1), seed: 1)
    }
    of("Learner.validation()")
    stops { try withoutItems().validation() }
    of("Learner.validate()")
    stops { try withoutItems().validate() }
    of("Learner.interpretation()")
    stops { try withoutItems().interpretation() }
    of("Learner.evaluate(on: LabelledImages)")
    stops { try learner(8).evaluate(on: try digits()[0..<0]) }
    of("Learner.clipping")
    stops("Clipping") {
      let learner = try learner(8)
      learner.clipping = .norm(-1)
      try learner.fit(epochs: 1)
    }
    of("TrainingLoop.clipping")
    stops("Clipping") {
      let loop = training()
      loop.clipping = .value(.nan)
      try loop.fit(epochs: 1)
    }

    of("LearningRateFinder.init(rates: [Double], losses: [Double], batchLosses: [Double]?)")
    stops { LearningRateFinder(rates: [0.1], losses: []) }
    stops { LearningRateFinder(rates: [0, 0.1], losses: [1, 1]) }
    stops { LearningRateFinder(rates: [.nan, 0.1], losses: [1, 1]) }
    stops { LearningRateFinder(rates: [0.1, 1], losses: [1, 1], batchLosses: [1]) }
    returns { LearningRateFinder(rates: [], losses: []).suggestion == nil }
    for isLearner in [true, false] {
      of(
        "LearningRateFinder.run(\(isLearner ? "Learner" : "TrainingLoop"), from: Double, to: Double, steps: Int)"
      )
      let cases: [(Double, Double, Int)] = [
        (0, 1, 10), (-1, 1, 10), (1, 0.1, 10), (.nan, 1, 10), (0.1, .nan, 10),
        (0.1, .infinity, 10), (0.1, 1, 1), (0.1, 1, 0), (0.1, 1, -1),
      ]
      for (start, end, steps) in cases {
        stops {
          isLearner
            ? LearningRateFinder.run(try learner(8), from: start, to: end, steps: steps)
            : LearningRateFinder.run(training(), from: start, to: end, steps: steps)
        }
      }
    }
    of("LayerGroups.init([[Module]])")
    stops { LayerGroups([[Module]]()) }
    stops("group") {
      let layer = linear()
      return LayerGroups([[layer], [layer]])
    }
    of("LayerGroups.init([Module]...)")
    stops { LayerGroups() }
    of("LayerGroups.freeze(to: Int, keepingBatchNorm: Bool)")
    for first in [1, -2, huge, .min] { stops { LayerGroups([linear()]).freeze(to: first) } }
    returns { LayerGroups([linear()]).number(of: linear()) == nil }
  }

  mutating func precision() {
    of("LossScaling.init(Float, kind: LossScaling.Kind)")
    for scale in [0, -1, Float.nan, .infinity] { stops { LossScaling(scale) } }
    for patience in [0, -1] { stops { LossScaling(2, kind: .dynamic(patience: patience)) } }
    of("MixedPrecision.init(Optimizer, scaling: LossScaling, hasMasterWeights: Bool)")
    returns {
      MixedPrecision(SGD([], learningRate: 0.1), scaling: LossScaling(2)).hasMasterWeights
    }
    of("MixedPrecision.step(Tensor)")
    let mixed = { MixedPrecision(SGD([learned([3])], learningRate: 0.1), scaling: LossScaling(2)) }
    stops("backward") { mixed().step(scalar) }
    stops("backward") { mixed().step(learned([3]).wrappedValue) }

    let memory = { (items: Int) in
      let net = pictureNet()
      return TrainingMemory(
        ModelTrace(net, on: pictures), items: items, model: net,
        optimizer: SGD(net.parameters, learningRate: 0.1))
    }
    of("TrainingMemory.init(ModelTrace, items: Int, model: Module, optimizer: Optimizer)")
    for items in [0, -1] { stops { memory(items) } }
    of("TrainingMemory.step(Int)")
    for batch in [-1, .min] { stops { memory(2).step(batch) } }
    returns { memory(2).step(huge) == .max }
    returns { memory(2).step(0) >= 0 }
    of("TrainingMemory.largestBatch(of: [Int], free: Int)")
    stops { memory(2).largestBatch(of: [-1], free: 1000) }
    stops { memory(2).largestBatch(of: [1], free: -1) }
    returns { memory(2).largestBatch(of: [1, huge], free: huge) == 1 }
    returns { memory(2).largestBatch(of: [], free: 1000) == nil }
    returns { memory(2).largestBatch(of: [1], free: 0) == nil }
    of("TrainingMemory.largestBatch(of: [Int])")
    stops { memory(2).largestBatch(of: [-1]) }
    returns { memory(2).largestBatch(of: []) == nil }

    let exported = { ExportedModel(Rows(classes: ["a", "b"]), linear(3, 2)) }
    of("ExportedModel.outputs([Recipe.Item], batchSize: Int)")
    stops("prediction") { exported().outputs([]) }
    for size in [0, -1] {
      stops("prediction") { exported().outputs([[1, 2, 3]], batchSize: size) }
    }
    stops("Linear") { exported().outputs([[1, 2]]) }
    returns { exported().outputs([[1, 2, 3]], batchSize: huge).shape == [1, 2] }
    returns { exported().outputs([[1, 2, 3], [1, 2, 3]], batchSize: huge).shape == [2, 2] }
    of("ExportedModel.predict(Recipe.Item)")
    stops("Linear") { exported().predict([1, 2]) }
    of("ExportedModel.predict([Recipe.Item], batchSize: Int)")
    stops("prediction") { exported().predict([[Float]]()) }
    stops("Rows") { ExportedModel(Rows(classes: ["a"]), linear(3, 2)).predict([[1, 2, 3]]) }
    of("ExportedModel.init(contentsOf: String)")
    `throws` { try ExportedModel<Rows>(contentsOf: "/no/such/file") }
    of("ExportedModel.save(to: String)")
    `throws` { try exported().save(to: "/no/such/folder/file") }
  }
}

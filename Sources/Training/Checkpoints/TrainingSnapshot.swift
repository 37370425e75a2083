import NeuralNetworks
import Tensors

/// A training as it stands, in memory: to try something and go back. What a `TrainingCheckpoint` writes to a file.
struct TrainingSnapshot {
  private let state: [Tensor]
  private let generators: [SeededGenerator]
  private let carried: [[Tensor]]
  private let memory: [(kind: String, tensors: [Tensor])]
  private let counts: (steps: Int, updates: [Int])
  private let rates: (learningRate: Double, momentum: Double?)
  private let shared: [SeededGenerator]
  private let order: SeededGenerator
  private let record: TrainingRecord

  init(_ loop: TrainingLoop) {
    state = loop.model.namedState.map(\.tensor.value)
    generators = Self.drawing(loop).map(\.generator)
    carried = Self.carrying(loop).map(\.carriedState)
    memory = loop.optimizer.memory
    counts = (loop.optimizer.steps, loop.optimizer.updates)
    rates = (loop.optimizer.learningRate, loop.optimizer.momentum)
    shared = loop.generators.map(\.generator)
    order = loop.generator
    record = loop.record
  }

  func restore(_ loop: TrainingLoop) {
    for ((_, tensor), value) in zip(loop.model.namedState, state) { tensor.value = value }
    for (module, generator) in zip(Self.drawing(loop), generators) { module.generator = generator }
    for (module, state) in zip(Self.carrying(loop), carried) { module.carriedState = state }
    loop.optimizer.restore(memory, steps: counts.steps, updates: counts.updates)
    loop.optimizer.learningRate = rates.learningRate
    if let momentum = rates.momentum { loop.optimizer.momentum = momentum }
    loop.optimizer.zeroGrad()
    for (place, generator) in zip(loop.generators, shared) { place.generator = generator }
    loop.generator = order
    loop.record = record
  }

  private static func drawing(_ loop: TrainingLoop) -> [any DrawsRandomNumbers] {
    loop.model.namedModules.compactMap { $0.module as? any DrawsRandomNumbers }
  }

  private static func carrying(_ loop: TrainingLoop) -> [any CarriesState] {
    loop.model.namedModules.compactMap { $0.module as? any CarriesState }
  }
}

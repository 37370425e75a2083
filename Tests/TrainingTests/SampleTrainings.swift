import DataPipeline
import NeuralNetworks
import Tensors
import Training

/// Trainings that between them use everything a training remembers: for tests of what must come back to the same bits.
enum SampleTrainings {
  /// Digits: convolutions, batch norm (buffers), dropout (a generator), random windows of the images (a generator of
  /// the program's), Adam with decoupled decay (memory), three layer groups of which the first is frozen at first,
  /// with discriminative rates. 8 steps an epoch.
  static func digits() throws -> (loop: TrainingLoop, groups: LayerGroups) {
    let digits = try Digits.load()[0..<128]
    var generator = SeededGenerator(seed: 42)
    let body = ConvLayer(1, 4, using: &generator)
    let middle = ConvLayer(4, 8, stride: 2, using: &generator)
    let head = Sequential(
      Flatten(), Dropout(0.3, seed: 3), Linear(128, 10, using: &generator))
    let model = Sequential(body, middle, head)
    let windows = SharedGenerator(seed: 5)
    let loop = TrainingLoop(
      model,
      optimizer: Adam(model.parameters, learningRate: 1e-2, weightDecay: .decoupled(0.01)), seed: 7
    ) { generator in
      digits.batches(of: 16, using: &generator)
    } loss: { batch in
      var windows = windows
      let images = batch.images.reshaped([-1, 1, 8, 8])
      return crossEntropy(model(RandomPad(1)(images, using: &windows)), batch.labels)
    }
    loop.generators = [windows]
    let groups = LayerGroups([body], [middle], [head])
    DiscriminativeRates.between(1e-3, 1e-2).apply(to: loop.optimizer, groups: groups)
    loop.validate = {
      model.train(false)
      defer { model.train() }
      let all = digits.all
      let logits = withoutGradients { model(all.images.reshaped([-1, 1, 8, 8])) }
      return Validation(
        loss: Double(withoutGradients { crossEntropy(logits, all.labels).item }),
        metrics: [Validation.Measured("accuracy", accuracy(logits, all.labels))])
    }
    return (loop, groups)
  }

  /// Next words with a GRU whose state goes on from batch to batch: RMSProp, gradients clipped. 12 steps an epoch.
  static func words() -> TrainingLoop {
    var generator = SeededGenerator(seed: 42)
    let model = CarryingGRU(words: 9, hidden: 12, using: &generator)
    let words = (0..<(4 * 73)).map { _ in Int.random(in: 0..<9, using: &generator) }
    let loop = TrainingLoop(
      model, optimizer: RMSProp(model.parameters, learningRate: 1e-2), seed: 1
    ) { _ in
      stride(from: 0, to: 72, by: 6)
    } loss: { start in
      func piece(_ shift: Int) -> [Int] {
        (0..<4).flatMap { row in words[(row * 73 + start + shift)..<(row * 73 + start + shift + 6)]
        }
      }
      return crossEntropy(model(piece(0), rows: 4), piece(1))
    }
    loop.clipping = .norm(0.5)
    return loop
  }

  final class CarryingGRU: Module, CarriesState {
    let embedding: Embedding
    let gru: GRU
    let norm: BatchNorm
    let dropout = Dropout(0.2, seed: 11)
    let decoder: Linear
    var carriedState: [Tensor] = []

    init(words: Int, hidden: Int, using generator: inout SeededGenerator) {
      embedding = Embedding(words, hidden, using: &generator)
      gru = GRU(hidden, hidden, layers: 2, using: &generator)
      norm = BatchNorm(hidden)
      decoder = Linear(hidden, words, using: &generator)
    }

    func callAsFunction(_ words: [Int], rows: Int) -> Tensor {
      let x = embedding(words).reshaped([rows, words.count / rows, -1])
      let (y, h) = gru(x, carriedState.first)
      carriedState = [h.detached()]
      return decoder(dropout(norm(y.reshaped([words.count, -1]))))
    }
  }

  /// All the numbers that must be equal.
  static func state(_ loop: TrainingLoop) -> [Tensor] {
    loop.model.namedState.map(\.tensor.value) + loop.optimizer.memory.flatMap(\.tensors)
      + loop.model.namedModules.flatMap { ($0.module as? any CarriesState)?.carriedState ?? [] }
  }
}

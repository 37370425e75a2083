import NeuralNetworks
import Tensors

extension GradientEntry {
  private static var rows: Tensor { Inputs.normal([4, 3]) }
  private static var image: Tensor { Inputs.apart([2, 2, 4, 3]) }
  private static var sequence: Tensor { Inputs.normal([2, 3, 2]) }

  private static func generator() -> SeededGenerator { SeededGenerator(seed: 42) }

  static var layers: [GradientEntry] { simple + withParameters + blocks + recurrentNets }

  private static var simple: [GradientEntry] {
    [
      layer("ReLU", at: Inputs.apart([2, 3])) { ReLU() },
      layer("LeakyReLU", at: Inputs.apart([2, 3])) { LeakyReLU(0.2) },
      layer("ReLU6", at: Inputs.apart([2, 3])) { ReLU6() },
      layer("ELU", at: Inputs.apart([2, 3])) { ELU(0.7) },
      layer("GELU", at: rows) { GELU() },
      layer("Softplus", at: rows) { Softplus(beta: 2) },
      layer("Sigmoid", at: rows) { Sigmoid() },
      layer("Tanh", at: rows) { Tanh() },
      layer("SigmoidRange", at: rows) { SigmoidRange(0.5...5.5) },
      layer("Dropout", at: rows) { Dropout(0.4, seed: 1) },
      layer("VariationalDropout", at: sequence) { VariationalDropout(0.4, seed: 1) },
      layer("Flatten", at: image) { Flatten() },
      layer("MaxPool2d", at: image) { MaxPool2d(2) },
      layer("AveragePool2d", at: image) { AveragePool2d(2) },
      layer("GlobalAveragePool", at: image) { GlobalAveragePool() },
      layer("GlobalConcatPool", at: image) { GlobalConcatPool() },
    ]
  }

  private static var withParameters: [GradientEntry] {
    [
      layer("Linear", at: rows) {
        var generator = generator()
        return Linear(3, 2, using: &generator)
      },
      layer("PixelShuffle", at: Inputs.normal([1, 2, 2, 3])) {
        var generator = generator()
        return PixelShuffle(2, 1, using: &generator)
      },
      layer("Convolution2d", at: image) {
        var generator = generator()
        return Convolution2d(2, 3, kernel: 3, stride: 2, padding: 1, using: &generator)
      },
      layer("BatchNorm", "while training", at: rows) { BatchNorm(3, epsilon: 0.1) },
      module("BatchNorm", "with ReLU in one pass", at: [rows]) {
        BatchNorm(3, epsilon: 0.1)
      } run: { norm, x in
        norm.relu(x[0])
      },
      module("BatchNorm", "of images, with ReLU in one pass", at: [image]) {
        BatchNorm(2, epsilon: 0.1)
      } run: { norm, x in
        norm.relu(x[0])
      },
      layer("BatchNorm", "at test time", at: rows) {
        let norm = BatchNorm(
          gamma: Tensor([1, 2, 0.5]), beta: Tensor([0, 1, -1]),
          runningMean: Tensor([0.1, 0.2, 0.3]),
          runningVariance: Tensor([1, 2, 3]))
        norm.train(false)
        return norm
      },
      layer("LayerNorm", at: rows) { LayerNorm(3, epsilon: 0.1) },
      layer("GroupNorm", at: image) { GroupNorm(groups: 1, 2, epsilon: 0.1) },
      layer("InstanceNorm2d", at: image) { InstanceNorm2d(2, epsilon: 0.1, isAffine: true) },
      layer("Sequential", at: rows) {
        var generator = generator()
        return Sequential(Linear(3, 4, using: &generator), Tanh(), Linear(4, 2, using: &generator))
      },
      module("Embedding", at: []) { () -> Embedding in
        var generator = generator()
        return Embedding(4, 3, using: &generator)
      } run: { layer, _ in
        layer([2, 0, 2])
      },
      module("EmbeddingDropout", at: []) { () -> EmbeddingDropout in
        var generator = generator()
        return EmbeddingDropout(Embedding(6, 3, using: &generator), 0.4, seed: 1)
      } run: { layer, _ in
        layer([2, 0, 2, 5, 3])
      },
    ]
  }

  private static var blocks: [GradientEntry] {
    [
      layer("ConvLayer", at: image) {
        var generator = generator()
        return ConvLayer(2, 3, stride: 2, using: &generator)
      },
      layer("ResBlock", at: image) {
        var generator = generator()
        let block = ResBlock(2, using: &generator)
        // γ starts from 0, where the weights before it have no gradient.
        for case (_, let norm as BatchNorm) in block.namedModules { norm.gamma = Tensor([1, 0.5]) }
        return block
      },
      layer("DenseBlock", at: image) {
        var generator = generator()
        return DenseBlock(2, growth: 3, using: &generator)
      },
    ]
  }

  private static var recurrentNets: [GradientEntry] {
    [
      module("RNN", at: [sequence, Inputs.normal([2, 2, 3])]) { () -> RNN in
        var generator = generator()
        return RNN(2, 3, layers: 2, using: &generator)
      } run: { net, x in
        let (y, h) = net(x[0], x[1])
        return concatenate([y.reshaped([-1]), h.reshaped([-1])])
      },
      module("GRU", at: [sequence, Inputs.normal([2, 2, 3])]) { () -> GRU in
        var generator = generator()
        return GRU(2, 3, layers: 2, using: &generator)
      } run: { net, x in
        let (y, h) = net(x[0], x[1])
        return concatenate([y.reshaped([-1]), h.reshaped([-1])])
      },
      module("LSTM", at: [sequence, Inputs.normal([2, 2, 3]), Inputs.normal([2, 2, 3], seed: 1)]) {
        () -> LSTM in
        var generator = generator()
        return LSTM(2, 3, layers: 2, using: &generator)
      } run: { net, x in
        let (y, state) = net(x[0], (h: x[1], c: x[2]))
        return concatenate([y.reshaped([-1]), state.h.reshaped([-1]), state.c.reshaped([-1])])
      },
      module("WeightDrop", at: [sequence]) { () -> WeightDrop<LSTM> in
        var generator = generator()
        return WeightDrop(LSTM(2, 3, using: &generator), 0.4, seed: 1)
      } run: { net, x in
        net(x[0]).output
      },
    ]
  }
}

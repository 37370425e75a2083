import NeuralNetworks
import Tensors
import Training

extension Workload {
  /// Lesson 5: logistic regression on 28 × 28 pixels, SGD.
  static func logistic() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Linear(784, 10, using: &generator)
    let (x, y) = (input([64, 784], seed: 100), labels(64, below: 10, seed: 101))
    return Workload(SGD(model.parameters, learningRate: 2e-2), model.weights) {
      crossEntropy(model(x), y)
    }
  }

  /// Lesson 5: one hidden layer of 50, Adam.
  static func mlp() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Sequential(
      Linear(784, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator))
    let (x, y) = (input([64, 784], seed: 100), labels(64, below: 10, seed: 101))
    return Workload(Adam(model.parameters, learningRate: 1e-2), model.weights) {
      crossEntropy(model(x), y)
    }
  }

  /// A wider net, so that the matrix product decides.
  static func wideMLP() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Sequential(
      Linear(784, 1024, using: &generator), ReLU(), Linear(1024, 1024, using: &generator), ReLU(),
      Linear(1024, 10, using: &generator))
    let (x, y) = (input([256, 784], seed: 100), labels(256, below: 10, seed: 101))
    return Workload(Adam(model.parameters, learningRate: 1e-3), model.weights) {
      crossEntropy(model(x), y)
    }
  }

  /// Lesson 4: collaborative filtering, 944 users and 1,654 films, 40 factors, decay in the gradient.
  static func collab() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = DotBias(944, 1654, factors: 40, using: &generator)
    let (users, items) = (labels(64, below: 944, seed: 100), labels(64, below: 1654, seed: 101))
    let y = (input([64], seed: 102) + 2).detached()
    let optimizer = Adam(model.parameters, learningRate: 5e-3, weightDecay: .l2(1e-1))
    return Workload(optimizer, model.weights) { mse(model(users, items), y) }
  }

  /// Lesson 4: embeddings and batch norm, layers of 200 and 100.
  static func tabular() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let model = Table(using: &generator)
    let columns = Table.sizes.enumerated().map { k, size in
      labels(64, below: size.0, seed: UInt64(100 + k))
    }
    let (x, y) = (input([64, 3], seed: 110), labels(64, below: 2, seed: 111))
    return Workload(Adam(model.parameters, learningRate: 1e-2), model.weights) {
      crossEntropy(model(columns, x), y)
    }
  }
}

/// σ(u·v + b_u + b_v)·5.5 of a user and a film.
private final class DotBias: Module {
  let users: Embedding
  let items: Embedding
  let userBias: Embedding
  let itemBias: Embedding

  init(_ users: Int, _ items: Int, factors: Int, using generator: inout some RandomNumberGenerator)
  {
    self.users = Embedding(users, factors, using: &generator)
    self.items = Embedding(items, factors, using: &generator)
    userBias = Embedding(users, 1, using: &generator)
    itemBias = Embedding(items, 1, using: &generator)
  }

  func callAsFunction(_ user: [Int], _ item: [Int]) -> Tensor {
    let match = (users(user) * items(item)).sum(axes: [1], keepingAxes: true)
    return ((match + userBias(user) + itemBias(item)).sigmoid() * 5.5).reshaped([-1])
  }
}

private final class Table: Module {
  static let sizes = [(10, 6), (17, 8), (8, 5), (16, 8), (7, 5), (6, 4), (3, 3)]
  let embeddings: [Embedding]
  let norm = BatchNorm(3)
  let layers: Sequential

  init(using generator: inout SeededGenerator) {
    var embeddings: [Embedding] = []
    for (words, features) in Self.sizes {
      embeddings.append(Embedding(words, features, using: &generator))
    }
    self.embeddings = embeddings
    let inputs = Self.sizes.reduce(3) { $0 + $1.1 }
    layers = Sequential(
      Linear(inputs, 200, using: &generator), ReLU(), BatchNorm(200),
      Linear(200, 100, using: &generator), ReLU(), BatchNorm(100),
      Linear(100, 2, using: &generator))
  }

  func callAsFunction(_ columns: [[Int]], _ x: Tensor) -> Tensor {
    layers(concatenate(zip(embeddings, columns).map { $0($1) } + [norm(x)], axis: 1))
  }
}

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
    let model = DotProductBias(
      users: 944, items: 1654, factors: 40, range: 0...5.5, using: &generator)
    let (users, items) = (labels(64, below: 944, seed: 100), labels(64, below: 1654, seed: 101))
    let y = (input([64], seed: 102) + 2).detached()
    let optimizer = Adam(model.parameters, learningRate: 5e-3, weightDecay: .l2(1e-1))
    return Workload(optimizer, model.weights) { mse(model(users: users, items: items), y) }
  }

  /// Lesson 4: embeddings and batch norm, layers of 200 and 100.
  static func tabular() -> Workload {
    var generator = SeededGenerator(seed: 0)
    let categories = [(10, 6), (17, 8), (8, 5), (16, 8), (7, 5), (6, 4), (3, 3)]
    let model = TabularModel(
      categories: categories.map { (count: $0.0, features: $0.1) }, numbers: 3,
      hidden: [200, 100], outputs: 2, using: &generator)
    let columns = categories.enumerated().map { k, size in
      labels(64, below: size.0, seed: UInt64(100 + k))
    }
    let (x, y) = (input([64, 3], seed: 110), labels(64, below: 2, seed: 111))
    return Workload(Adam(model.parameters, learningRate: 1e-2), model.weights) {
      crossEntropy(model(categories: columns, numbers: x), y)
    }
  }
}

import NeuralNetworks
import Tensors
import Training

/// A training step on one batch: forward, backward, update.
final class Workload {
  let optimizer: Optimizer
  let loss: () -> Tensor
  /// The parameters in the order of the PyTorch counterpart, without those of batch norm.
  /// The weights of `Linear` are stored `[inputs, outputs]` here, transposed there.
  let weights: [Weight]

  struct Weight {
    let parameter: Parameter
    var isTransposed = false
  }

  init(_ optimizer: Optimizer, _ weights: [Weight], loss: @escaping () -> Tensor) {
    self.optimizer = optimizer
    self.weights = weights
    self.loss = loss
  }

  /// One step; returns the loss before it.
  func step() -> Tensor {
    optimizer.zeroGrad()
    let loss = loss()
    loss.backward()
    optimizer.step()
    return loss
  }

  /// Gives every weight numbers that any program can make: weight k is spread evenly over
  /// ±1/√(numbers a row) by SplitMix64 with seed k + 1, in PyTorch's layout.
  func fillWeights() {
    for (k, weight) in weights.enumerated() {
      let shape = weight.parameter.value.shape
      let stored = weight.isTransposed ? [shape[1], shape[0]] : shape
      let bound =
        1
        / Float(stored.count > 1 ? stored.dropFirst().reduce(1, *) : stored[0])
        .squareRoot()
      var generator = SeededGenerator(seed: UInt64(k + 1))
      let values = Tensor.uniform(stored, in: -bound..<bound, using: &generator)
      weight.parameter.value = weight.isTransposed ? values.transposed() : values
    }
  }

  static var all: [(name: String, make: () -> Workload)] {
    [
      ("logistic", logistic), ("mlp", mlp), ("wide_mlp", wideMLP), ("plain_cnn", plainCNN),
      ("resnet", resnet), ("resnet18_64", resnet18), ("unet", unet), ("rnn_loop", rnnLoop),
      ("gru", gru), ("lstm", lstm), ("collab", collab), ("tabular", tabular),
    ]
  }
}

extension Module {
  /// The parameters of `Linear`, `Convolution2d`, `Embedding` and recurrent layers, in the order of their properties.
  var weights: [Workload.Weight] {
    var linear: Set<ObjectIdentifier> = []
    var batchNorm: Set<ObjectIdentifier> = []
    for (_, module) in namedModules {
      if let layer = module as? Linear { linear.insert(ObjectIdentifier(layer.$weight)) }
      if module is BatchNorm {
        batchNorm.formUnion(module.parameters.map { ObjectIdentifier($0) })
      }
    }
    return parameters.filter { !batchNorm.contains(ObjectIdentifier($0)) }.map {
      Workload.Weight(parameter: $0, isTransposed: linear.contains(ObjectIdentifier($0)))
    }
  }
}

/// Inputs that any program can make: evenly spread over ±√3 (deviation 1) by SplitMix64.
func input(_ shape: [Int], seed: UInt64) -> Tensor {
  var generator = SeededGenerator(seed: seed)
  let bound = Float(3).squareRoot()
  return .uniform(shape, in: -bound..<bound, using: &generator)
}

/// Labels below `classes`: SplitMix64 modulo `classes`.
func labels(_ count: Int, below classes: Int, seed: UInt64) -> [Int] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in Int(generator.next() % UInt64(classes)) }
}

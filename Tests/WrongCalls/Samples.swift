import DataPipeline
import NeuralNetworks
import Tensors
import Training

// What the wrong calls are made with; each use makes it anew.

let huge = Int.max
var matrix: Tensor { .ones([2, 3]) }
var vector: Tensor { .ones([3]) }
var scalar: Tensor { Tensor(1) }
var nothing: Tensor { .zeros([0]) }
var pictures: Tensor { .ones([2, 3, 8, 8]) }
var texts: Tensor { .ones([2, 5, 3]) }  // [n, time, features]

/// More numbers than the address space that a call has, fewer than an `Int` counts.
let tooLarge = [1 << 20, 1 << 20]

var generator: SeededGenerator {
  get { SeededGenerator(seed: 42) }
  set {}
}

/// A parameter with a gradient.
func learned(_ shape: [Int]) -> Parameter {
  let parameter = Parameter(.ones(shape))
  parameter.wrappedValue.sum().backward()
  return parameter
}

/// Weights of a recurrent layer, 3 inputs and 4 hidden numbers.
func weights(
  gates: Int, input: [Int]? = nil, hidden: [Int]? = nil, inputBias: [Int]? = nil,
  hiddenBias: [Int]? = nil
) -> RecurrentWeights {
  RecurrentWeights(
    input: .ones(input ?? [gates * 4, 3]), hidden: .ones(hidden ?? [gates * 4, 4]),
    inputBias: .ones(inputBias ?? [gates * 4]), hiddenBias: .ones(hiddenBias ?? [gates * 4]))
}

func linear(_ inputs: Int = 3, _ outputs: Int = 2) -> Linear {
  Linear(inputs, outputs, using: &generator)
}

func convolution(
  _ channels: Int = 3, _ filters: Int = 4, kernel: Int = 3, stride: Int = 1, padding: Int = 0
) -> Convolution2d {
  Convolution2d(
    channels, filters, kernel: kernel, stride: stride, padding: padding, using: &generator)
}

/// A small net for pictures of three channels.
func pictureNet() -> Sequential {
  Sequential(convolution(), ReLU(), GlobalAveragePool(), linear(4, 2))
}

/// A training of a small layer on a few batches.
func training(
  batches: Int = 2,
  _ loss: @escaping (Linear, Int) -> Tensor = { model, _ in
    model(.ones([2, 3])).square().mean()
  }
) -> TrainingLoop {
  let model = linear()
  return TrainingLoop(model, optimizer: SGD(model.parameters, learningRate: 0.1), seed: 42) { _ in
    0..<batches
  } loss: {
    loss(model, $0)
  }
}

var ratings: Ratings {
  Ratings(users: ["a", "b", "a"], items: ["x", "y", "y"], values: [1, 2, 3])
}

import NeuralNetworks
import Tensors

extension GradientEntry {
  private static var a: Tensor { Inputs.normal([2, 3]) }
  private static var b: Tensor { Inputs.normal([2, 3], seed: 1) }
  private static var p: Tensor { Inputs.uniform([2, 3], in: 0.1..<0.9) }
  private static var q: Tensor { Inputs.uniform([2, 3], in: 0.1..<0.9, seed: 1) }
  private static var logits: Tensor { Inputs.normal([4, 3]) }
  private static var pixels: Tensor { Inputs.normal([2, 3, 2, 1]) }

  static var losses: [GradientEntry] {
    [
      operation("mse(_:_:)", at: [a, b]) { mse($0[0], $0[1]) },
      operation("l1Loss(_:_:)", at: [a, b]) { l1Loss($0[0], $0[1]) },
      operation("smoothL1Loss(_:_:beta:)", at: [a, b]) { smoothL1Loss($0[0], $0[1], beta: 0.7) },
      operation("binaryCrossEntropy(_:_:)", at: [p, q]) { binaryCrossEntropy($0[0], $0[1]) },
      operation("binaryCrossEntropy(logits:_:)", at: [a, q]) {
        binaryCrossEntropy(logits: $0[0], $0[1])
      },
      operation("negativeLogLikelihood(_:_:)", at: [logits]) {
        negativeLogLikelihood($0[0], [2, 0, 1, 1])
      },
      operation("crossEntropy(_:_:)", at: [logits]) { crossEntropy($0[0], [2, 0, 1, 1]) },
      operation("crossEntropy(_:_:weights:ignoring:)", at: [logits]) {
        crossEntropy($0[0], [2, 0, 1, 1], weights: [0.5, 2, 1], ignoring: 0)
      },
      operation("crossEntropy(pixels:_:weights:ignoring:)", at: [pixels]) {
        crossEntropy(pixels: $0[0], [2, -100, 1, 1], weights: [0.5, 2, 1], ignoring: -100)
      },
    ]
  }
}

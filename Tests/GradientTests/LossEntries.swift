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
    reduced("mse(_:_:reduction:)", at: [a, b]) { mse($0[0], $0[1], reduction: $1) }
      + reduced("l1Loss(_:_:reduction:)", at: [a, b]) { l1Loss($0[0], $0[1], reduction: $1) }
      + reduced("smoothL1Loss(_:_:beta:reduction:)", at: [a, b]) {
        smoothL1Loss($0[0], $0[1], beta: 0.7, reduction: $1)
      }
      + reduced("binaryCrossEntropy(_:_:reduction:)", at: [p, q]) {
        binaryCrossEntropy($0[0], $0[1], reduction: $1)
      }
      + reduced("binaryCrossEntropy(logits:_:reduction:)", at: [a, q]) {
        binaryCrossEntropy(logits: $0[0], $0[1], reduction: $1)
      }
      + reduced("negativeLogLikelihood(_:_:weights:ignoring:reduction:)", at: [logits]) {
        negativeLogLikelihood($0[0], [2, 0, 1, 1], reduction: $1)
      }
      + reduced("negativeLogLikelihood(pixels:_:weights:ignoring:reduction:)", at: [pixels]) {
        negativeLogLikelihood(
          pixels: $0[0], [2, -100, 1, 1], weights: [0.5, 2, 1], ignoring: -100, reduction: $1)
      }
      + reduced("crossEntropy(_:_:weights:ignoring:reduction:)", at: [logits]) {
        crossEntropy($0[0], [2, 0, 1, 1], reduction: $1)
      }
      + reduced("crossEntropy(_:_:weights:ignoring:reduction:)", at: [logits]) {
        crossEntropy($0[0], [2, 0, 1, 1], weights: [0.5, 2, 1], ignoring: 0, reduction: $1)
      }
      + reduced("crossEntropy(pixels:_:weights:ignoring:reduction:)", at: [pixels]) {
        crossEntropy(
          pixels: $0[0], [2, -100, 1, 1], weights: [0.5, 2, 1], ignoring: -100, reduction: $1)
      }
  }

  /// A loss by each of its reductions.
  private static func reduced(
    _ name: String, at inputs: [Tensor], _ loss: @escaping ([Tensor], LossReduction) -> Tensor
  ) -> [GradientEntry] {
    let reductions: [(String, LossReduction)] = [("none", .none), ("sum", .sum), ("mean", .mean)]
    return reductions.map { about, reduction in
      operation(name, about, at: inputs) { loss($0, reduction) }
    }
  }
}

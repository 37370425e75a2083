import NeuralNetworks
import Tensors

extension Table {
  mutating func losses() {
    let pairs: [(String, (Tensor, Tensor) -> Tensor)] = [
      ("mse(Tensor, Tensor, reduction: LossReduction)", { mse($0, $1) }),
      ("l1Loss(Tensor, Tensor, reduction: LossReduction)", { l1Loss($0, $1) }),
      (
        "smoothL1Loss(Tensor, Tensor, beta: Float, reduction: LossReduction)",
        { smoothL1Loss($0, $1) }
      ),
      (
        "binaryCrossEntropy(Tensor, Tensor, reduction: LossReduction)",
        { binaryCrossEntropy($0, $1) }
      ),
      (
        "binaryCrossEntropy(logits: Tensor, Tensor, reduction: LossReduction)",
        { binaryCrossEntropy(logits: $0, $1) }
      ),
    ]
    for (name, loss) in pairs {
      of(name)
      stops { loss(.ones([4, 1]), .ones([4])) }
      stops { loss(.ones([4]), .ones([3])) }
      stops { loss(matrix, scalar) }
      stops { loss(scalar, nothing) }
      // The mean of no number, as PyTorch's.
      returns { loss(nothing, nothing).item.isNaN }
    }
    of("smoothL1Loss(Tensor, Tensor, beta: Float, reduction: LossReduction)")
    stops { smoothL1Loss(vector, vector, beta: -1) }
    stops { smoothL1Loss(vector, vector, beta: .nan) }

    of("crossEntropy(Tensor, [Int], weights: [Float]?, ignoring: Int?, reduction: LossReduction)")
    stops { crossEntropy(matrix, [0, 3]) }
    stops { crossEntropy(matrix, [0, -1]) }
    stops { crossEntropy(matrix, [0, .min]) }
    stops { crossEntropy(matrix, [0]) }
    stops { crossEntropy(matrix, []) }
    stops { crossEntropy(vector, [0, 0, 0]) }
    stops { crossEntropy(scalar, [0]) }
    stops { crossEntropy(scalar, []) }
    stops { crossEntropy(.zeros([2, 0]), [0, 0]) }
    returns { crossEntropy(.zeros([0, 3]), []).item.isNaN }
    stops { crossEntropy(matrix, [0, 3], weights: nil, ignoring: nil) }
    stops { crossEntropy(matrix, [0, -1], weights: nil, ignoring: 1) }
    stops { crossEntropy(matrix, [0, .min], weights: nil, ignoring: nil) }
    stops { crossEntropy(matrix, [0, 0], weights: [1], ignoring: nil) }
    stops { crossEntropy(matrix, [0, 0], weights: [1, -1, 1], ignoring: nil) }
    stops { crossEntropy(matrix, [0, 0], weights: [1, .nan, 1], ignoring: nil) }
    stops { crossEntropy(scalar, [], weights: [1], ignoring: nil) }
    returns { crossEntropy(matrix, [7, 7], weights: nil, ignoring: 7).item.isNaN }
    of(
      "crossEntropy(pixels: Tensor, [Int], weights: [Float]?, ignoring: Int?, reduction: LossReduction)"
    )
    let labels = [Int](repeating: 0, count: 128)
    stops { crossEntropy(pixels: pictures, [0]) }
    stops { crossEntropy(pixels: matrix, [0, 0]) }
    stops { crossEntropy(pixels: pictures, labels.map { $0 + 3 }) }
    stops { crossEntropy(pixels: pictures, labels, weights: [1]) }
    stops { crossEntropy(pixels: .zeros([1, 0, 2, 2]), [0, 0, 0, 0]) }
    stops { crossEntropy(pixels: .zeros([1, 0, 2, 2]), [7]) }
    of(
      "negativeLogLikelihood(Tensor, [Int], weights: [Float]?, ignoring: Int?, reduction: LossReduction)"
    )
    stops { negativeLogLikelihood(matrix, [0, 3]) }
    stops { negativeLogLikelihood(matrix, [-1, 0]) }
    stops { negativeLogLikelihood(matrix, [0]) }
    stops { negativeLogLikelihood(vector, [0, 0, 0]) }
    stops { negativeLogLikelihood(scalar, []) }
    stops { negativeLogLikelihood(matrix, [0, 0], weights: [1]) }
    stops { negativeLogLikelihood(matrix, [0, 0], weights: [1, -1, 1]) }
    of(
      "negativeLogLikelihood(pixels: Tensor, [Int], weights: [Float]?, ignoring: Int?, reduction: LossReduction)"
    )
    stops { negativeLogLikelihood(pixels: pictures, [0]) }
    stops { negativeLogLikelihood(pixels: matrix, [0, 0]) }
    stops { negativeLogLikelihood(pixels: pictures, labels.map { $0 + 3 }) }
    stops { negativeLogLikelihood(pixels: pictures, labels, weights: [1]) }
    stops { negativeLogLikelihood(pixels: .zeros([1, 0, 2, 2]), [0, 0, 0, 0]) }
    of("Merge.callAsFunction(Tensor, Tensor)")
    stops("block") { Merge.add(matrix, vector) }
    stops("block") { Merge.add(matrix, .ones([1, 3])) }
    stops("concatenate") { Merge.concatenate(matrix, vector) }
    stops("concatenate") { Merge.concatenate(vector, vector) }
    stops("concatenate") { Merge.concatenate(pictures, .ones([2, 3, 4, 4])) }
  }
}

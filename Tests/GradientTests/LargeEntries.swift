import NeuralNetworks
import Tensors

/// Sizes at which the kernels work otherwise than on a few numbers: several threads, whole vectors and a rest,
/// Winograd's form. There are too many numbers to try each, so each input moves along three drawn directions:
///
///     x(t) = x + t₁·D₁ + t₂·D₂ + t₃·D₃
///
/// A derivative by tᵢ is the sum of the whole gradient times Dᵢ, so that every number of it counts.
extension GradientEntry {
  private static func large(
    _ name: String, _ about: String, _ shapes: [[Int]],
    _ f: @escaping ([Tensor]) -> Tensor
  ) -> GradientEntry {
    let places = shapes.indices.map { Inputs.normal(shapes[$0], seed: UInt64($0)) }
    let directions = shapes.indices.map {
      Inputs.normal([3, shapes[$0].reduce(1, *)], seed: UInt64(100 + $0))
    }
    return operation(name, about, at: shapes.map { _ in .zeros([1, 3]) }) { t in
      f(shapes.indices.map { places[$0] + matmul(t[$0], directions[$0]).reshaped(shapes[$0]) })
    }
  }

  static var largeOnes: [GradientEntry] {
    [
      large("matmul(_:_:)", "large", [[70, 131], [131, 90]]) { matmul($0[0], $0[1]) },
      large("linear(_:_:_:)", "large", [[67, 130], [130, 90], [90]]) {
        linear($0[0], $0[1], $0[2])
      },
      large("batchedMatmul(_:_:)", "large", [[5, 33, 47], [5, 47, 35]]) {
        batchedMatmul($0[0], $0[1])
      },
      large(
        "convolution2d(_:_:bias:stride:padding:)", "Winograd's form",
        [[3, 18, 17, 13], [21, 18, 3, 3], [21]]
      ) { convolution2d($0[0], $0[1], bias: $0[2], padding: 1) },
      large(
        "convolution2d(_:_:bias:stride:padding:)", "3 × 3 without padding, even sizes",
        [[2, 16, 18, 18], [16, 16, 3, 3], [16]]
      ) { convolution2d($0[0], $0[1], bias: $0[2]) },
      large(
        "convolution2d(_:_:bias:stride:padding:)", "5 × 5, stride 2",
        [[4, 9, 31, 29], [20, 9, 5, 5], [20]]
      ) { convolution2d($0[0], $0[1], bias: $0[2], stride: 2, padding: 2) },
      large(
        "convolution2d(_:_:bias:stride:padding:)", "kernel of one pixel, large",
        [[4, 33, 15, 15], [40, 33, 1, 1], [40]]
      ) { convolution2d($0[0], $0[1], bias: $0[2]) },
      large(
        "transposedConvolution2d(_:_:stride:padding:)", "large",
        [[3, 17, 12, 11], [17, 20, 4, 4]]
      ) { transposedConvolution2d($0[0], $0[1], stride: 2, padding: 1) },
      large(
        "batchNormalized(gamma:beta:epsilon:relu:)", "large", [[9, 35, 13, 13], [35], [35]]
      ) { $0[0].batchNormalized(gamma: $0[1], beta: $0[2], epsilon: 1e-5).output },
      large("averagePool2d(_:stride:padding:)", "large", [[5, 19, 23, 21]]) {
        $0[0].averagePool2d(3, stride: 2, padding: 1)
      },
      large("softmax(axis:)", "large", [[130, 67]]) { $0[0].softmax() },
      large("gelu(_:)", "large", [[70_001]]) { $0[0].gelu() },
      large("layerNormalized(_:weight:bias:epsilon:)", "large", [[130, 67], [67], [67]]) {
        $0[0].layerNormalized([67], weight: $0[1], bias: $0[2])
      },
      large("matmul(_:_:)", "a stack for each matrix", [[5, 1, 33, 47], [3, 47, 35]]) {
        matmul($0[0], $0[1])
      },
      large("gathered(axis:_:shape:)", "large", [[30, 50, 20]]) {
        $0[0].gathered(axis: 1, (0..<(30 * 70 * 20)).map { $0 * 7 % 50 }, shape: [30, 70, 20])
      },
      large("logSoftmax(axis:)", "large", [[130, 67]]) { $0[0].logSoftmax() },
      large("crossEntropy(_:_:weights:ignoring:reduction:)", "large", [[130, 67]]) {
        100 * crossEntropy($0[0], (0..<130).map { $0 * 7 % 67 })
      },
      large("crossEntropy(pixels:_:weights:ignoring:reduction:)", "large", [[3, 11, 29, 31]]) {
        100 * crossEntropy(pixels: $0[0], (0..<(3 * 29 * 31)).map { $0 * 7 % 11 })
      },
      large("mean(axes:keepingAxes:)", "large", [[35, 70, 33]]) { 100 * $0[0].mean(axes: [0, 2]) },
      large("exp()", "large", [[70_001]]) { ($0[0] * 0.3).exp() },
      large("tanh()", "large", [[70_001]]) { $0[0].tanh() },
      large("sigmoid()", "large", [[70_001]]) { $0[0].sigmoid() },
      large("rows(_:)", "large", [[300, 50]]) { $0[0].rows((0..<900).map { $0 * 7 % 300 }) },
      large(
        "rnnLayer(_:h:_:isTanh:)", "large",
        [[19, 12, 23], [19, 37], [37, 23], [37, 37], [37], [37]]
      ) { rnnLayer($0[0], h: $0[1], small($0[2...]), isTanh: true) },
      large(
        "gruLayer(_:h:_:)", "large",
        [[19, 12, 23], [19, 37], [111, 23], [111, 37], [111], [111]]
      ) { gruLayer($0[0], h: $0[1], small($0[2...])) },
      large(
        "lstmLayer(_:h:c:_:)", "large",
        [[19, 12, 23], [19, 37], [19, 37], [148, 23], [148, 37], [148], [148]]
      ) {
        let (y, c) = lstmLayer($0[0], h: $0[1], c: $0[2], small($0[3...]))
        return concatenate([y, c.reshaped([19, 1, 37])], axis: 1)
      },
    ]
  }

  /// Weights of the size that a layer starts from: the gates stay away from their ends.
  private static func small(_ x: ArraySlice<Tensor>) -> RecurrentWeights {
    let x = x.map { $0 * 0.15 }
    return RecurrentWeights(input: x[0], hidden: x[1], inputBias: x[2], hiddenBias: x[3])
  }
}

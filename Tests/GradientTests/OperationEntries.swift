import NeuralNetworks
import Tensors

extension GradientEntry {
  static var operations: [GradientEntry] {
    arithmetic + functions + shapes + images + recurrent + operators
  }

  private static var a: Tensor { Inputs.normal([2, 3]) }
  private static var b: Tensor { Inputs.normal([2, 3], seed: 1) }
  private static var row: Tensor { Inputs.normal([3], seed: 2) }

  private static var arithmetic: [GradientEntry] {
    [
      operation("+(Tensor,Tensor)", at: [a, row]) { $0[0] + $0[1] },
      operation("-(Tensor,Tensor)", at: [row, a]) { $0[0] - $0[1] },
      operation("*(Tensor,Tensor)", at: [a, row]) { $0[0] * $0[1] },
      operation("*(Tensor,Tensor)", "a tensor with itself", at: [a]) { $0[0] * $0[0] },
      operation("/(Tensor,Tensor)", at: [a, Inputs.positive([3])]) { $0[0] / $0[1] },
      operation("-(Tensor)", at: [a]) { -$0[0] },
      operation("+(Tensor,Float)", at: [a]) { $0[0] + 2 },
      operation("+(Float,Tensor)", at: [a]) { 2 + $0[0] },
      operation("-(Tensor,Float)", at: [a]) { $0[0] - 2 },
      operation("-(Float,Tensor)", at: [a]) { 2 - $0[0] },
      operation("*(Tensor,Float)", at: [a]) { $0[0] * -3 },
      operation("*(Float,Tensor)", at: [a]) { -3 * $0[0] },
      operation("/(Tensor,Float)", at: [a]) { $0[0] / 4 },
      operation("/(Float,Tensor)", at: [Inputs.positive([2, 3])]) { 4 / $0[0] },
      operation("matmul(_:_:)", at: [a, Inputs.normal([3, 4])]) { matmul($0[0], $0[1]) },
      operation(
        "matmul(_:_:)", "three axes", at: [Inputs.normal([2, 2, 3]), Inputs.normal([3, 2])]
      ) {
        matmul($0[0], $0[1])
      },
      operation("linear(_:_:_:)", at: [a, Inputs.normal([3, 4]), Inputs.normal([4])]) {
        linear($0[0], $0[1], $0[2])
      },
      operation("batchedMatmul(_:_:)", at: [Inputs.normal([2, 2, 3]), Inputs.normal([2, 3, 2])]) {
        batchedMatmul($0[0], $0[1])
      },
    ]
  }

  private static var functions: [GradientEntry] {
    [
      operation("exp()", at: [a]) { $0[0].exp() },
      operation("log()", at: [Inputs.positive([2, 3])]) { $0[0].log() },
      operation("sqrt()", at: [Inputs.positive([2, 3])]) { $0[0].sqrt() },
      operation("square()", at: [a]) { $0[0].square() },
      operation("pow(_:)", at: [Inputs.positive([2, 3])]) { $0[0].pow(2.5) },
      operation("abs()", at: [Inputs.apart([2, 3])]) { $0[0].abs() },
      operation("clamped(_:_:)", at: [Inputs.apart([4, 3])]) { $0[0].clamped(-1, 1) },
      operation("relu()", at: [Inputs.apart([2, 3])]) { $0[0].relu() },
      operation("leakyReLU(_:)", at: [Inputs.apart([2, 3])]) { $0[0].leakyReLU(0.2) },
      operation("sigmoid()", at: [a]) { $0[0].sigmoid() },
      operation("tanh()", at: [a]) { $0[0].tanh() },
      operation("softmax(axis:)", at: [a]) { $0[0].softmax() },
      operation("softmax(axis:)", "first axis", at: [a]) { $0[0].softmax(axis: 0) },
      operation("logSoftmax(axis:)", at: [a]) { $0[0].logSoftmax() },
      operation("logSoftmax(axis:)", "first axis", at: [a]) { $0[0].logSoftmax(axis: 0) },
      operation("sum()", at: [a]) { $0[0].sum() },
      operation("sum(axes:keepingAxes:)", at: [Inputs.normal([2, 3, 2])]) {
        $0[0].sum(axes: [0, -1])
      },
      operation("mean()", at: [a]) { $0[0].mean() },
      operation("mean(axes:keepingAxes:)", at: [a]) { $0[0].mean(axes: [0], keepingAxes: true) },
      operation("max(axis:keepingAxis:)", at: [Inputs.apart([3, 4])]) { $0[0].max(axis: 0) },
      operation("max(axes:keepingAxes:)", at: [Inputs.apart([2, 3, 2])]) {
        $0[0].max(axes: [0, 2])
      },
    ]
  }

  private static var shapes: [GradientEntry] {
    [
      operation("subscript(Int)", at: [a]) { $0[0][1] },
      operation("subscript(Range<Int>)", at: [Inputs.normal([4, 2])]) { $0[0][1..<3] },
      operation("sliced(axis:_:)", at: [a]) { $0[0].sliced(axis: 1, 1..<3) },
      operation("rows(_:)", "a row twice", at: [a]) { $0[0].rows([1, 0, 1]) },
      operation("columns(_:)", at: [a]) { $0[0].columns([2, 0]) },
      operation("concatenate(_:axis:)", at: [a, Inputs.normal([2, 1])]) {
        concatenate($0, axis: 1)
      },
      operation("concatenate(_:axis:)", "a tensor twice", at: [a]) { concatenate([$0[0], $0[0]]) },
      operation("stack(_:axis:)", at: [a, b]) { stack($0, axis: 1) },
      operation("reshaped(_:)", at: [a]) { $0[0].reshaped([3, 2]) },
      operation("transposed()", at: [a]) { $0[0].transposed() },
      operation("permuted(_:)", at: [Inputs.normal([2, 3, 2])]) { $0[0].permuted([2, 0, 1]) },
      operation("broadcast(to:)", at: [row]) { $0[0].broadcast(to: [2, 3]) },
    ]
  }

  private static var image: Tensor { Inputs.apart([2, 2, 4, 3]) }

  private static var images: [GradientEntry] {
    [
      operation(
        "convolution2d(_:_:bias:stride:padding:)",
        at: [Inputs.normal([2, 2, 4, 3]), Inputs.normal([3, 2, 3, 3])]
      ) { convolution2d($0[0], $0[1], stride: 2, padding: 1) },
      operation(
        "convolution2d(_:_:bias:stride:padding:)", "3 × 3, stride 1",
        at: [Inputs.normal([1, 2, 5, 4]), Inputs.normal([2, 2, 3, 3])]
      ) { convolution2d($0[0], $0[1], padding: 1) },
      operation(
        "convolution2d(_:_:bias:stride:padding:)", "kernel of one pixel",
        at: [Inputs.normal([2, 3, 2, 2]), Inputs.normal([2, 3, 1, 1])]
      ) { convolution2d($0[0], $0[1]) },
      operation(
        "convolution2d(_:_:bias:stride:padding:)", "with a bias",
        at: [Inputs.normal([2, 2, 4, 3]), Inputs.normal([3, 2, 2, 3]), Inputs.normal([3])]
      ) { convolution2d($0[0], $0[1], bias: $0[2], padding: 1) },
      operation(
        "transposedConvolution2d(_:_:stride:padding:)",
        at: [Inputs.normal([2, 2, 3, 2]), Inputs.normal([2, 3, 3, 3])]
      ) { transposedConvolution2d($0[0], $0[1], stride: 2, padding: 1) },
      operation("maxPool2d(_:stride:padding:)", at: [image]) {
        $0[0].maxPool2d(3, stride: 2, padding: 1)
      },
      operation("averagePool2d(_:stride:padding:)", at: [image]) {
        $0[0].averagePool2d(3, stride: 2, padding: 1)
      },
      operation("adaptiveAveragePool2d(_:)", at: [image]) {
        $0[0].adaptiveAveragePool2d((height: 3, width: 2))
      },
      operation("adaptiveMaxPool2d(_:)", at: [image]) {
        $0[0].adaptiveMaxPool2d((height: 3, width: 2))
      },
      operation("resizedNearest(_:)", at: [image]) { $0[0].resizedNearest((height: 6, width: 2)) },
      operation("resizedBilinear(_:alignsCorners:)", at: [image]) {
        $0[0].resizedBilinear((height: 7, width: 2))
      },
      operation("zeroPadded(left:right:top:bottom:)", at: [image]) {
        $0[0].zeroPadded(left: 1, right: 0, top: 2, bottom: 1)
      },
      operation("reflectionPadded(left:right:top:bottom:)", at: [image]) {
        $0[0].reflectionPadded(left: 1, right: 2, top: 3, bottom: 1)
      },
      operation("pixelShuffled(_:)", at: [Inputs.normal([2, 4, 2, 1])]) { $0[0].pixelShuffled(2) },
      operation(
        "batchNormalized(gamma:beta:epsilon:relu:)",
        at: [Inputs.normal([3, 2, 2]), Inputs.positive([2]), Inputs.normal([2])]
      ) { $0[0].batchNormalized(gamma: $0[1], beta: $0[2], epsilon: 0.1).output },
      operation(
        "batchNormalized(gamma:beta:epsilon:relu:)", "with its ReLU",
        at: [Inputs.normal([3, 2, 2]), Inputs.positive([2]), Inputs.normal([2])]
      ) { $0[0].batchNormalized(gamma: $0[1], beta: $0[2], epsilon: 0.1, relu: true).output },
      operation(
        "batchNormalized(gamma:beta:mean:variance:epsilon:)",
        at: [
          Inputs.normal([3, 2, 2]), Inputs.positive([2]), Inputs.normal([2]), Inputs.normal([2]),
          Inputs.positive([2]),
        ]
      ) {
        $0[0].batchNormalized(gamma: $0[1], beta: $0[2], mean: $0[3], variance: $0[4], epsilon: 0.1)
      },
    ]
  }

  private static func weights(gates: Int) -> [Tensor] {
    [[3 * gates, 2], [3 * gates, 3], [3 * gates], [3 * gates]].enumerated().map {
      Inputs.normal($0.element, seed: UInt64($0.offset)) * 0.5
    }
  }
  private static func weights(_ x: ArraySlice<Tensor>) -> RecurrentWeights {
    let x = Array(x)
    return RecurrentWeights(input: x[0], hidden: x[1], inputBias: x[2], hiddenBias: x[3])
  }
  private static var sequence: Tensor { Inputs.normal([2, 4, 2]) }
  private static var state: Tensor { Inputs.normal([2, 3], seed: 3) }

  private static var recurrent: [GradientEntry] {
    [
      operation("rnnLayer(_:h:_:isTanh:)", "tanh", at: [sequence, state] + weights(gates: 1)) {
        rnnLayer($0[0], h: $0[1], weights($0[2...]), isTanh: true)
      },
      operation("rnnLayer(_:h:_:isTanh:)", "ReLU", at: [sequence, state] + weights(gates: 1)) {
        rnnLayer($0[0], h: $0[1], weights($0[2...]), isTanh: false)
      },
      operation("gruLayer(_:h:_:)", at: [sequence, state] + weights(gates: 3)) {
        gruLayer($0[0], h: $0[1], weights($0[2...]))
      },
      operation("lstmLayer(_:h:c:_:)", at: [sequence, state, state] + weights(gates: 4)) {
        let (y, c) = lstmLayer($0[0], h: $0[1], c: $0[2], weights($0[3...]))
        return concatenate([y, c.reshaped([2, 1, 3])], axis: 1)
      },
    ]
  }
}

import NeuralNetworks
import Tensors

extension GradientEntry {
  private static var a: Tensor { Inputs.normal([2, 3]) }
  private static var cube: Tensor { Inputs.normal([2, 3, 4]) }
  private static var image: Tensor { Inputs.normal([2, 4, 3, 2]) }

  static var operators: [GradientEntry] { activations + normalisations + choices + products }

  private static var activations: [GradientEntry] {
    [
      operation("gelu(_:)", at: [a * 2]) { $0[0].gelu() },
      operation("gelu(_:)", "with tanh", at: [a * 2]) { $0[0].gelu(.tanh) },
      operation("elu(_:)", at: [Inputs.apart([2, 3])]) { $0[0].elu(0.7) },
      operation("softplus(beta:threshold:)", at: [a]) { $0[0].softplus(beta: 1.5) },
      operation("relu6()", at: [Inputs.apart([3, 4]) * 2 + 3]) { $0[0].relu6() },
    ]
  }

  private static var normalisations: [GradientEntry] {
    [
      operation(
        "layerNormalized(_:weight:bias:epsilon:)",
        at: [cube, Inputs.positive([3, 4]), Inputs.normal([3, 4], seed: 1)]
      ) { $0[0].layerNormalized([3, 4], weight: $0[1], bias: $0[2], epsilon: 0.1) },
      operation("layerNormalized(_:weight:bias:epsilon:)", "without γ and β", at: [cube]) {
        $0[0].layerNormalized([4], epsilon: 0.1)
      },
      operation(
        "groupNormalized(groups:weight:bias:epsilon:)",
        at: [image, Inputs.positive([4]), Inputs.normal([4], seed: 1)]
      ) { $0[0].groupNormalized(groups: 2, weight: $0[1], bias: $0[2], epsilon: 0.1) },
      operation(
        "instanceNormalized(weight:bias:epsilon:)",
        at: [image, Inputs.positive([4]), Inputs.normal([4], seed: 1)]
      ) { $0[0].instanceNormalized(weight: $0[1], bias: $0[2], epsilon: 0.1) },
    ]
  }

  private static var choices: [GradientEntry] {
    [
      operation("min(axis:keepingAxis:)", at: [Inputs.apart([3, 4])]) { $0[0].min(axis: 0) },
      operation("min(axes:keepingAxes:)", at: [Inputs.apart([2, 3, 2])]) {
        $0[0].min(axes: [0, 2])
      },
      operation("`where`(_:_:_:)", at: [a, Inputs.normal([3], seed: 1)]) {
        Tensor.where(Tensor([[1, 0, 0], [0, 1, 1]]), $0[0], $0[1])
      },
      operation("maximum(_:_:)", at: [a, Inputs.normal([3], seed: 1)]) { maximum($0[0], $0[1]) },
      operation("minimum(_:_:)", at: [a, Inputs.normal([2, 1], seed: 1)]) {
        minimum($0[0], $0[1])
      },
      operation(
        "pow(_:)", "to a tensor", at: [Inputs.positive([2, 3]), Inputs.normal([3], seed: 1)]
      ) {
        $0[0].pow($0[1])
      },
      operation("gathered(axis:_:shape:)", "some twice", at: [cube]) {
        $0[0].gathered(axis: 1, [0, 2, 1, 1, 2, 2, 0, 1, 0, 0, 2, 2], shape: [2, 2, 3])
      },
      operation("selected(axis:_:)", "one twice", at: [cube]) {
        $0[0].selected(axis: 1, [2, 0, 2])
      },
      operation("sliced(axis:_:by:)", at: [cube]) { $0[0].sliced(axis: 2, 0..<4, by: 3) },
      operation("sliced(_:by:)", at: [cube]) {
        $0[0].sliced([0..<2, 0..<3, 1..<4], by: [1, 2, 2])
      },
    ]
  }

  private static var products: [GradientEntry] {
    [
      operation(
        "matmul(_:_:)", "two vectors", at: [Inputs.normal([3]), Inputs.normal([3], seed: 1)]
      ) { matmul($0[0], $0[1]) },
      operation("matmul(_:_:)", "a vector and a stack", at: [Inputs.normal([3]), cube]) {
        matmul($0[0], $0[1])
      },
      operation(
        "matmul(_:_:)", "stacks, each repeated",
        at: [Inputs.normal([2, 1, 2, 3]), Inputs.normal([2, 3, 2], seed: 1)]
      ) { matmul($0[0], $0[1]) },
      operation(
        "resizedBilinear(_:alignsCorners:)", "corners aligned", at: [Inputs.normal([1, 2, 3, 2])]
      ) { $0[0].resizedBilinear((height: 5, width: 3), alignsCorners: true) },
    ]
  }
}

import NeuralNetworks
import Tensors

/// Convolutions and pooling with an own number for each axis, groups and dilation.
extension GradientEntry {
  private static var image: Tensor { Inputs.apart([2, 2, 5, 4]) }
  private static var channels: Tensor { Inputs.normal([2, 4, 4, 5]) }

  static var axes: [GradientEntry] { convolutions + transposedConvolutions + pools + axisLayers }

  private static let convolution = "convolution2d(_:_:bias:stride:padding:dilation:groups:)"

  private static var convolutions: [GradientEntry] {
    [
      operation(
        convolution, "each axis its own",
        at: [Inputs.normal([2, 2, 5, 6]), Inputs.normal([3, 2, 2, 3]), Inputs.normal([3])]
      ) {
        convolution2d(
          $0[0], $0[1], bias: $0[2], stride: [2, 1], padding: [0, 2], dilation: [1, 2])
      },
      operation(
        convolution, "dilation", at: [Inputs.normal([1, 2, 6, 7]), Inputs.normal([2, 2, 3, 3])]
      ) { convolution2d($0[0], $0[1], stride: 2, padding: 2, dilation: 3) },
      operation(
        convolution, "two groups", at: [channels, Inputs.normal([6, 2, 3, 2]), Inputs.normal([6])]
      ) { convolution2d($0[0], $0[1], bias: $0[2], padding: 1, groups: 2) },
      operation(
        convolution, "depthwise", at: [channels, Inputs.normal([4, 1, 3, 3]), Inputs.normal([4])]
      ) { convolution2d($0[0], $0[1], bias: $0[2], padding: 1, groups: 4) },
      operation(
        convolution, "groups of kernels of one pixel", at: [channels, Inputs.normal([6, 2, 1, 1])]
      ) { convolution2d($0[0], $0[1], groups: 2) },
    ]
  }

  private static let transposed =
    "transposedConvolution2d(_:_:bias:stride:padding:outputPadding:dilation:groups:)"

  private static var transposedConvolutions: [GradientEntry] {
    [
      operation(
        transposed, "each axis its own",
        at: [Inputs.normal([2, 2, 3, 2]), Inputs.normal([2, 3, 2, 3]), Inputs.normal([3])]
      ) {
        transposedConvolution2d(
          $0[0], $0[1], bias: $0[2], stride: [2, 3], padding: [0, 1], outputPadding: [1, 2],
          dilation: [2, 1])
      },
      operation(
        transposed, "two groups, output padding of the dilation alone",
        at: [Inputs.normal([2, 4, 3, 2]), Inputs.normal([4, 2, 2, 2]), Inputs.normal([4])]
      ) {
        transposedConvolution2d(
          $0[0], $0[1], bias: $0[2], outputPadding: 2, dilation: 3, groups: 2)
      },
    ]
  }

  private static var pools: [GradientEntry] {
    [
      operation("maxPool2d(_:stride:padding:ceilMode:)", at: [image]) {
        $0[0].maxPool2d([2, 3], stride: [3, 2], padding: [1, 0], ceilMode: true)
      },
      operation("averagePool2d(_:stride:padding:ceilMode:countsPadding:)", at: [image]) {
        $0[0].averagePool2d([2, 3], stride: [3, 2], padding: [1, 0], ceilMode: true)
      },
      operation(
        "averagePool2d(_:stride:padding:ceilMode:countsPadding:)", "without padding in the count",
        at: [image]
      ) { $0[0].averagePool2d(3, stride: 2, padding: 1, ceilMode: true, countsPadding: false) },
    ]
  }

  private static var axisLayers: [GradientEntry] {
    [
      layer("Convolution2d", "two groups, each axis its own", at: channels) {
        var generator = SeededGenerator(seed: 42)
        return Convolution2d(
          4, 6, kernel: [3, 2], stride: [1, 2], padding: [2, 0], dilation: [2, 1], groups: 2,
          using: &generator)
      },
      layer("TransposedConvolution2d", at: Inputs.normal([2, 4, 2, 3])) {
        var generator = SeededGenerator(seed: 42)
        return TransposedConvolution2d(
          4, 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0], outputPadding: [1, 0], groups: 2,
          using: &generator)
      },
      layer("ConvLayer", "depthwise, dilation", at: channels) {
        var generator = SeededGenerator(seed: 42)
        return ConvLayer(4, 4, kernel: [1, 3], dilation: 2, groups: 4, using: &generator)
      },
      layer("AveragePool2d", "without padding in the count", at: image) {
        AveragePool2d([2, 3], stride: 2, padding: [1, 0], ceilMode: true, countsPadding: false)
      },
      layer("MaxPool2d", "rounded up", at: image) {
        MaxPool2d([3, 2], stride: [2, 3], padding: [1, 0], ceilMode: true)
      },
    ]
  }
}

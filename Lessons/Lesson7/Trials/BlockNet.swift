import Unrolled

/// A small net for the 8 × 8 digits from one of three kinds of block, all of one depth.
///
///     conv layer of stride 2 (8 → 4), `blocks` blocks of two conv layers each at 4 × 4, one linear layer
enum BlockNet: String, CaseIterable {
  case plain, residual, dense

  /// - Parameter growth: The channels that a dense block adds.
  func make(
    blocks: Int = 4, channels: Int = 8, growth: Int = 4, using generator: inout SeededGenerator
  ) -> Sequential {
    var layers: [any Layer] = [ConvLayer(1, channels, stride: 2, using: &generator)]
    var width = channels
    for _ in 0..<blocks {
      switch self {
      case .plain:
        layers += [
          ConvLayer(width, width, using: &generator), ConvLayer(width, width, using: &generator),
        ]
      case .residual: layers.append(ResBlock(width, using: &generator))
      case .dense:
        layers.append(DenseBlock(width, growth: growth, using: &generator))
        width += growth
      }
    }
    return Sequential(layers + [Flatten(), Linear(width * 16, 10, using: &generator)])
  }

  /// The bytes of all activations that one image leaves behind for the way back: the outputs of all layers, sums and
  /// concatenations, 4 bytes a number.
  static func activationBytes(_ net: Sequential) -> Int {
    ModelSummary(ModelTrace(net, on: .zeros([1, 1, 8, 8]))).total.activationBytes
  }
}

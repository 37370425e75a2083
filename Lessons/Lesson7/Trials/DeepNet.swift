import Unrolled

/// A deep net for 8 × 8 digits without batch norm, plain or with skip connections, of the same layers.
///
///     one convolution of stride 2 (8 → 4), (depth − 2)/2 pairs at 4 × 4, one linear layer
///     plain pair:     ReLU(conv(ReLU(conv(x))))
///     residual pair:  ReLU(x + conv(ReLU(conv(x))))       He et al. 2015, fig. 2
///
/// `depth` counts the layers with weights.
enum DeepNet {
  enum Start: Sendable {
    /// Variance 2 / inputs, which keeps the size of what passes a ReLU (He et al. 2015).
    case he
    /// Variance 1 / (3·inputs): PyTorch's default.
    case torch
  }

  static func make(
    depth: Int, isResidual: Bool, start: Start = .he, zeroStart: Bool = true, channels: Int = 8,
    using generator: inout SeededGenerator
  ) -> Sequential {
    func convolution(_ inputs: Int, stride: Int = 1, isZero: Bool = false) -> Convolution2d {
      let layer = Convolution2d(
        inputs, channels, kernel: 3, stride: stride, padding: 1, using: &generator)
      guard start == .he else { return layer }
      let deviation = isZero ? 0 : (2 / Float(inputs * 9)).squareRoot()
      layer.weight = .normal([channels, inputs, 3, 3], deviation: deviation, using: &generator)
      layer.bias?.value = .zeros([channels])
      return layer
    }
    // First and last layer come first, so that nets of one seed share them whatever their depth.
    var layers: [any Layer] = [convolution(1, stride: 2), ReLU()]
    let head = Linear(channels * 16, 10, using: &generator)
    for _ in 0..<((depth - 2) / 2) {
      let first = Sequential(convolution(channels), ReLU())
      let second = convolution(channels, isZero: isResidual && zeroStart)
      layers += [isResidual ? ResBlock(first, second) : Sequential(first, second), ReLU()]
    }
    return Sequential(layers + [Flatten(), head])
  }
}

import Tensors

/// The course's first net for digits, written out: five convolutions of stride 2, each with a bias, batch
/// normalisation after each, ReLU between. 12,126 parameters.
///
/// Input `[n, 1, 28, 28]`; sizes 28 → 14 → 7 → 4 → 2 → 1, so that the ten channels of the last are the logits
/// `[n, 10]`. It ends in batch norm. Any input of up to 32 × 32 pixels ends at 1 × 1.
public final class SimpleCNN: Module, Layer {
  public static let widths = [1, 8, 16, 32, 16, 10]

  public let layers: Sequential

  public init(using generator: inout some RandomNumberGenerator) {
    var layers: [any Layer] = []
    for (channels, filters) in zip(Self.widths, Self.widths.dropFirst()) {
      if !layers.isEmpty { layers.append(ReLU()) }
      layers += [
        Convolution2d(channels, filters, kernel: 3, stride: 2, padding: 1, using: &generator),
        BatchNorm(filters),
      ]
    }
    self.layers = Sequential(layers + [Flatten()])
  }

  public func forward(_ x: Tensor) -> Tensor { layers(x) }
}

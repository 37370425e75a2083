import Tensors

/// The course's small residual net for digits: `ConvLayerCNN` with a `ResBlock` after each of its first four
/// layers. 41,132 parameters.
///
/// `[n, 1, 28, 28]` → `[n, 10]`. The second batch norm of each block starts from γ = 0, so an untrained net computes
/// what its stride-2 layers alone would.
public final class SmallResNet: Module, Layer {
  public let layers: Sequential

  public init(using generator: inout some RandomNumberGenerator) {
    let steps = Array(zip(SimpleCNN.widths, SimpleCNN.widths.dropFirst()))
    var layers: [any Layer] = []
    for (number, (channels, filters)) in steps.enumerated() {
      layers.append(ConvLayer(channels, filters, stride: 2, using: &generator))
      if number < steps.count - 1 { layers.append(ResBlock(filters, using: &generator)) }
    }
    self.layers = Sequential(layers + [Flatten()])
  }

  public func forward(_ x: Tensor) -> Tensor { layers(x) }
}

import Tensors

/// The course's second net for digits: the widths of `SimpleCNN`, each step a `ConvLayer`. 12,044 parameters.
///
/// `[n, 1, 28, 28]` → `[n, 10]`. It has no biases, and it ends in ReLU and batch norm.
public final class ConvLayerCNN: Module, Layer {
  public let layers: Sequential

  public init(using generator: inout some RandomNumberGenerator) {
    var layers: [any Layer] = []
    for (channels, filters) in zip(SimpleCNN.widths, SimpleCNN.widths.dropFirst()) {
      layers.append(ConvLayer(channels, filters, stride: 2, using: &generator))
    }
    self.layers = Sequential(layers + [Flatten()])
  }

  public func forward(_ x: Tensor) -> Tensor { layers(x) }
}

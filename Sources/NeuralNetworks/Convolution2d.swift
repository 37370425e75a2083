import Tensors

/// A convolution layer: each filter slides over the image.
///
/// Input `[n, channels, h, w]`, output `[n, filters, …]`. Weights and biases start evenly spread over
/// ±1/√(channels·kernel²), as PyTorch's do.
public final class Convolution2d: Module, Layer {
  @Parameter public var weight: Tensor  // [filters, channels, kernel, kernel]
  public let bias: Parameter?  // [filters]
  public let stride: Int
  public let padding: Int

  public init(
    _ channels: Int, _ filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    hasBias: Bool = true, using generator: inout some RandomNumberGenerator
  ) {
    let bound = 1 / Float(channels * kernel * kernel).squareRoot()
    weight = .uniform([filters, channels, kernel, kernel], in: -bound..<bound, using: &generator)
    bias = hasBias ? Parameter(.uniform([filters], in: -bound..<bound, using: &generator)) : nil
    self.stride = stride
    self.padding = padding
  }

  public func forward(_ x: Tensor) -> Tensor {
    convolution2d(x, weight, bias: bias?.wrappedValue, stride: stride, padding: padding)
  }
}

import Tensors

/// Convolution without bias, ReLU, batch normalisation, in this order: fastai's `conv_layer`.
///
/// Input `[n, channels, h, w]`, output `[n, filters, …]`. Kernel 3 × 3, padding 1: stride 1 keeps the size,
/// stride 2 halves it (rounding up). Weights start from the normal distribution of variance 2 / inputs (He et al. 2015,
/// eq. 10). Most papers normalise before the ReLU; the course's first net does (`SimpleCNN`). fastai starts the shift
/// of the batch norm at 0.001, this at 0.
public final class ConvLayer: Module, Layer {
  public let convolution: Convolution2d
  public let activation: ReLU
  public let norm: BatchNorm

  /// - Parameter startsAtZero: γ = 0, so that at first the layer puts out nothing but zeros.
  public init(
    _ channels: Int, _ filters: Int, stride: Int = 1, startsAtZero: Bool = false,
    using generator: inout some RandomNumberGenerator
  ) {
    convolution = Convolution2d(
      channels, filters, kernel: 3, stride: stride, padding: 1, hasBias: false, using: &generator)
    convolution.weight = .normal(
      [filters, channels, 3, 3], deviation: (2 / Float(channels * 9)).squareRoot(),
      using: &generator)
    activation = ReLU()
    norm = BatchNorm(filters)
    if startsAtZero { norm.gamma = .zeros([filters]) }
  }

  public func forward(_ x: Tensor) -> Tensor { norm(activation(convolution(x))) }
}

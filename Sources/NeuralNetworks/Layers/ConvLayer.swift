import Tensors

/// Convolution without bias, ReLU, batch normalisation, in this order: fastai's `conv_layer`.
///
/// Input `[n, channels, h, w]`, output `[n, filters, …]`. Kernel 3 × 3, padding 1, if left out: stride 1 keeps the size,
/// stride 2 halves it (rounding up). Weights start from the normal distribution of variance 2 / inputs (He et al. 2015,
/// eq. 10). Most papers normalise before the ReLU; the course's first net does (`SimpleCNN`). fastai starts the shift
/// of the batch norm at 0.001, this at 0.
public final class ConvLayer: Module, Layer {
  public let convolution: Convolution2d
  public let activation: ReLU
  public let norm: BatchNorm

  /// - Parameters:
  ///   - padding: if left out, what keeps the size at stride 1 under an odd kernel, ⌊dilation·(kernel − 1) / 2⌋.
  ///   - startsAtZero: γ = 0, so that at first the layer puts out nothing but zeros.
  public init(
    _ channels: Int, _ filters: Int, kernel: any PerAxis = 3, stride: any PerAxis = 1,
    padding: (any PerAxis)? = nil, dilation: any PerAxis = 1, groups: Int = 1,
    startsAtZero: Bool = false, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    let k = kernel.checked("a kernel", from: 1, in: "ConvLayer", file: file, line: line)
    let d = dilation.checked("a dilation", from: 1, in: "ConvLayer", file: file, line: line)
    func half(_ kernel: Int, _ dilation: Int) -> Int {
      let reach = (kernel - 1).multipliedReportingOverflow(by: dilation)
      return (reach.overflow ? .max : reach.partialValue) / 2
    }
    let same = HeightAndWidth(half(k.height, d.height), half(k.width, d.width))
    convolution = Convolution2d(
      channels, filters, kernel: k, stride: stride, padding: padding ?? same, dilation: d,
      groups: groups, hasBias: false, using: &generator, file: file, line: line)
    let shape = convolution.weight.shape
    convolution.weight = .normal(
      shape, deviation: (2 / Float(shape.dropFirst().reduce(1, *))).squareRoot(),
      using: &generator)
    activation = ReLU()
    norm = BatchNorm(filters)
    if startsAtZero { norm.gamma = .zeros([filters]) }
  }

  public func forward(_ x: Tensor) -> Tensor { norm(activation(convolution(x))) }
}

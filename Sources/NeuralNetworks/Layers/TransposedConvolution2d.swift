import Tensors

/// A transposed convolution layer: each pixel spreads a weighted kernel over a larger image.
///
/// Input `[n, channels, h, w]`, output `[n, filters, …]`, see `transposedConvolution2d`: kernel 2
/// and stride 2 double the size. Kernel, stride, padding, output padding and dilation are one
/// number or `[height, width]`. Weights and biases start evenly spread over ±1/√(filters / groups ·
/// kernel²), as PyTorch's do.
public final class TransposedConvolution2d: Module, Layer {
  @Parameter public var weight: Tensor  // [channels, filters / groups, kernel height, kernel width]
  public let bias: Parameter?  // [filters]
  public let stride: HeightAndWidth
  public let padding: HeightAndWidth
  public let outputPadding: HeightAndWidth
  public let dilation: HeightAndWidth
  public let groups: Int

  public init(
    _ channels: Int, _ filters: Int, kernel: any PerAxis, stride: any PerAxis = 1,
    padding: any PerAxis = 0, outputPadding: any PerAxis = 0, dilation: any PerAxis = 1,
    groups: Int = 1, hasBias: Bool = true, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    let name: StaticString = "TransposedConvolution2d"
    let kernel = kernel.checked("a kernel", from: 1, in: name, file: file, line: line)
    expectGroups(channels, filters, groups, in: name, file: file, line: line)
    let shape = [channels, filters / groups, kernel.height, kernel.width]
    let bound = convolutionBound(shape, in: name, file: file, line: line)
    weight = .uniform(shape, in: -bound..<bound, using: &generator)
    bias = hasBias ? Parameter(.uniform([filters], in: -bound..<bound, using: &generator)) : nil
    self.stride = stride.checked("a stride", from: 1, in: name, file: file, line: line)
    self.padding = padding.checked("a padding", from: 0, in: name, file: file, line: line)
    self.outputPadding = outputPadding.checked(
      "an output padding", from: 0, in: name, file: file, line: line)
    self.dilation = dilation.checked("a dilation", from: 1, in: name, file: file, line: line)
    self.groups = groups
  }

  public func forward(_ x: Tensor) -> Tensor {
    transposedConvolution2d(
      x, weight, bias: bias?.wrappedValue, stride: stride, padding: padding,
      outputPadding: outputPadding, dilation: dilation, groups: groups)
  }
}

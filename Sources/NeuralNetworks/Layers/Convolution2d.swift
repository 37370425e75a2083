import Tensors

/// A convolution layer: each filter slides over the image.
///
/// Input `[n, channels, h, w]`, output `[n, filters, …]`, see `convolution2d`. Kernel, stride,
/// padding and dilation are one number or `[height, width]`; with `groups` = channels the layer is
/// a depthwise convolution. Weights and biases start evenly spread over ±1/√(weights of a filter),
/// as PyTorch's do.
public final class Convolution2d: Module, Layer {
  @Parameter public var weight: Tensor  // [filters, channels / groups, kernel height, kernel width]
  public let bias: Parameter?  // [filters]
  public let stride: HeightAndWidth
  public let padding: HeightAndWidth
  public let dilation: HeightAndWidth
  public let groups: Int

  public init(
    _ channels: Int, _ filters: Int, kernel: any PerAxis, stride: any PerAxis = 1,
    padding: any PerAxis = 0, dilation: any PerAxis = 1, groups: Int = 1, hasBias: Bool = true,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    let name: StaticString = "Convolution2d"
    let kernel = kernel.checked("a kernel", from: 1, in: name, file: file, line: line)
    expectGroups(channels, filters, groups, in: name, file: file, line: line)
    let shape = [filters, channels / groups, kernel.height, kernel.width]
    let bound = convolutionBound(shape, in: name, file: file, line: line)
    weight = .uniform(shape, in: -bound..<bound, using: &generator)
    bias = hasBias ? Parameter(.uniform([filters], in: -bound..<bound, using: &generator)) : nil
    self.stride = stride.checked("a stride", from: 1, in: name, file: file, line: line)
    self.padding = padding.checked("a padding", from: 0, in: name, file: file, line: line)
    self.dilation = dilation.checked("a dilation", from: 1, in: name, file: file, line: line)
    self.groups = groups
  }

  public func forward(_ x: Tensor) -> Tensor {
    convolution2d(
      x, weight, bias: bias?.wrappedValue, stride: stride, padding: padding, dilation: dilation,
      groups: groups)
  }
}

/// Stops where a layer's channels and filters are not positive or cannot be cut into its groups.
func expectGroups(
  _ channels: Int, _ filters: Int, _ groups: Int, in name: StaticString, file: StaticString,
  line: UInt
) {
  expect(
    channels > 0 && filters > 0 && groups > 0 && channels % groups == 0 && filters % groups == 0,
    "\(name) expects one channel and filter or more, and groups that divide both, got \(channels) channels, \(filters) filters and \(groups) groups",
    file: file, line: line)
}

/// 1/√(numbers of a weight behind its first axis), what PyTorch's convolutions start within.
func convolutionBound(
  _ weight: [Int], in name: StaticString, file: StaticString, line: UInt
) -> Float {
  expectShape(weight, in: name, file: file, line: line)
  return 1 / Float(weight.dropFirst().reduce(1, *)).squareRoot()
}

import Tensors

/// A residual block: the input plus what two layers make of it, x + Conv2(Conv1(x)).
///
/// Input and output `[n, channels, h, w]`, of one shape. He et al. 2015 ("Deep residual learning for image
/// recognition", fig. 2) put a ReLU after the sum; the notes and the course have none.
public final class ResBlock: Module, Layer {
  public let first: any Layer
  public let second: any Layer
  public let merge = Merge.add

  /// Any two layers, the second of which gives back the shape that the first was given.
  public init(_ first: any Layer, _ second: any Layer) {
    self.first = first
    self.second = second
  }

  /// The course's: two conv layers, the second's batch norm starting from γ = 0. The block is then exactly the
  /// identity, and becomes more as it learns.
  public convenience init(
    _ channels: Int, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expectWidths([channels], "channels", of: "ResBlock", file: file, line: line)
    self.init(
      ConvLayer(channels, channels, using: &generator),
      ConvLayer(channels, channels, startsAtZero: true, using: &generator))
  }

  public func forward(_ x: Tensor) -> Tensor { merge(x, second(first(x))) }
}

import Tensors

/// A dense block: the input beside what two layers make of it, cat[x, Conv2(Conv1(x))].
///
/// Input `[n, channels, h, w]`, output `[n, channels + growth, h, w]`; the first channels are the input itself.
/// The notes' form grows by as many channels as came in. Huang et al. 2017 ("Densely connected convolutional networks")
/// grow by a small number k each time, reach it through a 1 × 1 convolution, and normalise first.
public final class DenseBlock: Module, Layer {
  public let first: ConvLayer
  public let second: ConvLayer
  public let merge = Merge.concatenate

  /// - Parameter growth: How many channels are added; as many as came in if left out.
  public init(
    _ channels: Int, growth: Int? = nil, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    let growth = growth ?? channels
    expectWidths(
      [channels, growth], "channels and growth", of: "DenseBlock", file: file, line: line)
    first = ConvLayer(channels, growth, using: &generator)
    second = ConvLayer(growth, growth, using: &generator)
  }

  public func forward(_ x: Tensor) -> Tensor { merge(x, second(first(x))) }
}

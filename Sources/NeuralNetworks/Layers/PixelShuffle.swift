import Tensors

/// Larger images from more channels: a 1 × 1 convolution to filters·f² channels, ReLU, and each f² of them
/// become a square of f × f pixels (Shi et al. 2016). Starts as an enlargement by nearest neighbour (ICNR).
///
/// Input `[n, channels, h, w]`, output `[n, filters, f·h, f·w]`.
public final class PixelShuffle: Module, Layer {
  public let convolution: Convolution2d
  public let factor: Int

  public init(
    _ channels: Int, _ filters: Int, factor: Int = 2,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectWidths(
      [channels, filters, factor], "channels, filters and factor", of: "PixelShuffle", file: file,
      line: line)
    convolution = Convolution2d(channels, filters * factor * factor, kernel: 1, using: &generator)
    self.factor = factor
    convolution.initialiseICNR(factor: factor)
  }

  public func forward(_ x: Tensor) -> Tensor { convolution(x).relu().pixelShuffled(factor) }
}

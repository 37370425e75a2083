import Tensors

/// low + (high − low)·σ(x): a number that lies between two ends, as a rating does (the notes' y range).
public final class SigmoidRange: Module, Layer {
  public let range: ClosedRange<Float>

  public init(
    _ range: ClosedRange<Float>, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      (range.upperBound - range.lowerBound).isFinite,
      "SigmoidRange expects two finite ends, got \(range)", file: file, line: line)
    self.range = range
  }

  public func forward(_ x: Tensor) -> Tensor {
    x.sigmoid() * (range.upperBound - range.lowerBound) + range.lowerBound
  }
}

// Initial weights for layers before a ReLU (He et al. 2015, eq. 10 and 14): half of the signal is cut off,
// so the weights start √2 wider than without. A number that adds up n products of variance σ² has n·σ²,
// hence the division by √n; n is `inputs`, how many numbers one output adds up: `channels·kernel²` of a
// convolution.
extension Tensor {
  /// Normal numbers with deviation √(2 / ((1 + slope²)·inputs)), for a leaky ReLU of that slope (0: ReLU).
  public static func heNormal(
    _ shape: [Int], inputs: Int, slope: Float = 0,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let deviation = heDeviation(inputs, slope, "heNormal", file, line)
    return .normal(shape, deviation: deviation, using: &generator, file: file, line: line)
  }

  /// Numbers spread evenly over ±√3 times that deviation, which have the same deviation.
  ///
  /// A slope of √5 gives ±1/√inputs, which is what PyTorch's layers (and ours) start from.
  public static func heUniform(
    _ shape: [Int], inputs: Int, slope: Float = 0,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let bound = Float(3).squareRoot() * heDeviation(inputs, slope, "heUniform", file, line)
    return .uniform(shape, in: -bound..<bound, using: &generator, file: file, line: line)
  }

  private static func heDeviation(
    _ inputs: Int, _ slope: Float, _ name: String, _ file: StaticString, _ line: UInt
  ) -> Float {
    expect(inputs > 0, "\(name) expects at least one input, got \(inputs)", file: file, line: line)
    expect(
      slope.isFinite, "\(name) expects a finite slope, got \(slope)", file: file, line: line)
    return (2 / ((1 + slope * slope) * Float(inputs))).squareRoot()
  }
}

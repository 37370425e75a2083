extension Tensor {
  /// Instance normalisation: y = γ·(x − μ)/√(σ² + ε) + β, μ and σ² of each channel of each item over its pixels
  /// (Ulyanov et al. 2016).
  ///
  /// Input `[n, channels, …]` with two pixels or more (one alone would always give 0), weight γ and bias β
  /// `[channels]`; without them, as usual, x̂ alone.
  public func instanceNormalized(
    weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let pixels = shape.dropFirst(2).reduce(1, *)
    expectEpsilon(epsilon, in: "instanceNormalized", file: file, line: line)
    expect(
      rank >= 3 && pixels != 1,
      "instanceNormalized expects [n, channels, ...] with more than one pixel, got \(shape)",
      file: file, line: line)
    expectChannels(weight, bias, in: "instanceNormalized", file, line)
    return rowsNormalized(length: pixels, epsilon: epsilon)
      .scaledAndShifted(weight, bias, as: channelShape)
  }
}

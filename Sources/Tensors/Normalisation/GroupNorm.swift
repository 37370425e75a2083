extension Tensor {
  /// Group normalisation: y = γ·(x − μ)/√(σ² + ε) + β, μ and σ² of each item over a group of neighbouring channels
  /// and all pixels (Wu and He 2018).
  ///
  /// Input `[n, channels, …]`, weight γ and bias β `[channels]`; without them x̂ alone. One group is layer
  /// normalisation over channels and pixels, a group for each channel instance normalisation.
  public func groupNormalized(
    groups: Int, weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectEpsilon(epsilon, in: "groupNormalized", file: file, line: line)
    expect(
      rank >= 2 && groups > 0 && shape[1] % groups == 0,
      "groupNormalized expects [n, channels, ...] with channels in \(groups) equal groups, got \(shape)",
      file: file, line: line)
    expectChannels(weight, bias, in: "groupNormalized", file, line)
    return rowsNormalized(
      length: shape[1] / groups * shape.dropFirst(2).reduce(1, *), epsilon: epsilon
    ).scaledAndShifted(weight, bias, as: channelShape)
  }

  /// γ and β have a number for each channel.
  func expectChannels(
    _ weight: Tensor?, _ bias: Tensor?, in operation: String, _ file: StaticString, _ line: UInt
  ) {
    expect(
      [weight, bias].allSatisfy { $0.map { $0.shape == [shape[1]] } ?? true },
      "\(operation) expects γ, β [\(shape[1])] for an input \(shape), got it\(shapes(weight, bias))",
      file: file, line: line)
  }

  /// `[channels, 1, …]`, which repeats over the pixels of `[n, channels, …]`.
  var channelShape: [Int] { [shape[1]] + shape.dropFirst(2).map { _ in 1 } }
}

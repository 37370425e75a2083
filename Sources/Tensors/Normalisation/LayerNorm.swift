extension Tensor {
  /// Layer normalisation: y = γ·(x − μ)/√(σ² + ε) + β, μ and σ² of each item over its last axes (Ba et al. 2016).
  ///
  /// Input `[…] + lengths`, weight γ and bias β `lengths`; without them x̂ alone. Unlike batch norm it does the same
  /// while training and at test time, and for a batch of one.
  public func layerNormalized(
    _ lengths: [Int], weight: Tensor? = nil, bias: Tensor? = nil, epsilon: Float = 1e-5,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectEpsilon(epsilon, in: "layerNormalized", file: file, line: line)
    expect(
      !lengths.isEmpty && shape.suffix(lengths.count) == lengths[...]
        && [weight, bias].allSatisfy { $0.map { $0.shape == lengths } ?? true },
      "layerNormalized expects [...] + \(lengths) and γ, β \(lengths), got \(shape)\(shapes(weight, bias))",
      file: file, line: line)
    return rowsNormalized(length: lengths.reduce(1, *), epsilon: epsilon)
      .scaledAndShifted(weight, bias, as: lengths)
  }
}

/// " with γ [3] and β [3]", for a sentence.
func shapes(_ weight: Tensor?, _ bias: Tensor?) -> String {
  let parts = [("γ", weight), ("β", bias)].compactMap { name, x in x.map { "\(name) \($0.shape)" } }
  return parts.isEmpty ? "" : " with \(parts.joined(separator: " and "))"
}

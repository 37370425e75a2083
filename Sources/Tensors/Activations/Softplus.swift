extension Tensor {
  /// ln(1 + e^{βx}) / β, a smooth max(0, x); x itself where βx > threshold, as in PyTorch. Any shape.
  ///
  /// Derivative σ(βx), 1 above the threshold. It stays finite for any finite x: e is only raised to −|βx|.
  public func softplus(
    beta: Float = 1, threshold: Float = 20, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expect(
      beta.isFinite && beta != 0, "softplus expects a finite beta that is not 0, got \(beta)",
      file: file, line: line)
    return activated(.softplus(beta: beta, threshold: threshold)).recorded("softplus", from: self) {
      dy in dy.throughSlope(of: .softplus(beta: beta, threshold: threshold), at: self)
    }
  }
}

extension Tensor {
  /// σ(x) = 1 / (1 + e^−x); derivative σ(1 − σ), a quarter at most.
  public func sigmoid() -> Tensor {
    let y = mapped(.sigmoid)
    return y.recorded("sigmoid", from: self) { dy in
      dy.combined(.sigmoidGradient, y, name: "sigmoid")
    }
  }
}

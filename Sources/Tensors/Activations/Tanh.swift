extension Tensor {
  /// The hyperbolic tangent; derivative 1 − tanh².
  public func tanh() -> Tensor {
    let y = mapped(.tanh)
    return y.recorded("tanh", from: self) { dy in dy.combined(.tanhGradient, y, name: "tanh") }
  }
}

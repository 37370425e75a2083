extension Tensor {
  /// min(max(0, x), 6); derivative 1 for 0 < x < 6, else 0. Any shape.
  public func relu6() -> Tensor {
    activated(.relu6).recorded("relu6", from: self) { dy in dy.throughSlope(of: .relu6, at: self) }
  }
}

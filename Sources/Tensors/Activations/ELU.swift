extension Tensor {
  /// x where x > 0, α·(e^x − 1) elsewhere (Clevert et al. 2016). Any shape.
  ///
  /// Derivative 1 or α·e^x (α at 0, as in PyTorch).
  public func elu(_ alpha: Float = 1) -> Tensor {
    activated(.elu(alpha: alpha)).recorded("elu", from: self) { dy in
      dy.throughSlope(of: .elu(alpha: alpha), at: self)
    }
  }
}

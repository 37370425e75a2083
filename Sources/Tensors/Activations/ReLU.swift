extension Tensor {
  /// max(0, x); derivative 1 where x > 0, else 0 (at the kink, x = 0, the field takes 0).
  public func relu() -> Tensor {
    mapped(.relu).recorded("relu", from: self) { dy in
      dy.combined(.reluGradient, self, name: "relu")
    }
  }
}

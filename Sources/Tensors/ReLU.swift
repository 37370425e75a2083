extension Tensor {
  /// max(0, x); derivative 1 where x > 0, else 0 (at the kink, x = 0, the field takes 0).
  public func relu() -> Tensor {
    mapped(.relu).recorded("relu", from: self) { dy in
      dy.combined(.reluGradient, self, name: "relu")
    }
  }
}

extension Tensor {
  /// x where x > 0, slope·x elsewhere; derivative 1 or slope (slope at 0, as in PyTorch).
  public func leakyReLU(_ slope: Float = 0.01) -> Tensor {
    self * (slope + (1 - slope) * mapped(.step))
  }
}

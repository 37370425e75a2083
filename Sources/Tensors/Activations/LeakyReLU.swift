extension Tensor {
  /// x where x > 0, slope·x elsewhere; derivative 1 or slope (slope at 0, as in PyTorch). Any shape.
  public func leakyReLU(_ slope: Float = 0.01) -> Tensor {
    activated(.leakyReLU(slope: slope)).recorded("leakyReLU", from: self) { dy in
      dy.throughSlope(of: .leakyReLU(slope: slope), at: self)
    }
  }
}

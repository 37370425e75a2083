/// Two ways to work out a GELU.
public enum GELUForm: Sendable {
  /// With the distribution function Φ itself.
  case exact
  /// With tanh in its place, as many published transformers have it: off by 5e-4 at most.
  case tanh
}

extension Tensor {
  /// x·Φ(x), Φ(x) = (1 + erf(x/√2)) / 2: each number times the share of the standard normal distribution below it
  /// (Hendrycks and Gimpel 2016). Any shape.
  ///
  /// Derivative Φ(x) + x·e^{−x²/2}/√(2π). The tanh form has ½·(1 + tanh(√(2/π)·(x + 0.044715·x³))) for Φ. At −∞ it
  /// is −∞·0: NaN, and so are the derivatives at ±∞, as in PyTorch.
  public func gelu(_ form: GELUForm = .exact) -> Tensor {
    switch form {
    case .exact:
      activated(.gelu).recorded("gelu", from: self) { dy in
        dy.throughSlope(of: .gelu, at: self)
      }
    case .tanh:
      activated(.geluTanh).recorded("gelu", from: self) { dy in
        dy.throughSlope(of: .geluTanh, at: self)
      }
    }
  }
}

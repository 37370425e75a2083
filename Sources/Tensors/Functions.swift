// Functions of each element, each beside its derivative.
extension Tensor {
  /// e^x; derivative e^x.
  public func exp() -> Tensor {
    let y = mapped(.exp)
    return y.recorded("exp", from: self) { dy in dy * y }
  }

  /// The natural logarithm; derivative 1 / x.
  public func log() -> Tensor {
    mapped(.log).recorded("log", from: self) { dy in dy / self }
  }

  /// √x; derivative 1 / (2√x).
  public func sqrt() -> Tensor {
    let y = mapped(.sqrt)
    return y.recorded("sqrt", from: self) { dy in 0.5 * dy / y }
  }

  /// x²; derivative 2x.
  public func square() -> Tensor {
    mapped(.square).recorded("square", from: self) { dy in 2 * dy * self }
  }

  /// x^exponent; derivative exponent·x^(exponent − 1).
  public func pow(_ exponent: Float) -> Tensor {
    mapped(.power, exponent).recorded("pow", from: self) { dy in
      exponent * dy * self.mapped(.power, exponent - 1)
    }
  }

  /// |x|; derivative the sign of x, 0 at 0.
  public func abs() -> Tensor {
    mapped(.absolute).recorded("abs", from: self) { dy in dy * self.mapped(.sign) }
  }

  /// Held between two numbers; the derivative is 1 inside and on the border, 0 outside.
  public func clamped(_ minimum: Float, _ maximum: Float) -> Tensor {
    let y = mapped(.maximum, minimum).mapped(.minimum, maximum)
    return y.recorded("clamp", from: self) { dy in
      dy * (1 - (self.detached() - y).mapped(.absolute).mapped(.step))
    }
  }
}

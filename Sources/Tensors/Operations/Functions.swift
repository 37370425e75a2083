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
    mapped(.square).recorded("square", from: self) { dy in 2 * (dy * self) }
  }

  /// x^exponent; derivative exponent·x^(exponent − 1), and 0 for x⁰ = 1 whatever x.
  public func pow(_ exponent: Float) -> Tensor {
    mapped(.power, exponent).recorded("pow", from: self) { dy in
      if exponent == 0 { return .zeros(self.shape) }
      return exponent * dy * self.mapped(.power, exponent - 1)
    }
  }

  /// |x|; derivative the sign of x, 0 at 0 (and where x is NaN, as in PyTorch).
  public func abs() -> Tensor {
    mapped(.absolute).recorded("abs", from: self) { dy in dy * self.mapped(.sign) }
  }

  /// Held between two numbers; the derivative is 1 inside, 0 outside and on the border (as in PyTorch 2.15).
  public func clamped(
    _ minimum: Float, _ maximum: Float, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expect(
      !minimum.isNaN && !maximum.isNaN,
      "clamped expects two numbers, got \(minimum) and \(maximum)", file: file, line: line)
    let y = mapped(.maximum, minimum).mapped(.minimum, maximum)
    return y.recorded("clamp", from: self) { dy in
      // Chosen, not multiplied by 0: an infinite dy outside is 0 too.
      dy.kept(where: self.mapped(.isAbove, minimum)).kept(where: self.mapped(.isBelow, maximum))
    }
  }

  /// This where the mask is 1, 0 where it is 0.
  func kept(where mask: Tensor) -> Tensor { combined(.reluGradient, mask, name: "kept") }
}

import Kernels

extension Tensor {
  /// x^b, element by element; the two are repeated to fit each other. 0⁰ is 1, and a negative number to a power that
  /// is not whole is NaN.
  ///
  /// Gradients: dx = dy·b·x^(b − 1), 0 where b = 0; db = dy·x^b·ln x, 0 where x = 0 and b ≥ 0. For a negative
  /// x db is NaN, as in PyTorch: there the power exists for whole numbers alone.
  public func pow(
    _ exponent: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectFit(self, exponent, in: "pow", file, line)
    return combined(.power, exponent, name: "pow").recorded("pow", from: self, exponent) { dy in
      self.powerGradient(.powerBaseGradient, dy, exponent).summed(to: self.shape)
    } second: { dy in
      self.powerGradient(.powerExponentGradient, dy, exponent).summed(to: exponent.shape)
    }
  }

  private func powerGradient(
    _ gradient: TernaryOperation, _ dy: Tensor, _ exponent: Tensor
  ) -> Tensor {
    Tensor.combined(gradient, dy, repeated(dy.shape), exponent.repeated(dy.shape))
  }
}

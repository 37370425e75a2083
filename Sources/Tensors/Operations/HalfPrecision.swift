import Kernels

extension Tensor {
  /// Each number rounded to 16 bits (IEEE half precision) and kept as 32: what a half-precision unit
  /// would have stored. 65520 and above become infinite, 2⁻²⁵ (3e-8) and below become 0.
  ///
  /// Rounding is a staircase, whose derivative is 0 almost everywhere; the gradient goes straight through instead
  /// (Bengio et al. 2013), as if it were the identity. With `roundingGradient` it is rounded to 16 bits on its
  /// way, as it is where activations and their gradients are both stored in half precision.
  public func roundedToHalf(roundingGradient: Bool = false) -> Tensor {
    let y = Tensor(unfilled: shape)
    Kernels.roundToHalf(start, into: y.storage.start, count)
    return y.recorded("roundToHalf", from: self) { dy in
      roundingGradient ? dy.detached().roundedToHalf() : dy
    }
  }

  /// How many of the numbers are exactly zero.
  public var zeroCount: Int { Kernels.countZeros(start, count) }
}

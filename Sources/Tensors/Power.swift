import Kernels

/// a^b, element by element; the two are repeated to fit each other. 0⁰ is 1, and a negative number to a power that is
/// not whole is NaN.
///
/// Gradients: da = dy·b·a^(b − 1), 0 where b = 0; db = dy·a^b·ln a, 0 where a = 0 and b ≥ 0. For a negative
/// base db is NaN, as in PyTorch: there the power exists for whole numbers alone.
public func pow(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expectFit(a, b, in: "pow", file, line)
  return a.combined(.power, b, name: "pow").recorded("pow", from: a, b) { dy in
    Tensor.combined(.powerBaseGradient, dy, a.repeated(dy.shape), b.repeated(dy.shape))
      .summed(to: a.shape)
  } second: { dy in
    Tensor.combined(.powerExponentGradient, dy, a.repeated(dy.shape), b.repeated(dy.shape))
      .summed(to: b.shape)
  }
}

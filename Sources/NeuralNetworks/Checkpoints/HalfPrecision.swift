import Tensors

/// Between two layers: activations pass on in 16 bits, and so do their gradients on the way back.
///
/// This shows what half precision does to the numbers; the arithmetic stays in 32 bits, as it does inside the
/// units of a graphics card (products of 16 bits, sums of 32), and nothing becomes faster.
public final class HalfPrecision: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor { x.roundedToHalf(roundingGradient: true) }
}

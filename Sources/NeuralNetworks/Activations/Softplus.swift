import Tensors

/// ln(1 + e^{βx}) / β of every element, x itself where βx > threshold.
public final class Softplus: Module, Layer {
  public let beta: Float
  public let threshold: Float

  public init(beta: Float = 1, threshold: Float = 20) {
    expect(
      beta.isFinite && beta != 0, "Softplus expects a finite beta that is not 0, got \(beta)")
    self.beta = beta
    self.threshold = threshold
  }

  public func forward(_ x: Tensor) -> Tensor { x.softplus(beta: beta, threshold: threshold) }
}

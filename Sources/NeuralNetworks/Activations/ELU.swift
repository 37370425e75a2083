import Tensors

/// x where x > 0, α·(e^x − 1) elsewhere, of every element (Clevert et al. 2016).
public final class ELU: Module, Layer {
  public let alpha: Float

  public init(_ alpha: Float = 1) { self.alpha = alpha }

  public func forward(_ x: Tensor) -> Tensor { x.elu(alpha) }
}

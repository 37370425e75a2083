import Tensors

/// x where x > 0, slope·x elsewhere, of every element (Maas et al. 2013).
public final class LeakyReLU: Module, Layer {
  public let slope: Float

  public init(_ slope: Float = 0.01) { self.slope = slope }

  public func forward(_ x: Tensor) -> Tensor { x.leakyReLU(slope) }
}

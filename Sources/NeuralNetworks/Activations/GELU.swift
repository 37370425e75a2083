import Tensors

/// x·Φ(x) of every element, Φ the distribution function of the standard normal distribution (Hendrycks and Gimpel
/// 2016); `.tanh` is the usual approximation.
public final class GELU: Module, Layer {
  public let form: GELUForm

  public init(_ form: GELUForm = .exact) { self.form = form }

  public func forward(_ x: Tensor) -> Tensor { x.gelu(form) }
}

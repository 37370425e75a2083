import Tensors

/// max(0, x) of every element.
public final class ReLU: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor { x.relu() }
}

/// 1 / (1 + e^−x) of every element.
public final class Sigmoid: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor { x.sigmoid() }
}

/// The hyperbolic tangent of every element.
public final class Tanh: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor { x.tanh() }
}

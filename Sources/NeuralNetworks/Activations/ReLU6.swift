import Tensors

/// min(max(0, x), 6) of every element.
public final class ReLU6: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor { x.relu6() }
}

import Tensors

/// All axes but the first joined: `[n, channels, h, w]` → `[n, channels·h·w]`.
public final class Flatten: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    x.reshaped([x.shape[0], x.shape.dropFirst().reduce(1, *)])
  }
}

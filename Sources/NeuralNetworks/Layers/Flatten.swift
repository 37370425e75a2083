import Tensors

/// All axes but the first joined: `[n, channels, h, w]` → `[n, channels·h·w]`.
public final class Flatten: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    expect(x.rank > 0, "Flatten expects [n, …], got a single number")
    return x.reshaped([x.shape[0], x.shape.dropFirst().reduce(1, *)])
  }
}

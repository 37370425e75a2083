import Tensors

/// Layers one after the other: the output of each is the input of the next.
public final class Sequential: Module, Layer {
  public let layers: [any Layer]

  public init(_ layers: any Layer...) { self.layers = layers }

  public init(_ layers: [any Layer]) { self.layers = layers }

  public func forward(_ x: Tensor) -> Tensor {
    var x = x
    for layer in layers { x = layer(x) }
    return x
  }
}

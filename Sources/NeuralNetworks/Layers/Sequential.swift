import Tensors

/// Layers one after the other: the output of each is the input of the next.
public final class Sequential: Module, Layer {
  public let layers: [any Layer]

  public init(_ layers: any Layer...) { self.layers = layers }

  public init(_ layers: [any Layer]) { self.layers = layers }

  public func forward(_ x: Tensor) -> Tensor { run(layers, on: x) }
}

/// Runs layers one after the other, batch norm and a ReLU behind it in one pass.
func run(_ layers: [any Layer], on x: Tensor) -> Tensor {
  var x = x
  var next = 0
  while next < layers.count {
    if let norm = layers[next] as? BatchNorm, next + 1 < layers.count, layers[next + 1] is ReLU,
      ModelTrace.current == nil
    {
      x = norm.relu(x)
      next += 2
    } else {
      x = layers[next](x)
      next += 1
    }
  }
  return x
}

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

/// The layers and operations that change each number by a function of it alone: drawings show them with the layer
/// before.
package let activationFunctions: Set = [
  "ReLU", "LeakyReLU", "ReLU6", "ELU", "GELU", "Softplus", "Sigmoid", "SigmoidRange", "Tanh",
  "relu", "leakyReLU", "relu6", "elu", "gelu", "softplus", "sigmoid", "tanh",
]

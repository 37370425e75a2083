import NeuralNetworks
import Tensors

/// Holds gradients back between `backward()` and a step: through many time steps they may grow without bound
/// (Pascanu, Mikolov and Bengio 2013, algorithm 1).
public enum GradientClipping: Equatable, Sendable {
  /// All gradients together are one vector, and it keeps its direction: g ← g·min(1, maximum / (‖g‖ + 10⁻⁶)).
  case norm(Double)
  /// Each number on its own is held between −limit and limit.
  case value(Double)

  /// Changes the gradients of all parameters that have one; returns their joint norm ‖g‖ before.
  @discardableResult
  public func apply(to parameters: [Parameter]) -> Double {
    let parameters = parameters.filter(\.hasGrad)
    let norm = parameters.reduce(0.0) { $0 + Double($1.grad.square().sum().item) }.squareRoot()
    switch self {
    case .norm(let maximum):
      // The 10⁻⁶ is PyTorch's, so that numbers can be compared.
      let factor = Float(min(1, maximum / (norm + 1e-6)))
      if factor < 1 { for parameter in parameters { parameter.grad *= factor } }
    case .value(let limit):
      for parameter in parameters {
        parameter.grad = parameter.grad.clamped(-Float(limit), Float(limit))
      }
    }
    return norm
  }
}

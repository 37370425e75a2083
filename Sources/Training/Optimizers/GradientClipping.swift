import NeuralNetworks
import Tensors

/// Holds gradients back between `backward()` and a step: through many time steps they may grow without bound
/// (Pascanu, Mikolov and Bengio 2013, algorithm 1).
public enum GradientClipping: Equatable, Sendable {
  /// All gradients together are one vector, and it keeps its direction: g ← g·min(1, maximum / (‖g‖ + 10⁻⁶)).
  ///
  /// As in PyTorch, one NaN among them makes all of them NaN; one infinite number makes that one NaN and the others 0.
  /// `TrainingLoop` makes no step with such gradients and throws an error.
  case norm(Double)
  /// Each number on its own is held between −limit and limit; NaN stays NaN.
  case value(Double)

  /// Changes the gradients of all parameters that have one; returns their joint norm ‖g‖ before.
  @discardableResult
  public func apply(to parameters: [Parameter]) -> Double {
    let parameters = parameters.filter(\.hasGrad)
    let norm = Self.norm(of: parameters)
    switch self {
    case .norm(let maximum):
      expect(maximum >= 0, "GradientClipping expects a norm of 0 or more, got \(maximum)")
      // The 10⁻⁶ is PyTorch's, so that numbers can be compared.
      let factor = Float(maximum / (norm + 1e-6))
      if !(factor >= 1) { for parameter in parameters { parameter.grad *= factor } }
    case .value(let limit):
      expect(limit >= 0, "GradientClipping expects a limit of 0 or more, got \(limit)")
      for parameter in parameters {
        parameter.grad = parameter.grad.clamped(-Float(limit), Float(limit))
      }
    }
    return norm
  }

  /// Whether gradients of such a norm are finite once they are held back.
  func canHold(_ norm: Double) -> Bool {
    switch self {
    case .norm: norm.isFinite
    case .value: !norm.isNaN
    }
  }

  private static func norm(of parameters: [Parameter]) -> Double {
    let norm = parameters.reduce(0.0) { $0 + Double($1.grad.square().sum().item) }.squareRoot()
    if norm.isFinite && norm > 0 { return norm }
    // Squares that 32 bits cannot hold: once more in 64. (PyTorch's norm is infinite there, and all gradients become 0.)
    return parameters.reduce(0.0) { sum, parameter in
      parameter.grad.values.reduce(sum) { $0 + Double($1) * Double($1) }
    }.squareRoot()
  }
}

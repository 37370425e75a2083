import NeuralNetworks
import Tensors

/// Training in 16 bits: the model computes with rounded weights, the loss is scaled, and the step is made on weights
/// of 32 bits (the master weights), or on the rounded ones to see what goes wrong then.
///
///     w₁₆ = half(w),  g₁₆ = half(∂(scale·loss)/∂w₁₆),  w ← step(w, g₁₆ / scale)
public final class MixedPrecision {
  public let optimizer: Optimizer
  public let scaling: LossScaling
  public let hasMasterWeights: Bool
  private var masters: [Tensor]

  public init(_ optimizer: Optimizer, scaling: LossScaling, hasMasterWeights: Bool = true) {
    self.optimizer = optimizer
    self.scaling = scaling
    self.hasMasterWeights = hasMasterWeights
    masters = optimizer.parameters.map(\.value)
    round()
  }

  /// One step from the loss of a batch; false if it was left out because a gradient overflowed.
  @discardableResult
  public func step(_ loss: Tensor) -> Bool {
    optimizer.zeroGrad()
    scaling.scaled(loss).backward()
    guard scaling.unscale(optimizer.parameters) else { return false }
    if hasMasterWeights {
      for (parameter, master) in zip(optimizer.parameters, masters) { parameter.value = master }
    }
    optimizer.step()
    masters = optimizer.parameters.map(\.value)
    round()
    return true
  }

  private func round() {
    for parameter in optimizer.parameters { parameter.value = parameter.value.roundedToHalf() }
  }
}

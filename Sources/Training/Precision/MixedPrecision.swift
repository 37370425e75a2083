import NeuralNetworks
import Tensors

/// Training in 16 bits: the model computes with rounded weights, the loss is scaled, and the step is made on weights
/// of 32 bits (the master weights), or on the rounded ones to see what goes wrong then.
///
///     w₁₆ = half(w),  g₁₆ = half(∂(scale·loss)/∂w₁₆),  w ← step(w, g₁₆ / scale)
///
/// A weight that is set or loaded between two steps is the master weight from then on; it is rounded with the next step.
public final class MixedPrecision {
  public let optimizer: Optimizer
  public let scaling: LossScaling
  public let hasMasterWeights: Bool
  private var masters: [Tensor] = []
  /// What the parameters hold unless somebody else has set them.
  private var rounded: [Tensor] = []

  public init(_ optimizer: Optimizer, scaling: LossScaling, hasMasterWeights: Bool = true) {
    self.optimizer = optimizer
    self.scaling = scaling
    self.hasMasterWeights = hasMasterWeights
    round()
  }

  /// One step from the loss of a batch; false if it was left out because a gradient overflowed.
  @discardableResult
  public func step(_ loss: Tensor) -> Bool {
    optimizer.zeroGrad()
    scaling.scaled(loss).backward()
    guard scaling.unscale(optimizer.parameters) else { return false }
    if hasMasterWeights {
      for (i, parameter) in optimizer.parameters.enumerated()
      // Numbers at another place, since a tensor that is held twice is copied before it is changed.
      where parameter.value.start == rounded[i].start {
        parameter.value = masters[i]
      }
    }
    (masters, rounded) = ([], [])  // so that the step changes the weights in place
    optimizer.step()
    round()
    return true
  }

  private func round() {
    masters = optimizer.parameters.map(\.value)
    for parameter in optimizer.parameters { parameter.value = parameter.value.roundedToHalf() }
    rounded = optimizer.parameters.map(\.value)
  }
}

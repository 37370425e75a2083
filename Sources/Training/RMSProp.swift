import Kernels
import Tensors

/// r ← β·r + (1 − β)·g², w ← w − η·g / (√r + ε)
///
/// Divides each gradient by the size it usually has (Tieleman and Hinton 2012, lecture 6.5), so that
/// a parameter with small steady gradients moves as fast as one with large ones.
public final class RMSProp: Optimizer {
  public enum Form: Sendable {
    /// Divides by the average that includes this step's gradient.
    case standard
    /// Divides by the average of the step before, as the notes and the course's sheet write it.
    /// The first average is the first gradient's square: with 0 there the first step would divide by zero.
    case previousRow
  }

  public var beta: Float
  public var epsilon: Float
  public let form: Form
  /// r of each parameter.
  public private(set) var squares: [Tensor] = []

  public init(
    _ parameters: [Parameter], learningRate: Float, beta: Float = 0.9, epsilon: Float = 1e-8,
    form: Form = .standard, weightDecay: WeightDecay = .none
  ) {
    self.beta = beta
    self.epsilon = epsilon
    self.form = form
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    squares = zeros()
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    switch form {
    case .standard:
      Kernels.stepRMSProp(
        w.mutableStart, g.start, squares: squares[number].mutableStart, keep: beta,
        rate: learningRate, epsilon: epsilon, w.count)
    case .previousRow:
      if steps == 1 { squares[number] = g.square() }
      Kernels.stepRMSPropPreviousRow(
        w.mutableStart, g.start, squares: squares[number].mutableStart, keep: beta,
        rate: learningRate, epsilon: epsilon, w.count)
    }
  }
}

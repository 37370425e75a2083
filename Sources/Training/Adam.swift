import Kernels
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// s ← β₁·s + (1 − β₁)·g, r ← β₂·r + (1 − β₂)·g², w ← w − η·ŝ / (√r̂ + ε)
/// with ŝ = s / (1 − β₁ᵗ) and r̂ = r / (1 − β₂ᵗ).
///
/// Momentum and RMSProp together, and a correction for averages that start from zero
/// (Kingma and Ba 2015, algorithm 1). With `.decoupled` weight decay this is AdamW.
public final class Adam: Optimizer {
  public enum Form: Sendable {
    case standard
    /// Without the correction and without ε, as the notes and the course's sheet have it.
    case sheet
  }

  public var beta1: Float
  public var beta2: Float
  public var epsilon: Float
  public let form: Form
  /// s of each parameter.
  public private(set) var averages: [Tensor] = []
  /// r of each parameter.
  public private(set) var squares: [Tensor] = []

  public init(
    _ parameters: [Parameter], learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, form: Form = .standard, weightDecay: WeightDecay = .none
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = form == .sheet ? 0 : epsilon
    self.form = form
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    averages = zeros()
    squares = zeros()
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    let t = Float(steps)
    let isCorrected = form == .standard
    Kernels.stepAdam(
      w.mutableStart, g.start, average: averages[number].mutableStart,
      squares: squares[number].mutableStart, beta1: beta1, beta2: beta2,
      correction1: isCorrected ? 1 - powf(beta1, t) : 1,
      correction2: isCorrected ? 1 - powf(beta2, t) : 1, rate: learningRate, epsilon: epsilon,
      w.count)
  }

  public override var momentum: Float? {
    get { beta1 }
    set { beta1 = newValue ?? beta1 }
  }
}

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

  public var beta1: Double { didSet { Self.expectFactor(beta1, "a β₁") } }
  public var beta2: Double { didSet { Self.expectFactor(beta2, "a β₂") } }
  public var epsilon: Double { didSet { Self.expectEpsilon(epsilon) } }
  public let form: Form
  /// s of each parameter.
  public private(set) var averages: [Tensor] = []
  /// r of each parameter.
  public private(set) var squares: [Tensor] = []

  public init(
    _ parameters: [Parameter], learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, form: Form = .standard, weightDecay: WeightDecay = .none
  ) {
    Self.expectFactor(beta1, "a β₁")
    Self.expectFactor(beta2, "a β₂")
    Self.expectEpsilon(epsilon)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = form == .sheet ? 0 : epsilon
    self.form = form
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    averages = zeros()
    squares = zeros()
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    expectFit(w, g, averages, number: number)
    // 1 − β and 1 − βᵗ both from the β in double precision, rounded once: from a β rounded to 32
    // bits, 1 − 0.999 is off by a hundred-thousandth, and the correction would not undo it.
    // t counts the updates of this parameter: one that was frozen has averages that are younger than the optimizer.
    let t = Double(updates[number])
    let weight1 = form == .standard ? 1 - pow(beta1, t) : 1
    let weight2 = form == .standard ? 1 - pow(beta2, t) : 1
    Kernels.stepAdam(
      w.mutableStart, g.start, average: averages[number].mutableStart,
      squares: squares[number].mutableStart, keep: (Float(beta1), Float(beta2)),
      take: (Float(1 - beta1), Float(1 - beta2)), scale: (Float(1 / weight1), Float(1 / weight2)),
      rate: Float(learningRate), epsilon: Float(epsilon), w.count)
  }

  public override var momentum: Double? {
    get { beta1 }
    set { beta1 = newValue ?? beta1 }
  }

  public override var memory: [(kind: String, tensors: [Tensor])] {
    get { [("averages", averages), ("squares", squares)] }
    set {
      expectFit(newValue, kinds: ["averages", "squares"])
      for (kind, tensors) in newValue {
        if kind == "averages" { averages = tensors }
        if kind == "squares" { squares = tensors }
      }
    }
  }
}

import Kernels
import Tensors

/// s ← β·s + (1 − β)·g, w ← w − η·s: step along an average of the gradients (the notes' form).
///
/// PyTorch's form (heavy ball, Polyak 1964) adds the whole gradient: v ← β·v + g, w ← w − η·v.
/// From zero, v = s / (1 − β), so the same path needs a rate of η·(1 − β) there. `Nesterov.swift` has the form that
/// looks a step ahead.
public final class Momentum: Optimizer {
  public enum Form: Sendable {
    /// An exponentially weighted moving average of the gradient.
    case average
    /// A decaying sum of the gradients, as in `torch.optim.SGD(momentum=)`.
    case heavyBall
  }

  /// β, usually 0.9.
  public var beta: Double { didSet { Self.expectFactor(beta, "a β") } }
  public let form: Form
  /// Looks a step ahead.
  public let isNesterov: Bool
  /// s of each parameter (v in the heavy-ball form).
  public internal(set) var averages: [Tensor] = []

  public init(
    _ parameters: [Parameter], learningRate: Double, beta: Double = 0.9, form: Form = .average,
    nesterov: Bool = false, weightDecay: WeightDecay = .none
  ) {
    Self.expectFactor(beta, "a β")
    self.beta = beta
    self.form = form
    isNesterov = nesterov
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    averages = zeros()
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    expectFit(w, g, averages, number: number)
    if isNesterov { return nesterovUpdate(&w, gradient: g, number: number) }
    Kernels.stepMomentum(
      w.mutableStart, g.start, average: averages[number].mutableStart, keep: Float(beta),
      take: form == .average ? Float(1 - beta) : 1, rate: Float(learningRate), w.count)
  }

  public override var momentum: Double? {
    get { beta }
    set { beta = newValue ?? beta }
  }

  public override var memory: [(kind: String, tensors: [Tensor])] {
    get { [("averages", averages)] }
    set {
      expectFit(newValue, kinds: ["averages"])
      for (kind, tensors) in newValue {
        if kind == "averages" { averages = tensors }
      }
    }
  }
}

import Tensors

/// r ← r + g², w ← w − ηₜ·g / (√r + ε) with ηₜ = η / (1 + (t − 1)·rateDecay)
///
/// Divides each gradient by the root of all its squares so far (Duchi et al. 2011, as `torch.optim.Adagrad`):
/// a parameter that seldom has a gradient, such as a rare word's, keeps a large step. r only grows, so the steps
/// only shrink; RMSProp forgets instead.
public final class Adagrad: Optimizer {
  /// By how much the rate shrinks with each update of a parameter.
  public var rateDecay: Double { didSet { Self.expectRateDecay(rateDecay) } }
  public var epsilon: Double { didSet { Self.expectEpsilon(epsilon) } }
  /// r of each parameter.
  public private(set) var sums: [Tensor] = []

  /// - Parameter initialSum: What r starts from.
  public init(
    _ parameters: [Parameter], learningRate: Double, rateDecay: Double = 0,
    initialSum: Double = 0, epsilon: Double = 1e-10, weightDecay: WeightDecay = .none
  ) {
    Self.expectRateDecay(rateDecay)
    Self.expectEpsilon(epsilon)
    expect(
      initialSum >= 0 && initialSum.isFinite,
      "Adagrad expects a first sum of 0 or more, got \(initialSum)")
    self.rateDecay = rateDecay
    self.epsilon = epsilon
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    sums = parameters.map { Tensor(repeating: Float(initialSum), $0.value.shape) }
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    expectFit(w, g, sums, number: number)
    let rate = learningRate / (1 + Double(updates[number] - 1) * rateDecay)
    sums[number] += g.square()
    w -= Float(rate) * g / (sums[number].sqrt() + Float(epsilon))
  }

  private static func expectRateDecay(_ decay: Double) {
    expect(
      decay >= 0 && decay.isFinite, "Adagrad expects a rate decay of 0 or more, got \(decay)")
  }

  public override var memory: [(kind: String, tensors: [Tensor])] {
    get { [("sums", sums)] }
    set {
      expectFit(newValue, kinds: ["sums"])
      for (kind, tensors) in newValue {
        if kind == "sums" { sums = tensors }
      }
    }
  }
}

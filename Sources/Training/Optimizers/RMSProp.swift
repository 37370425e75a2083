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

  public var beta: Double { didSet { Self.expectFactor(beta, "a β") } }
  public var epsilon: Double { didSet { Self.expectEpsilon(epsilon) } }
  public let form: Form
  /// r of each parameter.
  public private(set) var squares: [Tensor] = []

  public init(
    _ parameters: [Parameter], learningRate: Double, beta: Double = 0.9, epsilon: Double = 1e-8,
    form: Form = .standard, weightDecay: WeightDecay = .none
  ) {
    Self.expectFactor(beta, "a β")
    Self.expectEpsilon(epsilon)
    self.beta = beta
    self.epsilon = epsilon
    self.form = form
    super.init(parameters, learningRate: learningRate, weightDecay: weightDecay)
    squares = zeros()
  }

  public override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    expectFit(w, g, squares, number: number)
    if form == .previousRow && updates[number] == 1 { squares[number] = g.square() }
    let step = form == .standard ? Kernels.stepRMSProp : Kernels.stepRMSPropPreviousRow
    step(
      w.mutableStart, g.start, squares[number].mutableStart, Float(beta), Float(1 - beta),
      Float(learningRate), Float(epsilon), w.count)
  }

  public override var memory: [(kind: String, tensors: [Tensor])] {
    get { [("squares", squares)] }
    set {
      expectFit(newValue, kinds: ["squares"])
      for (kind, tensors) in newValue {
        if kind == "squares" { squares = tensors }
      }
    }
  }
}

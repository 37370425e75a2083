import NeuralNetworks
import Tensors

/// A rule that changes each parameter by its gradient.
///
/// A subclass gives the rule for one parameter in `update`; its first line is the formula.
open class Optimizer {
  public let parameters: [Parameter]
  /// η
  public var learningRate: Double
  public var weightDecay: WeightDecay
  /// How many steps were made; the first is number 1.
  public private(set) var steps = 0

  public init(
    _ parameters: [Parameter], learningRate: Double, weightDecay: WeightDecay = .none
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }

  /// Changes parameter `number` in place. Shapes of `w` and `g` are equal.
  open func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    fatalError("\(type(of: self)) has no rule: override update(_:gradient:number:)")
  }

  /// The factor of a one-cycle schedule's momentum, where the rule has one.
  open var momentum: Double? {
    get { nil }
    set {}
  }

  /// One step for every parameter that has a gradient.
  public func step() {
    steps += 1
    for (number, parameter) in parameters.enumerated()
    where parameter.hasGrad && !parameter.isFrozen {
      var gradient = parameter.grad
      switch weightDecay {
      case .none: break
      case .l2(let lambda): gradient += Float(lambda) * parameter.value
      case .decoupled(let lambda): parameter.wrappedValue *= Float(1 - learningRate * lambda)
      }
      update(&parameter.wrappedValue, gradient: gradient, number: number)
    }
  }

  /// Forgets all gradients; call it before the next `backward()`.
  public func zeroGrad() { for parameter in parameters { parameter.zeroGrad() } }

  /// A zero for every number that the optimizer learns about: its memory between steps.
  func zeros() -> [Tensor] { parameters.map { .zeros($0.value.shape) } }
}

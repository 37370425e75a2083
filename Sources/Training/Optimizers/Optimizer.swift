import NeuralNetworks
import Tensors

/// A rule that changes each parameter by its gradient.
///
/// A subclass gives the rule for one parameter in `update`; its first line is the formula.
open class Optimizer {
  public let parameters: [Parameter]
  /// η
  public var learningRate: Double { didSet { Self.expectRate(learningRate) } }
  public var weightDecay: WeightDecay { didSet { weightDecay.expectLambda() } }
  /// Parameters with factors of their own; those in no group have the optimizer's rate and decay.
  public var groups: [ParameterGroup] = [] {
    didSet { groupNumbers = ParameterGroup.numbers(groups, for: parameters) }
  }
  private var groupNumbers: [Int?]
  /// How many steps were made; the first is number 1.
  public private(set) var steps = 0
  /// How often each parameter was changed: less than `steps` where it was frozen or had no gradient for a while.
  public private(set) var updates: [Int]

  public init(
    _ parameters: [Parameter], learningRate: Double, weightDecay: WeightDecay = .none
  ) {
    expect(
      Set(parameters.map { ObjectIdentifier($0) }).count == parameters.count,
      "Optimizer expects each parameter once: a step would change one that stands twice in its list twice"
    )
    Self.expectRate(learningRate)
    weightDecay.expectLambda()
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    groupNumbers = parameters.map { _ in nil }
    updates = parameters.map { _ in 0 }
  }

  /// Changes parameter `number` in place, for the `updates[number]`th time. Shapes of `w` and `g` are equal.
  open func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    fatalError("\(type(of: self)) has no rule: override update(_:gradient:number:)")
  }

  /// The factor of a one-cycle schedule's momentum, where the rule has one.
  open var momentum: Double? {
    get { nil }
    set {}
  }

  /// What the rule remembers of each parameter between steps, by kind: its averages.
  open var memory: [(kind: String, tensors: [Tensor])] {
    get { [] }
    set {}
  }

  private static func expectRate(_ rate: Double) {
    expect(
      rate >= 0 && rate.isFinite,
      "Optimizer expects a finite learning rate of 0 or more, got \(rate)")
  }

  /// A factor of an average, such as β, from 0 to below 1.
  static func expectFactor(_ factor: Double, _ name: String) {
    expect(
      (0..<1).contains(factor), "\(self) expects \(name) from 0 to below 1, got \(factor)")
  }

  static func expectEpsilon(_ epsilon: Double) {
    expect(
      epsilon >= 0 && epsilon.isFinite, "\(self) expects an ε of 0 or more, got \(epsilon)")
  }

  /// A kernel trusts these counts: weight, gradient and what is remembered of the parameter have one shape.
  func expectFit(_ w: Tensor, _ g: Tensor, _ averages: [Tensor] = [], number: Int) {
    expect(
      parameters.indices.contains(number),
      "\(type(of: self)) has \(parameters.count) parameters, there is no number \(number)")
    expect(
      w.shape == g.shape,
      "\(type(of: self)) expects a gradient of the parameter's shape \(w.shape), got \(g.shape)")
    if averages.isEmpty { return }
    expect(
      averages[number].shape == w.shape,
      "\(type(of: self)) remembers averages of shape \(averages[number].shape) for parameter \(number), whose shape is \(w.shape) now: make a new optimizer"
    )
  }

  /// A memory for these parameters, of the kinds that the rule has.
  func expectFit(_ memory: [(kind: String, tensors: [Tensor])], kinds: [String]) {
    for (kind, tensors) in memory {
      expect(
        kinds.contains(kind) && tensors.map(\.shape) == parameters.map(\.value.shape),
        "\(type(of: self)) remembers \(kinds) of shapes \(parameters.map(\.value.shape)), got \(kind) of shapes \(tensors.map(\.shape))"
      )
    }
  }

  /// Takes up the memory of so many steps.
  func restore(_ memory: [(kind: String, tensors: [Tensor])], steps: Int, updates: [Int]) {
    self.memory = memory
    self.steps = steps
    self.updates = updates
  }

  /// One step for every parameter that has a gradient.
  public func step() {
    steps += 1
    // A rule reads `learningRate`: while it runs for a parameter, that is the rate of its group.
    let rate = learningRate
    defer { learningRate = rate }
    for (number, parameter) in parameters.enumerated()
    where parameter.hasGrad && !parameter.isFrozen {
      let group = groupNumbers[number].map { groups[$0] }
      learningRate = rate * (group?.rateFactor ?? 1)
      let decay = group?.decayFactor ?? 1
      var gradient = parameter.grad
      expectFit(parameter.value, gradient, number: number)
      switch weightDecay {
      case .none: break
      case .l2(let lambda): gradient += Float(lambda * decay) * parameter.value
      case .decoupled(let lambda):
        parameter.wrappedValue *= Float(1 - learningRate * lambda * decay)
      }
      updates[number] += 1
      update(&parameter.wrappedValue, gradient: gradient, number: number)
    }
  }

  /// Forgets all gradients; call it before the next `backward()`.
  public func zeroGrad() { for parameter in parameters { parameter.zeroGrad() } }

  /// A zero for every number that the optimizer learns about: its memory between steps.
  func zeros() -> [Tensor] { parameters.map { .zeros($0.value.shape) } }
}

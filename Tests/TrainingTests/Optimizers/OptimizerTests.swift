import ReferenceReader
import Tensors
import Testing
import Training

/// Twenty steps of each optimizer on given gradients, against PyTorch in double precision
/// (`Tests/References/optimizers.py`).
@Suite struct OptimizerTests {
  private struct File: Decodable {
    struct Case: Decodable {
      struct Settings: Decodable {
        let lr: Double
        let momentum, alpha, eps, weightDecay, lrDecay, initialAccumulatorValue: Double?
        let nesterov: Bool?
        let betas: [Double]?
        let groups: [Group]?
        let clip: [String: Double]?
      }
      struct Group: Decodable {
        let lr, weightDecay: Double
      }
      struct After: Decodable {
        let step: Int
        let weights: [Float]
      }
      let name: String
      let optimizer: String
      let settings: Settings
      let after: [After]
    }
    let shape: [Int]
    /// How many rows the first of two groups has.
    let split: Int
    let start: [Float]
    let gradients: [[Float]]
    let cases: [Case]

    /// One parameter, or one for each group.
    func parts(_ values: [Float], _ c: Case) -> [Tensor] {
      let whole = Tensor(values, shape: shape)
      return c.settings.groups == nil ? [whole] : [whole[0..<split], whole[split..<shape[0]]]
    }
  }

  private func optimizer(_ c: File.Case, _ w: [Parameter]) throws -> Optimizer {
    let s = c.settings
    let l2: WeightDecay = s.weightDecay.map { .l2($0) } ?? .none
    switch c.optimizer {
    case "SGD" where s.momentum == nil: return SGD(w, learningRate: s.lr, weightDecay: l2)
    case "SGD":
      return Momentum(
        w, learningRate: s.lr, beta: try #require(s.momentum), form: .heavyBall,
        nesterov: s.nesterov ?? false, weightDecay: l2)
    case "Adagrad":
      return Adagrad(
        w, learningRate: s.lr, rateDecay: s.lrDecay ?? 0,
        initialSum: s.initialAccumulatorValue ?? 0, epsilon: try #require(s.eps), weightDecay: l2)
    case "RMSprop":
      return RMSProp(
        w, learningRate: s.lr, beta: try #require(s.alpha), epsilon: try #require(s.eps),
        weightDecay: l2)
    case "Adam", "AdamW":
      let betas = try #require(s.betas)
      return Adam(
        w, learningRate: s.lr, beta1: betas[0], beta2: betas[1], epsilon: try #require(s.eps),
        weightDecay: c.optimizer == "AdamW" ? .decoupled(try #require(s.weightDecay)) : l2)
    default:
      Issue.record("the test does not know the optimizer \(c.optimizer)")
      return SGD(w, learningRate: 0)
    }
  }

  private func clipping(_ c: File.Case) throws -> GradientClipping? {
    guard let clip = c.settings.clip else { return nil }
    if let norm = clip["norm"] { return .norm(norm) }
    return .value(try #require(clip["value"]))
  }

  @Test func twentyStepsMatchPyTorch() throws {
    let file: File = try References.read("optimizers.json")
    #expect(References.hold(file.cases.count, committed: 26))
    #expect(file.gradients.count == 20 && file.cases.allSatisfy { $0.after.count == 5 })
    var worst = Float(0)
    for c in file.cases {
      let parameters = file.parts(file.start, c).map { Parameter($0) }
      let optimizer = try optimizer(c, parameters)
      optimizer.groups = zip(parameters, c.settings.groups ?? []).map { parameter, group in
        let decay = c.settings.weightDecay ?? 0
        return ParameterGroup(
          [parameter], rateFactor: group.lr / c.settings.lr,
          decayFactor: decay == 0 ? 1 : group.weightDecay / decay)
      }
      for (i, gradient) in file.gradients.enumerated() {
        for (parameter, part) in zip(parameters, file.parts(gradient, c)) { parameter.grad = part }
        try clipping(c)?.apply(to: parameters)
        optimizer.step()
        #expect(optimizer.learningRate == c.settings.lr)
        guard let after = c.after.first(where: { $0.step == i + 1 }) else { continue }
        for (number, wanted) in zip(parameters.flatMap(\.value.values), after.weights) {
          // Twenty steps in 32 bits were seen to move a weight of size 34 by 2.5e-6 at most.
          let error = (number - wanted).magnitude / (1 + wanted.magnitude)
          #expect(error <= 5e-6, "\(c.name) after step \(i + 1)")
          worst = max(worst, error)
        }
      }
    }
    print("\(file.cases.count) cases of optimizers, off by \(worst) (1 + |value|) at most")
  }

  @Test func theAverageFormIsTheHeavyBallAtATenthOfTheRate() {
    let (a, b) = (Parameter(Tensor([1, -2])), Parameter(Tensor([1, -2])))
    let average = Momentum([a], learningRate: 0.1, beta: 0.9)
    let heavyBall = Momentum([b], learningRate: 0.01, beta: 0.9, form: .heavyBall)
    for step in 0..<50 {
      let gradient = Tensor([Float(step % 3) - 1, Float(step % 5)])
      (a.grad, b.grad) = (gradient, gradient)
      average.step()
      heavyBall.step()
    }
    for (x, y) in zip(a.value.values, b.value.values) { #expect((x - y).magnitude < 2e-6) }
  }

  /// By hand, β = 1/2, η = 1, gradients 4 then 2 from w = 0: s = 2, w = −(2 + 1) = −3; s = 1 + 1 = 2, w = −3 − (1 + 1).
  /// The heavy ball: v = 4, w = −(4 + 2) = −6; v = 2 + 2 = 4, w = −6 − (2 + 2).
  @Test func nesterovLooksAStepAhead() {
    for (form, wanted) in [(Momentum.Form.average, [-3, -5]), (.heavyBall, [-6, -10])] {
      let w = Parameter(Tensor([0]))
      let optimizer = Momentum([w], learningRate: 1, beta: 0.5, form: form, nesterov: true)
      for (gradient, wanted) in zip([4, 2], wanted) {
        w.grad = Tensor([Float(gradient)])
        optimizer.step()
        #expect(w.value.item == Float(wanted))
      }
    }
  }

  /// By hand, η = 1: g = 3 gives r = 9 and a step of 1; g = 4 gives r = 25 and 4/5, halved by a rate decay of 1.
  @Test func adagradDividesByTheRootOfAllSquares() {
    for (decay, wanted) in [(0.0, [-1, -1.8]), (1.0, [-1, -1.4])] {
      let w = Parameter(Tensor([0]))
      let optimizer = Adagrad([w], learningRate: 1, rateDecay: decay)
      for (gradient, wanted) in zip([3, 4], wanted) {
        w.grad = Tensor([Float(gradient)])
        optimizer.step()
        #expect((Double(w.value.item) - wanted).magnitude < 1e-6)
      }
      #expect(optimizer.sums[0].values == [25])
    }
  }

  @Test func l2AndDecayAreOneForSGDAndTwoForAdam() {
    func end(_ make: ([Parameter], WeightDecay) -> Optimizer, _ decay: WeightDecay) -> [Float] {
      let w = Parameter(Tensor([1, -2]))
      let optimizer = make([w], decay)
      for step in 0..<50 {
        w.grad = Tensor([Float(step % 3) - 1, Float(step % 5)])
        optimizer.step()
      }
      return w.value.values
    }
    let sgd: ([Parameter], WeightDecay) -> Optimizer = {
      SGD($0, learningRate: 0.01, weightDecay: $1)
    }
    let adam: ([Parameter], WeightDecay) -> Optimizer = {
      Adam($0, learningRate: 0.01, weightDecay: $1)
    }
    for (x, y) in zip(end(sgd, .l2(0.5)), end(sgd, .decoupled(0.5))) {
      #expect((x - y).magnitude < 2e-6)
    }
    for (x, y) in zip(end(adam, .l2(0.5)), end(adam, .decoupled(0.5))) {
      #expect((x - y).magnitude > 0.01)
    }
  }

  @Test func aParameterWithoutGradientOrFrozenStays() {
    let (a, b) = (Parameter(Tensor([1])), Parameter(Tensor([1])))
    b.isFrozen = true
    b.grad = Tensor([1])
    SGD([a, b], learningRate: 0.1, weightDecay: .decoupled(1)).step()
    #expect(a.value.item == 1)
    #expect(b.value.item == 1)
  }

  /// By hand: a first step of Adam is η·g/|g|, whenever it comes. Counted by the optimizer's third step it would be
  /// η·(0.1 / 0.271) / √(0.001 / 0.002997) = 0.64·η.
  @Test func aParameterThatIsUnfrozenLateStartsWithAFirstStep() {
    let (a, b) = (Parameter(Tensor([1])), Parameter(Tensor([1])))
    let adam = Adam([a, b], learningRate: 0.1)
    b.isFrozen = true
    for step in 0..<3 {
      if step == 2 { b.isFrozen = false }
      for parameter in [a, b] { parameter.grad = Tensor([2]) }
      adam.step()
    }
    #expect((b.value.item - 0.9).magnitude < 1e-6)
    #expect(adam.steps == 3)
    #expect(adam.updates == [3, 1])
  }

  @Test func theFirstStepOfThePreviousRowFormIsFinite() {
    let w = Parameter(Tensor([1, 1]))
    w.grad = Tensor([5, -3])
    RMSProp([w], learningRate: 0.1, form: .previousRow).step()
    #expect((w.value.values[0] - 0.9).magnitude < 1e-6)
    #expect((w.value.values[1] - 1.1).magnitude < 1e-6)
  }
}

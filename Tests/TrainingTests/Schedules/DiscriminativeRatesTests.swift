import NeuralNetworks
import Tensors
import Testing
import Training

@Suite struct DiscriminativeRatesTests {
  private func expectClose(_ rates: [Double], _ expected: [Double]) {
    #expect(rates.count == expected.count)
    // A power of a double: a few units in its last place.
    for (a, b) in zip(rates, expected) { #expect(abs(a - b) <= 1e-14 * b) }
  }

  /// The course's library (fastai v1, `lr_range` and `even_mults`) beside the notes.
  @Test func aSliceIsSpacedGeometricallyAndByTheNotesArithmetically() {
    expectClose(
      DiscriminativeRates.between(1e-5, 1e-3).rates(groups: 3), [1e-5, 1e-4, 1e-3])
    expectClose(
      DiscriminativeRates.between(1e-5, 1e-3, spacing: .arithmetic).rates(groups: 3),
      [1e-5, 5.05e-4, 1e-3])
    expectClose(
      DiscriminativeRates.between(1e-6, 1e-2).rates(groups: 5), [1e-6, 1e-5, 1e-4, 1e-3, 1e-2])
    expectClose(DiscriminativeRates.onlyLast(1e-2).rates(groups: 3), [1e-3, 1e-3, 1e-2])
    expectClose(
      DiscriminativeRates.onlyLast(3e-2, dividing: 3).rates(groups: 3), [1e-2, 1e-2, 3e-2])
    expectClose(DiscriminativeRates.same(0.1).rates(groups: 3), [0.1, 0.1, 0.1])
    expectClose(DiscriminativeRates.between(1e-5, 1e-3).rates(groups: 1), [1e-3])
  }

  @Test func eachGroupStepsAtItsRateUnderASchedule() {
    let layers = (0..<3).map { _ in Linear(weight: .ones([1, 1]), bias: .zeros([1])) }
    let groups = LayerGroups([layers[0]], [layers[1]], [layers[2]])
    let sgd = SGD(groups.parameters.flatMap { $0 }, learningRate: 1)
    DiscriminativeRates.between(0.25, 1).apply(to: sgd, groups: groups)
    ConstantRate(0.5).apply(to: sgd, at: 0)  // half of the last group's rate, so half of all
    for parameter in sgd.parameters { parameter.grad = .ones(parameter.value.shape) }
    sgd.step()
    #expect(layers.map { $0.weight.item } == [0.875, 0.75, 0.5])
  }
}

@Suite struct LayerGroupsTests {
  private func net() -> (Sequential, LayerGroups) {
    var generator = SeededGenerator(seed: 42)
    let body = Sequential(Linear(4, 5, using: &generator), BatchNorm(5), ReLU())
    let middle = Linear(5, 5, using: &generator)
    let head = Linear(5, 2, using: &generator)
    return (Sequential(body, middle, head), LayerGroups([body], [middle], [head]))
  }

  @Test func frozenGroupsKeepTheirBitsAndTheRestLearns() {
    for (first, learning) in [
      (-1, [false, false, true]), (-2, [false, true, true]), (0, [true, true, true]),
    ] {
      let (net, groups) = net()
      var generator = SeededGenerator(seed: 1)
      groups.freeze(to: first, keepingBatchNorm: false)
      let adam = Adam(net.parameters, learningRate: 0.1, weightDecay: .decoupled(0.1))
      let before = groups.parameters.map { $0.map(\.value) }
      for _ in 0..<3 {
        adam.zeroGrad()
        net(.normal([6, 4], using: &generator)).square().mean().backward()
        adam.step()
      }
      let after = groups.parameters.map { $0.map(\.value) }
      #expect(zip(before, after).map { $0 != $1 } == learning)
    }
  }

  @Test func batchNormLearnsOnInAFrozenBodyUnlessAskedOtherwise() {
    let (net, groups) = net()
    groups.freeze()
    let free = net.namedParameters.filter { !$0.parameter.isFrozen }.map(\.name)
    #expect(
      free == [
        "layers.0.layers.1.gamma", "layers.0.layers.1.beta", "layers.2.weight", "layers.2.bias",
      ])
    groups.freeze(keepingBatchNorm: false)
    #expect(net.parameters.count { !$0.isFrozen } == 2)
    groups.unfreeze()
    #expect(net.parameters.allSatisfy { !$0.isFrozen })
  }

  /// A language model whose decoder is its embedding, as in fastai's split.
  @Test func aParameterThatLayersShareCountsOnceInAGroupAndNotInTwo() async {
    var generator = SeededGenerator(seed: 42)
    let model = LanguageModel(
      words: 7, features: 3, hidden: 4, layers: 1, dropouts: .none, using: &generator)
    let groups = LayerGroups([model])
    #expect(LayerGroups([model, model]).parameters[0].count == model.parameters.count)
    #expect(groups.parameters[0].count == model.parameters.count)
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let layer = Linear(weight: .ones([2, 3]), bias: .zeros([3]))
      _ = LayerGroups([layer], [Sequential(layer)])
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("a parameter of shape [2, 3] is in layer groups 0 and 1"))
  }

  @Test func everyLayerHasTheNumberOfItsGroup() {
    let (net, groups) = net()
    let numbers = net.namedModules.dropFirst().map { groups.number(of: $0.module) }
    #expect(numbers == [0, 0, 0, 0, 1, 2])  // body, and its three layers, middle, head
    #expect(groups.number(of: net) == nil)
  }

  @Test func frozenBatchNormMayKeepItsAverages() throws {
    func run(_ callbacks: [any Callback]) throws -> (moved: Bool, modes: Set<Bool>) {
      let (net, groups) = net()
      groups.freeze(keepingBatchNorm: false)
      let norm = net.namedModules.compactMap { $0.module as? BatchNorm }[0]
      let before = net.namedBuffers.map(\.buffer.value)
      var modes: Set<Bool> = []
      let loop = TrainingLoop(
        net, optimizer: SGD(net.parameters, learningRate: 0.1), seed: 1
      ) { generator in
        (0..<3).map { _ in Tensor.normal([6, 4], using: &generator) }
      } loss: { x in
        modes.insert(norm.isTraining)
        return net(x).square().mean()
      }
      loop.validate = {
        net.evaluating { Validation(loss: Double(net(.ones([2, 4])).sum().item)) }
      }
      loop.callbacks = callbacks + [EarlyStopping(patience: 9)]
      try loop.fit(epochs: 2)
      #expect(norm.isTraining)
      return (net.namedBuffers.map(\.buffer.value) != before, modes)
    }
    let (free, kept) = (try run([]), try run([FrozenBatchNorm()]))
    #expect(free.moved && free.modes == [true])
    #expect(!kept.moved && kept.modes == [false])
  }

  @Test func aGroupThatIsNotThereStopsTheCall() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      LayerGroups([Flatten()], [Flatten()]).freeze(to: -3)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("freeze(to: -3) is outside of 2 layer groups"))
  }
}

import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct NormalisationLayersTests {
  private func input(_ shape: [Int]) -> Tensor {
    var generator = SeededGenerator(seed: 42)
    return .normal(shape, using: &generator)
  }

  @Test func parametersAreCalledAsInPyTorch() {
    func names(_ module: Module) -> [String] { module.namedParameters.map(\.name) }
    #expect(names(LayerNorm(3)) == ["weight", "bias"])
    #expect(names(LayerNorm([2, 3], hasBias: false)) == ["weight"])
    #expect(names(LayerNorm(3, isAffine: false)) == [])
    #expect(names(GroupNorm(groups: 2, 4)) == ["weight", "bias"])
    #expect(names(GroupNorm(groups: 2, 4, isAffine: false)) == [])
    #expect(names(InstanceNorm2d(4)) == [])  // PyTorch's default
    #expect(names(InstanceNorm2d(4, isAffine: true)) == ["weight", "bias"])
    #expect(LayerNorm([2, 3]).parameterCount == 12)
    let entries = NameMap(Sequential(LayerNorm(3))).entries
    #expect(entries.map(\.theirs) == ["layers.0.weight", "layers.0.bias"])
    #expect(entries.allSatisfy { !$0.isTransposed })
  }

  @Test func weightsComeBackFromAFile() throws {
    let path = NSTemporaryDirectory() + "unrolled-\(UUID().uuidString).safetensors"
    defer { unlink(path) }
    func model() -> Sequential {
      Sequential(
        GroupNorm(groups: 2, 4), InstanceNorm2d(4, isAffine: true), LayerNorm([3, 2]))
    }
    let (first, second) = (model(), model())
    for (i, parameter) in first.parameters.enumerated() {
      var generator = SeededGenerator(seed: UInt64(i))
      parameter.value = .normal(parameter.value.shape, using: &generator)
    }
    try Checkpoint.save(first, to: path)
    try Checkpoint.load(path, into: second)
    let x = input([2, 4, 3, 2])
    #expect(first(x) == second(x))
    #expect(first(x) != model()(x))
  }

  /// By hand: mean 2 and variance 1 give −1 and 1, ε is far smaller than a rounding of them.
  @Test func rowsAreCentredAndScaled() {
    let layer = LayerNorm(2, epsilon: 1e-12)
    #expect(layer(Tensor([[1, 3], [-10, 10]])).values == [-1, 1, -1, 1])
    layer.weight?.value = Tensor([2, 3])
    layer.bias?.value = Tensor([0.5, -1])
    #expect(layer(Tensor([[1, 3]])).values == [-1.5, 2])
  }

  @Test func oneGroupIsLayerNormAndAGroupForEachChannelInstanceNorm() {
    let x = input([2, 4, 3, 2])
    let whole = LayerNorm([4, 3, 2], isAffine: false)
    #expect(GroupNorm(groups: 1, 4, isAffine: false)(x) == whole(x))
    #expect(GroupNorm(groups: 4, 4, isAffine: false)(x) == InstanceNorm2d(4)(x))
  }

  @Test func trainingAndTestTimeAreOne() {
    let x = input([2, 4, 3, 2])
    for layer: any Layer in [LayerNorm(2), GroupNorm(groups: 2, 4), InstanceNorm2d(4)] {
      let y = layer(x)
      layer.train(false)
      #expect(layer(x) == y)
    }
  }

  @Test func aTraceSeesThem() {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Linear(3, 4, using: &generator), LayerNorm(4), GELU(), Linear(4, 4, using: &generator), ELU(),
      Softplus(), ReLU6(), LeakyReLU())
    let trace = ModelTrace(model, on: .ones([2, 3]))
    #expect(
      trace.steps.map(\.type)
        == ["Linear", "LayerNorm", "GELU", "Linear", "ELU", "Softplus", "ReLU6", "LeakyReLU"])
    #expect(trace.steps[1].parameterCount == 8)
    #expect(trace.steps[1].multiplyAdds == 0)
    // Normalisation and functions are drawn with the layer before.
    let outline = ModelOutline(trace)
    #expect(outline.nodes.map(\.types.count) == [3, 5])
    let functions = ModelTrace(Functions(), on: .ones([2, 3]))
    #expect(
      functions.steps.map(\.type)
        == ["LayerNorm", "gelu", "elu", "softplus", "relu6", "leakyReLU"])
  }

  private final class Functions: Module, Layer {
    let norm = LayerNorm(3)
    func forward(_ x: Tensor) -> Tensor { norm(x).gelu().elu().softplus().relu6().leakyReLU() }
  }

  private func expectMessage(_ result: ExitTest.Result?, _ sentence: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(sentence), "printed: \(text)")
  }

  @Test func whatDoesNotFitStopsAtTheDoor() async {
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LayerNorm([3, 0])
      }, "LayerNorm expects the lengths of one or more axes, each 1 or more, got [3, 0]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LayerNorm([2, 3])(.ones([2, 4, 3]))
      }, "LayerNorm expects [...] + [2, 3], got [2, 4, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GroupNorm(groups: 3, 4)
      }, "GroupNorm expects channels in equal groups, got 4 channels and 3 groups")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = GroupNorm(groups: 2, 4)(.ones([2, 6, 3]))
      }, "GroupNorm expects [n, 4, ...], got [2, 6, 3]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = InstanceNorm2d(3)(.ones([3, 4, 4]))
      }, "InstanceNorm2d expects [n, 3, h, w], got [3, 4, 4]")
    expectMessage(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Softplus(beta: .nan)
      }, "Softplus expects a finite beta that is not 0, got nan")
  }

  /// By hand: Φ(1) = 0.841345; e^−1 − 1 = −0.632121; ln 2 = 0.693147.
  @Test func functionsOfOneNumber() {
    func expect(_ layer: any Layer, _ x: Float, _ wanted: Float) {
      #expect((layer(Tensor([x])).item - wanted).magnitude < 2e-6, "\(layer) of \(x)")
    }
    expect(GELU(), 1, 0.841345)
    expect(GELU(.tanh), 1, 0.841192)
    expect(ELU(), -1, -0.632121)
    expect(ELU(2), -1, -1.264241)
    expect(Softplus(), 0, 0.693147)
    expect(Softplus(beta: 2), 0, 0.346574)
    expect(Softplus(threshold: 0.5), 1, 1)
    expect(ReLU6(), 7, 6)
    expect(LeakyReLU(), -1, -0.01)
  }
}

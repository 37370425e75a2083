import NeuralNetworks
import Tensors
import Testing

/// Counts of parameters: torchvision's. Multiply-adds at 224 × 224: half of what PyTorch 2.15's
/// `torch.utils.flop_counter` counts for the same nets (1.81, 3.66 and 2.83 G in torchvision's tables).
@Suite struct ModelSummaryTests {
  private func summary(_ model: some Layer, detail: Int? = nil) -> ModelSummary {
    ModelSummary(ModelTrace(model, on: .zeros([1, 3, 224, 224])), detail: detail)
  }

  @Test func aResNet18CostsWhatIsPublished() {
    var generator = SeededGenerator(seed: 42)
    let model = ResNet.resNet18(using: &generator)
    let total = summary(model).total
    #expect(model.parameterCount == 11_689_512)
    #expect(total.parameters == 11_689_512)
    #expect(total.trainable == 11_689_512)
    #expect(total.multiplyAdds == 1_814_073_344)
    #expect(total.output == [1, 1000])
  }

  @Test func aResNet34CostsWhatIsPublished() {
    var generator = SeededGenerator(seed: 42)
    let total = summary(ResNet.resNet34(using: &generator)).total
    #expect(total.parameters == 21_797_672)
    #expect(total.multiplyAdds == 3_663_761_408)
  }

  @Test func aDenseNet121CostsWhatIsPublished() {
    var generator = SeededGenerator(seed: 42)
    let total = summary(DenseNet.denseNet121(using: &generator)).total
    #expect(total.parameters == 7_978_856)
    #expect(total.multiplyAdds == 2_834_161_664)
  }

  @Test func aUNetOnAResNet34CountsAsInPyTorch() {
    var generator = SeededGenerator(seed: 42)
    let model = UNet(
      encoder: ResNet.resNet34(using: &generator).body, classes: 2, size: (64, 64),
      using: &generator)
    let total = ModelSummary(ModelTrace(model, on: .zeros([1, 3, 64, 64]))).total
    // `model_nets.py`, UNet on the same encoder, and its flop counter.
    #expect(total.parameters == 41_225_398)
    #expect(total.multiplyAdds == 1_963_032_576)
  }

  @Test func theCoursesRatingModelHasItsCount() {
    var generator = SeededGenerator(seed: 42)
    let model = DotProductBias(
      users: 944, items: 1654, factors: 40, range: 0...5.5, using: &generator)
    // The course's notebook on MovieLens 100k: 944·41 + 1654·41.
    #expect(model.parameterCount == 106_518)
    let trace = ModelTrace(model) { _ in model(users: [1, 2, 3], items: [4, 5, 6]) }
    let summary = ModelSummary(trace)
    #expect(summary.total.parameters == 106_518)
    #expect(summary.rows.map(\.parameters).prefix(4) == [37_760, 66_160, 944, 1654])
    #expect(trace.inputs == [[3], [3]])  // users and items, each read twice
  }

  @Test func frozenParametersAreNotTrainable() {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(Linear(3, 5, using: &generator), Linear(5, 2, using: &generator))
    for parameter in model.layers[0].parameters { parameter.isFrozen = true }
    let summary = ModelSummary(ModelTrace(model, on: .ones([7, 3])))
    #expect(summary.rows.map(\.parameters) == [20, 12])
    #expect(summary.rows.map(\.trainable) == [0, 12])
    #expect(summary.rows.map(\.multiplyAdds) == [7 * 3 * 5, 7 * 5 * 2])
    #expect(summary.rows.map(\.activationBytes) == [7 * 5 * 4, 7 * 2 * 4])
    // The trace leaves frozen what was.
    #expect(model.parameters.map(\.isFrozen) == [true, true, false, false])
  }

  @Test func aRecurrentNetMultipliesAtEveryStep() {
    var generator = SeededGenerator(seed: 42)
    let net = LSTM(3, 4, layers: 2, using: &generator)
    let trace = ModelTrace(net, on: .ones([2, 5, 3])) { net($0[0]).output }
    // 2 sequences, 5 steps: 4 gates of 4 numbers, from 3 and 4 numbers, then from 4 and 4.
    #expect(trace.steps.map(\.multiplyAdds) == [2 * 5 * (16 * 7 + 16 * 8)])
    #expect(trace.steps.map(\.output) == [[2, 5, 4]])
  }

  @Test func aTableOfBlocksHasTheSameSums() {
    var generator = SeededGenerator(seed: 42)
    let trace = ModelTrace(ResNet.resNet18(using: &generator), on: .zeros([1, 3, 64, 64]))
    let (all, blocks) = (ModelSummary(trace), ModelSummary(trace, detail: 1))
    #expect(blocks.total == all.total)
    #expect(blocks.rows.map(\.name).contains("stages.3"))
    #expect(blocks.rows.count == 4 + 4 + 2)
    let lines = blocks.text.split(separator: "\n")
    #expect(lines.count == blocks.rows.count + 2)
    #expect(lines.last?.contains("11,689,512") == true)
  }

  @Test func parametersOutsideOfLayersAreCountedToo() {
    let scale = Scale()
    let summary = ModelSummary(ModelTrace(scale, on: .ones([2, 3])))
    #expect(summary.rows.map(\.type) == ["ReLU", "used outside of layers"])
    #expect(summary.total.parameters == 3)
  }

  private final class Scale: Module, Layer {
    let relu = ReLU()
    let factor = Parameter(.ones([3]))
    func forward(_ x: Tensor) -> Tensor { relu(x) * factor.wrappedValue }
  }
}

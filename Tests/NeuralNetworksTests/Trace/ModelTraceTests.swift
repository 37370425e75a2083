import NeuralNetworks
import Tensors
import Testing

@Suite struct ModelTraceTests {
  @Test func aResidualBlockAddsItsInput() {
    var generator = SeededGenerator(seed: 42)
    let block = ResNet.BasicBlock(4, 4, using: &generator)
    let trace = ModelTrace(block, on: .ones([2, 4, 5, 5]))
    #expect(
      trace.steps.map(\.type) == [
        "Convolution2d", "BatchNorm", "relu", "Convolution2d", "BatchNorm", "+", "relu",
      ])
    #expect(trace.steps[5].sources == [.input(0), .step(4)])
    #expect(trace.steps[0].sources == [.input(0)])
    #expect(trace.source == .step(6))
  }

  @Test func theRunLeavesNoTraceInTheModel() {
    var generator = SeededGenerator(seed: 42)
    let net = Sequential(BatchNorm(3), Dropout(0.5, seed: 1), Linear(3, 2, using: &generator))
    net.layers[0].train(false)
    let before = net.namedBuffers.map(\.buffer.value)
    _ = ModelTrace(net, on: .normal([8, 3], mean: 5, using: &generator))
    #expect(net.namedBuffers.map(\.buffer.value) == before)
    #expect(net.layers.map(\.isTraining) == [false, true, true])
    #expect(net.parameters.map(\.hasGrad) == [false, false, false, false])
  }

  @Test func itWorksInsideWithoutGradients() {
    var generator = SeededGenerator(seed: 42)
    let block = ResNet.BasicBlock(2, 2, using: &generator)
    let trace = withoutGradients { ModelTrace(block, on: .ones([1, 2, 4, 4])) }
    #expect(trace.steps.count == 7)
  }

  @Test func aLayerUsedAgainCountsOnce() {
    var generator = SeededGenerator(seed: 42)
    let shared = Linear(4, 4, using: &generator)
    let trace = ModelTrace(Sequential(shared, ReLU(), shared), on: .ones([1, 4]))
    #expect(trace.steps.map(\.parameterCount) == [20, 0, 0])
    #expect(trace.steps.map(\.sharesParameters) == [false, false, true])
    #expect(trace.steps.map(\.multiplyAdds) == [16, 0, 16])
  }

  @Test func aTiedDecoderBringsOnlyItsBias() {
    var generator = SeededGenerator(seed: 42)
    let model = LanguageModel(
      words: 10, features: 4, hidden: 6, layers: 2, using: &generator)
    let trace = ModelTrace(model) { _ in model([1, 2, 3, 4, 5, 6], rows: 2) }
    #expect(trace.steps.last?.type == "TiedDecoder")
    #expect(trace.steps.last?.parameterCount == 10)
    #expect(trace.output == [2, 3, 10])
    #expect(
      trace.steps.reduce(trace.otherParameterCount) { $0 + $1.parameterCount }
        == model.parameterCount)
  }

  @Test func concatenationsAreFoundThroughReshaping() {
    var generator = SeededGenerator(seed: 42)
    let model = TabularModel(
      categories: [(5, 2), (3, 1)], numbers: 2, hidden: [4], outputs: 1, using: &generator)
    let trace = ModelTrace(model, on: .ones([3, 2])) {
      model(categories: [[0, 1, 2], [2, 1, 0]], numbers: $0[0])
    }
    let joins = trace.steps.filter { $0.type == "concatenate" }
    #expect(joins.map(\.inputs) == [[[3, 2], [3, 1]], [[3, 3], [3, 2]]])
    #expect(trace.inputs == [[3, 2], [3], [3]])
  }
}

@Suite struct ModelOutlineTests {
  @Test func equalBlocksAreFolded() {
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(
      blocks: [3, 4], widths: [4, 8], channels: 1, classes: 2, using: &generator)
    let outline = ModelOutline(ModelTrace(model, on: .zeros([1, 1, 16, 16])), limit: 100)
    // Of the second stage the first block halves the size; the others are equal.
    #expect(outline.groups.map(\.count) == [3, 1, 3])
    #expect(outline.groups.map(\.type) == ["BasicBlock", "BasicBlock", "BasicBlock"])
    let first = outline.nodes.filter { $0.group == 0 }
    #expect(
      first.map(\.types) == [
        ["Convolution2d", "BatchNorm", "relu"], ["Convolution2d", "BatchNorm"], ["+", "relu"],
      ])
  }

  @Test func blocksThatDifferStayApart() {
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(blocks: [3], widths: [4], channels: 1, classes: 2, using: &generator)
    for parameter in model.stages[0].layers[0].parameters { parameter.isFrozen = true }
    let outline = ModelOutline(ModelTrace(model, on: .zeros([1, 1, 16, 16])), limit: 100)
    #expect(outline.groups.map(\.count) == [1, 2])
  }

  @Test func aSkipConnectionIsAnEdge() {
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(blocks: [2], widths: [4], channels: 1, classes: 2, using: &generator)
    let outline = ModelOutline(ModelTrace(model, on: .zeros([1, 1, 16, 16])), limit: 100)
    // stem, pool, conv, conv, +, pool, head: the pool feeds the first convolution and the sum.
    #expect(outline.nodes.count == 7)
    #expect(outline.edges.filter { $0.from == .node(1) }.map(\.to) == [2, 4])
    #expect(outline.edges.map(\.shape).contains([1, 4, 4, 4]))
  }

  @Test func aLimitTakesFewerBlocksApart() {
    var generator = SeededGenerator(seed: 42)
    let trace = ModelTrace(ResNet.resNet34(using: &generator), on: .zeros([1, 3, 32, 32]))
    #expect(ModelOutline(trace).nodes.count <= 32)
    let stages = ModelOutline(trace, detail: 1)
    #expect(
      stages.nodes.filter(\.isBlock).map(\.types) == [3, 4, 6, 3].map { ["\($0) BasicBlocks"] })
    let blocks = ModelOutline(trace, detail: 2)
    #expect(blocks.nodes.filter(\.isBlock).map(\.count) == [3, 1, 3, 1, 5, 1, 2])
  }
}

import NeuralNetworks
import Tensors
import Testing

@testable import Notebook

@Suite struct ModelDiagramTests {
  private func net(frozen: Bool = false) -> ModelTrace {
    var generator = SeededGenerator(seed: 42)
    let model = ResNet(blocks: [3], widths: [4], channels: 1, classes: 2, using: &generator)
    if frozen { for parameter in model.convolution.parameters { parameter.isFrozen = true } }
    return ModelTrace(model, on: .zeros([1, 1, 16, 16]))
  }

  @Test func equalBlocksAreDrawnOnce() throws {
    let drawing = Drawing(of: net(), id: "net", title: "A net")
    #expect(drawing.dot.contains("BasicBlock × 3"))
    #expect(drawing.dot.contains("× n: n equal blocks"))
    // stem, pool, two convolutions and a sum, pool, head
    #expect(drawing.dot.components("label=<<table border=\"0\" cellborder").count - 1 == 7)
    let figure = drawing.figure()
    #expect(figure.problem == nil)
    #expect(figure.svg?.contains("1 × 4 × 4 × 4") == true)
  }

  @Test func frozenLayersAreDashed() {
    let dot = Drawing(of: net(), id: "net", title: "A net").dot
    #expect(!dot.contains("dashed"))
    let frozen = Drawing(diagramOf: net(frozen: true), detail: 9, id: "net", title: "A net").dot
    #expect(!frozen.contains("196 parameters, frozen"))  // with its batch norm, which is not
    let alone = ModelTrace(frozenConvolution(), on: .zeros([1, 1, 8, 8]))
    let diagram = Drawing(diagramOf: alone, id: "net", title: "A net").dot
    #expect(diagram.contains("40 parameters, frozen"))
    #expect(diagram.contains("rounded,filled,dashed"))
    #expect(diagram.contains("dashed: frozen"))
  }

  private func frozenConvolution() -> Sequential {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(
      Convolution2d(1, 4, kernel: 3, using: &generator), ReLU(),
      Convolution2d(4, 2, kernel: 3, using: &generator))
    for parameter in model.layers[0].parameters { parameter.isFrozen = true }
    return model
  }

  @Test func aUNetIsDrawnAsAU() throws {
    var generator = SeededGenerator(seed: 42)
    let encoder = ResNet(
      blocks: [2, 2, 2], widths: [4, 4, 4], channels: 1, classes: 2, using: &generator)
    let model = UNet(
      encoder: encoder.body, channels: 1, classes: 2, size: (32, 32), using: &generator)
    let trace = ModelTrace(model, on: .zeros([1, 1, 32, 32]))
    let drawing = Drawing(diagramOf: trace, detail: 1, id: "unet", title: "U-Net")
    // Three sizes of the encoder and the image itself meet what comes up.
    #expect(drawing.dot.components("rank=same").count - 1 == 4)
    #expect(drawing.dot.components("dir=back").count - 1 == 4)
    let figure = drawing.figure()
    #expect(figure.problem == nil)
    #expect(figure.svg?.contains("2 BasicBlocks") == true)
  }

  @Test func aShortChainIsDrawnAsTheNotesDo() {
    var generator = SeededGenerator(seed: 42)
    let model = Sequential(Linear(3, 5, using: &generator), ReLU())
    let dot = Drawing(of: ModelTrace(model, on: .ones([1, 3])), id: "net", title: "A net").dot
    #expect(dot.contains("rankdir=LR"))
    #expect(dot.contains("weight 3 × 5"))
  }

  @Test func aTraceIsATable() throws {
    let cells = ModelSummary(net()).cells
    #expect(cells.allSatisfy { $0.count == ModelSummary.columns.count })
    #expect(cells.last?[1] == "sum")
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

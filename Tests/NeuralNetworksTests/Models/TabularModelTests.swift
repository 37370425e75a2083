import NeuralNetworks
import Tensors
import Testing

@Suite struct TabularModelTests {
  @Test func theRuleForEmbeddingSizesIsFastais() {
    // fastai.tabular.data.emb_sz_rule: min(600, round(1.6 · n^0.56))
    #expect([2, 7, 9, 24, 1116].map(TabularModel.features) == [2, 5, 5, 9, 81])
    #expect(TabularModel.features(for: 100_000) == 600)
  }

  @Test func hiddenLayersAreLinearReLUNormDropout() {
    var generator = SeededGenerator(seed: 42)
    let model = TabularModel(
      categories: [(10, 6)], numbers: 3, hidden: [200, 100], outputs: 2,
      dropouts: [0.001, 0.01], embeddingDropout: 0.04, using: &generator)
    #expect(
      model.layers.layers.map { "\(type(of: $0))" } == [
        "Linear", "ReLU", "BatchNorm", "Dropout", "Linear", "ReLU", "BatchNorm", "Dropout",
        "Linear",
      ])
    #expect(model.layers.layers.compactMap { ($0 as? Dropout)?.p } == [0.001, 0.01])
    #expect(model.embeddingDropout.p == 0.04)
    let weights = model.embeddings[0].weight.values
    #expect(weights.allSatisfy { $0.magnitude <= 0.02 }, "two deviations of 0.01")
  }

  @Test func outputsStayInsideTheirRange() {
    var generator = SeededGenerator(seed: 42)
    let model = TabularModel(
      categories: [], numbers: 2, hidden: [4], outputs: 1, range: 0...5, using: &generator)
    let y = model(categories: [], numbers: .normal([50, 2], deviation: 100, using: &generator))
    #expect(y.values.allSatisfy { $0 >= 0 && $0 <= 5 })
  }
}

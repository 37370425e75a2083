import NeuralNetworks
import Tensors
import Testing

@Suite struct ModuleTests {
  private func net() -> Sequential {
    var generator = SeededGenerator(seed: 42)
    return Sequential(Linear(3, 5, using: &generator), ReLU(), Linear(5, 2, using: &generator))
  }

  @Test func parametersHaveTheirNames() {
    #expect(
      net().namedParameters.map(\.name) == [
        "layers.0.weight", "layers.0.bias", "layers.2.weight", "layers.2.bias",
      ])
    #expect(net().parameterCount == 3 * 5 + 5 + 5 * 2 + 2)
  }

  @Test func aSharedLayerCountsOnce() {
    var generator = SeededGenerator(seed: 42)
    let shared = Linear(4, 4, using: &generator)
    #expect(Sequential(shared, ReLU(), shared).parameterCount == 20)
  }

  @Test func theTraceNotesWhatRan() {
    let trace = ModelTrace(net(), on: .ones([7, 3]))
    #expect(trace.steps.map(\.type) == ["Linear", "ReLU", "Linear"])
    #expect(trace.steps.map(\.output) == [[7, 5], [7, 5], [7, 2]])
    #expect(trace.steps.map(\.parameterCount) == [20, 0, 12])
    #expect(trace.steps.map(\.name) == ["layers.0", "layers.1", "layers.2"])
  }

  @Test func initialWeightsStayInsideTheirBound() {
    var generator = SeededGenerator(seed: 42)
    let s = Linear(100, 50, using: &generator).weight.statistics
    #expect(s.minimum >= -0.1 && s.maximum < 0.1)
    // The deviation of an even spread over ±0.1 is 0.1/√3; 5,000 numbers know it to half a percent.
    #expect(abs(s.deviation - 0.1 / Float(3).squareRoot()) < 0.0015)
  }

  @Test func aSigmoidAtTheEndGivesProbabilities() {
    let values = Sequential(net(), Sigmoid())(.ones([4, 3])).values
    #expect(values.allSatisfy { $0 > 0 && $0 < 1 })
  }
}

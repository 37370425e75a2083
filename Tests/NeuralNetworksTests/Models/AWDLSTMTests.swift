import NeuralNetworks
import Tensors
import Testing

@Suite struct AWDLSTMTests {
  private func model(_ dropouts: AWDLSTM.Dropouts = .none) -> AWDLSTM {
    var generator = SeededGenerator(seed: 42)
    return AWDLSTM(
      words: 12, features: 3, hidden: 5, layers: 2, dropouts: dropouts, using: &generator)
  }

  @Test func aKeptStateContinuesTheText() {
    let (whole, parts) = (model(), model())
    let y = whole([1, 2, 3, 4, 5, 6], rows: 1)
    let first = parts([1, 2], rows: 1)
    let second = parts([3, 4, 5, 6], rows: 1)
    let joined = concatenate([first, second], axis: 1)
    #expect(zip(y.values, joined.values).allSatisfy { ($0 - $1).magnitude < 1e-6 })
  }

  @Test func resetAndAnotherCountOfRowsBeginAnew() {
    let model = model()
    let y = model([1, 2], rows: 1)
    #expect(model([1, 2], rows: 1) != y)
    model.reset()
    #expect(model([1, 2], rows: 1) == y)
    #expect(model([1, 1, 2, 2], rows: 2).shape == [2, 2, 3])
  }

  @Test func dropoutsOnlyWorkWhileTraining() {
    let model = model(AWDLSTM.Dropouts().scaled(by: 2))
    func run() -> Tensor {
      model.reset()
      return model([1, 2, 3, 4], rows: 1)
    }
    #expect(run() != run())
    model.train(false)
    #expect(run() == run())
  }

  @Test func itHasFastaisCount() {
    var generator = SeededGenerator(seed: 42)
    // fastai's AWD_LSTM(60002, 400, 1152, 3): an embedding, then per layer 4·hidden·(inputs + hidden + 2).
    let model = AWDLSTM(words: 100, using: &generator)
    let layers = [(400, 1152), (1152, 1152), (1152, 400)].map { 4 * $1 * ($0 + $1 + 2) }
    #expect(model.parameterCount == 100 * 400 + layers.reduce(0, +))
  }
}

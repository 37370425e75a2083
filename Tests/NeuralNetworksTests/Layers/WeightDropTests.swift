import NeuralNetworks
import Tensors
import Testing

@Suite struct WeightDropTests {
  private func net(_ p: Float, seed: UInt64 = 1) -> WeightDrop<LSTM> {
    var generator = SeededGenerator(seed: 42)
    return WeightDrop(LSTM(3, 30, layers: 2, using: &generator), p, seed: seed)
  }

  @Test func onlyHiddenWeightsAreDropped() {
    let net = net(0.25)
    var dropped = 0
    for (cell, weights) in zip(net.net.cells, net.weights()) {
      #expect(weights.input == cell.inputWeight)
      #expect(weights.inputBias == cell.inputBias)
      #expect(weights.hiddenBias == cell.hiddenBias)
      for (kept, full) in zip(weights.hidden.values, cell.hiddenWeight.values) {
        #expect(kept == 0 || (kept - full / 0.75).magnitude <= 1e-6 * full.magnitude)
        dropped += kept == 0 ? 1 : 0
      }
    }
    // 2 · 120 · 30 = 7,200 choices at 0.25: a deviation of 37; four of them.
    #expect(abs(dropped - 1800) < 148)
  }

  @Test func theSameWeightsWorkAtEveryStep() {
    // A net whose state is W_hh·h alone: after two steps h is W_hh² times the start, with one mask.
    var generator = SeededGenerator(seed: 42)
    let rnn = RNN(1, 4, activation: .relu, using: &generator)
    let cell = rnn.cells[0]
    cell.hiddenWeight = .uniform([4, 4], in: 0.5..<1, using: &generator)
    for parameter in [cell.$inputWeight, cell.$inputBias, cell.$hiddenBias] {
      parameter.value = .zeros(parameter.value.shape)
    }
    let dropped = WeightDrop(rnn, 0.5, seed: 1)
    let masked = WeightDrop(rnn, 0.5, seed: 1).weights()[0].hidden
    let y = dropped(.zeros([1, 2, 1]), .ones([1, 1, 4])).output
    let first = matmul(Tensor.ones([1, 4]), masked.transposed())
    let second = matmul(first, masked.transposed())
    for (t, wanted) in [first, second].enumerated() {
      // Sums of four positive products: a few roundings of 6e-8 each.
      #expect(
        zip(y[0][t].values, wanted.values).allSatisfy { ($0 - $1).magnitude <= 1e-6 * (1 + $1) })
    }
  }

  @Test func droppedWeightsHaveNoGradientThroughTheProduct() {
    let net = net(0.5)
    let other = self.net(0.5).weights()
    var generator = SeededGenerator(seed: 3)
    net(.normal([2, 5, 3], using: &generator)).output.square().mean().backward()
    for (cell, weights) in zip(net.net.cells, other) {
      for (g, w) in zip(cell.$hiddenWeight.grad.values, weights.hidden.values) where w == 0 {
        #expect(g == 0)
      }
      #expect(cell.$hiddenWeight.grad.values.contains { $0 != 0 })
    }
  }

  @Test func aCallChoosesAnewASeedDoesNotAndTestTimeChangesNothing() {
    var generator = SeededGenerator(seed: 3)
    let x = Tensor.normal([2, 5, 3], using: &generator)
    let (a, b) = (net(0.5), net(0.5))
    let first = a(x).output
    #expect(first == b(x).output)
    #expect(a(x).output != first)
    a.train(false)
    #expect(a(x).output == a.net(x).output)
    #expect(a(x).state.c == a.net(x).state.c)
    #expect(a.namedParameters.first?.name == "net.cells.0.inputWeight")
  }

  @Test func aGRUCanBeThinnedOutToo() {
    var generator = SeededGenerator(seed: 42)
    let gru = WeightDrop(GRU(3, 4, using: &generator), 0.5, seed: 1)
    let x = Tensor.normal([2, 5, 3], using: &generator)
    #expect(gru(x).output != gru.net(x).output)
    gru.train(false)
    #expect(gru(x).output == gru.net(x).output)
  }
}

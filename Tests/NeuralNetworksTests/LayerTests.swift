import NeuralNetworks
import Tensors
import Testing

@Suite struct LayerTests {
  @Test func dropoutKeepsTheMeanAndOnlyWorksWhileTraining() {
    let layer = Dropout(0.25, seed: 42)
    let x = Tensor.ones([100, 100])
    let y = layer(x)
    let zeros = y.values.count { $0 == 0 }
    // 10,000 choices at 0.25: a standard deviation of 43; four of them.
    #expect(abs(zeros - 2500) < 175)
    #expect(y.values.allSatisfy { $0 == 0 || abs($0 - 1 / 0.75) < 1e-6 })
    #expect(layer(x) != y)  // a fresh choice each time
    layer.train(false)
    #expect(layer(x) == x)
  }

  @Test func trainReachesInnerModules() {
    let net = Sequential(Dropout(0.5, seed: 42), BatchNorm(3))
    net.train(false)
    let x = Tensor.ones([4, 3])
    // Running mean 0 and variance 1 at first: the layer divides by √(1 + ε) only.
    let y = net(x).values
    #expect(y.allSatisfy { abs($0 - 1) < 1e-4 })
  }

  @Test func aConvolutionLayerHasItsParameters() {
    var generator = SeededGenerator(seed: 42)
    let layer = Convolution2d(3, 8, kernel: 3, stride: 2, padding: 1, using: &generator)
    #expect(layer.namedParameters.map(\.name) == ["weight", "bias"])
    #expect(layer.parameterCount == 3 * 8 * 9 + 8)
    #expect(layer(.ones([2, 3, 7, 5])).shape == [2, 8, 4, 3])
    let bare = Convolution2d(3, 8, kernel: 3, hasBias: false, using: &generator)
    #expect(bare.parameterCount == 3 * 8 * 9)
  }

  @Test func aStateCarriedOnContinuesTheSequence() {
    var generator = SeededGenerator(seed: 42)
    let net = GRU(3, 4, layers: 2, using: &generator)
    let x = Tensor.normal([2, 6, 3], using: &generator)
    let whole = net(x)
    let first = net(x.sliced(axis: 1, 0..<2))
    let second = net(x.sliced(axis: 1, 2..<6), first.h)
    let joined = concatenate([first.output, second.output], axis: 1)
    #expect(zip(whole.output.values, joined.values).allSatisfy { ($0 - $1).magnitude < 1e-6 })
  }

  @Test func anEmbeddingIsAProductWithOneHot() {
    var generator = SeededGenerator(seed: 42)
    let table = Embedding(5, 3, using: &generator)
    #expect(table([4, 0, 4]) == matmul(.oneHot([4, 0, 4], classes: 5), table.weight))
  }

  @Test func aRecurrentNetHasTorchsCounts() {
    var generator = SeededGenerator(seed: 42)
    // torch.nn.GRU(64, 64, 2): 2 · (3·64·64 + 3·64·64 + 3·64 + 3·64) = 49,920
    #expect(GRU(64, 64, layers: 2, using: &generator).parameterCount == 49_920)
    #expect(RNN(64, 64, using: &generator).parameterCount == 8_320)
    #expect(LSTM(3, 4, using: &generator).parameterCount == 4 * 4 * (3 + 4 + 2))
  }
}

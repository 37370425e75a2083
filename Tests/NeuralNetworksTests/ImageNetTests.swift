import NeuralNetworks
import Tensors
import Testing

/// The course's three nets for digits.
@Suite struct ImageNetTests {
  // PyTorch's counts, asserted in Tests/References/mnist_residual.py
  @Test func countsAreThoseOfTheCourse() {
    var generator = SeededGenerator(seed: 42)
    #expect(SimpleCNN(using: &generator).parameterCount == 12_126)
    #expect(ConvLayerCNN(using: &generator).parameterCount == 12_044)
    #expect(SmallResNet(using: &generator).parameterCount == 41_132)
  }

  @Test func tenLogitsComeOutOfAnyImageUpTo32Pixels() {
    var generator = SeededGenerator(seed: 42)
    for size in [8, 28, 32] {
      let x = Tensor.normal([2, 1, size, size], using: &generator)
      #expect(SimpleCNN(using: &generator)(x).shape == [2, 10])
      #expect(ConvLayerCNN(using: &generator)(x).shape == [2, 10])
      #expect(SmallResNet(using: &generator)(x).shape == [2, 10])
    }
  }

  @Test func anUntrainedResidualNetIsItsStrideTwoLayers() {
    var generator = SeededGenerator(seed: 42)
    let net = SmallResNet(using: &generator)
    let x = Tensor.normal([2, 1, 28, 28], using: &generator)
    let plain = Sequential(net.layers.layers.filter { !($0 is ResBlock) })
    #expect(plain.layers.count == 6)
    #expect(net(x) == plain(x))
  }

  @Test func weightsStartFromHesDistribution() {
    var generator = SeededGenerator(seed: 42)
    let s = ConvLayer(32, 64, using: &generator).convolution.weight.statistics
    // √(2 / (32·9)) = 0.08333; 18,432 numbers know it to half a percent, a mean of 0 to 0.0006.
    #expect(abs(s.deviation - 0.08333) < 0.0017)
    #expect(abs(s.mean) < 0.0025)
  }
}

import NeuralNetworks
import Tensors
import Testing

@Suite struct UNetTests {
  private func model() -> UNet {
    var generator = SeededGenerator(seed: 42)
    let encoder = ResNet(
      blocks: [1, 1], widths: [4, 6], channels: 1, classes: 1, using: &generator)
    return UNet(encoder: encoder.body, channels: 1, classes: 2, size: (32, 32), using: &generator)
  }

  @Test func theOutputIsAsLargeAsTheInput() {
    let model = model()
    // 13 × 19 becomes 7 × 10, 4 × 5, 2 × 3 on the way down; no doubling leads back.
    for (height, width) in [(32, 32), (13, 19), (48, 33)] {
      #expect(model(.ones([2, 1, height, width])).shape == [2, 2, height, width])
    }
  }

  @Test func crossConnectionsComeFromBeforeEachHalving() {
    let model = model()
    // Layers: convolution, norm, ReLU | pool, first stage | second stage.
    #expect(model.crossings == [4, 2])
    #expect(model.lastUp != nil)
  }

  @Test func pixelShuffleStartsAsAnEnlargement() {
    var generator = SeededGenerator(seed: 42)
    let layer = PixelShuffle(3, 2, using: &generator)
    let y = layer(.normal([1, 3, 2, 2], using: &generator))
    #expect(y.shape == [1, 2, 4, 4])
    let small = y.averagePool2d(2)
    // Each square of 2 × 2 holds one value: enlarging the means gives the same picture.
    let distance = (small.resizedNearest((height: 4, width: 4)) - y).abs().max().item
    #expect(distance < 1e-6)
  }
}

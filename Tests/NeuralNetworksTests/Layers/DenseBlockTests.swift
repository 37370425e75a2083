import NeuralNetworks
import Tensors
import Testing

@Suite struct DenseBlockTests {
  @Test func theInputIsItsFirstChannels() {
    var generator = SeededGenerator(seed: 42)
    let x = Tensor.normal([2, 3, 5, 4], using: &generator)
    var y = x
    for _ in 0..<3 { y = DenseBlock(y.shape[1], growth: 2, using: &generator)(y) }
    #expect(y.shape == [2, 9, 5, 4])
    #expect(y.sliced(axis: 1, 0..<3) == x)
  }

  @Test func theNotesFormDoublesTheChannels() {
    var generator = SeededGenerator(seed: 42)
    let block = DenseBlock(4, using: &generator)
    #expect(block(.ones([2, 4, 3, 3])).shape == [2, 8, 3, 3])
    // Two convolutions 3 × 3 from 4 to 4 channels, two batch norms.
    #expect(block.parameterCount == 2 * (4 * 4 * 9 + 2 * 4))
  }
}

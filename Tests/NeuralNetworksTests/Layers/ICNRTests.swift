import NeuralNetworks
import Tensors
import Testing

@Suite struct ICNRTests {
  @Test func theStartIsANearestNeighbourEnlargement() {
    var generator = SeededGenerator(seed: 42)
    let layer = Convolution2d(3, 2 * 9, kernel: 3, padding: 1, using: &generator)
    layer.initialiseICNR(factor: 3)
    let x = Tensor.normal([2, 3, 5, 4], using: &generator)
    let up = layer(x).pixelShuffled(3)
    #expect(up.shape == [2, 2, 15, 12])
    // The convolution that the first filters of the groups make, enlarged. The same sums, perhaps in another
    // order: 27 products of size 1, so a few units of 1e-7.
    let firsts = [0, 9]
    let small = convolution2d(x, layer.weight.rows(firsts), stride: 1, padding: 1)
    let bias = (layer.bias?.value.rows(firsts) ?? Tensor([0, 0])).reshaped([1, 2, 1, 1])
    let enlarged = (small + bias).resizedNearest((height: 15, width: 12))
    #expect(zip(up.values, enlarged.values).allSatisfy { ($0 - $1).magnitude < 2e-6 })
    // Not so before: neighbours differ.
    let plain = Convolution2d(3, 2 * 9, kernel: 3, padding: 1, using: &generator)
    let other = plain(x).pixelShuffled(3)
    #expect(other[0][0][0].values[0] != other[0][0][0].values[1])
    #expect(up[0][0][0].values[0] == up[0][0][0].values[1])
  }

  @Test func everyFilterStandsFactorSquaredTimes() {
    let weights = icnr(Tensor([[1, 2], [3, 4]]).reshaped([2, 2, 1, 1]), factor: 2)
    #expect(weights.shape == [8, 2, 1, 1])
    #expect(weights.values == [1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4, 3, 4])
  }
}

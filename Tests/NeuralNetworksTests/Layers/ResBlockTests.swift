import NeuralNetworks
import Tensors
import Testing

@Suite struct ResBlockTests {
  @Test func anUntrainedBlockIsTheIdentity() {
    var generator = SeededGenerator(seed: 42)
    let block = ResBlock(3, using: &generator)
    let x = Tensor.normal([2, 3, 5, 4], using: &generator)
    #expect(block(x) == x)
    block.train(false)
    #expect(block(x) == x)
  }

  @Test func itAddsItsInputToWhatItsLayersGive() {
    var generator = SeededGenerator(seed: 42)
    let (first, second) = (
      ConvLayer(3, 3, using: &generator), ConvLayer(3, 3, using: &generator)
    )
    let x = Tensor.normal([2, 3, 5, 4], using: &generator)
    #expect(ResBlock(first, second)(x) == x + second(first(x)))
  }

  @Test func theNormAtItsEndWakesItAndNothingElseAtFirst() {
    var generator = SeededGenerator(seed: 42)
    let block = ResBlock(3, using: &generator)
    let x = Tensor.normal([2, 3, 5, 4], using: &generator)
    block(x).square().mean().backward()
    for (name, parameter) in block.namedParameters {
      let isAwake = name == "second.norm.gamma" || name == "second.norm.beta"
      #expect((parameter.grad.zeroCount < parameter.value.count) == isAwake, "\(name)")
    }
  }
}

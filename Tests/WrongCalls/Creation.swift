import Tensors

extension Table {
  mutating func creation() {
    of("Tensor.init([Float], shape: [Int])")
    stops("Tensor") { Tensor([1, 2, 3], shape: [2, 2]) }
    stops("Tensor") { Tensor([1, 2, 3, 4], shape: [-2, -2]) }
    stops("Tensor") { Tensor([], shape: [-1]) }
    stops("Tensor") { Tensor([], shape: []) }
    stops("Tensor") { Tensor([1, 2], shape: [huge, 2]) }
    returns { Tensor([], shape: [3, 0]).count == 0 }
    of("Tensor.init([[Float]])")
    stops("rows") { Tensor([[1, 2], [3]]) }
    stops("rows") { Tensor([[], [3]]) }
    returns { Tensor([[Float]]()).shape == [0, 0] }
    of("Tensor.init(repeating: Float, [Int])")
    stops("ensor") { Tensor(repeating: 1, [-1]) }
    stops("ensor") { Tensor(repeating: 1, [-2, -3]) }
    stops("ensor") { Tensor(repeating: 1, [huge, huge]) }
    stops("ensor") { Tensor(repeating: 1, [huge]) }
    stops("ensor") { Tensor(repeating: 1, [huge / 4]) }
    stops("ensor") { Tensor(repeating: 1, tooLarge) }
    of("Tensor.zeros([Int])")
    stops { Tensor.zeros([-1]) }
    stops { Tensor.zeros([2, -3]) }
    stops { Tensor.zeros([.min]) }
    stops { Tensor.zeros([huge, 2]) }
    stops { Tensor.zeros(tooLarge) }
    // No number, but lengths whose product no Int holds: an operation that leaves the 0 out would overflow.
    stops { Tensor.zeros([0, huge, 2]).sum(axes: [0]) }
    stops { Tensor.zeros([huge, 2, 0]) }
    returns { Tensor.zeros([]).item == 0 }
    returns { Tensor.zeros([0]).sum().item == 0 }
    of("Tensor.ones([Int])")
    stops { Tensor.ones([-1]) }
    stops { Tensor.ones([huge, 2]) }
    stops { Tensor.ones(tooLarge) }
    of("Tensor.oneHot([Int], classes: Int)")
    stops { Tensor.oneHot([0, 3], classes: 3) }
    stops { Tensor.oneHot([-1], classes: 3) }
    stops { Tensor.oneHot([0], classes: 0) }
    stops { Tensor.oneHot([0], classes: -1) }
    stops { Tensor.oneHot([], classes: -1) }
    stops(anyWord) { Tensor.oneHot([0, 1], classes: huge) }
    returns { Tensor.oneHot([], classes: 3).shape == [0, 3] }

    of("Tensor.uniform([Int], in: Range<Float>)")
    stops(anyWord) { Tensor.uniform([-1], in: 0..<1, using: &generator) }
    stops(anyWord) { Tensor.uniform([huge, 2], in: 0..<1, using: &generator) }
    stops(anyWord) { Tensor.uniform(tooLarge, in: 0..<1, using: &generator) }
    stops { Tensor.uniform([2], in: -Float.infinity..<1, using: &generator) }
    stops { Tensor.uniform([2], in: 0..<Float.infinity, using: &generator) }
    stops {
      Tensor.uniform(
        [2], in: -Float.greatestFiniteMagnitude..<Float.greatestFiniteMagnitude, using: &generator)
    }
    returns { Tensor.uniform([2], in: 1..<1, using: &generator).values == [1, 1] }
    returns { Tensor.uniform([0], in: 0..<1, using: &generator).count == 0 }
    of("Tensor.normal([Int], mean: Float, deviation: Float)")
    stops(anyWord) { Tensor.normal([-1], using: &generator) }
    stops(anyWord) { Tensor.normal(tooLarge, using: &generator) }
    stops { Tensor.normal([2], deviation: -1, using: &generator) }
    stops { Tensor.normal([2], deviation: .nan, using: &generator) }
    stops { Tensor.normal([2], mean: .nan, using: &generator) }
    stops { Tensor.normal([2], deviation: .infinity, using: &generator) }
    returns { Tensor.normal([2], mean: 3, deviation: 0, using: &generator).values == [3, 3] }
    of("Tensor.truncatedNormal([Int], mean: Float, deviation: Float, bound: Float)")
    stops(anyWord) { Tensor.truncatedNormal([-1], using: &generator) }
    stops(anyWord) { Tensor.truncatedNormal([huge, 2], using: &generator) }
    stops { Tensor.truncatedNormal([2], bound: 0, using: &generator) }
    stops { Tensor.truncatedNormal([2], bound: -1, using: &generator) }
    stops { Tensor.truncatedNormal([2], bound: .nan, using: &generator) }
    stops { Tensor.truncatedNormal([2], deviation: -1, using: &generator) }
    stops { Tensor.truncatedNormal([2], mean: .nan, using: &generator) }
    of("Tensor.heNormal([Int], inputs: Int, slope: Float)")
    stops { Tensor.heNormal([2, 3], inputs: 0, using: &generator) }
    stops { Tensor.heNormal([2, 3], inputs: -2, using: &generator) }
    stops { Tensor.heNormal([2, 3], inputs: 2, slope: .nan, using: &generator) }
    stops(anyWord) { Tensor.heNormal([-2, 3], inputs: 2, using: &generator) }
    of("Tensor.heUniform([Int], inputs: Int, slope: Float)")
    stops { Tensor.heUniform([2, 3], inputs: 0, using: &generator) }
    stops { Tensor.heUniform([2, 3], inputs: .min, using: &generator) }
    stops { Tensor.heUniform([2, 3], inputs: 2, slope: .infinity, using: &generator) }
    stops(anyWord) { Tensor.heUniform([huge, 3], inputs: 2, using: &generator) }
    of("Tensor.xavierNormal([Int], inputs: Int, outputs: Int)")
    stops { Tensor.xavierNormal([2, 3], inputs: 0, outputs: 3, using: &generator) }
    stops { Tensor.xavierNormal([2, 3], inputs: 2, outputs: -3, using: &generator) }
    stops(anyWord) { Tensor.xavierNormal([-2, 3], inputs: 2, outputs: 3, using: &generator) }
    returns {
      Tensor.xavierNormal([2], inputs: huge, outputs: huge, using: &generator).isFinite
    }
    of("Tensor.xavierUniform([Int], inputs: Int, outputs: Int)")
    stops { Tensor.xavierUniform([2, 3], inputs: 0, outputs: 3, using: &generator) }
    stops { Tensor.xavierUniform([2, 3], inputs: 2, outputs: 0, using: &generator) }
    stops(anyWord) { Tensor.xavierUniform([-2, 3], inputs: 2, outputs: 3, using: &generator) }
  }
}

import Tensors
import Testing

@Suite struct HalfPrecisionGradientTests {
  @Test func theGradientGoesStraightThrough() {
    @Parameter var x = Tensor([1.0003, 70000, 1e-9])
    // y = x rounded; L = Σ c·y with c's that 16 bits do not hold.
    (x.roundedToHalf() * Tensor([1.0003, 1e-9, 3])).sum().backward()
    #expect($x.grad.values == [1.0003, 1e-9, 3])
  }

  @Test func theGradientIsRoundedOnRequest() {
    @Parameter var x = Tensor([1, 2])
    (x.roundedToHalf(roundingGradient: true) * Tensor([1.0003, 1e-9])).sum().backward()
    #expect($x.grad.values == [1, 0])
  }

  @Test func zerosAreCounted() {
    #expect(Tensor([0, -0.0, 1, 2.9e-8]).zeroCount == 2)
    #expect(Tensor([0, -0.0, 1, 2.9e-8]).roundedToHalf().zeroCount == 3)
  }
}

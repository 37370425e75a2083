import Tensors
import Testing

@Suite struct TensorTests {
  @Test func aCopyIsItsOwnValue() {
    let a = Tensor([1, 2, 3])
    var b = a
    b += Tensor([1, 1, 1])
    #expect(a.values == [1, 2, 3])
    #expect(b.values == [2, 3, 4])
  }

  @Test func addingATensorToItselfInPlaceDoubles() {
    var a = Tensor([1, 2])
    a += a
    #expect(a.values == [2, 4])
  }

  @Test func rowsAndRangesAreViewsOfTheRightNumbers() {
    let x = Tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    #expect(x[1].values == [4, 5, 6])
    #expect(x[1..<3].shape == [2, 3])
    #expect(x.sliced(axis: -1, 1..<2).values == [2, 5, 8])
    #expect(x.argmax() == [2, 2, 2])
  }

  @Test func oneSeedGivesTheSameNumbersEachTime() {
    var first = SeededGenerator(seed: 42)
    var second = SeededGenerator(seed: 42)
    var third = SeededGenerator(seed: 43)
    let a = Tensor.normal([50], using: &first)
    #expect(a == Tensor.normal([50], using: &second))
    #expect(a != Tensor.normal([50], using: &third))
  }

  @Test func splitMixGivesItsPublishedNumbers() {
    // Seed 1234567: the reference output of SplitMix64 (rosettacode.org, "Pseudo-random numbers/Splitmix64").
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
  }

  @Test func initialisersHaveTheirMoments() {
    var generator = SeededGenerator(seed: 42)
    let normal = Tensor.normal([100_000], mean: 1, deviation: 2, using: &generator).statistics
    // Standard errors: 2/√n = 0.006 of the mean, 2/√(2n) = 0.0045 of the deviation; four of them.
    #expect(abs(normal.mean - 1) < 0.026)
    #expect(abs(normal.deviation - 2) < 0.018)
    let even = Tensor.uniform([100_000], in: -3..<1, using: &generator).statistics
    #expect(abs(even.mean + 1) < 0.015)
    #expect(even.minimum >= -3 && even.maximum < 1)
  }
}

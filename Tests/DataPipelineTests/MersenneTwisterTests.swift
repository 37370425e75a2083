import DataPipeline
import Testing

/// Against NumPy 2.4.6: `RandomState(seed).permutation(n)`, `RandomState(42).randint(0, 2**32, 3, dtype=np.uint32)`.
@Suite struct MersenneTwisterTests {
  @Test func wordsAreNumPys() {
    var generator = MersenneTwister(seed: 42)
    #expect(
      (0..<3).map { _ in generator.nextWord() } == [1_608_637_542, 3_421_126_067, 4_083_286_876])
    var pair = MersenneTwister(seed: 42)
    #expect(pair.next() == 1_608_637_542 << 32 | 3_421_126_067)
  }

  @Test func permutationsAreNumPys() {
    var generator = MersenneTwister(seed: 42)
    #expect(generator.permutation(10) == [8, 1, 5, 0, 7, 2, 9, 4, 3, 6])
    #expect(generator.permutation(5) == [1, 0, 3, 4, 2])
    var another = MersenneTwister(seed: 0)
    #expect(another.permutation(100_000).prefix(5) == [3582, 60498, 53227, 21333, 3885])
  }

  /// Long enough for many twists of the state; Σ i·order[i] was summed by NumPy.
  @Test func theSplitOfTheCourseIsNumPys() {
    var generator = MersenneTwister(seed: 42)
    let order = generator.permutation(100_000)
    #expect(Array(order.prefix(4)) == [75721, 80184, 19864, 76699])
    #expect(Array(order.suffix(3)) == [76820, 860, 15795])
    #expect(order.enumerated().reduce(0) { $0 + $1.offset * $1.element } == 249_851_129_327_323)
    #expect(order.sorted() == Array(0..<100_000))
    #expect(generator.permutation(0).isEmpty && generator.permutation(1) == [0])
  }
}

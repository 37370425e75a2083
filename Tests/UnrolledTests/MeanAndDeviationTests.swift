import Testing
import Unrolled

@Suite struct MeanAndDeviationTests {
  /// By hand: the deviations are −2, 0 and 2, and (4 + 0 + 4) / (3 − 1) = 2².
  @Test func isThatOfASample() {
    let (mean, deviation) = meanAndDeviation([1, 3, 5])
    #expect(mean == 3)
    #expect(deviation == 2)
    #expect(meanAndDeviation([7]).deviation == 0)
    #expect(spread([1, 3, 5], 1) == "3.0 ± 2.0")
  }
}

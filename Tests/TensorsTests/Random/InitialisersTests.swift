import Tensors
import Testing

// The mean of 10,000 numbers of deviation σ is off by σ/100, their deviation by σ/141 (normal) or less (uniform,
// truncated). The bands are five times that.
@Suite struct InitialisersTests {
  private func statistics(
    _ make: (inout SeededGenerator) -> Tensor
  ) -> (minimum: Float, maximum: Float, mean: Float, deviation: Float) {
    var generator = SeededGenerator(seed: 42)
    return make(&generator).statistics
  }

  @Test func heNormalHasTheDeviationOfThePaper() {
    let s = statistics { .heNormal([100, 100], inputs: 50, using: &$0) }
    let deviation = Float(2.0 / 50).squareRoot()  // He et al. 2015, eq. 10
    #expect(abs(s.mean) < 0.05 * deviation)
    #expect(abs(s.deviation / deviation - 1) < 0.035)
    let leaky = statistics { .heNormal([100, 100], inputs: 50, slope: 0.5, using: &$0) }
    #expect(abs(leaky.deviation / (deviation / Float(1.25).squareRoot()) - 1) < 0.035)
  }

  @Test func heUniformFillsItsBounds() {
    let s = statistics { .heUniform([100, 100], inputs: 50, using: &$0) }
    let bound = Float(6.0 / 50).squareRoot()
    #expect(s.maximum <= bound && s.minimum >= -bound)
    // None of 10,000 in the last thousandth of the range: once in e¹⁰ = 22,000 seeds.
    #expect(s.maximum > 0.998 * bound && s.minimum < -0.998 * bound)
    #expect(abs(s.deviation / (bound / Float(3).squareRoot()) - 1) < 0.035)
  }

  @Test func aSlopeOfRootFiveIsPyTorchsDefault() {
    let s = statistics {
      .heUniform([100, 100], inputs: 64, slope: Float(5).squareRoot(), using: &$0)
    }
    #expect(s.maximum <= 0.125 * 1.000_001 && s.maximum > 0.998 * 0.125)
  }

  @Test func xavierLiesBetweenInputsAndOutputs() {
    let normal = statistics { .xavierNormal([100, 100], inputs: 30, outputs: 70, using: &$0) }
    let deviation = Float(2.0 / 100).squareRoot()  // Glorot and Bengio 2010, eq. 12
    #expect(abs(normal.mean) < 0.05 * deviation)
    #expect(abs(normal.deviation / deviation - 1) < 0.035)
    let uniform = statistics { .xavierUniform([100, 100], inputs: 30, outputs: 70, using: &$0) }
    let bound = Float(6.0 / 100).squareRoot()  // eq. 16
    #expect(uniform.maximum <= bound && uniform.maximum > 0.998 * bound)
    #expect(abs(uniform.deviation / deviation - 1) < 0.035)
  }

  @Test func aTruncatedNormalStaysWithinItsBound() {
    let s = statistics { .truncatedNormal([100, 100], mean: 3, deviation: 0.5, using: &$0) }
    #expect(s.minimum >= 2 && s.maximum <= 4)
    // 0.22 % lie between 1.96 and 2 deviations on each side: none of 10,000 does once in e²² seeds.
    #expect(s.minimum < 2.02 && s.maximum > 3.98)
    #expect(abs(s.mean - 3) < 0.05 * 0.5)
    // √(1 − 2·2·φ(2)/(2·Φ(2) − 1)) = 0.87963
    #expect(abs(s.deviation / (0.5 * 0.87963) - 1) < 0.035)
    let odd = statistics { .truncatedNormal([7], bound: 0.1, using: &$0) }
    #expect(odd.maximum <= 0.1 && odd.minimum >= -0.1)
  }

  @Test func aSeedGivesTheSameNumbers() {
    var (a, b) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    #expect(
      Tensor.truncatedNormal([5], using: &a) == Tensor.truncatedNormal([5], using: &b))
    #expect(
      Tensor.heNormal([5], inputs: 2, using: &a) == Tensor.heNormal([5], inputs: 2, using: &b))
    #expect(
      Tensor.heNormal([5], inputs: 2, using: &a) != Tensor.heNormal([5], inputs: 2, using: &a))
  }
}

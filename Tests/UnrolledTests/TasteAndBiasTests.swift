import Testing
import Unrolled

@Suite struct TasteAndBiasTests {
  private func model() -> DotProductBias {
    var generator = SeededGenerator(seed: 42)
    let model = DotProductBias(users: 6, items: 5, factors: 3, using: &generator)
    for table in [model.userFactors, model.itemFactors, model.userBias, model.itemBias] {
      table.weight = .normal(table.weight.shape, mean: 0.5, using: &generator)
    }
    return model
  }

  /// Twenty roundings of numbers around 3.
  @Test func predictionsStayAsTheyAre() {
    let model = model()
    let parts = TasteAndBias(model)
    for user in 0..<6 {
      for item in 0..<5 {
        let taste = (parts.userFactors[user] * parts.itemFactors[item]).sum().item
        let sum = taste + parts.userBias[user] + parts.itemBias[item]
        #expect(abs(sum - model(users: [user], items: [item]).item) < 5e-6)
      }
    }
  }

  @Test func factorsOfKnownUsersAndItemsHaveMeanZero() {
    let parts = TasteAndBias(model())
    #expect(parts.userFactors[1..<6].mean(axes: [0]).abs().max().item < 1e-6)
    #expect(parts.itemFactors[1..<5].mean(axes: [0]).abs().max().item < 1e-6)
  }
}

@Suite struct CorrelationTests {
  /// By hand: deviations (−1, 0, 1) and (−1, 1, 0) give 1/√(2·2).
  @Test func isPearsons() {
    #expect(abs(correlation([1, 2, 3], [1, 3, 2]) - 0.5) < 1e-12)
    #expect(abs(correlation([1, 2, 3], [-2, -4, -6]) + 1) < 1e-12)
  }
}

@Suite struct PosteriorCovarianceTests {
  /// Rows with variances 2 and 2 that hang together by 1: C = [[2, 1], [1, 2]] from (±a, ±b) as below.
  private func prior() -> PosteriorCovariance {
    let (p, m) = (Float(4.5).squareRoot(), Float(1.5).squareRoot())
    // Two opposite pairs along (1, 1)/√2 and (1, −1)/√2, with variances 3 and 1 over n − 1 = 3.
    return PosteriorCovariance(
      spreadOf: [[p, p], [-p, -p], [m, -m], [-m, m]].map { $0.map { $0 / Float(2).squareRoot() } })
  }

  /// In information form: C⁻¹ = (1/3)·[[2, −1], [−1, 2]]; observing (1, 0) with noise 1/2 adds 2 to its first number:
  /// (1/3)·[[8, −1], [−1, 2]], whose inverse is (1/5)·[[2, 1], [1, 8]]. Rounding of the rows in 32 bits: 1e-6.
  @Test func isTheInverseOfTheAddedInformation() {
    var posterior = prior()
    #expect(abs(posterior.variance(along: [1, 0]) - 2) < 1e-6)
    #expect(abs(posterior.covariance[0][1] - 1) < 1e-6)
    let gain = posterior.gain(
      of: [1, 0], noise: 0.5, over: PosteriorCovariance.moments([[0, 1], [1, 1]]))
    let before = posterior.variance(along: [0, 1]) + posterior.variance(along: [1, 1])
    posterior.observe([1, 0], noise: 0.5)
    for (row, expected) in zip(posterior.covariance, [[0.4, 0.2], [0.2, 1.6]]) {
      for (value, expected) in zip(row, expected) { #expect(abs(value - expected) < 1e-6) }
    }
    // 1.6 and 0.4 + 2·0.2 + 1.6 are left of 2 and 6.
    #expect(abs(before - 8) < 1e-6 && abs(gain - (8 - 1.6 - 2.4)) < 1e-6)
  }
}

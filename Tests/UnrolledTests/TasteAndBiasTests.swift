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

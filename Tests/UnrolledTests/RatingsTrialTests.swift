import Testing
import Unrolled

@Suite struct RatingsTrialTests {
  /// Ten ratings: two batches of 4 an epoch, and the two that are left are dropped.
  @Test func theShortLastBatchIsDropped() throws {
    let ratings = Ratings(
      users: (0..<10).map { "\($0 % 3)" }, items: (0..<10).map { "\($0 % 4)" },
      values: (0..<10).map { Float($0 % 5) + 0.5 })
    let outcome = try RatingsTrial(factors: 2, epochs: 3, batchSize: 4).run(
      train: ratings, valid: ratings, seed: 42)
    #expect(outcome.losses.count == 6)
    #expect(outcome.epochs.count == 3)
    #expect(outcome.valid == outcome.model.meanSquaredError(on: ratings))
  }
}

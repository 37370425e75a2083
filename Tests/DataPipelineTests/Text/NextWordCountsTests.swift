import DataPipeline
import Testing

@Suite struct NextWordCountsTests {
  @Test func theLongestSeenContextDecides() {
    // 1 2 3 1 2 4 1 2 4: after "1 2" comes 4 more often, after "3 1 2" it was 4, after "2" it was 4.
    let counts = NextWordCounts([1, 2, 3, 1, 2, 4, 1, 2, 4], context: 2)
    #expect(counts.next(after: [1, 2]) == 4)
    #expect(counts.next(after: [2, 3]) == 1)
    // "9 1" was never seen, "1" was: 2.
    #expect(counts.next(after: [9, 1]) == 2)
    // Nothing of it was seen: 1 and 2 came three times each, and 1 came first.
    #expect(counts.next(after: [9, 9]) == 1)
  }

  @Test func accuracyCountsFromTheSecondToken() {
    let counts = NextWordCounts([1, 2, 1, 2, 1, 2], context: 1)
    #expect(counts.accuracy(on: [1, 2, 1, 1]) == 2.0 / 3)
  }

  /// By an independent numpy count of the course's text: 0.088, 0.318, 0.318 and 0.329.
  @Test func humanNumbersByCounting() {
    let train = HumanNumbers.numbers(of: HumanNumbers.train)
    let valid = HumanNumbers.numbers(of: HumanNumbers.valid)
    for (context, accuracy) in [(1, 0.088), (2, 0.318), (3, 0.318), (5, 0.329)] {
      let found = NextWordCounts(train, context: context).accuracy(on: valid)
      #expect(abs(found - accuracy) < 5e-4, "context \(context): \(found)")
    }
  }
}

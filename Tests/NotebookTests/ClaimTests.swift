import Testing

@testable import Notebook

@Suite struct ClaimTests {
  /// Upper 2.5 % points, from the table in Student's t (NIST/SEMATECH handbook, 1.3.6.7.2).
  @Test(arguments: [
    (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (10, 2.228),
    (30, 2.042), (100, 1.984),
  ])
  func quantilesMatchTheTable(degrees: Int, expected: Double) {
    #expect(abs(StudentT.quantile(0.975, degrees: degrees) - expected) < 0.0006)
  }

  @Test func theIntervalOfThreeValuesIsWorkedByHand() throws {
    // Mean 2, standard deviation 1, so 2 ± 4.302653 / √3.
    let interval = try #require(StudentT.interval(of: [1, 2, 3]))
    #expect(abs(interval.lower - (2 - 2.484138)) < 1e-5)
    #expect(abs(interval.upper - (2 + 2.484138)) < 1e-5)
    #expect(StudentT.interval(of: [1]) == nil)
    #expect(StudentT.interval(of: [1, .nan]) == nil)
  }

  private func verdict(_ effects: [Double], above threshold: Double) -> ClaimResult.Verdict {
    ClaimResult(
      id: "", says: "", measure: "", threshold: threshold, thresholdText: "", setting: "",
      seeds: [], effects: effects
    ).verdict
  }

  @Test func theVerdictFollowsTheInterval() {
    #expect(verdict([10, 11, 12], above: 0) == .holds)
    #expect(verdict([-10, -11, -12], above: 0) == .fails)
    #expect(verdict([1, 2, 3], above: 0) == .undecided)
    #expect(verdict([10, 11, 12], above: 9) == .undecided)
    #expect(verdict([5, 5, 5], above: 5) == .undecided)
    #expect(verdict([5, 5, 5], above: 4.9) == .holds)
    #expect(verdict([100], above: 0) == .undecided)
    #expect(verdict([], above: 0) == .undecided)
    #expect(verdict([1, .nan, 1], above: 0) == .undecided)
  }

  @Test func aClaimRunsOverThePagesSeedsUnlessToldOtherwise() {
    let record = SampleLesson.record([
      LessonSection("a", "A", covers: []) { page in
        page.claim("x", says: "", measure: "", threshold: 0, setting: "") { Double($0) }
        page.claim("y", says: "", measure: "", threshold: 0, setting: "", seeds: [7]) {
          Double($0)
        }
      }
    ]) {
      $0.seed = 100
      $0.seeds = 2
    }
    #expect(record.claims.map(\.effects) == [[100, 101], [7]])
  }
}

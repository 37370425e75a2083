import Testing
import Unrolled

@testable import Notebook

@Suite struct PairedSeedsTests {
  @Test func theEffectOfASeedIsTheDifferenceOfItsOwnTwoNumbers() {
    let effect = paired([7, 8, 9], [5, 7, 1], [2, 9, 1.5])
    #expect(effect(7) == 3)
    #expect(effect(8) == -2)
    #expect(effect(9) == -0.5)
    #expect(effect(10).isNaN)
  }

  /// The interval of a claim is that of the differences: 3, 3 and 3 have none, though the numbers vary much.
  @Test func aClaimOverPairsSeesTheDifferencesAlone() {
    var options = RunOptions()
    options.seeds = 3
    let page = Page(options, terminal: Terminal { _ in })
    let result = page.claim(
      "pairs", says: "", measure: "", threshold: 2.9, setting: "", seeds: [1, 2, 3],
      effect: paired([1, 2, 3], [13, 103, 1003], [10, 100, 1000]))
    #expect(result.effects == [3, 3, 3])
    #expect(result.interval == 3...3)
    #expect(result.verdict == .holds)
  }

  @Test func cheapTrainingsHaveMoreSeedsUnlessTheUserNamedSome() {
    var options = RunOptions()
    #expect(Page(options, terminal: Terminal { _ in }).moreSeeds == [42, 43, 44, 45, 46, 47])
    #expect(Page(options, terminal: Terminal { _ in }).atLeast(4) == [42, 43, 44, 45])
    options.seeds = 2
    #expect(Page(options, terminal: Terminal { _ in }).atLeast(4) == [42, 43])
  }
}

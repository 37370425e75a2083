import DataPipeline
import Foundation
import Testing

@Suite struct NextWordProbabilitiesTests {
  /// 0 1 0 1 0 2 of three words, by hand: p(0) = 4/9, p(1) = 3/9; 0 is followed three times, twice by 1:
  /// p(1 | 0) = (2 + 5·3/9) / (3 + 5).
  @Test func countsBecomeProbabilities() {
    let model = NextWordProbabilities([0, 1, 0, 1, 0, 2], vocabulary: 3)
    #expect(abs(model.probability(of: 0) - 4.0 / 9) < 1e-12)
    #expect(abs(model.probability(of: 1, after: 0) - (2 + 5.0 / 3) / 8) < 1e-12)
    for v in 0..<3 {
      let sum = (0..<3).reduce(0) { $0 + model.probability(of: $1, after: v) }
      #expect(abs(sum - 1) < 1e-12)
    }
    let (words, _) = model.perplexities(on: [2, 0, 1])
    #expect(abs(words - (9.0 / 4 * 9 / 3).squareRoot()) < 1e-12)
  }
}

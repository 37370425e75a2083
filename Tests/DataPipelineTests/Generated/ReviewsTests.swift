import DataPipeline
import Foundation
import Tensors
import Testing

@Suite struct ReviewsTests {
  private func reviews(_ count: Int) -> [Review] {
    var generator = SeededGenerator(seed: 42)
    return Reviews.make(count, using: &generator)
  }

  @Test func theSameSeedWritesTheSameReviews() {
    #expect(reviews(3).map(\.text) == Array(reviews(5).map(\.text).prefix(3)))
    #expect(Set(reviews(200).map(\.text)).count == 200)
  }

  @Test func thereAreSeveralHundredWords() {
    let tokens = Tokenizer()(reviews(2000).map(\.text)).flatMap { $0 }
    let words = Vocabulary(tokens).count
    #expect((400...700).contains(words), "\(words) words")
  }

  /// Of those whose probability is between 0.6 and 0.9, as many are positive as the probabilities say: the sum of
  /// independent yes-or-no choices stays within 4 standard deviations.
  @Test func theProbabilityOfPraiseIsCalibrated() {
    let all = reviews(4000)
    for band in [0.0...0.4, 0.4...0.6, 0.6...0.9, 0.9...1.0] {
      let some = all.filter { band.contains($0.positiveProbability) }
      #expect(some.count > 50, "\(band): \(some.count)")
      let expected = some.reduce(0) { $0 + $1.positiveProbability }
      let spread = some.reduce(0) { $0 + $1.positiveProbability * (1 - $1.positiveProbability) }
      let found = Double(some.count(where: \.isPositive))
      #expect(abs(found - expected) < 4 * spread.squareRoot(), "\(band): \(found), \(expected)")
    }
  }

  /// A grammar's probabilities of all texts sum to 1. By chance: the mean of 1 / P(text | true) · P(text | other) over
  /// texts drawn from the true one is the share of the other's texts that the true one can write, here the same genre
  /// with the other opinion, which can write all of them: 1.
  @Test func probabilitiesOfAllTextsSumToOne() {
    let ratios = reviews(20_000).map { review in
      let own = 2 * review.genre + (review.isPositive ? 1 : 0)
      return exp(review.logProbabilities[own ^ 1] - review.logProbabilities[own])
    }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    let variance = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(ratios.count)
    #expect(abs(mean - 1) < 4 * (variance / Double(ratios.count)).squareRoot())
    #expect(variance > 0.1)
  }

  /// 0.7 · 0.9 + 0.3 · 0.1 of the adjectives behind a favourable writer's judgements praise.
  @Test func singleWordsSayLittleAndPairsMuch() {
    let tokens = reviews(4000).map { ($0.isPositive, Tokenizer()($0.text)) }
    var good = 0
    var count = 0
    var dull = 0
    var notDull = 0
    for (isPositive, words) in tokens where isPositive {
      for (before, word) in zip(words, words.dropFirst()) {
        if word == "good" || word == "bad" {
          count += 1
          if word == "good" { good += 1 }
        }
        if word == "dull" {
          dull += 1
          if before == "not" || before == "n't" { notDull += 1 }
        }
      }
    }
    #expect(abs(Double(good) / Double(count) - 0.66) < 0.04)  // 4 standard deviations of 2,500
    #expect(dull > 100 && notDull > dull / 3)
  }

  @Test func theSampleOfIMDBIsReadAndChecked() throws {
    func file(_ rows: String) throws -> CSVFile {
      try CSVFile(Array(rows.utf8), name: "texts.csv")
    }
    let sample = try IMDBSample(
      file("label,text,is_valid\nnegative,\"Bad, bad.\",False\npositive,Good.,True\n"))
    #expect(sample.train.map(\.text) == ["Bad, bad."])
    #expect(sample.train.map(\.isPositive) == [false])
    #expect(sample.valid.map(\.text) == ["Good."])
    #expect(sample.valid.map(\.isPositive) == [true])
    #expect {
      try IMDBSample(file("label,text,is_valid\nnegative,a,False\nmeh,b,True\n"))
    } throws: {
      "\($0)" == "texts.csv, row 3: label \"meh\" is not positive or negative"
    }
    #expect {
      try IMDBSample(file("label,text,is_valid\nnegative,a,False\n"))
    } throws: {
      "\($0)".hasPrefix("texts.csv has 1 reviews to train and 0 to validate")
    }
  }
}

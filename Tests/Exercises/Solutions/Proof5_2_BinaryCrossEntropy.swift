import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. There are two kinds of rows. Which probability did the model give to what was right: p or
//    1 − p?
// 2. Write the loss of one row as an if on its target. log is the natural logarithm; it is negative
//    for probabilities, so a minus makes the loss positive.
// 3. Walk zip(predictions, targets), add up −log(p) where the target is 1 and −log(1 − p) where it
//    is 0, and divide by the number of rows.

// MARK: Solution
private enum Solution {
  static func binaryCrossEntropy(_ predictions: [Double], _ targets: [Double]) -> Double {
    let losses = zip(predictions, targets).map { p, target in
      target == 1 ? -log(p) : -log(1 - p)
    }
    return losses.reduce(0, +) / Double(losses.count)
  }
}

// MARK: Why this works
// The loss looks only at the probability given to what was right. That probability near 1 costs
// next to nothing, near 0 it costs without limit: −ln 0.98 is 0.02, −ln 0.000001 is 13.8. The mean
// squared error stays below 1 in both cases, and that is why it does not suit classification. The
// lecture's 0.3, 0.01 and 1.0 come from its spreadsheet, where LOG is the logarithm to base 10.

// MARK: Proofs
@Test("5.2 solution") func solution5_2() throws {
  try checkBinaryCrossEntropy(Solution.binaryCrossEntropy)
}

@Test("5.2 wrong: logarithm to base 10") func wrong5_2_log10() {
  expectRefusal("take the natural one") {
    try checkBinaryCrossEntropy { Solution.binaryCrossEntropy($0, $1) / log(10) }
  }
}

@Test("5.2 wrong: the sum, not the mean") func wrong5_2_sum() {
  expectRefusal("was the mean over the rows forgotten?") {
    try checkBinaryCrossEntropy { Solution.binaryCrossEntropy($0, $1) * Double($0.count) }
  }
}

@Test("5.2 wrong: both logarithms, one times zero") func wrong5_2_notANumber() {
  expectRefusal("0 × log 0") {
    try checkBinaryCrossEntropy { predictions, targets in
      let losses = zip(predictions, targets).map { p, y in -(y * log(p) + (1 - y) * log(1 - p)) }
      return losses.reduce(0, +) / Double(losses.count)
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("5.2 wrong: others") func wrong5_2_others() {
  typealias Rule = (_ p: Double, _ t: Double) -> Double
  let mistakes: [(words: String, rule: Rule)] = [
    ("to base 2", { p, t in t == 1 ? -log2(p) : -log2(1 - p) }),
    ("a loss is never negative", { p, t in t == 1 ? log(p) : log(1 - p) }),
    ("mixed up?", { p, t in t == 0 ? -log(p) : -log(1 - p) }),
    ("−ln p for every row", { p, _ in -log(p) }),
    ("target 0 cost something", { p, t in t == 1 ? -log(p) : 0 }),
    ("target 1 cost something", { p, t in t == 1 ? 0 : -log(1 - p) }),
    ("their sign is wrong", { p, t in t == 1 ? -log(p) : log(1 - p) }),
    ("the mean squared error", { p, t in (p - t) * (p - t) }),
    ("the mean distance", { p, t in abs(p - t) }),
  ]
  #expect(mistakes.count == 9)
  for (words, rule) in mistakes {
    expectRefusal(words) {
      try checkBinaryCrossEntropy { zip($0, $1).map(rule).reduce(0, +) / Double($0.count) }
    }
  }
  expectRefusal("not by one less") {
    try checkBinaryCrossEntropy {
      Solution.binaryCrossEntropy($0, $1) * Double($0.count) / (Double($0.count) - 1)
    }
  }
}

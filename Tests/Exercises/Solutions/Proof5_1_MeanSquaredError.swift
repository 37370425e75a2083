import ExerciseKit
import Testing

// MARK: Hints
// 1. Take one row: how far is the prediction from the target, and what makes that positive?
// 2. Add the squares of all rows up in a loop; zip(predictions, targets) walks both lists at once.
// 3. A mean is the sum divided by the number of rows: Double(predictions.count).

// MARK: Solution
private enum Solution {
  static func mse(_ predictions: [Double], _ targets: [Double]) -> Double {
    let squares = zip(predictions, targets).map { ($0 - $1) * ($0 - $1) }
    return squares.reduce(0, +) / Double(squares.count)
  }
}

// MARK: Why this works
// The square makes every error count as positive, and large errors count more than several small
// ones. The mean makes losses of batches of different size comparable, so the same learning rate
// suits both.

// MARK: Proofs
@Test("5.1 solution") func solution5_1() throws { try checkMSE(Solution.mse) }

@Test("5.1 wrong: the sum, not the mean") func wrong5_1_sum() {
  expectRefusal("was the mean forgotten?") {
    try checkMSE { zip($0, $1).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
  }
}

@Test("5.1 wrong: distances, not squares") func wrong5_1_distances() {
  expectRefusal("was the error squared?") {
    try checkMSE { zip($0, $1).map { abs($0 - $1) }.reduce(0, +) / Double($0.count) }
  }
}

@Test("5.1 wrong: halved") func wrong5_1_halved() {
  expectRefusal("one half does not belong here") { try checkMSE { Solution.mse($0, $1) / 2 } }
}

/// Each of these mistakes gets its own advice.
@Test("5.1 wrong: others") func wrong5_1_others() {
  let mistakes: [(words: String, rule: (_ errors: [Double], _ count: Double) -> Double)] = [
    ("not by one less", { e, n in e.map { $0 * $0 }.reduce(0, +) / (n - 1) }),
    ("And was the mean forgotten?", { e, n in e.map { abs($0) }.reduce(0, +) }),
    ("the mean of the errors", { e, n in abs(e.reduce(0, +) / n) }),
    ("square each first", { e, n in e.reduce(0, +) / n * e.reduce(0, +) / n }),
    ("this is its square root", { e, n in (e.map { $0 * $0 }.reduce(0, +) / n).squareRoot() }),
    ("the square root of the sum", { e, n in e.map { $0 * $0 }.reduce(0, +).squareRoot() }),
  ]
  #expect(mistakes.count == 6)
  for (words, rule) in mistakes {
    expectRefusal(words) { try checkMSE { rule(zip($0, $1).map { $0 - $1 }, Double($0.count)) } }
  }
}

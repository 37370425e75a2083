import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. First without the large numbers: take exp of each number, then divide each by the sum of all.
// 2. Adding the same number to every z changes nothing: each exp gets the same factor, and the
//    division takes it out again. Which number to add, so that no exp is larger than 1?
// 3. Subtract z.max() from every z before exp.

// MARK: Solution
private enum Solution {
  static func softmax(_ z: [Double]) -> [Double] {
    let largest = z.max() ?? 0
    let exponentials = z.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}

// MARK: Why this works
// exp makes every number positive, and the division makes them sum to 1. Only differences between
// the numbers count: the spreadsheet's two pictures have outputs that differ by a constant, and the
// same softmax. With the largest number moved to 0, every exp lies between 0 and 1 and the sum is
// at least 1, so nothing can overflow and nothing is divided by zero.

// MARK: Proofs
@Test("5.3 solution") func solution5_3() throws { try checkSoftmax(Solution.softmax) }

@Test("5.3 wrong: overflow") func wrong5_3_overflow() {
  expectRefusal("exp went out of range") {
    try checkSoftmax { z in
      let sum = z.map { exp($0) }.reduce(0, +)
      return z.map { exp($0) / sum }
    }
  }
}

@Test("5.3 wrong: the mean subtracted, not the largest") func wrong5_3_mean() {
  expectRefusal("softmax([0, 2000, -2000])") {
    try checkSoftmax { z in
      let mean = z.reduce(0, +) / Double(z.count)
      let sum = z.map { exp($0 - mean) }.reduce(0, +)
      return z.map { exp($0 - mean) / sum }
    }
  }
}

@Test("5.3 wrong: never divided by the sum") func wrong5_3_sum() {
  expectRefusal("what must each exp be divided by?") {
    try checkSoftmax { z in z.map { exp($0 - z.max()!) } }
  }
}

/// Each of these mistakes gets its own advice.
@Test("5.3 wrong: others") func wrong5_3_others() {
  let mistakes: [(words: String, rule: ([Double]) -> [Double])] = [
    ("the exps alone", { z in z.map { exp($0) } }),
    ("divided by how many there are", { z in z.map { exp($0) / Double(z.count) } }),
    ("the sign is wrong", { z in Solution.softmax(z.map { -$0 }) }),
    ("where is exp?", { z in z.map { $0 / z.reduce(0, +) } }),
    ("the sigmoid of each", { z in z.map { 1 / (1 + exp(-$0)) } }),
    ("one log too many", { z in Solution.softmax(z).map { log($0) } }),
    ("2 to the power of z", { z in Solution.softmax(z.map { $0 * log(2) }) }),
  ]
  #expect(mistakes.count == 7)
  for (words, rule) in mistakes { expectRefusal(words) { try checkSoftmax(rule) } }
}

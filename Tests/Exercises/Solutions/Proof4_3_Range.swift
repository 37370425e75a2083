import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. First the sigmoid alone: it makes any number one between 0 and 1. Then stretch, then move.
// 2. How wide is the range from 1 to 5? That is the factor; the lower end is what is added.
// 3. low + (high − low) / (1 + exp(−z)). A division by infinity is 0, which is right.

// MARK: Solution
private enum Solution {
  static func stars(_ z: Double, from low: Double, to high: Double) -> Double {
    low + (high - low) / (1 + exp(-z))
  }
}

// MARK: Why this works
// σ lies between 0 and 1, so width·σ lies between 0 and the width, and adding low moves that to the
// range. Written with exp(−z), a large negative z gives 1/∞ = 0; exp(z)/(1 + exp(z)) would give ∞/∞ for
// a large positive one. In theory neither end is reached, which is why the course lets the range
// end at 5.5 for ratings up to 5.

// MARK: Proofs
@Test("4.3 solution") func solution4_3() throws { try checkStars(Solution.stars) }

@Test("4.3 wrong: high instead of the width") func wrong4_3_width() {
  expectRefusal("what is the width of the range?") {
    try checkStars { z, low, high in low + high / (1 + exp(-z)) }
  }
}

@Test("4.3 wrong: cut off at the ends") func wrong4_3_cut() {
  expectRefusal("cutting off at the ends is not squeezing") {
    try checkStars { z, low, high in min(max(z, low), high) }
  }
}

@Test("4.3 wrong: infinity by infinity") func wrong4_3_infinity() {
  expectRefusal("exp went out of range") {
    try checkStars { z, low, high in low + (high - low) * exp(z) / (1 + exp(z)) }
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.3 wrong: others") func wrong4_3_others() {
  let mistakes: [(words: String, rule: (_ z: Double, _ low: Double, _ high: Double) -> Double)] = [
    ("this is σ(z) alone", { z, low, high in 1 / (1 + exp(-z)) }),
    ("was the lower end added?", { z, low, high in (high - low) / (1 + exp(-z)) }),
    ("added, not subtracted", { z, low, high in (high - low) / (1 + exp(-z)) - low }),
    ("where is the lower end?", { z, low, high in high / (1 + exp(-z)) }),
    ("not their sum", { z, low, high in low + (high + low) / (1 + exp(-z)) }),
    ("the sign of z is wrong", { z, low, high in low + (high - low) / (1 + exp(z)) }),
    ("where is the sigmoid?", { z, low, high in low + (high - low) * z }),
    ("this is tanh", { z, low, high in low + (high - low) * tanh(z) }),
    ("this is exp(−z)", { z, low, high in low + (high - low) * exp(-z) }),
    ("this is exp(z)", { z, low, high in low + (high - low) / exp(-z) }),
    ("a power of 2", { z, low, high in low + (high - low) / (1 + exp2(-z)) }),
  ]
  #expect(mistakes.count == 11)
  for (words, rule) in mistakes {
    expectRefusal(words) { try checkStars { rule($0, $1, $2) } }
  }
}

import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. Update state.m as in 5.5 and state.v as in 5.6, and keep them like that for the next step.
// 2. Both averages start at 0, so the first ones are too small: after t steps of the same gradient
//    the average is 1 − βᵗ times that gradient. Divide by it, in new constants.
// 3. let mHat = state.m / (1 - pow(beta1, Double(t))), the same for v with beta2, then return
//    w - lr * mHat / (vHat.squareRoot() + epsilon).

// MARK: Solution
private enum Solution {
  static func adamStep(
    _ w: Double, state: inout AdamState, t: Int, gradient g: Double, lr: Double, beta1: Double,
    beta2: Double, epsilon: Double
  ) -> Double {
    state.m = beta1 * state.m + (1 - beta1) * g
    state.v = beta2 * state.v + (1 - beta2) * g * g
    let mHat = state.m / (1 - pow(beta1, Double(t)))
    let vHat = state.v / (1 - pow(beta2, Double(t)))
    return w - lr * mHat / (vHat.squareRoot() + epsilon)
  }
}

// MARK: Why this works
// With a gradient that stays the same, m is (1 − β₁)(1 + β₁ + … + β₁ᵗ⁻¹) · g = (1 − β₁ᵗ) · g: the
// correction divides by exactly what is missing, so m̂ = g, √v̂ = |g|, and the step has the size of
// the learning rate from the first step on. Without it, the first step with β₂ = 0.999 is 3.2 times
// too large. The notes and the spreadsheet leave the correction and ε out.

// MARK: Proofs
@Test("5.7 solution") func solution5_7() throws { try checkAdam(Solution.adamStep) }

@Test("5.7 wrong: no bias correction") func wrong5_7_bias() {
  expectRefusal("was the bias correction forgotten?") {
    try checkAdam { w, state, _, g, lr, beta1, beta2, epsilon in
      state.m = beta1 * state.m + (1 - beta1) * g
      state.v = beta2 * state.v + (1 - beta2) * g * g
      return w - lr * state.m / (state.v.squareRoot() + epsilon)
    }
  }
}

@Test("5.7 wrong: only v is corrected") func wrong5_7_half() {
  expectRefusal("was m corrected?") {
    try checkAdam { w, state, t, g, lr, beta1, beta2, epsilon in
      state.m = beta1 * state.m + (1 - beta1) * g
      state.v = beta2 * state.v + (1 - beta2) * g * g
      let vHat = state.v / (1 - pow(beta2, Double(t)))
      return w - lr * state.m / (vHat.squareRoot() + epsilon)
    }
  }
}

@Test("5.7 wrong: the corrected average is kept") func wrong5_7_kept() {
  expectRefusal("m̂ is for this step only") {
    try checkAdam { w, state, t, g, lr, beta1, beta2, epsilon in
      state.m = (beta1 * state.m + (1 - beta1) * g) / (1 - pow(beta1, Double(t)))
      state.v = (beta2 * state.v + (1 - beta2) * g * g) / (1 - pow(beta2, Double(t)))
      return w - lr * state.m / (state.v.squareRoot() + epsilon)
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("5.7 wrong: others") func wrong5_7_others() {
  typealias Average = (_ old: AdamState, _ g: Double, _ b1: Double, _ b2: Double) -> AdamState
  func right(_ old: AdamState, _ g: Double, _ b1: Double, _ b2: Double) -> AdamState {
    AdamState(m: b1 * old.m + (1 - b1) * g, v: b2 * old.v + (1 - b2) * g * g)
  }
  let averages: [(words: String, rule: Average)] = [
    ("m was not updated", { s, g, a, b in AdamState(m: s.m, v: right(s, g, a, b).v) }),
    (
      "(1 − β₁) of the gradient",
      { s, g, a, b in AdamState(m: a * s.m + g, v: right(s, g, a, b).v) }
    ),
    ("this is made with β₂", { s, g, a, b in right(s, g, b, a) }),
    ("β₁ belongs to the old m", { s, g, a, b in right(s, g, 1 - a, b) }),
    ("v was not updated", { s, g, a, b in AdamState(m: right(s, g, a, b).m, v: s.v) }),
    (
      "was the gradient squared?",
      { s, g, a, b in AdamState(m: right(s, g, a, b).m, v: b * s.v + (1 - b) * g) }
    ),
    (
      "(1 − β₂) of the square",
      { s, g, a, b in AdamState(m: right(s, g, a, b).m, v: b * s.v + g * g) }
    ),
    ("β₂ belongs to the old v", { s, g, a, b in right(s, g, a, 1 - b) }),
    ("this is made with β₁", { s, g, a, _ in right(s, g, a, a) }),
  ]
  #expect(averages.count == 9)
  for (words, rule) in averages {
    expectRefusal(words) {
      try checkAdam { w, state, t, g, lr, b1, b2, epsilon in
        let old = state
        defer { state = rule(old, g, b1, b2) }
        return Solution.adamStep(
          w, state: &state, t: t, gradient: g, lr: lr, beta1: b1, beta2: b2, epsilon: epsilon)
      }
    }
  }
  typealias Step = (_ m: Double, _ v: Double, _ c1: Double, _ c2: Double, _ e: Double) -> Double
  let steps: [(words: String, rule: Step)] = [
    ("was v corrected?", { m, v, c1, _, e in m / c1 / (v.squareRoot() + e) }),
    ("was the square root forgotten?", { m, v, c1, c2, e in m / c1 / (v / c2 + e) }),
    ("was ε forgotten?", { m, v, c1, c2, _ in m / c1 / (v / c2).squareRoot() }),
    ("not under it", { m, v, c1, c2, e in m / c1 / (v / c2 + e).squareRoot() }),
    ("it was multiplied", { m, v, c1, c2, e in m * c1 / ((v * c2).squareRoot() + e) }),
    ("the corrections are exchanged", { m, v, c1, c2, e in m / c2 / ((v / c1).squareRoot() + e) }),
    ("not by βᵗ", { m, v, c1, c2, e in m / (1 - c1) / ((v / (1 - c2)).squareRoot() + e) }),
    ("the step goes uphill", { m, v, c1, c2, e in -m / c1 / ((v / c2).squareRoot() + e) }),
    ("the step of momentum", { m, _, c1, _, _ in m / c1 }),
    ("the weight did not move", { _, _, _, _, _ in 0 }),
  ]
  #expect(steps.count == 10)
  for (words, rule) in steps {
    expectRefusal(words) {
      try checkAdam { w, state, t, g, lr, b1, b2, epsilon in
        state = right(state, g, b1, b2)
        let (c1, c2) = (1 - pow(b1, Double(t)), 1 - pow(b2, Double(t)))
        return w - lr * rule(state.m, state.v, c1, c2, epsilon)
      }
    }
  }
  let powers: [(words: String, power: (Int) -> Int)] = [
    ("was the power t forgotten?", { _ in 1 }), ("not t − 1", { $0 - 1 }),
    ("not t + 1", { $0 + 1 }),
  ]
  #expect(powers.count == 3)
  for (words, power) in powers {
    expectRefusal(words) {
      try checkAdam { w, state, t, g, lr, b1, b2, epsilon in
        Solution.adamStep(
          w, state: &state, t: power(t), gradient: g, lr: lr, beta1: b1, beta2: b2,
          epsilon: epsilon)
      }
    }
  }
}

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

import ExerciseKit
import Testing

// MARK: Hints
// 1. There are two lines: first the new average, then the weight moves along it.
// 2. The new average keeps the part beta of the old one and takes the part 1 - beta of the gradient.
// 3. let s = beta * s + (1 - beta) * g, then return (w - lr * s, s).

// MARK: Solution
private enum Solution {
  static func momentumStep(
    _ w: Double, average s: Double, gradient g: Double, lr: Double, beta: Double
  ) -> (w: Double, s: Double) {
    let s = beta * s + (1 - beta) * g
    return (w - lr * s, s)
  }
}

// MARK: Why this works
// Written out, s is (1 − β) · (g + β · g₁ + β² · g₂ + …): every older gradient counts a little less.
// Gradients that keep their sign add up to a full step, gradients that change sign cancel, so the
// path stops zigzagging. The first averages are too small, because the average starts at 0; Adam
// corrects that.

// MARK: Proofs
@Test("5.5 solution") func solution5_5() throws { try checkMomentum(Solution.momentumStep) }

@Test("5.5 wrong: no factor before the gradient") func wrong5_5_factor() {
  expectRefusal("was the factor (1 − β) of the gradient forgotten?") {
    try checkMomentum { w, s, g, lr, beta in
      let s = beta * s + g
      return (w - lr * s, s)
    }
  }
}

@Test("5.5 wrong: α and β mixed up") func wrong5_5_swapped() {
  expectRefusal("β belongs to the old average") {
    try checkMomentum { w, s, g, lr, beta in
      Solution.momentumStep(w, average: s, gradient: g, lr: lr, beta: 1 - beta)
    }
  }
}

@Test("5.5 wrong: a step along the old average") func wrong5_5_order() {
  expectRefusal("update s first") {
    try checkMomentum { w, s, g, lr, beta in (w - lr * s, beta * s + (1 - beta) * g) }
  }
}

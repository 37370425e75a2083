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

/// Each of these mistakes gets its own advice.
@Test("5.5 wrong: others") func wrong5_5_others() {
  let mistakes: [(words: String, rule: Momentum)] = [
    ("was β forgotten?", { w, s, g, lr, b in step(w, s + (1 - b) * g, lr) }),
    ("this is a sum, not an average", { w, s, g, lr, b in step(w, s + g, lr) }),
    ("the average was not updated", { w, s, g, lr, b in (w - lr * (b * s + (1 - b) * g), s) }),
    ("the old average is missing", { w, s, g, lr, b in step(w, (1 - b) * g, lr) }),
    ("this is the gradient", { w, s, g, lr, b in step(w, g + 0 * s * b, lr) }),
    (
      "added to the average, not subtracted", { w, s, g, lr, b in step(w, b * s - (1 - b) * g, lr) }
    ),
    ("for the old average alone", { w, s, g, lr, b in step(w, b * (s + g), lr) }),
    ("belongs to the weight's step", { w, s, g, lr, b in (w - (b * s + lr * g), b * s + lr * g) }),
    ("the step goes uphill", { w, s, g, lr, b in step(w, b * s + (1 - b) * g, -lr) }),
    (
      "by the gradient, not by the average", { w, s, g, lr, b in (w - lr * g, b * s + (1 - b) * g) }
    ),
    (
      "not multiplied by the learning rate",
      { w, s, g, lr, b in step(w, b * s + (1 - b) * g, 1 + 0 * lr) }
    ),
    ("the weight did not move", { w, s, g, lr, b in step(w, b * s + (1 - b) * g, 0 * lr) }),
    (
      "as Nesterov's step does",
      { w, s, g, lr, b in (w - lr * (b * (b * s + (1 - b) * g) + (1 - b) * g), b * s + (1 - b) * g)
      }
    ),
  ]
  #expect(mistakes.count == 13)
  for (words, rule) in mistakes {
    expectRefusal(words) { try checkMomentum { rule($0, $1, $2, $3, $4) } }
  }
}

private typealias Momentum = (
  _ w: Double, _ s: Double, _ g: Double, _ lr: Double, _ beta: Double
) -> (w: Double, s: Double)

private func step(_ w: Double, _ s: Double, _ lr: Double) -> (w: Double, s: Double) {
  (w - lr * s, s)
}

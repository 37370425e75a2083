import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. The average works as in momentum, but it is an average of g * g. Only the weight's line is new.
// 2. The step is lr * g, divided by the root of the new average. The root has the size of a usual
//    gradient, so the division leaves a number of about 1.
// 3. let r = beta * r + (1 - beta) * g * g, then return (w - lr * g / (r.squareRoot() + epsilon), r).

// MARK: Solution
private enum Solution {
  static func rmspropStep(
    _ w: Double, average r: Double, gradient g: Double, lr: Double, beta: Double, epsilon: Double
  ) -> (w: Double, r: Double) {
    let r = beta * r + (1 - beta) * g * g
    return (w - lr * g / (r.squareRoot() + epsilon), r)
  }
}

// MARK: Why this works
// √r is the usual size of this weight's gradient. The step g / √r has therefore a size of about 1,
// whatever the unit of the gradient: times 1000, the path stays the same. On the spreadsheet's line
// the intercept, whose gradient is small, moves as fast as the slope.

// MARK: Proofs
@Test("5.6 solution") func solution5_6() throws { try checkRMSProp(Solution.rmspropStep) }

@Test("5.6 wrong: the average before this step") func wrong5_6_old() {
  expectRefusal("update r first") {
    try checkRMSProp { w, r, g, lr, beta, epsilon in
      (w - lr * g / (r.squareRoot() + epsilon), beta * r + (1 - beta) * g * g)
    }
  }
}

@Test("5.6 wrong: no square root") func wrong5_6_root() {
  expectRefusal("was the square root forgotten?") {
    try checkRMSProp { w, r, g, lr, beta, epsilon in
      let r = beta * r + (1 - beta) * g * g
      return (w - lr * g / (r + epsilon), r)
    }
  }
}

@Test("5.6 wrong: no ε") func wrong5_6_epsilon() {
  expectRefusal("was ε forgotten?") {
    try checkRMSProp { w, r, g, lr, beta, _ in
      Solution.rmspropStep(w, average: r, gradient: g, lr: lr, beta: beta, epsilon: 0)
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("5.6 wrong: others") func wrong5_6_others() {
  typealias Average = (_ r: Double, _ g: Double, _ b: Double) -> Double
  let averages: [(words: String, rule: Average)] = [
    ("was the gradient squared?", { r, g, b in b * r + (1 - b) * g }),
    ("was the factor (1 − β) forgotten?", { r, g, b in b * r + g * g }),
    ("1 − β to the new square", { r, g, b in (1 - b) * r + b * g * g }),
    ("was β forgotten?", { r, g, b in r + (1 - b) * g * g }),
    ("this is a sum, not an average", { r, g, _ in r + g * g }),
    ("the average was not updated", { r, _, _ in r }),
    ("the old average is missing", { _, g, b in (1 - b) * g * g }),
    ("the square of the gradient", { _, g, _ in g * g }),
    ("its root is for the step only", { r, g, b in (b * r + (1 - b) * g * g).squareRoot() }),
    ("not subtracted", { r, g, b in b * r - (1 - b) * g * g }),
  ]
  #expect(averages.count == 10)
  for (words, rule) in averages {
    expectRefusal(words) {
      try checkRMSProp { w, r, g, lr, beta, epsilon in
        let new = rule(r, g, beta)
        return (w - lr * g / (new.squareRoot() + epsilon), new)
      }
    }
  }
  typealias Step = (_ r: Double, _ g: Double, _ epsilon: Double) -> Double
  let steps: [(words: String, rule: Step)] = [
    ("plain SGD", { _, g, _ in g }),
    ("the step goes uphill", { r, g, e in -g / (r.squareRoot() + e) }),
    ("not under it", { r, g, e in g / (r + e).squareRoot() }),
    ("set brackets", { r, g, e in g / r.squareRoot() + e }),
    ("the gradient itself is missing", { r, _, e in 1 / (r.squareRoot() + e) }),
    ("not to g²", { r, g, e in g * g / (r.squareRoot() + e) }),
    ("divide by it", { r, g, e in g * (r.squareRoot() + e) }),
    ("the weight did not move", { _, _, _ in 0 }),
  ]
  #expect(steps.count == 8)
  for (words, rule) in steps {
    expectRefusal(words) {
      try checkRMSProp { w, r, g, lr, beta, epsilon in
        let new = beta * r + (1 - beta) * g * g
        return (w - lr * rule(new, g, epsilon), new)
      }
    }
  }
}

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

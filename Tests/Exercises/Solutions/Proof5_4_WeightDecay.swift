import ExerciseKit
import Testing

// MARK: Hints
// 1. Without decay it is w − lr · g for every weight. Start there; zip(w, g) walks both lists.
// 2. The decay acts like one more gradient, wd · w. It pulls the weight towards zero.
// 3. For each pair (w, g) return w - lr * (g + wd * w).

// MARK: Solution
private enum Solution {
  static func sgdStep(_ w: [Double], gradient g: [Double], lr: Double, wd: Double) -> [Double] {
    zip(w, g).map { w, g in w - lr * (g + wd * w) }
  }
}

// MARK: Why this works
// The penalty wd/2 · w² has the gradient wd · w, and it is added to the gradient of the loss, not
// put in its place. Where the loss does not care, the weight is multiplied by (1 − lr · wd) in each
// step and dies away. For plain SGD, a penalty in the loss and decay of the weights are the same
// thing; with momentum they differ a little, with Adam clearly.

// MARK: Proofs
@Test("5.4 solution") func solution5_4() throws { try checkSGD(Solution.sgdStep) }

@Test("5.4 wrong: the decay is subtracted from the gradient") func wrong5_4_sign() {
  expectRefusal("the sign of the decay is wrong") {
    try checkSGD { w, g, lr, wd in zip(w, g).map { w, g in w - lr * (g - wd * w) } }
  }
}

@Test("5.4 wrong: only the decay, no gradient of the loss") func wrong5_4_noGradient() {
  expectRefusal("wd is 0, but the gradient is not") {
    try checkSGD { w, _, lr, wd in w.map { $0 - lr * 2 * wd * $0 } }
  }
}

@Test("5.4 wrong: decay without the learning rate") func wrong5_4_rate() {
  expectRefusal("was not multiplied by the learning rate") {
    try checkSGD { w, g, lr, wd in zip(w, g).map { w, g in w - lr * g - wd * w } }
  }
}

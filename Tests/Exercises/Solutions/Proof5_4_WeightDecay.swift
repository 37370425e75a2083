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

/// Each of these mistakes gets its own advice.
@Test("5.4 wrong: others") func wrong5_4_others() {
  let mistakes:
    [(words: String, rule: (_ w: Double, _ g: Double, _ lr: Double, _ wd: Double) -> Double)] = [
      ("the step goes uphill", { w, g, lr, wd in w + lr * (g + wd * w) }),
      ("not multiplied by the learning rate", { w, g, lr, wd in w - g - lr * wd * w }),
      ("was the decay forgotten?", { w, g, lr, wd in w - lr * g + 0 * wd }),
      ("not 2 · wd", { w, g, lr, wd in w - lr * (g + 2 * wd * w) }),
      ("not wd / 2", { w, g, lr, wd in w - lr * (g + wd / 2 * w) }),
      ("the decay is wd · w²", { w, g, lr, wd in w - lr * (g + wd * w * w) }),
      ("the decay is wd/2 · w²", { w, g, lr, wd in w - lr * (g + wd / 2 * w * w) }),
      ("the decay is wd alone", { w, g, lr, wd in w - lr * (g + wd) }),
      ("the decay is wd · g", { w, g, lr, wd in w - lr * (g + wd * g) }),
      ("multiplied by the learning rate twice", { w, g, lr, wd in w - lr * (g + lr * wd * w) }),
      ("decayed after the step", { w, g, lr, wd in (w - lr * g) * (1 - lr * wd) }),
      ("not wd · |w|", { w, g, lr, wd in w - lr * (g + wd * abs(w)) }),
    ]
  #expect(mistakes.count == 12)
  for (words, rule) in mistakes {
    expectRefusal(words) { try checkSGD { w, g, lr, wd in zip(w, g).map { rule($0, $1, lr, wd) } } }
  }
}

import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. Write σ as a small function first. Then there is one line for each line of the formulas, in their order.
// 2. r and z need σ of four terms: input and its bias, state and its bias. n needs r first, and tanh.
// 3. let n = tanh(W.input * x + W.inputBias + r * (W.state * h + W.stateBias)), then (1 - z) * n + z * h.

// MARK: Solution
private enum Solution {
  static func gruStep(
    _ h: Double, _ x: Double, r: GateWeights, z: GateWeights, n: GateWeights
  ) -> Double {
    func sigmoid(_ a: Double) -> Double { 1 / (1 + exp(-a)) }
    let r = sigmoid(r.input * x + r.inputBias + r.state * h + r.stateBias)
    let z = sigmoid(z.input * x + z.inputBias + z.state * h + z.stateBias)
    let n = tanh(n.input * x + n.inputBias + r * (n.state * h + n.stateBias))
    return (1 - z) * n + z * h
  }
}

// MARK: Why this works
// With z = 1 the state passes unchanged, and so does its gradient: such a cell can remember for long. With z = 0
// and r = 0 the cell forgets all and begins anew with the word. The net learns from the text when to do which, since
// both gates are made of weights like any other.

// MARK: Proofs
@Test("7.4 solution") func solution7_4() throws { try checkGRUStep(Solution.gruStep) }

@Test("7.4 wrong: z and 1 − z exchanged") func wrong7_4_exchanged() {
  expectRefusal("z = 1 keeps the state") {
    try checkGRUStep { h, x, r, z, n in
      // σ(−a) = 1 − σ(a)
      let other = GateWeights(
        input: -z.input, inputBias: -z.inputBias, state: -z.state, stateBias: -z.stateBias)
      return Solution.gruStep(h, x, r: r, z: other, n: n)
    }
  }
}

@Test("7.4 wrong: the bias outside of r") func wrong7_4_bias() {
  expectRefusal("its bias too") {
    try checkGRUStep { h, x, r, z, n in
      let outside = GateWeights(
        input: n.input, inputBias: n.inputBias + n.stateBias, state: n.state, stateBias: 0)
      return Solution.gruStep(h, x, r: r, z: z, n: outside)
    }
  }
}

@Test("7.4 wrong: σ in place of tanh") func wrong7_4_sigmoid() {
  expectRefusal("n goes through tanh, not σ") {
    try checkGRUStep { h, x, r, z, n in
      func sigmoid(_ a: Double) -> Double { 1 / (1 + exp(-a)) }
      let r = sigmoid(r.input * x + r.inputBias + r.state * h + r.stateBias)
      let z = sigmoid(z.input * x + z.inputBias + z.state * h + z.stateBias)
      let n = sigmoid(n.input * x + n.inputBias + r * (n.state * h + n.stateBias))
      return (1 - z) * n + z * h
    }
  }
}

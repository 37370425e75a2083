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

/// Each of these mistakes gets its own advice.
@Test("7.4 wrong: others") func wrong7_4_others() {
  typealias Change = (inout GateWeights, inout GateWeights, inout GateWeights) -> Void
  let forgotten: [(words: String, change: Change)] = [
    (
      "the biases of r and z are missing",
      { r, z, _ in
        drop(&r, true, true)
        drop(&z, true, true)
      }
    ),
    (
      "the biases b of r and z",
      { r, z, _ in
        drop(&r, true, false)
        drop(&z, true, false)
      }
    ),
    (
      "the biases d of r and z",
      { r, z, _ in
        drop(&r, false, true)
        drop(&z, false, true)
      }
    ),
    ("the biases of r are missing", { r, _, _ in drop(&r, true, true) }),
    ("the bias b of r", { r, _, _ in drop(&r, true, false) }),
    ("the bias d of r", { r, _, _ in drop(&r, false, true) }),
    ("the biases of z are missing", { _, z, _ in drop(&z, true, true) }),
    ("the bias b of z", { _, z, _ in drop(&z, true, false) }),
    ("the bias d of z", { _, z, _ in drop(&z, false, true) }),
    ("the biases of n are missing", { _, _, n in drop(&n, true, true) }),
    ("the bias b of n", { _, _, n in drop(&n, true, false) }),
    ("the bias d of n", { _, _, n in drop(&n, false, true) }),
    ("r and z are exchanged", { r, z, _ in swap(&r, &z) }),
    (
      "x and h are exchanged",
      { r, z, n in
        swap(&r.input, &r.state)
        swap(&z.input, &z.state)
        swap(&n.input, &n.state)
      }
    ),
    ("the state is missing in r and z", { r, z, _ in (r.state, z.state) = (0, 0) }),
    ("the input is missing in r and z", { r, z, _ in (r.input, z.input) = (0, 0) }),
    (
      "the biases are missing in all three",
      {
        drop(&$0, true, true)
        drop(&$1, true, true)
        drop(&$2, true, true)
      }
    ),
  ]
  #expect(forgotten.count == 17)
  for (words, change) in forgotten {
    expectRefusal(words) {
      try checkGRUStep { h, x, r, z, n in
        var gates = (r, z, n)
        change(&gates.0, &gates.1, &gates.2)
        return Solution.gruStep(h, x, r: gates.0, z: gates.1, n: gates.2)
      }
    }
  }
  func a(_ g: GateWeights, _ h: Double, _ x: Double) -> Double {
    g.input * x + g.inputBias + g.state * h + g.stateBias
  }
  func sigma(_ a: Double) -> Double { 1 / (1 + exp(-a)) }
  func candidate(_ h: Double, _ x: Double, _ r: Double, _ n: GateWeights) -> Double {
    tanh(n.input * x + n.inputBias + r * (n.state * h + n.stateBias))
  }
  let rules: [(words: String, rule: GRUStep)] = [
    (
      "the sign in σ is wrong",
      { h, x, r, z, n in
        let (r, z) = (sigma(-a(r, h, x)), sigma(-a(z, h, x)))
        return (1 - z) * candidate(h, x, r, n) + z * h
      }
    ),
    (
      "was r forgotten in n?",
      { h, x, _, z, n in
        let z = sigma(a(z, h, x))
        return (1 - z) * candidate(h, x, 1, n) + z * h
      }
    ),
    (
      "not tanh",
      { h, x, r, z, n in
        let (r, z) = (tanh(a(r, h, x)), tanh(a(z, h, x)))
        return (1 - z) * candidate(h, x, r, n) + z * h
      }
    ),
    (
      "n counts with 1 − z",
      { h, x, r, z, n in
        candidate(h, x, sigma(a(r, h, x)), n) + sigma(a(z, h, x)) * h
      }
    ),
    (
      "the old state is missing",
      { h, x, r, z, n in
        (1 - sigma(a(z, h, x))) * candidate(h, x, sigma(a(r, h, x)), n)
      }
    ),
    (
      "h counts with z",
      { h, x, r, z, n in
        (1 - sigma(a(z, h, x))) * candidate(h, x, sigma(a(r, h, x)), n) + h
      }
    ),
    ("this is n alone", { h, x, r, _, n in candidate(h, x, sigma(a(r, h, x)), n) }),
    (
      "r multiplies U_n·h + d_n alone",
      { h, x, r, z, n in
        let (r, z) = (sigma(a(r, h, x)), sigma(a(z, h, x)))
        return (1 - z) * tanh(r * a(n, h, x)) + z * h
      }
    ),
  ]
  #expect(rules.count == 8)
  for (words, rule) in rules { expectRefusal(words) { try checkGRUStep(rule) } }
}

private func drop(_ gate: inout GateWeights, _ input: Bool, _ state: Bool) {
  if input { gate.inputBias = 0 }
  if state { gate.stateBias = 0 }
}

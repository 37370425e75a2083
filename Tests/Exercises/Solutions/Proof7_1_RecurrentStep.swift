import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. Three things happen in order: add the word to the state, multiply by the matrix, cut off below 0.
// 2. Number j of the result needs all numbers of h + x and column j of w: w[0][j], w[1][j], …
// 3. For each j: start with b[j], add (h[i] + x[i]) * w[i][j] for every i, take max(0, sum).

// MARK: Solution
private enum Solution {
  static func recurrentStep(
    _ h: [Double], _ x: [Double], w: [[Double]], b: [Double]
  ) -> [Double] {
    b.indices.map { j in
      var sum = b[j]
      for i in h.indices { sum += (h[i] + x[i]) * w[i][j] }
      return max(0, sum)
    }
  }
}

// MARK: Why this works
// The step is a layer like any other: a product, a bias, an activation function. What makes a net of
// it recurrent is only what is put in: its own last result. The word could go through a matrix of its
// own first; here its embedding already has the size of the state, so adding is enough.

// MARK: Proofs
@Test("7.1 solution") func solution7_1() throws { try checkRecurrentStep(Solution.recurrentStep) }

@Test("7.1 wrong: the word is left out") func wrong7_1_word() {
  expectRefusal("the word is missing") {
    try checkRecurrentStep { h, _, w, b in
      Solution.recurrentStep(h, h.map { _ in 0 }, w: w, b: b)
    }
  }
}

@Test("7.1 wrong: the matrix is transposed") func wrong7_1_transposed() {
  expectRefusal("rows and columns are mixed up") {
    try checkRecurrentStep { h, x, w, b in
      let turned = w.indices.map { i in w.indices.map { w[$0][i] } }
      return Solution.recurrentStep(h, x, w: turned, b: b)
    }
  }
}

@Test("7.1 wrong: no ReLU") func wrong7_1_relu() {
  expectRefusal("was ReLU forgotten?") {
    try checkRecurrentStep { h, x, w, b in
      b.indices.map { j in h.indices.reduce(b[j]) { $0 + (h[$1] + x[$1]) * w[$1][j] } }
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("7.1 wrong: others") func wrong7_1_others() {
  typealias Rule = (_ h: [Double], _ x: [Double], _ w: [[Double]], _ b: [Double]) -> [Double]
  func product(_ s: [Double], _ w: [[Double]]) -> [Double] {
    w[0].indices.map { j in s.indices.map { s[$0] * w[$0][j] }.reduce(0, +) }
  }
  func cut(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { max(0, $0 + $1) } }
  func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
  let mistakes: [(words: String, rule: Rule)] = [
    ("the state is missing", { _, x, w, b in cut(product(x, w), b) }),
    ("was the bias forgotten?", { h, x, w, _ in product(sum(h, x), w).map { max(0, $0) } }),
    ("not subtracted", { h, x, w, b in cut(product(sum(h, x), w), b.map { -$0 }) }),
    ("the bias is there twice", { h, x, w, b in cut(product(sum(h, x), w), b.map { 2 * $0 }) }),
    ("added, not multiplied", { h, x, w, b in cut(product(zip(h, x).map { $0 * $1 }, w), b) }),
    ("added before the product", { h, x, w, b in cut(sum(product(h, w), x), b) }),
    ("not averaged", { h, x, w, b in cut(product(sum(h, x).map { $0 / 2 }, w), b) }),
    (
      "one product alone",
      { h, x, w, b in cut(w[0].indices.map { (h[0] + x[0]) * w[0][$0] }, b) }
    ),
    ("this is tanh", { h, x, w, b in sum(product(sum(h, x), w), b).map { tanh($0) } }),
    ("this is σ", { h, x, w, b in sum(product(sum(h, x), w), b).map { 1 / (1 + exp(-$0)) } }),
    ("the distance from 0", { h, x, w, b in sum(product(sum(h, x), w), b).map { abs($0) } }),
    (
      "before ReLU, not after it",
      { h, x, w, b in sum(product(sum(h, x), w).map { max(0, $0) }, b) }
    ),
  ]
  #expect(mistakes.count == 12)
  for (words, rule) in mistakes { expectRefusal(words) { try checkRecurrentStep(rule) } }
}

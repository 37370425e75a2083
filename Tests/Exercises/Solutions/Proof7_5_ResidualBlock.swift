import ExerciseKit
import Testing

// MARK: Hints
// 1. Let the two layers run one after the other first, and keep x.
// 2. Both lists have one length. Go through them side by side and add number to number; the + of two
//    lists in Swift would join them.
// 3. return zip(x, second(first(x))).map { $0 + $1 }

// MARK: Solution
private enum Solution {
  static func residualBlock(
    _ x: [Double], _ first: ([Double]) -> [Double], _ second: ([Double]) -> [Double]
  ) -> [Double] {
    zip(x, second(first(x))).map { $0 + $1 }
  }
}

// MARK: Why this works
// The derivative of x + F(x) is 1 + F′(x): whatever the layers do, a gradient of 1 passes beside
// them. Where F is zero the block is the identity, so a block added to a trained net changes
// nothing until it has learned something.

// MARK: Proofs
@Test("7.5 solution") func solution7_5() throws { try checkResidualBlock(Solution.residualBlock) }

@Test("7.5 wrong: the lists are joined") func wrong7_5_joined() {
  expectRefusal("joins two lists") { try checkResidualBlock { x, f, g in x + g(f(x)) } }
}

@Test("7.5 wrong: the input is forgotten") func wrong7_5_plain() {
  expectRefusal("the input is missing") { try checkResidualBlock { x, f, g in g(f(x)) } }
}

@Test("7.5 wrong: the first layer's output is added") func wrong7_5_inner() {
  expectRefusal("not x") {
    try checkResidualBlock { x, f, g in zip(f(x), g(f(x))).map { $0 + $1 } }
  }
}

@Test("7.5 wrong: the order of the layers") func wrong7_5_order() {
  expectRefusal("first comes first") {
    try checkResidualBlock { x, f, g in zip(x, f(g(x))).map { $0 + $1 } }
  }
}

@Test("7.5 wrong: a ReLU after the sum") func wrong7_5_relu() {
  expectRefusal("no ReLU after the sum") {
    try checkResidualBlock { x, f, g in zip(x, g(f(x))).map { max(0, $0 + $1) } }
  }
}

/// Each of these mistakes gets its own advice.
@Test("7.5 wrong: others") func wrong7_5_others() {
  typealias Layer = ([Double]) -> [Double]
  func plus(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
  let mistakes: [(words: String, rule: ([Double], Layer, Layer) -> [Double])] = [
    ("this is x alone", { x, _, _ in x }),
    ("after the first layer too", { x, f, g in plus(x, g(plus(f(x), x))) }),
    ("added before the second layer", { x, f, g in g(plus(f(x), x)) }),
    ("the second layer is missing", { x, f, _ in plus(x, f(x)) }),
    ("the first layer is missing", { x, _, g in plus(x, g(x)) }),
    ("the layers' result is added to x, not", { x, f, g in zip(x, g(f(x))).map { $0 - $1 } }),
    ("x is added to the layers' result, not sub", { x, f, g in zip(x, g(f(x))).map { $1 - $0 } }),
    ("not multiplied by it", { x, f, g in zip(x, g(f(x))).map { $0 * $1 } }),
    ("the sum is not halved", { x, f, g in plus(x, g(f(x))).map { $0 / 2 } }),
    ("there twice", { x, f, g in plus(x, g(f(x))) + plus(x, g(f(x))) }),
  ]
  #expect(mistakes.count == 10)
  for (words, rule) in mistakes { expectRefusal(words) { try checkResidualBlock(rule) } }
}

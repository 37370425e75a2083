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

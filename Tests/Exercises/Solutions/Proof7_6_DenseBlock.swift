import ExerciseKit
import Testing

// MARK: Hints
// 1. Nothing is computed but second(first(x)). The rest is putting lists together.
// 2. x is a list of channels, and so is second(first(x)). The result is one list: those of x, then the others.
// 3. return x + second(first(x)), since the + of two lists in Swift joins them.

// MARK: Solution
private enum Solution {
  static func denseBlock(
    _ x: [[Double]], _ first: ([[Double]]) -> [[Double]], _ second: ([[Double]]) -> [[Double]]
  ) -> [[Double]] {
    x + second(first(x))
  }
}

// MARK: Why this works
// The input's channels are copied, not computed, so they are in the output exactly, and in that of
// every block after it. The layers need not bring the same number of channels as came in: a DenseNet
// adds few, and so has few parameters.

// MARK: Proofs
@Test("7.6 solution") func solution7_6() throws { try checkDenseBlock(Solution.denseBlock) }

@Test("7.6 wrong: a sum") func wrong7_6_sum() {
  expectRefusal("which is a residual block") {
    try checkDenseBlock { x, f, g in zip(x, g(f(x))).map { zip($0, $1).map { $0 + $1 } } }
  }
}

@Test("7.6 wrong: the new channels first") func wrong7_6_order() {
  expectRefusal("the input comes first") { try checkDenseBlock { x, f, g in g(f(x)) + x } }
}

@Test("7.6 wrong: each channel made longer") func wrong7_6_wide() {
  expectRefusal("join the channels") {
    try checkDenseBlock { x, f, g in zip(x, g(f(x))).map { $0 + $1 } }
  }
}

@Test("7.6 wrong: the input is forgotten") func wrong7_6_plain() {
  expectRefusal("channels are missing") { try checkDenseBlock { x, f, g in g(f(x)) } }
}

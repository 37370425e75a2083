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

/// Each of these mistakes gets its own advice.
@Test("7.6 wrong: others") func wrong7_6_others() {
  typealias Layer = ([[Double]]) -> [[Double]]
  let mistakes: [(words: String, rule: ([[Double]], Layer, Layer) -> [[Double]])] = [
    ("this is x alone", { x, _, _ in x }),
    ("old and new channels alternate", { x, f, g in zip(x, g(f(x))).flatMap { [$0, $1] } }),
    ("what was kept is first(x)", { x, f, g in f(x) + g(f(x)) }),
    ("in the wrong order", { x, f, g in x + f(g(x)) }),
    ("the second layer is missing", { x, f, _ in x + f(x) }),
    ("the first layer is missing", { x, _, g in x + g(x) }),
    ("first(x) was kept, too", { x, f, g in x + f(x) + g(f(x)) }),
    ("x went through the second layer", { x, f, g in g(x + f(x)) }),
  ]
  #expect(mistakes.count == 8)
  for (words, rule) in mistakes { expectRefusal(words) { try checkDenseBlock(rule) } }
}

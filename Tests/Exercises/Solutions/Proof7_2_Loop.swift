import ExerciseKit
import Testing

// MARK: Hints
// 1. You need one variable that changes from word to word, and a list that grows.
// 2. Begin the variable with start; in each turn of the loop put step(variable, word) into it.
// 3. var h = start; for x in words { h = step(h, x); states.append(h) }

// MARK: Solution
private enum Solution {
  static func recurrentLoop(
    _ words: [[Double]], from start: [Double], step: ([Double], [Double]) -> [Double]
  ) -> [[Double]] {
    var h = start
    var states: [[Double]] = []
    for x in words {
      h = step(h, x)
      states.append(h)
    }
    return states
  }
}

// MARK: Why this works
// This is all that "recurrent" means: the same step, fed with its own result. Unrolled, it is a deep net
// whose layers are equal. Model 1 uses only the last of these states, Model 2 asks for a word after each.

// MARK: Proofs
@Test("7.2 solution") func solution7_2() throws { try checkRecurrentLoop(Solution.recurrentLoop) }

@Test("7.2 wrong: every step from the start") func wrong7_2_forgetful() {
  expectRefusal("each step begins from the start again") {
    try checkRecurrentLoop { words, start, step in words.map { step(start, $0) } }
  }
}

@Test("7.2 wrong: the last state only") func wrong7_2_last() {
  expectRefusal("got the last one only") {
    try checkRecurrentLoop { words, start, step in [words.reduce(start, step)] }
  }
}

@Test("7.2 wrong: the start among the outputs") func wrong7_2_start() {
  expectRefusal("the start is not an output") {
    try checkRecurrentLoop { words, start, step in
      [start] + Solution.recurrentLoop(words, from: start, step: step)
    }
  }
}

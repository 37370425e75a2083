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

/// Each of these mistakes gets its own advice.
@Test("7.2 wrong: others") func wrong7_2_others() {
  typealias Step = ([Double], [Double]) -> [Double]
  typealias Rule = (_ words: [[Double]], _ start: [Double], _ step: Step) -> [[Double]]
  func right(_ words: [[Double]], _ start: [Double], _ step: Step) -> [[Double]] {
    Solution.recurrentLoop(words, from: start, step: step)
  }
  let mistakes: [(words: String, rule: Rule)] = [
    ("the loop begins with zeros", { right($0, $1.map { _ in 0 }, $2) }),
    ("from the last to the first", { right($0.reversed(), $1, $2) }),
    ("in the wrong order", { right($0, $1, $2).reversed() }),
    (
      "state and word are exchanged", { words, start, step in right(words, start) { step($1, $0) } }
    ),
    (
      "every step gets the first word",
      { words, start, step in right(words.map { _ in words[0] }, start, step) }
    ),
    (
      "keep each when it is made",
      { words, start, step in words.map { _ in right(words, start, step).last! } }
    ),
    ("the states before each word", { [$1] + right($0, $1, $2).dropLast() }),
    (
      "one place too early",
      {
        let all = right($0, $1, $2)
        return all.dropFirst() + all.suffix(1)
      }
    ),
  ]
  #expect(mistakes.count == 8)
  for (words, rule) in mistakes { expectRefusal(words) { try checkRecurrentLoop(rule) } }
}

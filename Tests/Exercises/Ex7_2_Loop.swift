import ExerciseKit
import Testing

/// 7.2  Write the loop of a recurrent net, so that each word changes the state that the word before
/// left, and every state is kept as an output.
///
///     h₁ = step(start, x₁)   h₂ = step(h₁, x₂)   …   result: [h₁, h₂, …]
///
/// `step` is any step, such as that of 7.1; you need not know what it does.
///
/// Stuck? swift run learn hint 7.2
///
/// - Parameters:
///   - words: the embeddings of the words, in order; there may be none
///   - start: the state before the first word
///   - step: a state and a word give the next state
/// - Returns: the state after each word
func recurrentLoop(
  _ words: [[Double]], from start: [Double], step: ([Double], [Double]) -> [Double]
) throws -> [[Double]] {
  try todo()  // replace this line
}

@Test("7.2 the loop of a recurrent net", .exercise("7.2"))
func ex7_2() throws {
  try checkRecurrentLoop(recurrentLoop)
  // Your own cases:
}

// How your answer is tried: two cases by hand, then steps that can be followed.

typealias RecurrentLoop = (
  _ words: [[Double]], _ start: [Double], _ step: ([Double], [Double]) -> [Double]
) throws -> [[Double]]

func checkRecurrentLoop(_ loop: RecurrentLoop) throws {
  // h′ = 2h + x from 1, with the words 1, 2, 3: 3, 8, 19.
  let double = { (h: [Double], x: [Double]) in [2 * h[0] + x[0]] }
  let states = try loop([[1], [2], [3]], [1], double)
  let call = "recurrentLoop([[1], [2], [3]], from: [1]) with h′ = 2h + x"
  try require(
    states.count != 1,
    "\(call) should give three states, got the last one only: every state is an output")
  try require(
    states.count != 4, "\(call) should give three states, got four: the start is not an output")
  try require(states.count == 3, "\(call) should give three states, got \(states.count)")
  try require(
    states.allSatisfy { $0.count == 1 }, "\(call) should give states of one number each")
  let expected = [3.0, 8, 19]
  let forgetful = [3.0, 4, 5]
  for t in 0..<3 {
    try require(
      "\(call)[\(t)]", gives: states[t][0], expected: expected[t],
      mistakes: t == 0
        ? []
        : [
          Mistake(
            forgetful[t],
            "each step begins from the start again; it should begin from the last state")
        ])
  }
  let none = try loop([], [7], double)
  try require(none.isEmpty, "recurrentLoop of no words should give no states, got \(none.count)")

  for seed in 0..<5 {
    let words = randomNumbers(count: 6, in: -2...2, seed: seed).map { [$0] }
    // A step that lists what it has read: after word t the state holds the start and words 1 … t.
    let read = try loop(words, [99], { h, x in h + x })
    try require(
      read.count == 6, "recurrentLoop of six words should give six states, got \(read.count)")
    for t in 0..<6 {
      try require(
        "state \(t + 1) with h′ = h joined with x, words \(show(words.map { $0[0] }))",
        gives: read[t], expected: [99] + words[0...t].map { $0[0] })
    }
  }
}

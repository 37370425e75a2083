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
  // h′ = 2h + x from 5, with the words 1, 3, 4: 11, 25, 54.
  let double = { (h: [Double], x: [Double]) in [2 * h[0] + x[0]] }
  let states = try loop([[1], [3], [4]], [5], double)
  let call = "recurrentLoop([[1], [3], [4]], from: [5]) with h′ = 2h + x"
  try require(
    states.count != 1,
    "\(call) should give three states, got the last one only: every state is an output")
  try require(
    states.count != 4, "\(call) should give three states, got four: the start is not an output")
  try require(states.count == 3, "\(call) should give three states, got \(states.count)")
  try require(
    states.allSatisfy { $0.count == 1 }, "\(call) should give states of one number each")
  try require(
    call, gives: states.map { $0[0] }, expected: [11, 25, 54],
    mistakes: [
      (
        [11, 13, 14], "each step begins from the start again; it should begin from the last state"
      ),
      ([1, 5, 14], "the loop begins with zeros: the first step gets the start"),
      ([14, 31, 63], "the words were read from the last to the first"),
      ([54, 25, 11], "the states stand in the wrong order: the first word's is the first"),
      ([7, 13, 21], "state and word are exchanged: step(state, word)"),
      ([11, 23, 47], "every step gets the first word: each gets its own"),
      ([54, 54, 54], "this is the last state three times: keep each when it is made"),
      ([5, 11, 25], "these are the states before each word; the start is not an output"),
      ([25, 54, 54], "a state stands one place too early"),
    ])
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

import ExerciseKit
import Testing

/// 7.3  Read a text batch by batch, so that the state is kept from batch to batch and the gradient
/// is not.
///
///     h_t = w · h_{t−1} + x_t
///
/// is a recurrent net of one number. Its derivative by w has a loop of its own: by the product rule
///
///     dh_t = h_{t−1} + w · dh_{t−1}
///
/// where dh_{t−1} is 0 if h_{t−1} does not depend on w. In each batch the state goes on where the batch before
/// stopped, but as a mere number: it is detached. The very first state is 0.
///
/// Stuck? swift run learn hint 7.3
///
/// - Parameters:
///   - batches: the inputs of each batch, in order
///   - w: the weight
/// - Returns: for each batch the state at its end, and that state's derivative by w
func keptStates(_ batches: [[Double]], w: Double) throws -> [(h: Double, gradient: Double)] {
  try todo()  // replace this line
}

@Test("7.3 keep and detach the state", .exercise("7.3"))
func ex7_3() throws {
  try checkKeptStates(keptStates)
  // Your own cases:
}

// How your answer is tried: a case by hand, then numeric derivatives of each batch alone.

typealias KeptStates = (_ batches: [[Double]], _ w: Double) throws -> [(
  h: Double, gradient: Double
)]

func checkKeptStates(_ read: KeptStates) throws {
  // w = 2. Batch 1: h = 1, then 2·1 + 1 = 3; dh = 0, then 1 + 2·0 = 1.
  // Batch 2 goes on from 3: h = 2·3 + 1 = 7, then 15; dh = 3, then 7 + 2·3 = 13.
  let call = "keptStates([[1, 1], [1, 1]], w: 2)"
  let found = try read([[1, 1], [1, 1]], 2)
  try require(found.count == 2, "\(call) should give 2 results, got \(found.count)")
  try require("the state after batch 1 of \(call)", gives: found[0].h, expected: 3)
  try require(
    "the gradient of batch 1 of \(call)", gives: found[0].gradient, expected: 1,
    mistakes: [
      Mistake(
        0, "within a batch the gradient goes on from step to step: dh is set to 0 at its start only"
      )
    ])
  try require(
    "the state after batch 2 of \(call)", gives: found[1].h, expected: 15,
    mistakes: [Mistake(3, "the state was forgotten: batch 2 goes on where batch 1 stopped")])
  try require(
    "the gradient of batch 2 of \(call)", gives: found[1].gradient, expected: 13,
    mistakes: [
      Mistake(
        17, "the gradient reaches back into batch 1: the state that is kept should be detached"),
      Mistake(
        7, "within a batch the gradient goes on from step to step: dh is set to 0 at its start only"
      ),
    ])

  for seed in 0..<5 {
    let numbers = randomNumbers(count: 13, in: -1.2...1.2, seed: seed)
    let w = numbers[12]
    let batches = (0..<3).map { Array(numbers[(4 * $0)..<(4 * $0 + 4)]) }
    let call = "keptStates(\(batches.map { show($0) }), w: \(show(w)))"
    let found = try read(batches, w)
    try require(found.count == 3, "\(call) should give 3 results, got \(found.count)")
    var start = 0.0
    for (i, batch) in batches.enumerated() {
      let end = { (w: Double) in batch.reduce(start) { w * $0 + $1 } }
      try require("the state after batch \(i + 1) of \(call)", gives: found[i].h, expected: end(w))
      try require(
        "the gradient of batch \(i + 1) of \(call)", gives: found[i].gradient,
        expected: numericGradient(at: [w]) { end($0[0]) }[0], within: 1e-6)
      start = end(w)
    }
  }
}

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
  // w = 3. Batch 1: h = 1, then 3·1 + 2 = 5, then 3·5 + 4 = 19; dh = 0, 1 + 3·0 = 1, 5 + 3·1 = 8.
  // Batch 2 goes on from 19: h = 3·19 + 3 = 60, then 3·60 − 1 = 179; dh = 19, then 60 + 3·19 = 117.
  let call = "keptStates([[1, 2, 4], [3, -1]], w: 3)"
  let found = try read([[1, 2, 4], [3, -1]], 3)
  try require(found.count == 2, "\(call) should give 2 results, got \(found.count)")
  try require(
    "the state after batch 1 of \(call)", gives: found[0].h, expected: 19,
    mistakes: [
      Mistake(57, "x is added to w · h: it is not multiplied by w itself"),
      Mistake(7, "this is the sum of the inputs: the state before is multiplied by w"),
      Mistake(5, "the last input is missing"), Mistake(4, "this is the last input: h goes on"),
    ])
  try require(
    "the gradient of batch 1 of \(call)", gives: found[0].gradient, expected: 8,
    mistakes: [
      Mistake(43, "dh takes h as it was before the step: compute dh first, then h"),
      Mistake(6, "dh of the step before is multiplied by w"),
      Mistake(0, "h of the step before is added to dh in each step"),
      Mistake(35, "dh is 0 at the start of a batch, not 1"),
      Mistake(
        5, "within a batch the gradient goes on from step to step: dh is set to 0 at its start only"
      ),
    ])
  try require(
    "the state after batch 2 of \(call)", gives: found[1].h, expected: 179,
    mistakes: [Mistake(8, "the state was forgotten: batch 2 goes on where batch 1 stopped")])
  try require(
    "the gradient of batch 2 of \(call)", gives: found[1].gradient, expected: 117,
    mistakes: [
      Mistake(
        189, "the gradient reaches back into batch 1: the state that is kept should be detached"),
      Mistake(3, "the state was forgotten for dh: it goes on from batch to batch"),
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

import ExerciseKit
import Foundation
import Testing

/// 5.2  Write the binary cross entropy, so that a confident right answer costs next to nothing and
/// a confident wrong one costs a lot.
///
///     loss of a row = −ln p          if its target is 1
///                     −ln (1 − p)    if its target is 0
///     loss          = the mean over all rows
///
/// Stuck? swift run learn hint 5.2
///
/// - Parameters:
///   - predictions: p, the predicted probability that the target is 1, one a row
///   - targets: what was right, 0 or 1, one a row
func binaryCrossEntropy(_ predictions: [Double], _ targets: [Double]) throws -> Double {
  try todo()  // replace this line
}

@Test("5.2 binary cross entropy", .exercise("5.2"))
func ex5_2() throws {
  try checkBinaryCrossEntropy(binaryCrossEntropy)
  // Your own cases:
}

// How your answer is tried: rows of the lesson's spreadsheet, then random rows.

func checkBinaryCrossEntropy(_ loss: ([Double], [Double]) throws -> Double) throws {
  // −ln 0.8, −ln 0.7 and −ln 0.4 are 0.22314, 0.35667 and 0.91629.
  try require(
    "binaryCrossEntropy([0.8, 0.3, 0.6], [1, 0, 0])", gives: loss([0.8, 0.3, 0.6], [1, 0, 0]),
    expected: 0.498703075709,
    mistakes: [
      Mistake(1.49610922713, "three times too large: was the mean over the rows forgotten?"),
      Mistake(0.748054613564, "divide by the number of rows, not by one less"),
      Mistake(0.216583993889, "this is the logarithm to base 10; take the natural one, log"),
      Mistake(0.719476454201, "this is the logarithm to base 2; take the natural one, log"),
      Mistake(-0.498703075709, "the sign is wrong: a loss is never negative"),
      Mistake(1.10807878018, "this is the other case: are the targets 0 and 1 mixed up?"),
      Mistake(0.645980659802, "this is −ln p for every row: what does a target of 0 change?"),
      Mistake(0.0743811837714, "rows with target 0 cost something too"),
      Mistake(0.424321891938, "rows with target 1 cost something too"),
      Mistake(-0.349940708166, "rows with target 0 cost −ln (1 − p): their sign is wrong"),
      Mistake(0.456758402496, "this is the logarithm of the mean: take it of each row first"),
      Mistake(0.163333333333, "this is the mean squared error: where is the logarithm?"),
      Mistake(0.366666666667, "this is the mean distance: where is the logarithm?"),
    ])
  // The five rows of the spreadsheet: .69315, .02020, 2.30259, .69315, .10536.
  try require(
    "binaryCrossEntropy([0.5, 0.98, 0.9, 0.5, 0.9], [1, 1, 0, 0, 1])",
    gives: loss([0.5, 0.98, 0.9, 0.5, 0.9], [1, 1, 0, 0, 1]), expected: 0.76289, within: 1e-5)
  let perfect = try loss([1, 0], [1, 0])
  try require(
    abs(perfect) < 1e-6,
    "binaryCrossEntropy([1, 0], [1, 0]) should be 0, got \(show(perfect)): for each row "
      + "take only the logarithm that counts (0 × log 0 is not a number)")
  try require(
    "binaryCrossEntropy([1e-06], [1])", gives: loss([1e-6], [1]), expected: 13.81551,
    within: 1e-4)
  for seed in 1...5 {
    let p = randomNumbers(count: 2, in: 0.1...0.9, seed: seed)
    let q = 1 - p[0]
    try require(
      "binaryCrossEntropy([\(show(p[0]))], [1]) − binaryCrossEntropy([\(show(q))], [0])",
      gives: loss([p[0]], [1]) - loss([q], [0]), expected: 0)
    let call = "binaryCrossEntropy(\(show(p)), [1, 0])"
    let rows = try [loss([p[0]], [1]), loss([p[1]], [0])]
    try require(call, gives: loss(p, [1, 0]), expected: (rows[0] + rows[1]) / 2)
    try require(
      "the gradient of \(call)", gives: numericGradient(at: p) { try loss($0, [1, 0]) },
      expected: [-0.5 / p[0], 0.5 / (1 - p[1])], within: 1e-5)
  }
}

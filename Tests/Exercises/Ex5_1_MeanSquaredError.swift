import ExerciseKit
import Testing

/// 5.1  Write the mean squared error, so that `mse([1, 2], [1, 4])` is 2.
///
///     mse = the mean of (prediction − target)² over all rows
///
/// This one is a gift: it is solved, to show what solved looks like.
///
///     swift run learn check 5.1
///
/// - Parameters:
///   - predictions: what the model said, one number a row
///   - targets: what was right, one number a row
func mse(_ predictions: [Double], _ targets: [Double]) throws -> Double {
  var sum = 0.0
  for (prediction, target) in zip(predictions, targets) {
    sum += (prediction - target) * (prediction - target)
  }
  return sum / Double(predictions.count)
}

@Test("5.1 mean squared error", .exercise("5.1"))
func ex5_1() throws {
  try checkMSE(mse)
  // Your own cases:
  #expect(try mse([5], [5]) == 0)
}

// How your answer is tried: two cases by hand, then random rows.

func checkMSE(_ mse: ([Double], [Double]) throws -> Double) throws {
  // The errors are −0.5, −2 and 3, their squares 0.25, 4 and 9.
  try require(
    "mse([1, 2, 6], [1.5, 4, 3])", gives: mse([1, 2, 6], [1.5, 4, 3]), expected: 13.25 / 3,
    mistakes: [
      Mistake(13.25, "three times too large: was the mean forgotten?"),
      Mistake(13.25 / 6, "half of what it should be: one half does not belong here"),
      Mistake(13.25 / 2, "divided by 2, not by 3: divide by the number of rows, not by one less"),
      Mistake(5.5 / 3, "was the error squared? This is the mean of the distances"),
      Mistake(5.5, "was the error squared? And was the mean forgotten?"),
      Mistake(0.5 / 3, "was the error squared? This is the mean of the errors"),
      Mistake(0.25 / 9, "this is the square of the mean error: square each first"),
      Mistake((13.25 / 3).squareRoot(), "this is its square root"),
      Mistake(13.25.squareRoot(), "this is the square root of the sum: no root, but the mean"),
      Mistake(
        13.75 / 3, "this is the difference of the squares: take the square of the difference"),
    ])
  try require("mse([1, 2], [1, 4])", gives: mse([1, 2], [1, 4]), expected: 2)
  for seed in 1...5 {
    let targets = randomNumbers(count: 4, in: -3...3, seed: seed)
    let predictions = randomNumbers(count: 4, in: -3...3, seed: seed + 100)
    let call = "mse(\(show(predictions)), \(show(targets)))"
    let rows = try zip(predictions, targets).map { try mse([$0], [$1]) }
    try require(
      call, gives: mse(predictions, targets), expected: rows.reduce(0, +) / 4, within: 1e-9)
    let slopes = try numericGradient(at: predictions) { try mse($0, targets) }
    let expected = zip(predictions, targets).map { 2 * ($0 - $1) / 4 }
    try require(
      "the gradient of \(call)", gives: slopes, expected: expected, within: 1e-6)
  }
}

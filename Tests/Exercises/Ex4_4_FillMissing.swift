import ExerciseKit
import Testing

/// 4.4  Fill the gaps of a column of numbers, so that each gets the median of the training rows, and a
/// second column says where the gaps were.
///
///     filled:  each number as it is; where there is none, the median of those in `training`
///     missing: 1 where there was a gap, 0 elsewhere
///
/// The median is the middle one of the numbers in order; of an even count, the mean of the two in the
/// middle. `training` has gaps too, which do not count.
///
/// Stuck? swift run learn hint 4.4
///
/// - Parameters:
///   - column: the rows to fill; nil is a gap
///   - training: the same column in the training rows
func fillMissing(
  _ column: [Double?], training: [Double?]
) throws -> (filled: [Double], missing: [Double]) {
  try todo()  // replace this line
}

@Test("4.4 fill missing", .exercise("4.4"))
func ex4_4() throws {
  try checkFillMissing(fillMissing)
  // Your own cases:
}

// How your answer is tried: two cases by hand, then random columns whose median is known.

typealias FillMissingAnswer = ([Double?], [Double?]) throws -> (filled: [Double], missing: [Double])

func checkFillMissing(_ fillMissing: FillMissingAnswer) throws {
  // In order: 1 3 6 10, the middle two are 3 and 6.
  try requireFilled(
    [nil, 100, 90], training: [1, nil, 10, 3, nil, 6], median: 4.5,
    mistakes: [
      Mistake(8, "this is the median of all rows: what the rows to fill hold must not count"),
      Mistake(95, "this is the median of the rows to fill, not of the training rows"),
      Mistake(5, "this is the mean; one rich man moves it, and not the median"),
      Mistake(6, "of an even count take the mean of the two in the middle"),
      Mistake(3, "of an even count take the mean of the two in the middle"),
      Mistake(6.5, "were the numbers put in order first?"),
      Mistake(2, "the gaps of the training rows are no zeros: they do not count"),
      Mistake(
        5.5, "this is the middle of the smallest and the largest; the median is the middle one"),
      Mistake(1, "this is the smallest number; the median is the middle one"),
      Mistake(10, "this is the largest number; the median is the middle one"),
      Mistake(35, "this is the mean, and of all rows; take the median of the training rows"),
      Mistake(0, "0 is a number like any other, and far from what is usual here"),
    ], fillMissing)
  try requireFilled([7, nil], training: [nil, 40, nil, -2, 38], median: 38, fillMissing)
  try requireFilled([1, 2], training: [5], median: 5, fillMissing)
  for seed in 1...10 {
    // As many numbers below 0 as above it: the middle one is 0.
    let above = randomNumbers(count: 4, in: 1...9, seed: seed)
    let below = randomNumbers(count: 4, in: -90 ... -1, seed: seed + 100)
    var training: [Double?] = [nil, 0, nil]
    for (a, b) in zip(above, below) { training += [a, b] as [Double?] }
    var column: [Double?] = []
    for (row, value) in randomNumbers(count: 8, in: 50...60, seed: seed + 200).enumerated() {
      column.append((row + seed) % 3 == 0 ? nil : value)
    }
    try requireFilled(column, training: training, median: 0, fillMissing)
  }
}

private func requireFilled(
  _ column: [Double?], training: [Double?], median: Double, mistakes: [Mistake] = [],
  _ fillMissing: FillMissingAnswer
) throws {
  let call = "fillMissing(\(list(column)), training: \(list(training)))"
  let (filled, missing) = try fillMissing(column, training)
  for (name, numbers) in [("filled", filled), ("missing", missing)] {
    try require(
      numbers.count == column.count,
      "\(call).\(name) should have \(column.count) numbers, one a row, got \(numbers.count)")
  }
  for (row, value) in column.enumerated() {
    try require(
      "\(call).filled[\(row)]", gives: filled[row], expected: value ?? median,
      mistakes: value == nil ? mistakes : [])
  }
  let gaps = column.map { $0 == nil ? 1.0 : 0 }
  try require(
    !gaps.contains(1) || missing.contains { $0 != 0 },
    "\(call).missing is \(show(missing)), but there was a gap: that a value is missing may itself "
      + "tell something, so the second column keeps it")
  try require(
    missing != gaps.map { 1 - $0 },
    "\(call).missing is \(show(missing)), the other way round: 1 where there was a gap")
  try require("\(call).missing", gives: missing, expected: gaps)
}

private func list(_ column: [Double?]) -> String {
  "[" + column.map { $0.map { show($0) } ?? "nil" }.joined(separator: ", ") + "]"
}

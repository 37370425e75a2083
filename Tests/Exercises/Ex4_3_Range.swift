import ExerciseKit
import Testing

/// 4.3  Write the range, so that any number becomes a rating between `low` and `high`.
///
///     r = low + (high − low)·σ(z)        σ(z) = 1 / (1 + exp(−z))
///
/// However large or small z is, the result is a number and lies between both ends.
///
/// Stuck? swift run learn hint 4.3
///
/// - Parameter z: the sum of product and biases
func stars(_ z: Double, from low: Double, to high: Double) throws -> Double {
  try todo()  // replace this line
}

@Test("4.3 the range", .exercise("4.3"))
func ex4_3() throws {
  try checkStars(stars)
  // Your own cases:
}

// How your answer is tried: cases by hand, both ends, then random numbers against two rules.

func checkStars(_ stars: (_ z: Double, _ low: Double, _ high: Double) throws -> Double) throws {
  // σ(0.8) is 0.68997.
  try require(
    "stars(0.8, from: 1.5, to: 4)", gives: stars(0.8, 1.5, 4), expected: 3.22493620282,
    mistakes: [
      Mistake(0.689974481128, "this is σ(z) alone: it still has to be moved to 1.5 … 4"),
      Mistake(1.72493620282, "was the lower end added?"),
      Mistake(0.224936202819, "the lower end is added, not subtracted"),
      Mistake(2.75989792451, "this is high·σ(z): where is the lower end?"),
      Mistake(
        4.25989792451, "low + high·σ(z) goes beyond the end: what is the width of the range?"),
      Mistake(5.2948596462, "the width of the range is high − low, not their sum"),
      Mistake(2.27506379718, "the sign of z is wrong, or the ends are exchanged: it rises with z"),
      Mistake(3.5, "this is low + (high − low)·z: where is the sigmoid?"),
      Mistake(1.5, "cutting off at the ends is not squeezing: a sigmoid gives 0.69 at 0.8"),
      Mistake(3.16009192567, "this is tanh, which lies between −1 and 1; take the sigmoid"),
      Mistake(2.62332241029, "this is exp(−z): σ divides 1 by 1 + exp(−z)"),
      Mistake(7.06385232123, "this is exp(z), or 1 / exp(−z): σ is 1 / (1 + exp(−z))"),
      Mistake(3.08795776422, "this is a power of 2: take exp, the power of e"),
    ])
  try require("stars(0, from: 1, to: 5)", gives: stars(0, 1, 5), expected: 3)
  // σ(ln 3) is 3/4.
  try require(
    "stars(1.0986123, from: 0, to: 5.5)", gives: stars(1.0986122886681098, 0, 5.5),
    expected: 4.125)
  for (z, end) in [(1000.0, 5.5), (-1000.0, 0.5)] {
    let r = try stars(z, 0.5, 5.5)
    try require(
      r.isFinite,
      "stars(\(show(z)), from: 0.5, to: 5.5) is \(show(r)): exp went out of range and infinity was divided by infinity"
    )
    try require("stars(\(show(z)), from: 0.5, to: 5.5)", gives: r, expected: end)
  }
  for (i, z) in randomNumbers(count: 10, in: -5...5, seed: 1).enumerated() {
    let (low, high) = (Double(i) / 2 - 3, Double(i) / 2 + 1)
    let r = try stars(z, low, high)
    let call = "stars(\(show(z)), from: \(show(low)), to: \(show(high)))"
    try require(r > low && r < high, "\(call) is \(show(r)), outside of the range")
    // z and −z lie alike on both sides of the middle.
    try require(
      "\(call) + stars(\(show(-z)), …)", gives: r + stars(-z, low, high), expected: low + high)
    // The slope is (high − low)·σ·(1 − σ).
    let sigma = (r - low) / (high - low)
    let slope = try numericGradient(at: [z]) { try stars($0[0], low, high) }[0]
    try require(
      "the slope of \(call)", gives: slope, expected: (high - low) * sigma * (1 - sigma),
      within: 1e-6)
  }
}

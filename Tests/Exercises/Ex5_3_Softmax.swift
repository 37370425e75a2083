import ExerciseKit
import Foundation
import Testing

/// 5.3  Write softmax, so that any list of numbers becomes probabilities, even where exp would
/// overflow.
///
///     softmax(z)ᵢ = exp(zᵢ) / (exp(z₁) + exp(z₂) + … )
///
/// exp(1000) is infinite, but softmax([1000, 1000]) is [0.5, 0.5]: one step before exp makes the
/// numbers harmless and leaves the result as it is.
///
/// Stuck? swift run learn hint 5.3
///
/// - Parameter z: the outputs of the last layer, one a class
func softmax(_ z: [Double]) throws -> [Double] {
  try todo()  // replace this line
}

@Test("5.3 stable softmax", .exercise("5.3"))
func ex5_3() throws {
  try checkSoftmax(softmax)
  // Your own cases:
}

// How your answer is tried: cases by hand, the lesson's spreadsheet, large and random numbers.

func checkSoftmax(_ softmax: ([Double]) throws -> [Double]) throws {
  // exp of these is 1, 3, 2 and 2, in all 8.
  let z = [0, 1.0986122886681098, 0.6931471805599453, 0.6931471805599453]
  try require(
    "softmax([0, 1.0986123, 0.6931472, 0.6931472])", gives: softmax(z),
    expected: [0.125, 0.375, 0.25, 0.25], within: 1e-6,
    mistakes: [
      ([1, 3, 2, 2], "these are the exps alone: what must each exp be divided by?"),
      (
        [0.3333333, 1, 0.6666667, 0.6666667],
        "the largest should not be 1, but all together: what must each exp be divided by?"
      ),
      (
        [0.25, 0.75, 0.5, 0.5],
        "divided by how many there are: what must each exp be divided by, so that all are 1?"
      ),
      (
        [0.4285714, 0.1428571, 0.2142857, 0.2142857],
        "the sign is wrong: the largest number gets the most"
      ),
      ([0, 0.442114, 0.278943, 0.278943], "each z is divided by their sum: where is exp?"),
      ([0.5, 0.75, 0.6666667, 0.6666667], "this is the sigmoid of each: all together should be 1"),
      (
        [-2.0794415, -0.9808293, -1.3862944, -1.3862944],
        "this is the logarithm of it: one log too many"
      ),
      (
        [0.1568603, 0.3359141, 0.2536128, 0.2536128],
        "this is 2 to the power of z: take exp, the power of e"
      ),
    ])
  try requireProbabilities(of: [0, 0], softmax)
  try require("softmax([0, 0])", gives: softmax([0, 0]), expected: [0.5, 0.5])
  try require(
    "softmax([0, 1.0986123])", gives: softmax([0, 1.0986123]), expected: [0.25, 0.75],
    within: 1e-6)
  // Cat, dog, plane, fish, building.
  try require(
    "softmax([0.02179, -2.48806, -1.75056, 2.07041, 1.25026])",
    gives: softmax([0.02179, -2.48806, -1.75056, 2.07041, 1.25026]),
    expected: [0.0805, 0.0065, 0.0137, 0.6244, 0.2749], within: 6e-5)
  let extremes: [[Double]] = [[1000, 1000], [0, 2000, -2000], [-1000, -1000]]
  for z in extremes {
    let result = try softmax(z)
    try require(
      result.allSatisfy { $0.isFinite },
      "softmax(\(show(z))) is \(show(result)): exp went out of range; which shift of all "
        + "numbers makes the largest exp harmless?")
    try requireProbabilities(of: z, softmax)
  }
  try require(
    "softmax([0, 2000, -2000])", gives: softmax([0, 2000, -2000]), expected: [0, 1, 0])
  for seed in 1...5 {
    let z = randomNumbers(count: 4, in: -4...4, seed: seed)
    try requireProbabilities(of: z, softmax)
    let p = try softmax(z)
    try require(
      "log(softmax(z)[0] / softmax(z)[1]) for z = \(show(z))", gives: log(p[0] / p[1]),
      expected: z[0] - z[1])
    try require(
      "softmax(\(show(z.map { $0 + 5 }))), \(show(z)) with 5 added to each,",
      gives: softmax(z.map { $0 + 5 }), expected: p)
  }
}

private func requireProbabilities(
  of z: [Double], _ softmax: ([Double]) throws -> [Double]
) throws {
  let p = try softmax(z)
  let sum = p.reduce(0, +)
  let call = "softmax(\(show(z))) is \(show(p))"
  try require(p.count == z.count, "\(call): \(p.count) numbers for \(z.count)")
  try require(p.allSatisfy { $0 >= 0 }, "\(call): a probability is never negative")
  try require(
    abs(sum - 1) < 1e-9,
    "\(call), which sums to \(show(sum)), not 1: what must each exp be divided by?")
}

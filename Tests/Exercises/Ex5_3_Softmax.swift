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

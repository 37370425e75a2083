import ExerciseKit
import Foundation
import Testing

/// 7.1  Write one step of a recurrent net, so that a state and a word become the next state.
///
///     h′ⱼ = the larger of 0 and Σᵢ (hᵢ + xᵢ) · wᵢⱼ + bⱼ
///
/// The embedding of the word is added to the state (the green arrow), the sum goes through the
/// hidden matrix (orange), and through ReLU. The batch norm of the lesson is left out.
///
/// Stuck? swift run learn hint 7.1
///
/// - Parameters:
///   - h: the state, as many numbers as `w` has rows
///   - x: the embedding of the word, as many numbers again
///   - w: the hidden matrix: `w[i][j]` leads from number i to number j
///   - b: the bias, one number for each column of `w`
/// - Returns: the next state
func recurrentStep(_ h: [Double], _ x: [Double], w: [[Double]], b: [Double]) throws -> [Double] {
  try todo()  // replace this line
}

@Test("7.1 one step of a recurrent net", .exercise("7.1"))
func ex7_1() throws {
  try checkRecurrentStep(recurrentStep)
  // Your own cases:
}

// How your answer is tried: two cases by hand, then random numbers against three rules.

typealias RecurrentStep = (
  _ h: [Double], _ x: [Double], _ w: [[Double]], _ b: [Double]
) throws -> [Double]

func checkRecurrentStep(_ step: RecurrentStep) throws {
  // h + x = [1.25, 3]: 1.25 + 9 + 0.75 = 11, and 6.25 − 12 + 0.25 = −5.5, cut off.
  let w = [[1.0, 5], [3, -4]]
  let y = try step([1, 2], [0.25, 1], w, [0.75, 0.25])
  let call = "recurrentStep([1, 2], [0.25, 1], w: [[1, 5], [3, -4]], b: [0.75, 0.25])"
  try require(y.count == 2, "\(call) should be 2 numbers, got \(y.count)")
  try require(
    "\(call)[0]", gives: y[0], expected: 11,
    mistakes: [
      Mistake(7.75, "the word is missing: its embedding is added to the state"),
      Mistake(4, "the state is missing: the word is added to it"),
      Mistake(17, "rows and columns are mixed up: h′ⱼ sums over the rows i of column j"),
      Mistake(10.25, "was the bias forgotten?"),
      Mistake(9.5, "the bias is added, not subtracted"),
      Mistake(11.75, "the bias is there twice: add it once, not for each i"),
      Mistake(7, "state and word are added, not multiplied"),
      Mistake(8, "the word is added before the product: it goes through the matrix, too"),
      Mistake(5.875, "state and word are added, not averaged"),
      Mistake(2, "this is one product alone: sum over all i"),
      Mistake(0.9999999994421064, "this is tanh; the step ends with ReLU"),
      Mistake(0.999983298578152, "this is σ; the step ends with ReLU"),
    ])
  try require(
    "\(call)[1]", gives: y[1], expected: 0,
    mistakes: [
      Mistake(-5.5, "was ReLU forgotten?"),
      Mistake(5.5, "this is the distance from 0; ReLU cuts off"),
      Mistake(0.25, "the bias is added before ReLU, not after it"),
    ])

  for seed in 0..<5 {
    let numbers = randomNumbers(count: 18, in: -1...1, seed: seed)
    let (h, x, b) = (Array(numbers[0..<3]), Array(numbers[3..<6]), Array(numbers[6..<9]))
    let w = (0..<3).map { Array(numbers[(9 + 3 * $0)..<(12 + 3 * $0)]) }
    let call = "recurrentStep(\(show(h)), \(show(x)), w: \(w.map { show($0) }), b: \(show(b)))"
    // A state and a word of zeros leave only the bias.
    try require(
      "recurrentStep of zeros with b: \(show(b))", gives: step([0, 0, 0], [0, 0, 0], w, b),
      expected: b.map { max(0, $0) })
    // State and word are only added: they may be exchanged.
    try require(
      "\(call), against h and x exchanged", gives: step(h, x, w, b), expected: step(x, h, w, b))
    // With a large bias nothing is cut off, and the step is a sum of products.
    let sums = (0..<3).map { j in
      (0..<3).reduce(50) { sum, i in sum + (h[i] + x[i]) * w[i][j] }
    }
    try require("\(call) with b: [50, 50, 50]", gives: step(h, x, w, [50, 50, 50]), expected: sums)
  }
}

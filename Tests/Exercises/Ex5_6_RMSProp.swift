import ExerciseKit
import Foundation
import Testing

/// 5.6  Write one step of RMSProp, so that weights with small and with large gradients move equally
/// fast.
///
///     r ← β · r + (1 − β) · g²
///     w ← w − lr · g / (√r + ε)
///
/// The new r is used. (The spreadsheet uses the one before; with r = 0 at the start that divides by
/// zero.) ε is tiny and is there for a gradient that has always been 0.
///
/// Stuck? swift run learn hint 5.6
///
/// - Parameters:
///   - w: the weight
///   - r: the average of the squared gradients so far, 0 before the first step
///   - g: the gradient
///   - lr: the learning rate
///   - beta: β, how much of the old average stays, usually 0.9
///   - epsilon: ε, usually 1e-8
/// - Returns: the new weight and the new average
func rmspropStep(
  _ w: Double, average r: Double, gradient g: Double, lr: Double, beta: Double, epsilon: Double
) throws -> (w: Double, r: Double) {
  try todo()  // replace this line
}

@Test("5.6 RMSProp step", .exercise("5.6"))
func ex5_6() throws {
  try checkRMSProp(rmspropStep)
  // Your own cases:
}

// How your answer is tried: cases by hand, the lesson's spreadsheet, then random gradients.

func checkRMSProp(
  _ step: (
    _ w: Double, _ r: Double, _ g: Double, _ lr: Double, _ beta: Double, _ epsilon: Double
  ) throws -> (w: Double, r: Double)
) throws {
  // r = 0.75 · 10 + 0.25 · 9 = 9.75, √r + ε = 3.62250.
  let call = "rmspropStep(2, average: 10, gradient: 3, lr: 0.1, beta: 0.75, epsilon: 0.5)"
  let first = try step(2, 10, 3, 0.1, 0.75, 0.5)
  try require(
    "\(call).r", gives: first.r, expected: 9.75,
    mistakes: [
      Mistake(8.25, "was the gradient squared?"),
      Mistake(16.5, "too large: was the factor (1 − β) forgotten?"),
      Mistake(9.25, "β belongs to the old average, 1 − β to the new square"),
      Mistake(12.25, "the old average loses a part in each step: was β forgotten?"),
      Mistake(19, "this is a sum, not an average: β · r + (1 − β) · g²"),
      Mistake(10, "the average was not updated"),
      Mistake(2.25, "the old average is missing: β of it stays"),
      Mistake(9, "this is the square of the gradient: β of the old average stays"),
      Mistake(3.1224989992, "r is the average of the squares: its root is for the step only"),
      Mistake(5.25, "the square is added to the average, not subtracted"),
    ])
  try require(
    "\(call).w", gives: first.w, expected: 1.91718424213,
    mistakes: [
      Mistake(1.9180837643, "divided by the root of the old average: update r first"),
      Mistake(1.97073170732, "divided by r: was the square root forgotten?"),
      Mistake(1.7, "this is the step of plain SGD: divide by √r"),
      Mistake(2.08281575787, "the step goes uphill: it is to be subtracted"),
      Mistake(1.90629574287, "ε belongs beside the square root, not under it"),
      Mistake(1.90392310772, "was ε forgotten?"),
      Mistake(1.85392310772, "ε belongs beside the root, below the fraction: set brackets"),
      Mistake(1.97239474738, "the gradient itself is missing in the step"),
      Mistake(1.75155272639, "the step is in proportion to g, not to g²"),
      Mistake(0.91325030024, "the root is multiplied by: divide by it"),
      Mistake(1.17184242131, "the step was not multiplied by the learning rate"),
      Mistake(2, "the weight did not move"),
    ])
  let still = try step(1, 0, 0, 0.1, 0.9, 1e-8)
  try require(
    "rmspropStep(1, average: 0, gradient: 0, lr: 0.1, beta: 0.9, epsilon: 1e-08).w",
    gives: still.w, expected: 1,
    mistakes: [Mistake(.nan, "zero divided by zero: was ε forgotten?")])

  var averages = [0.0, 0.0]
  let line = try LineSheet.fit { parameter, value, gradient, _ in
    let new = try step(value, averages[parameter.rawValue], gradient, 0.02, 0.9, 0)
    averages[parameter.rawValue] = new.r
    return new.w
  }
  let sheet = "after the spreadsheet's 29 points at lr 0.02, beta 0.9, epsilon 0"
  try require("the intercept \(sheet)", gives: line.intercept, expected: 1.6842610061)
  try require("the slope \(sheet)", gives: line.slope, expected: 1.5398067493)

  for seed in 1...5 {
    let gradients = randomNumbers(count: 5, in: 0.5...2, seed: seed)
    func run(factor: Double) throws -> Double {
      var state = (w: 0.0, r: 0.0)
      for g in gradients { state = try step(state.w, state.r, factor * g, 0.1, 0.9, 0) }
      return state.w
    }
    try require(
      "the weight after the gradients \(show(gradients)), each times 1000,",
      gives: run(factor: 1000), expected: run(factor: 1))
  }
}

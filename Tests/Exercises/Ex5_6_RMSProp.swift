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
  let call = "rmspropStep(1, average: 0, gradient: 4, lr: 0.1, beta: 0.75, epsilon: 0)"
  let first = try step(1, 0, 4, 0.1, 0.75, 0)
  try require(
    "\(call).r", gives: first.r, expected: 4,
    mistakes: [
      Mistake(1, "was the gradient squared?"),
      Mistake(16, "four times too large: was the factor (1 − β) forgotten?"),
      Mistake(12, "three times too large: β belongs to the old average, 1 − β to the new square"),
    ])
  try require(
    "\(call).w", gives: first.w, expected: 0.8,
    mistakes: [
      Mistake(-.infinity, "divided by the old average, which is 0: update r first"),
      Mistake(0.9, "divided by r: was the square root forgotten?"),
      Mistake(0.6, "this is the step of plain SGD: divide by √r"),
      Mistake(1.2, "the step goes uphill: it is to be subtracted"),
    ])
  let still = try step(1, 0, 0, 0.1, 0.9, 1e-8)
  try require(
    "rmspropStep(1, average: 0, gradient: 0, lr: 0.1, beta: 0.9, epsilon: 1e-08).w",
    gives: still.w, expected: 1,
    mistakes: [Mistake(.nan, "zero divided by zero: was ε forgotten?")])
  let outside = try step(0, 0, 2, 1, 0.75, 1)
  try require(
    "rmspropStep(0, average: 0, gradient: 2, lr: 1, beta: 0.75, epsilon: 1).w", gives: outside.w,
    expected: -1,
    mistakes: [Mistake(-2.0.squareRoot(), "ε belongs beside the square root, not under it")])

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

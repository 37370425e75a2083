import ExerciseKit
import Foundation
import Testing

/// What Adam remembers of one weight between two steps.
struct AdamState {
  /// The average of the gradients, 0 before the first step.
  var m = 0.0
  /// The average of the squared gradients, 0 before the first step.
  var v = 0.0
}

/// 5.7  Write one step of Adam with bias correction, so that the very first step has the size of the
/// learning rate.
///
///     m ← β₁ · m + (1 − β₁) · g        as in momentum
///     v ← β₂ · v + (1 − β₂) · g²       as in RMSProp
///     m̂ = m / (1 − β₁ᵗ)
///     v̂ = v / (1 − β₂ᵗ)
///     w ← w − lr · m̂ / (√v̂ + ε)
///
/// Stuck? swift run learn hint 5.7
///
/// - Parameters:
///   - w: the weight
///   - state: m and v; to be updated
///   - t: the number of the step, 1 for the first
///   - g: the gradient
///   - lr: the learning rate
///   - beta1: β₁, usually 0.9
///   - beta2: β₂, usually 0.99 or 0.999
///   - epsilon: ε, usually 1e-8
/// - Returns: the new weight
func adamStep(
  _ w: Double, state: inout AdamState, t: Int, gradient g: Double, lr: Double, beta1: Double,
  beta2: Double, epsilon: Double
) throws -> Double {
  try todo()  // replace this line
}

@Test("5.7 Adam step with bias correction", .exercise("5.7"))
func ex5_7() throws {
  try checkAdam(adamStep)
  // Your own cases:
}

// How your answer is tried: cases by hand, the lesson's spreadsheet, then random gradients.

typealias AdamStep = (
  _ w: Double, _ state: inout AdamState, _ t: Int, _ g: Double, _ lr: Double, _ beta1: Double,
  _ beta2: Double, _ epsilon: Double
) throws -> Double

func checkAdam(_ step: AdamStep) throws {
  let settings = "lr: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0"
  var state = AdamState()
  var w = try step(1, &state, 1, 5, 0.1, 0.9, 0.99, 0)
  let call = "adamStep(1, state: &state, t: 1, gradient: 5, \(settings))"
  try require(
    "state.m after \(call)", gives: state.m, expected: 0.5,
    mistakes: [
      Mistake(5, "m is kept without the correction; m̂ is for this step only"),
      Mistake(0, "m was not updated"),
    ])
  try require(
    "state.v after \(call)", gives: state.v, expected: 0.25,
    mistakes: [
      Mistake(25, "v is kept without the correction; v̂ is for this step only"),
      Mistake(0, "v was not updated"), Mistake(0.05, "was the gradient squared?"),
    ])
  try require(
    call, gives: w, expected: 0.9,
    mistakes: [
      Mistake(0.99, "ten times too small: was m corrected?"),
      Mistake(0, "ten times too large: was v corrected?"),
      Mistake(0.98, "five times too small: was the square root forgotten?"),
    ])
  state = AdamState()
  w = try step(1, &state, 1, 5, 0.1, 0.9, 0.999, 0)
  try require(
    "adamStep(1, state: &state, t: 1, gradient: 5, lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0)",
    gives: w, expected: 0.9,
    mistakes: [
      Mistake(
        1 - 0.1 / 0.1.squareRoot(),
        "the first step should have the size of lr: was the bias correction forgotten?")
    ])
  state = AdamState()
  w = try step(1, &state, 1, 0, 0.1, 0.9, 0.99, 1e-8)
  try require(
    "adamStep with gradient 0 and epsilon 1e-08 from w = 1", gives: w, expected: 1,
    mistakes: [Mistake(.nan, "zero divided by zero: was ε forgotten?")])

  var states = [AdamState(), AdamState()]
  let line = try LineSheet.fit { parameter, value, gradient, t in
    try step(value, &states[parameter.rawValue], t, gradient, 1, 0.9, 0.99, 1e-8)
  }
  let sheet = "after the spreadsheet's 29 points at lr 1, beta 0.9 and 0.99"
  try require("the intercept \(sheet)", gives: line.intercept, expected: 6.8617290572)
  try require("the slope \(sheet)", gives: line.slope, expected: 2.0908097414)

  for g in randomNumbers(count: 5, in: 0.5...3, seed: 1) {
    state = AdamState()
    w = 0
    for t in 1...20 { w = try step(w, &state, t, g, 0.1, 0.9, 0.999, 0) }
    try require(
      "the weight after 20 steps of lr 0.1 with the same gradient \(show(g)), from 0,", gives: w,
      expected: -2)
  }
}

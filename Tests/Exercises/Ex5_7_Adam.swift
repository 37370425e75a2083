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
  // m = 0.62, v = 0.9675; m̂ = m / 0.488 = 1.27049, v̂ = v / 0.142625 = 6.78352.
  let settings = "lr: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 0.25"
  var state = AdamState(m: 0.4, v: 0.9)
  var w = try step(2, &state, 3, 1.5, 0.1, 0.8, 0.95, 0.25)
  let call = "adamStep(2, state: (m: 0.4, v: 0.9), t: 3, gradient: 1.5, \(settings))"
  try require(
    "state.m after \(call)", gives: state.m, expected: 0.62,
    mistakes: [
      Mistake(1.27049180328, "m is kept without the correction; m̂ is for this step only"),
      Mistake(0.4, "m was not updated"),
      Mistake(1.82, "was the factor (1 − β₁) of the gradient forgotten?"),
      Mistake(1.28, "β₁ belongs to the old m, 1 − β₁ to the gradient"),
      Mistake(0.455, "this is made with β₂: m has β₁"),
      Mistake(0.77, "m is the average of the gradients, not of their squares"),
      Mistake(0.3, "the old m is missing: β₁ of it stays"),
      Mistake(0.7, "the old m loses a part in each step: was β₁ forgotten?"),
    ])
  try require(
    "state.v after \(call)", gives: state.v, expected: 0.9675,
    mistakes: [
      Mistake(6.78352322524, "v is kept without the correction; v̂ is for this step only"),
      Mistake(0.9, "v was not updated"), Mistake(0.93, "was the gradient squared?"),
      Mistake(3.105, "was the factor (1 − β₂) of the square forgotten?"),
      Mistake(2.1825, "β₂ belongs to the old v, 1 − β₂ to the square"),
      Mistake(1.17, "this is made with β₁: v has β₂"),
      Mistake(0.87422, "v is the average of g², not of m²"),
      Mistake(0.1125, "the old v is missing: β₂ of it stays"),
      Mistake(1.0125, "the old v loses a part in each step: was β₂ forgotten?"),
    ])
  try require(
    call, gives: w, expected: 1.95549192487,
    mistakes: [
      Mistake(1.94974123947, "neither m nor v is corrected: was the bias correction forgotten?"),
      Mistake(1.97828005934, "too small a step: was m corrected?"),
      Mistake(1.89701073663, "too large a step: was v corrected?"),
      Mistake(1.98193662319, "was the square root forgotten?"),
      Mistake(1.95121972893, "was ε forgotten?"),
      Mistake(1.952094497, "ε belongs beside the square root, not under it"),
      Mistake(1.93331703529, "the correction is 1 − βᵗ: was the power t forgotten?"),
      Mistake(1.94934776947, "the power is t, not t − 1: t is 1 for the first step"),
      Mistake(1.95855515638, "the power is t, not t + 1: t is 1 for the first step"),
      Mistake(2.04550671857, "the correction is β to the power of t, not β times t"),
      Mistake(1.90772281252, "the correction divides by 1 − βᵗ, not by βᵗ"),
      Mistake(1.95131540072, "the correction divides by 1 − βᵗ: it was multiplied"),
      Mistake(1.73781941203, "the corrections are exchanged: β₁ is for m, β₂ for v"),
      Mistake(2.04450807513, "the step goes uphill: it is to be subtracted"),
      Mistake(1.94745175646, "the step is made of g: take m̂"),
      Mistake(1.97032347488, "the step is made of the old m and v: update both first"),
      Mistake(1.87295081967, "this is the step of momentum: divide by √v̂ + ε"),
      Mistake(1.55491924868, "the step was not multiplied by the learning rate"),
      Mistake(2, "the weight did not move"),
    ])
  state = AdamState()
  w = try step(1, &state, 1, 5, 0.1, 0.9, 0.999, 0)
  try require(
    "adamStep(1, state: &state, t: 1, gradient: 5, lr: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0)",
    gives: w, expected: 0.9)
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

import ExerciseKit
import Testing

/// 5.5  Write one step with momentum, so that the weight moves along an average of the recent
/// gradients.
///
///     s ← β · s + (1 − β) · g
///     w ← w − lr · s
///
/// This is the notes' form, an exponentially weighted average, with β = 1 − α. Libraries often
/// leave out the factor (1 − β); then the same path needs a learning rate that much smaller.
///
/// Stuck? swift run learn hint 5.5
///
/// - Parameters:
///   - w: the weight
///   - s: the average so far, 0 before the first step
///   - g: the gradient
///   - lr: the learning rate
///   - beta: β, how much of the old average stays, usually 0.9
/// - Returns: the new weight and the new average
func momentumStep(
  _ w: Double, average s: Double, gradient g: Double, lr: Double, beta: Double
) throws -> (w: Double, s: Double) {
  try todo()  // replace this line
}

@Test("5.5 momentum step", .exercise("5.5"))
func ex5_5() throws {
  try checkMomentum(momentumStep)
  // Your own cases:
}

// How your answer is tried: two cases by hand, the lesson's spreadsheets, then random gradients.

func checkMomentum(
  _ step: (_ w: Double, _ s: Double, _ g: Double, _ lr: Double, _ beta: Double) throws -> (
    w: Double, s: Double
  )
) throws {
  // s = 0.8 · 3 + 0.2 · 0.5 = 2.5, w = 2 − 0.1 · 2.5.
  var call = "momentumStep(2, average: 3, gradient: 0.5, lr: 0.1, beta: 0.8)"
  let first = try step(2, 3, 0.5, 0.1, 0.8)
  try require(
    "\(call).s", gives: first.s, expected: 2.5,
    mistakes: [
      Mistake(2.9, "too large: was the factor (1 − β) of the gradient forgotten?"),
      Mistake(1, "β belongs to the old average, 1 − β to the gradient"),
      Mistake(3.1, "the old average loses a part in each step: was β forgotten?"),
      Mistake(3.5, "this is a sum, not an average: β · s + (1 − β) · g"),
      Mistake(3, "the average was not updated"),
      Mistake(0.1, "the old average is missing: β of it stays"),
      Mistake(0.5, "this is the gradient: β of the old average stays"),
      Mistake(2.3, "the gradient is added to the average, not subtracted"),
      Mistake(2.8, "β is for the old average alone, 1 − β for the gradient"),
      Mistake(2.45, "the learning rate belongs to the weight's step, not to the average"),
    ])
  try require(
    "\(call).w", gives: first.w, expected: 1.75,
    mistakes: [
      Mistake(1.7, "the weight moved by the old average: update s first"),
      Mistake(2.25, "the step goes uphill: the average is to be subtracted"),
      Mistake(1.95, "the weight moved by the gradient, not by the average"),
      Mistake(-0.5, "the average was not multiplied by the learning rate"),
      Mistake(2, "the weight did not move"),
      Mistake(1.79, "this looks ahead as Nesterov's step does: w − lr · s is meant"),
      Mistake(0.75, "the average is not divided by 1 − β"),
    ])
  call = "momentumStep(1, average: 0.5, gradient: 1, lr: 0.1, beta: 0.9)"
  let second = try step(1, 0.5, 1, 0.1, 0.9)
  try require("\(call).s", gives: second.s, expected: 0.55)
  try require("\(call).w", gives: second.w, expected: 0.945)

  var averages = [0.0, 0.0]
  let line = try LineSheet.fit { parameter, value, gradient, _ in
    let new = try step(value, averages[parameter.rawValue], gradient, 1e-4, 0.9)
    averages[parameter.rawValue] = new.s
    return new.w
  }
  let sheet = "after the spreadsheet's 29 points at lr 1e-4 and beta 0.9"
  try require("the intercept \(sheet)", gives: line.intercept, expected: 1.0481054587)
  try require("the slope \(sheet)", gives: line.slope, expected: 2.1290248934)

  // A weight of 0 that gets gradients g₁ … gₙ, seen from the end: each has lost a factor β a step.
  for seed in 1...5 {
    let gradients = randomNumbers(count: 5, in: -2...2, seed: seed)
    var state = (w: 0.0, s: 0.0)
    for g in gradients { state = try step(state.w, state.s, g, 0.1, 0.5) }
    let weights = [0.03125, 0.0625, 0.125, 0.25, 0.5]
    try require(
      "the average of the gradients \(show(gradients)) with beta 0.5", gives: state.s,
      expected: zip(weights, gradients).map { $0 * $1 }.reduce(0, +))
  }
}

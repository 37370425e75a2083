import ExerciseKit
import Testing

/// 5.4  Write one step of SGD with weight decay, so that a weight with no gradient shrinks a little
/// in every step.
///
///     w ← w − lr · (g + wd · w)
///
/// The decay is added to the gradient. (The notes say that it is subtracted; that would make the
/// weights grow.) It is the gradient of wd/2 · Σw² added to the loss.
///
/// Stuck? swift run learn hint 5.4
///
/// - Parameters:
///   - w: the weights
///   - g: their gradients
///   - lr: the learning rate
///   - wd: the weight decay
/// - Returns: the new weights
func sgdStep(_ w: [Double], gradient g: [Double], lr: Double, wd: Double) throws -> [Double] {
  try todo()  // replace this line
}

@Test("5.4 SGD step with weight decay", .exercise("5.4"))
func ex5_4() throws {
  try checkSGD(sgdStep)
  // Your own cases:
}

// How your answer is tried: three cases by hand, the lesson's spreadsheet, then random weights.

func checkSGD(
  _ step: (_ w: [Double], _ g: [Double], _ lr: Double, _ wd: Double) throws -> [Double]
) throws {
  func single(_ w: Double, _ g: Double, lr: Double, wd: Double) throws
    -> (call: String, value: Double)
  {
    let result = try step([w], [g], lr, wd)
    let call =
      "sgdStep([\(show(w))], gradient: [\(show(g))], lr: \(show(lr)), wd: \(show(wd)))"
    try require(result.count == 1, "\(call) should be one weight, got \(result.count)")
    return ("\(call)[0]", result[0])
  }
  let plain = try single(1, 0.5, lr: 0.1, wd: 0)
  try require(
    plain.call, gives: plain.value, expected: 0.95,
    mistakes: [
      Mistake(1.05, "the step goes uphill: the gradient is to be subtracted"),
      Mistake(1, "the weight did not move: wd is 0, but the gradient is not"),
      Mistake(0.5, "the gradient was not multiplied by the learning rate"),
    ])
  let decay = try single(3, 0.7, lr: 0.1, wd: 0.4)
  try require(
    decay.call, gives: decay.value, expected: 2.81,
    mistakes: [
      Mistake(2.93, "the weight did not shrink: was the decay forgotten?"),
      Mistake(3.05, "the weight grows: the sign of the decay is wrong"),
      Mistake(2.69, "the decay is twice too large: wd, not 2 · wd"),
      Mistake(2.87, "the decay is half of what it should be: wd, not wd / 2"),
      Mistake(2.57, "the decay is wd · w², which is for the loss; its gradient is wd · w"),
      Mistake(2.75, "the decay is wd/2 · w², which is for the loss; its gradient is wd · w"),
      Mistake(2.89, "the decay is wd alone: it is in proportion to w"),
      Mistake(2.902, "the decay is wd · g: it is in proportion to w"),
      Mistake(2.918, "the decay was multiplied by the learning rate twice"),
      Mistake(1.73, "the decay was not multiplied by the learning rate"),
      Mistake(2.8128, "the weight was decayed after the step: take the decay of the old w"),
      Mistake(2.916, "the decay is to be added to the gradient, not multiplied"),
    ])
  let negative = try single(-1.5, 0.2, lr: 0.1, wd: 0.4)
  try require(
    negative.call, gives: negative.value, expected: -1.46,
    mistakes: [Mistake(-1.58, "a negative weight grows: the decay is wd · w, not wd · |w|")])
  let line = try LineSheet.fit { _, value, gradient, _ in
    try step([value], [gradient], 1e-4, 0).first ?? .nan
  }
  try require(
    "the intercept after the spreadsheet's 29 points at lr 1e-4", gives: line.intercept,
    expected: 1.0715160204, within: 1e-9)
  for seed in 1...5 {
    let w = randomNumbers(count: 3, in: -2...2, seed: seed)
    let target = randomNumbers(count: 3, in: -2...2, seed: seed + 100)
    func loss(_ w: [Double]) -> Double { zip(w, target).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
    func penalised(_ w: [Double]) -> Double { loss(w) + 0.3 / 2 * w.map { $0 * $0 }.reduce(0, +) }
    let g = numericGradient(at: w, of: loss)
    let slopes = numericGradient(at: w, of: penalised)
    try require(
      "sgdStep(\(show(w)), gradient: \(show(g)), lr: 0.1, wd: 0.3)",
      gives: step(w, g, 0.1, 0.3), expected: zip(w, slopes).map { $0 - 0.1 * $1 }, within: 1e-6)
  }
}

import ExerciseKit
import Foundation
import Testing

/// 5.8  Write the learning rate of the one-cycle policy, so that it rises from a 25th of the maximum
/// along a cosine, peaks after 30 % of the batches, and falls along a cosine to almost nothing.
///
///     warm-up = the whole part of 0.3 · batches
///     from batch 0 to batch warm-up:        maximum / 25  →  maximum
///     from there to batch number batches:   maximum  →  maximum / 250000
///
///     cosine from a to b at the part p of the way (p = 0 … 1):
///       b + (a − b) · (cos(π · p) + 1) / 2
///
/// The batches are numbered from 0, so the last one, batches − 1, is just short of the end.
///
/// Stuck? swift run learn hint 5.8
///
/// - Parameters:
///   - batch: the number of this batch, 0 … batches − 1
///   - batches: how many batches the whole training has
///   - maximum: the highest learning rate
func oneCycleRate(batch: Int, of batches: Int, maximum: Double) throws -> Double {
  try todo()  // replace this line
}

@Test("5.8 one-cycle learning rate", .exercise("5.8"))
func ex5_8() throws {
  try checkOneCycle(oneCycleRate)
  // Your own cases:
}

// How your answer is tried: three batches by hand, the rates of the lesson's 782 batches, then random lengths.

func checkOneCycle(
  _ rate: (_ batch: Int, _ batches: Int, _ maximum: Double) throws -> Double
) throws {
  // Batch 60 is at 0.4 of the warm-up's 150 batches, batch 220 at 0.2 of the 350 after it.
  try require(
    "oneCycleRate(batch: 60, of: 500, maximum: 2)", gives: rate(60, 500, 2),
    expected: 0.7433436854,
    mistakes: [
      Mistake(0.848, "the warm-up is a cosine, not a straight line"),
      Mistake(
        1.2085476844,
        "this is a quarter of a wave: from the lowest to the highest it is half of one"),
      Mistake(0.690983005625, "the rate starts at maximum / 25, not at 0"),
      Mistake(0.690988241693, "the rate starts at maximum / 25; maximum / 250000 is its end"),
      Mistake(0.821884705063, "the rate starts at maximum / 25, not at a tenth"),
      Mistake(0.340190117675, "too low: does the peak come after 30 % of the batches, not 50 %?"),
      Mistake(0.147414573547, "too low: the warm-up has 30 % of the batches, not all"),
      Mistake(0.215889158142, "too low: the warm-up has 30 % of the batches, not 70 %"),
      Mistake(
        0.08, "the rate does not rise: is the part of the way a whole number? Divide Doubles"),
      Mistake(0.762529474933, "batches are numbered from 0: this is the rate of the next one"),
      Mistake(0.751054329406, "the way has warm-up batches, not one less"),
      Mistake(1.3366563146, "the warm-up rises: a is maximum / 25, b is maximum"),
      Mistake(0.155781445757, "was π forgotten in the cosine?"),
      Mistake(
        0.0800233945228, "the cosine takes radians: π · p, not 180 · p or p turned into degrees"),
      Mistake(1.8166563146, "half a wave is cos(π · p), not cos(2π · p)"),
      Mistake(1.4066873708, "the cosine lies between −1 and 1: add 1 and halve it"),
      Mistake(-0.5133126292, "cos + 1 lies between 0 and 2: was the half forgotten?"),
    ])
  try require(
    "oneCycleRate(batch: 220, of: 500, maximum: 2)", gives: rate(220, 500, 2),
    expected: 1.809017758307,
    mistakes: [
      Mistake(1.6000016, "the way down is a cosine, not a straight line"),
      Mistake(1.8166563146, "the end is maximum / 250000, far below the start"),
      Mistake(1.809016994375, "the end is maximum / 250000, not 0"),
      Mistake(1.809036092676, "the end is maximum / 250000, not maximum / 10000"),
      Mistake(1.809017024932, "the end is maximum / 250000, not that of maximum / 25"),
      Mistake(2, "the rate does not fall: is the part of the way a whole number? Divide Doubles"),
      Mistake(
        0.606980540446, "the way down begins after the warm-up: count its batches from there"),
      Mistake(1.10453204515, "the way down has all batches after the warm-up, not as many as it"),
      Mistake(1.90482743316, "the way down has the batches after the warm-up, not all"),
      Mistake(1.803709312, "batches are numbered from 0: this is the rate of the next one"),
      Mistake(1.80795823893, "the end is at batch number batches: the way is not one shorter"),
      Mistake(1.14034732474, "the rate falls after the warm-up: a second rule is needed there"),
      Mistake(0.190990241693, "the way down falls: a is maximum, b is maximum / 250000"),
    ])
  try require(
    "oneCycleRate(batch: 499, of: 500, maximum: 2)", gives: rate(499, 500, 2),
    expected: 4.828366799359e-05,
    mistakes: [
      Mistake(0.08, "the end is maximum / 250000, far below the start"),
      Mistake(8e-06, "this is the end itself: the last batch is just short of it"),
    ])
  func require782(_ batch: Int, _ expected: Double) throws {
    try require(
      "oneCycleRate(batch: \(batch), of: 782, maximum: 0.01)", gives: rate(batch, 782, 0.01),
      expected: expected, within: expected * 1e-2)
  }
  try require782(0, 4e-4)
  try require782(58, 1.78e-3)
  try require782(117, 5.2e-3)
  try require782(234, 1e-2)
  try require782(508, 5.00002e-3)
  try require782(781, 1.22e-7)
  for seed in 1...5 {
    let batches = Int(randomNumbers(count: 1, in: 40...400, seed: seed)[0])
    let maximum = randomNumbers(count: 1, in: 0.1...3, seed: seed + 100)[0]
    let rates = try (0..<batches).map { try rate($0, batches, maximum) }
    let name = "of: \(batches), maximum: \(show(maximum))"
    let peak = batches * 3 / 10
    for batch in 1..<batches {
      let rises = rates[batch] >= rates[batch - 1]
      try require(
        rises == (batch <= peak),
        "with \(name) the rate should \(batch <= peak ? "rise" : "fall") from batch \(batch - 1) "
          + "to \(batch), got \(show(rates[batch - 1])) and \(show(rates[batch]))")
    }
    try require(
      "oneCycleRate(batch: \(peak), \(name))", gives: rates[peak], expected: maximum)
    // A cosine is symmetric about the middle of its way.
    try require(
      "the sum of the rates of batch 1 and batch \(peak - 1), \(name),",
      gives: rates[1] + rates[peak - 1], expected: maximum + maximum / 25)
  }
}

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

// How your answer is tried: the rates of the lesson's 782 batches, then random lengths.

func checkOneCycle(
  _ rate: (_ batch: Int, _ batches: Int, _ maximum: Double) throws -> Double
) throws {
  func require782(_ batch: Int, _ expected: Double, _ mistakes: [Mistake] = []) throws {
    try require(
      "oneCycleRate(batch: \(batch), of: 782, maximum: 0.01)", gives: rate(batch, 782, 0.01),
      expected: expected, within: expected * 1e-2, mistakes: mistakes)
  }
  try require782(0, 4e-4, [Mistake(0.01, "the rate starts at maximum / 25 and rises")])
  try require782(
    234, 1e-2,
    [Mistake(0.00666, "too low: does the peak come after 30 % of the batches, not 50 %?")])
  try require782(117, 5.2e-3)
  try require782(508, 5.00002e-3)
  try require782(
    781, 1.22e-7, [Mistake(4e-4, "too high: the end is maximum / 250000, far below the start")])
  let quarter = try rate(58, 782, 0.01)
  try require(
    quarter < 2.3e-3,
    "oneCycleRate(batch: 58, of: 782, maximum: 0.01) should be 0.00178, got \(show(quarter)): "
      + "the warm-up is a cosine, not a straight line")
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

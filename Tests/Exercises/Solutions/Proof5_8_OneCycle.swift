import ExerciseKit
import Foundation
import Testing

// MARK: Hints
// 1. Write the cosine as a small function of a, b and p first. At p = 0 it must give a, at p = 1
//    it must give b.
// 2. There are two phases. In each, p is the number of batches since its start, divided by its
//    length: warm-up, or batches − warm-up. Turn both into Double before dividing.
// 3. let warmUp = Int(0.3 * Double(batches)). If batch < warmUp: cosine(maximum / 25, maximum) at
//    batch / warmUp, else cosine(maximum, maximum / 250000) at
//    (batch - warmUp) / (batches - warmUp).

// MARK: Solution
private enum Solution {
  static func oneCycleRate(batch: Int, of batches: Int, maximum: Double) -> Double {
    func cosine(_ a: Double, _ b: Double, at p: Double) -> Double {
      b + (a - b) * (cos(Double.pi * p) + 1) / 2
    }
    let warmUp = Int(0.3 * Double(batches))
    if batch < warmUp {
      return cosine(maximum / 25, maximum, at: Double(batch) / Double(warmUp))
    }
    let past = Double(batch - warmUp) / Double(batches - warmUp)
    return cosine(maximum, maximum / 250_000, at: past)
  }
}

// MARK: Why this works
// The low start lets fresh weights settle before large steps, the high middle crosses the flat and
// bumpy parts quickly, and the end is small enough to come to rest in a minimum. The cosine has no
// corner where the phases meet, so the optimizer is not jolted. In the notes this figure stands
// under Adam; it belongs to the schedule, and Adam knows nothing of it.

// MARK: Proofs
@Test("5.8 solution") func solution5_8() throws { try checkOneCycle(Solution.oneCycleRate) }

@Test("5.8 wrong: a straight warm-up") func wrong5_8_straight() {
  expectRefusal("not a straight line") {
    try checkOneCycle { batch, batches, maximum in
      let warmUp = Int(0.3 * Double(batches))
      if batch >= warmUp {
        return Solution.oneCycleRate(batch: batch, of: batches, maximum: maximum)
      }
      return maximum / 25 + (maximum - maximum / 25) * Double(batch) / Double(warmUp)
    }
  }
}

@Test("5.8 wrong: ends where it started") func wrong5_8_end() {
  expectRefusal("the end is maximum / 250000") {
    try checkOneCycle { batch, batches, maximum in
      max(maximum / 25, Solution.oneCycleRate(batch: batch, of: batches, maximum: maximum))
    }
  }
}

@Test("5.8 wrong: the peak in the middle") func wrong5_8_middle() {
  expectRefusal("does the peak come after 30 %") {
    try checkOneCycle { batch, batches, maximum in
      let part = Double(batch) / Double(batches)
      return maximum / 25 + (maximum - maximum / 25) * (1 - cos(2 * Double.pi * part)) / 2
    }
  }
}

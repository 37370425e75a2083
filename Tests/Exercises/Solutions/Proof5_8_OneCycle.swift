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

/// Each of these mistakes gets its own advice.
@Test("5.8 wrong: others") func wrong5_8_others() {
  let pi = Double.pi
  func cosine(_ a: Double, _ b: Double, _ p: Double) -> Double {
    b + (a - b) * (cos(pi * p) + 1) / 2
  }
  typealias Rule = (_ batch: Double, _ warmUp: Double, _ batches: Double, _ maximum: Double) ->
    Double
  func down(_ t: Double, _ up: Double, _ n: Double, _ m: Double) -> Double {
    cosine(m, m / 250_000, (t - up) / (n - up))
  }
  let ups: [(words: String, rule: Rule)] = [
    ("a quarter of a wave", { t, up, _, m in m / 25 + (m - m / 25) * sin(pi / 2 * t / up) }),
    ("not at 0", { t, up, _, m in cosine(0, m, t / up) }),
    ("is its end", { t, up, _, m in cosine(m / 250_000, m, t / up) }),
    ("not at a tenth", { t, up, _, m in cosine(m / 10, m, t / up) }),
    ("not all", { t, _, n, m in cosine(m / 25, m, t / n) }),
    ("not 70 %", { t, up, n, m in cosine(m / 25, m, t / (n - up)) }),
    ("the rate does not rise", { t, up, _, m in cosine(m / 25, m, (t / up).rounded(.down)) }),
    ("the rate of the next one", { t, up, _, m in cosine(m / 25, m, (t + 1) / up) }),
    ("not one less", { t, up, _, m in cosine(m / 25, m, t / (up - 1)) }),
    ("the warm-up rises", { t, up, _, m in cosine(m, m / 25, t / up) }),
    ("was π forgotten", { t, up, _, m in cosine(m / 25, m, t / up / pi) }),
    ("not cos(2π · p)", { t, up, _, m in cosine(m / 25, m, 2 * t / up) }),
    ("add 1 and halve it", { t, up, _, m in m + (m / 25 - m) * cos(pi * t / up) }),
    ("was the half forgotten?", { t, up, _, m in m + (m / 25 - m) * (cos(pi * t / up) + 1) }),
  ]
  let downs: [(words: String, rule: Rule)] = [
    ("not a straight line", { t, up, n, m in m + (m / 250_000 - m) * (t - up) / (n - up) }),
    ("far below the start", { t, up, n, m in cosine(m, m / 25, (t - up) / (n - up)) }),
    ("the rate does not fall", { t, up, n, m in cosine(m, 0, ((t - up) / n).rounded(.down)) }),
    ("count its batches from there", { t, up, n, m in cosine(m, m / 250_000, t / (n - up)) }),
    ("not as many as it", { t, up, _, m in cosine(m, m / 250_000, (t - up) / up) }),
    (
      "the batches after the warm-up, not all",
      { t, up, n, m in cosine(m, m / 250_000, (t - up) / n) }
    ),
    ("the rate of the next one", { t, up, n, m in down(t + 1, up, n, m) }),
    ("not one shorter", { t, up, n, m in cosine(m, m / 250_000, (t - up) / (n - up - 1)) }),
    ("a second rule is needed", { t, up, _, m in cosine(m / 25, m, t / up) }),
    ("the way down falls", { t, up, n, m in cosine(m / 250_000, m, (t - up) / (n - up)) }),
    ("not 0", { t, up, n, m in cosine(m, 0, (t - up) / (n - up)) }),
    ("not maximum / 10000", { t, up, n, m in cosine(m, m / 10_000, (t - up) / (n - up)) }),
  ]
  #expect(ups.count == 14 && downs.count == 12)
  for (isUp, list) in [(true, ups), (false, downs)] {
    for (words, rule) in list {
      expectRefusal(words) {
        try checkOneCycle { batch, batches, maximum in
          let warmUp = Int(0.3 * Double(batches))
          return (batch < warmUp) == isUp
            ? rule(Double(batch), Double(warmUp), Double(batches), maximum)
            : Solution.oneCycleRate(batch: batch, of: batches, maximum: maximum)
        }
      }
    }
  }
}

import ExerciseKit
import Testing

// MARK: Hints
// 1. First find the one number that goes into every gap. From which rows may it come?
// 2. Drop the gaps of `training` with compactMap and sort what is left. The middle is at count / 2; of an
//    even count, average it with the one before.
// 3. filled is column.map { $0 ?? median }, and missing is column.map { $0 == nil ? 1 : 0 }.

// MARK: Solution
private enum Solution {
  static func fillMissing(
    _ column: [Double?], training: [Double?]
  ) -> (filled: [Double], missing: [Double]) {
    let known = training.compactMap { $0 }.sorted()
    let half = known.count / 2
    let median = known.count % 2 == 0 ? (known[half - 1] + known[half]) / 2 : known[half]
    return (column.map { $0 ?? median }, column.map { $0 == nil ? 1 : 0 })
  }
}

// MARK: Why this works
// The rows to fill may be one single row of tomorrow, or the validation rows that are to judge the
// model: both must be prepared by what was known when it was trained, or the numbers mean another
// thing than it learned, and the judge has been told something. The median is a usual value even if
// a few are huge. And since nobody knows why a value is missing, the second column lets the model
// find out whether that means something.

// MARK: Proofs
private func median(_ numbers: [Double]) -> Double {
  let sorted = numbers.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 0 ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
}

@Test("4.4 solution") func solution4_4() throws { try checkFillMissing(Solution.fillMissing) }

@Test("4.4 wrong: the median of all rows") func wrong4_4_allRows() {
  expectRefusal("this is the median of all rows") {
    try checkFillMissing { column, training in
      let all = median((training + column).compactMap { $0 })
      return (column.map { $0 ?? all }, column.map { $0 == nil ? 1 : 0 })
    }
  }
}

@Test("4.4 wrong: no column for the gaps") func wrong4_4_noColumn() {
  expectRefusal("that a value is missing may itself tell something") {
    try checkFillMissing { column, training in
      (Solution.fillMissing(column, training: training).filled, column.map { _ in 0 })
    }
  }
}

@Test("4.4 wrong: the mean") func wrong4_4_mean() {
  expectRefusal("this is the mean") {
    try checkFillMissing { column, training in
      let known = training.compactMap { $0 }
      let mean = known.reduce(0, +) / Double(known.count)
      return (column.map { $0 ?? mean }, column.map { $0 == nil ? 1 : 0 })
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.4 wrong: others") func wrong4_4_others() {
  typealias Fill = (_ column: [Double?], _ training: [Double?]) -> Double
  func known(_ numbers: [Double?]) -> [Double] { numbers.compactMap { $0 } }
  let mistakes: [(words: String, fill: Fill)] = [
    (
      "the rows to fill, not of the training rows",
      { column, _ in median(known(column)) }
    ),
    ("the mean of the two in the middle", { _, t in known(t).sorted()[known(t).count / 2] }),
    ("the mean of the two in the middle", { _, t in known(t).sorted()[(known(t).count - 1) / 2] }),
    (
      "put in order first",
      { _, t in (known(t)[(known(t).count - 1) / 2] + known(t)[known(t).count / 2]) / 2 }
    ),
    ("no zeros", { _, t in median(t.map { $0 ?? 0 }) }),
    ("the smallest and the largest", { _, t in (known(t).min()! + known(t).max()!) / 2 }),
    ("the smallest number", { _, t in known(t).min()! }),
    ("the largest number", { _, t in known(t).max()! }),
    (
      "the mean, and of all rows",
      { c, t in known(c + t).reduce(0, +) / Double(known(c + t).count) }
    ),
    ("0 is a number like any other", { _, _ in 0 }),
  ]
  #expect(mistakes.count == 10)
  for (words, fill) in mistakes {
    expectRefusal(words) {
      try checkFillMissing { column, training in
        let number = fill(column, training)
        return (column.map { $0 ?? number }, column.map { $0 == nil ? 1 : 0 })
      }
    }
  }
  expectRefusal("the other way round") {
    try checkFillMissing { column, training in
      (Solution.fillMissing(column, training: training).filled, column.map { $0 == nil ? 0 : 1 })
    }
  }
}

import ExerciseKit
import Testing

// MARK: Hints
// 1. Write down the product of [0, 0, 1] with a matrix of three rows. What is left of it?
// 2. The look-up is a map over the numbers. The gradient starts with zeros for every row, and each
//    number adds what arrived at its place.
// 3. numbers.map { w[$0] }, and in a loop over the places: dw[numbers[i]][k] += dy[i][k].

// MARK: Solution
private enum Solution {
  static func lookUp(_ numbers: [Int], in w: [[Double]]) -> [[Double]] { numbers.map { w[$0] } }

  static func lookUpGradient(_ numbers: [Int], dy: [[Double]], rows: Int) -> [[Double]] {
    let width = dy.first?.count ?? 0
    var dw = [[Double]](repeating: [Double](repeating: 0, count: width), count: rows)
    for (i, number) in numbers.enumerated() {
      for k in 0..<width { dw[number][k] += dy[i][k] }
    }
    return dw
  }
}

// MARK: Why this works
// A one-hot row times a matrix is a sum over all rows of the matrix, each with weight 0 but one with
// weight 1. The gradient of a product with x is xᵀ·dy, and a column of the one-hot matrix has a 1
// wherever its row was looked up: so the gradients of those places are added, and rows that were not
// looked up stay at zero. An embedding of a million rows costs no more than the rows of a batch.

// MARK: Proofs
@Test("4.1 solution") func solution4_1() throws {
  try checkLookUp(Solution.lookUp, Solution.lookUpGradient)
}

@Test("4.1 wrong: a column instead of a row") func wrong4_1_column() {
  expectRefusal("a one-hot row on the left picks a row") {
    try checkLookUp(
      { numbers, w in numbers.map { number in w.map { $0[number] } } }, Solution.lookUpGradient)
  }
}

@Test("4.1 wrong: the gradient of a row is overwritten") func wrong4_1_overwritten() {
  expectRefusal("is the last one kept?") {
    try checkLookUp(Solution.lookUp) { numbers, dy, rows in
      var dw = [[Double]](repeating: dy[0].map { _ in 0 }, count: rows)
      for (i, number) in numbers.enumerated() { dw[number] = dy[i] }
      return dw
    }
  }
}

@Test("4.1 wrong: each row once") func wrong4_1_once() {
  expectRefusal("a row may be taken twice") {
    try checkLookUp({ numbers, w in Set(numbers).sorted().map { w[$0] } }, Solution.lookUpGradient)
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.1 wrong: others") func wrong4_1_others() {
  typealias Rows = [[Double]]
  let lookUps: [(words: String, rule: ([Int], Rows) -> Rows)] = [
    ("rows are counted from 0", { numbers, w in numbers.map { w[($0 + 2) % w.count] } }),
    ("in the order of the numbers", { numbers, w in numbers.sorted().map { w[$0] } }),
    ("in the order of the numbers", { numbers, w in numbers.reversed().map { w[$0] } }),
  ]
  let gradients: [(words: String, rule: ([Int], Rows, Int) -> Rows)] = [
    ("the sum, not the mean", { mean(Solution.lookUpGradient($0, dy: $1, rows: $2), of: $0) }),
    (
      "not divided by the size of the batch",
      { numbers, dy, rows in
        Solution.lookUpGradient(numbers, dy: dy, rows: rows)
          .map { $0.map { $0 / Double(numbers.count) } }
      }
    ),
    (
      "is the first one kept?",
      { Solution.lookUpGradient($0.reversed(), dy: last($0, $1), rows: $2) }
    ),
    (
      "this counts the look-ups",
      { Solution.lookUpGradient($0, dy: $1.map { $0.map { _ in 1 } }, rows: $2) }
    ),
    ("not to the place", { _, dy, _ in dy }),
    (
      "the sign is wrong",
      { Solution.lookUpGradient($0, dy: $1.map { $0.map { -$0 } }, rows: $2) }
    ),
  ]
  #expect(lookUps.count == 3 && gradients.count == 6)
  for (words, rule) in lookUps {
    expectRefusal(words) { try checkLookUp(rule, Solution.lookUpGradient) }
  }
  for (words, rule) in gradients {
    expectRefusal(words) { try checkLookUp(Solution.lookUp, rule) }
  }
}

private func mean(_ sums: [[Double]], of numbers: [Int]) -> [[Double]] {
  sums.enumerated().map { row, sum in
    let count = numbers.count { $0 == row }
    return sum.map { $0 / Double(max(count, 1)) }
  }
}

/// From the last place to the first, zeros wherever the number comes before.
private func last(_ numbers: [Int], _ dy: [[Double]]) -> [[Double]] {
  numbers.indices.reversed().map { i in
    dy[i].map { numbers[..<i].contains(numbers[i]) ? 0 : $0 }
  }
}

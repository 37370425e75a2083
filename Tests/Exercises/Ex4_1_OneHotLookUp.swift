import ExerciseKit
import Testing

/// 4.1  Write the product of one-hot rows with a matrix without a single multiplication, and its
/// gradient.
///
///     lookUp([2, 0], in: w) = [w[2], w[0]]
///
/// A user is a number, as a one-hot row it is all zeros but for a 1 in its place, and the product of
/// that row with w is a row of w. Backwards, w[2] gets what arrived at each place where it was looked
/// up, and a row that nobody looked up gets zeros.
///
/// Stuck? swift run learn hint 4.1
///
/// - Parameters:
///   - numbers: rows of `w`, counted from 0, in any order and as often as wanted
///   - w: the embedding
func lookUp(_ numbers: [Int], in w: [[Double]]) throws -> [[Double]] {
  try todo()  // replace this line
}

/// - Parameters:
///   - dy: the gradient of each row that was looked up
///   - rows: how many rows the embedding has
/// - Returns: the gradient of the embedding
func lookUpGradient(_ numbers: [Int], dy: [[Double]], rows: Int) throws -> [[Double]] {
  try todo()  // replace this line
}

@Test("4.1 one-hot times matrix is a look-up", .exercise("4.1"))
func ex4_1() throws {
  try checkLookUp(lookUp, lookUpGradient)
  // Your own cases:
}

// How your answer is tried: two cases by hand, then random ones against the product itself.

typealias LookUp = (_ numbers: [Int], _ w: [[Double]]) throws -> [[Double]]
typealias LookUpGradient = (_ numbers: [Int], _ dy: [[Double]], _ rows: Int) throws -> [[Double]]

func checkLookUp(_ lookUp: LookUp, _ gradient: LookUpGradient) throws {
  let w = [[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]
  let y = try lookUp([2, 0, 1, 2], w)
  let call = "lookUp([2, 0, 1, 2], in: [[1, 2, 3], [4, 5, 6], [7, 8, 9]])"
  try require(
    y.count == 4, "\(call) should be 4 rows, one a number, got \(y.count): a row may be taken twice"
  )
  try require(
    y.allSatisfy { $0.count == 3 },
    "\(call): each row should be as wide as w, got \(y.map(\.count))")
  let order = "the rows come in the order of the numbers"
  try require(
    call, gives: y, expected: [[7, 8, 9], [1, 2, 3], [4, 5, 6], [7, 8, 9]],
    mistakes: [
      (
        [[3, 6, 9], [1, 4, 7], [2, 5, 8], [3, 6, 9]],
        "these are columns; a one-hot row on the left picks a row"
      ),
      (
        [[4, 5, 6], [7, 8, 9], [1, 2, 3], [4, 5, 6]],
        "this is the row before: rows are counted from 0"
      ),
      ([[1, 2, 3], [4, 5, 6], [7, 8, 9], [7, 8, 9]], order),
      ([[7, 8, 9], [4, 5, 6], [1, 2, 3], [7, 8, 9]], order),
    ])
  try checkGradientByHand(gradient)
  for seed in 0..<4 {
    let values = randomNumbers(count: 12, in: -2...2, seed: seed)
    let w = (0..<4).map { Array(values[($0 * 3)..<($0 * 3 + 3)]) }
    let numbers = [seed % 4, 3, seed % 4, 1]
    let y = try lookUp(numbers, w)
    let call = "lookUp(\(numbers), in: \(w.map { show($0) }))"
    try require(y.count == 4, "\(call) should be 4 rows, got \(y.count)")
    for (row, number) in numbers.enumerated() {
      let product = (0..<3).map { k in
        (0..<4).reduce(0.0) { $0 + ($1 == number ? 1 : 0) * w[$1][k] }
      }
      try require("\(call)[\(row)]", gives: y[row], expected: product)
    }
    try checkGradient(gradient, numbers: numbers, seed: seed)
  }
}

private func checkGradientByHand(_ gradient: LookUpGradient) throws {
  let call = "lookUpGradient([2, 0, 2, 2], dy: [[1, 2], [10, 20], [3, 5], [100, 200]], rows: 4)"
  let dw = try gradient([2, 0, 2, 2], [[1, 2], [10, 20], [3, 5], [100, 200]], 4)
  let none = [0.0, 0]
  try require(
    dw.count == 4, "\(call) should be 4 rows, as w has, got \(dw.count)")
  try require(
    call, gives: dw, expected: [[10, 20], none, [104, 207], none],
    mistakes: [
      ([[10, 20], none, [100, 200], none], "row 2 was looked up 3 times: is the last one kept?"),
      ([[10, 20], none, [1, 2], none], "row 2 was looked up 3 times: is the first one kept?"),
      (
        [[10, 20], none, [104.0 / 3, 69], none],
        "a row that was looked up 3 times gets the sum, not the mean"
      ),
      (
        [[2.5, 5], none, [26, 51.75], none],
        "the sum is not divided by the size of the batch: dy has that already"
      ),
      ([[1, 1], none, [3, 3], none], "this counts the look-ups; add what arrived, dy"),
      (
        [[1, 2], [10, 20], [3, 5], [100, 200]],
        "this is dy as it came: it belongs to the row that was looked up, not to the place"
      ),
      ([[-10, -20], none, [-104, -207], none], "the sign is wrong: the gradient is a sum of dy"),
    ])
}

private func checkGradient(_ gradient: LookUpGradient, numbers: [Int], seed: Int) throws {
  let dy = numbers.indices.map { randomNumbers(count: 3, in: -2...2, seed: 10 * seed + $0 + 1) }
  let dw = try gradient(numbers, dy, 4)
  let call = "lookUpGradient(\(numbers), dy: \(dy.map { show($0) }), rows: 4)"
  try require(dw.count == 4, "\(call) should be 4 rows, as w has, got \(dw.count)")
  for number in 0..<4 {
    let places = numbers.indices.filter { numbers[$0] == number }
    let expected = (0..<3).map { k in places.reduce(0.0) { $0 + dy[$1][k] } }
    try require(
      dw[number].count == 3, "\(call)[\(number)] should be 3 numbers, got \(dw[number].count)")
    try require("\(call)[\(number)]", gives: dw[number], expected: expected)
  }
}

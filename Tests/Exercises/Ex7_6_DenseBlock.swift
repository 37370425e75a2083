import ExerciseKit
import Testing

/// 7.6  Write a dense block, so that the input's channels stand beside those that two layers make of it.
///
///     y = cat[x, second(first(x))]
///
/// An image is a list of channels, a channel a list of numbers. The layers are given as functions; they may
/// give back another number of channels than they get.
///
/// Stuck? swift run learn hint 7.6
///
/// - Parameters:
///   - x: the channels that come in
///   - first: the layer that sees x
///   - second: the layer that sees what `first` made
/// - Returns: the channels of x, then the new ones
func denseBlock(
  _ x: [[Double]], _ first: ([[Double]]) -> [[Double]], _ second: ([[Double]]) -> [[Double]]
) throws -> [[Double]] {
  try todo()  // replace this line
}

@Test("7.6 dense block", .exercise("7.6"))
func ex7_6() throws {
  try checkDenseBlock(denseBlock)
  // Your own cases:
}

// How your answer is tried: a case by hand, another growth, then three blocks in a row.

typealias DenseBlock = (
  _ x: [[Double]], _ first: ([[Double]]) -> [[Double]], _ second: ([[Double]]) -> [[Double]]
) throws -> [[Double]]

func checkDenseBlock(_ block: DenseBlock) throws {
  let double = { (x: [[Double]]) in x.map { $0.map { 2 * $0 } } }
  let addOne = { (x: [[Double]]) in x.map { $0.map { $0 + 1 } } }
  let x: [[Double]] = [[1, 2], [3, 4]]
  let call = "denseBlock([[1, 2], [3, 4]], { 2·x }, { x + 1 })"
  try require(
    call, gives: block(x, double, addOne), expected: [[1, 2], [3, 4], [3, 5], [7, 9]],
    mistakes: [
      ([[4, 7], [10, 13]], "the numbers were added, which is a residual block; keep both lists"),
      ([[3, 5], [7, 9]], "this is second(first(x)) alone: the input's channels are missing"),
      ([[1, 2], [3, 4]], "this is x alone: the layers' channels are missing"),
      ([[3, 5], [7, 9], [1, 2], [3, 4]], "all there, but the input comes first"),
      (
        [[1, 2, 3, 5], [3, 4, 7, 9]],
        "the numbers of each channel were joined, which makes images wider; join the channels"
      ),
      ([[1, 2], [3, 5], [3, 4], [7, 9]], "old and new channels alternate: first all of x"),
      ([[2, 4], [6, 8], [3, 5], [7, 9]], "what was kept is first(x), not x"),
      (
        [[1, 2], [3, 4], [4, 6], [8, 10]], "the layers ran in the wrong order: first comes first"
      ),
      ([[1, 2], [3, 4], [2, 4], [6, 8]], "the second layer is missing"),
      ([[1, 2], [3, 4], [2, 3], [4, 5]], "the first layer is missing"),
      (
        [[1, 2], [3, 4], [2, 4], [6, 8], [3, 5], [7, 9]],
        "first(x) was kept, too: only x and what the second layer makes"
      ),
      (
        [[2, 3], [4, 5], [3, 5], [7, 9]],
        "x went through the second layer, too: it is kept as it is"
      ),
    ])

  // A growth of 1: the second layer sums all channels into one.
  let sum = { (x: [[Double]]) in [(0..<2).map { i in x.reduce(0) { $0 + $1[i] } }] }
  try compare(
    "denseBlock([[1, 2], [3, 4]], { 2·x }, { the sum of the channels })", block(x, double, sum),
    [[1, 2], [3, 4], [8, 12]])

  for seed in 1...5 {
    let numbers = randomNumbers(count: 6, in: -2...2, seed: seed)
    let input = [Array(numbers[0..<2]), Array(numbers[2..<4]), Array(numbers[4..<6])]
    var channels = input
    for number in 1...3 {
      let before = channels
      channels = try block(before, double, addOne)
      try require(
        channels.count == 2 * before.count,
        "block \(number) should turn \(before.count) channels into \(2 * before.count), got \(channels.count)"
      )
      try compare(
        "the first 3 channels after \(number) blocks on \(show(input))", Array(channels.prefix(3)),
        input)
    }
  }
}

private func compare(_ call: String, _ actual: [[Double]], _ expected: [[Double]]) throws {
  try require(
    actual.count == expected.count,
    "\(call) should be \(expected.count) channels, got \(actual.count)")
  for (i, pair) in zip(actual, expected).enumerated() {
    try require("channel \(i) of \(call)", gives: pair.0, expected: pair.1)
  }
}

import ExerciseKit
import Testing

/// 7.5  Write a residual block, so that the input is added to what two layers make of it.
///
///     y = x + second(first(x))
///
/// The layers are given as functions from numbers to numbers; they give back as many as they get.
///
/// Stuck? swift run learn hint 7.5
///
/// - Parameters:
///   - x: the activations that come in
///   - first: the layer that sees x
///   - second: the layer that sees what `first` made
/// - Returns: as many numbers as came in
func residualBlock(
  _ x: [Double], _ first: ([Double]) -> [Double], _ second: ([Double]) -> [Double]
) throws -> [Double] {
  try todo()  // replace this line
}

@Test("7.5 residual block", .exercise("7.5"))
func ex7_5() throws {
  try checkResidualBlock(residualBlock)
  // Your own cases:
}

// How your answer is tried: two cases by hand, then random numbers and a deep stack.

typealias ResidualBlock = (
  _ x: [Double], _ first: ([Double]) -> [Double], _ second: ([Double]) -> [Double]
) throws -> [Double]

func checkResidualBlock(_ block: ResidualBlock) throws {
  let double = { (x: [Double]) in x.map { 2 * $0 } }
  let addOne = { (x: [Double]) in x.map { $0 + 1 } }
  var call = "residualBlock([1, 2], { 2·x }, { x + 1 })"
  let y = try block([1, 2], double, addOne)
  for (mistake, advice) in [
    (
      [1, 2, 3, 5],
      "the + of Swift joins two lists, which is a dense block; add number to number"
    ),
    ([3, 5], "this is second(first(x)) alone: the input is missing"),
    ([5, 8], "the layers ran in the wrong order: first comes first"),
    ([5, 9], "what was added is first(x), not x"),
    ([7, 13], "x was added after the first layer too: only the whole block has a skip"),
    ([4, 7, 4, 7], "the result is there twice"),
  ] as [([Double], String)] {
    try require(y != mistake, "\(call) should be [4, 7], got \(show(y)): \(advice)")
  }
  try require(call, gives: y, expected: [4, 7])

  call = "residualBlock([3, -5], { 2·x }, { 0 })"
  try require(
    "\(call), whose layers give zeros, and which is the identity with no ReLU after the sum,",
    gives: block([3, -5], double, { $0.map { _ in 0 } }), expected: [3, -5])

  for seed in 1...5 {
    let x = randomNumbers(count: 4, in: -2...2, seed: seed)
    let w = randomNumbers(count: 2, in: -1...1, seed: seed + 100)
    // F(x) = w₀·w₁·x turned round, so that places matter.
    let result = try block(x, { $0.map { w[0] * $0 } }, { $0.reversed().map { w[1] * $0 } })
    try require(
      "residualBlock(\(show(x)), { \(show(w[0]))·x }, { \(show(w[1]))·x, reversed })",
      gives: result,
      expected: zip(x, x.reversed()).map { $0 + w[0] * w[1] * $1 })
  }

  // The derivative of 30 blocks with F(x) = 0.1·x is (1 + 0.1)³⁰, where plain layers give 0.1³⁰.
  let gradient = try numericGradient(at: [1]) { x in
    var y = x
    for _ in 0..<30 { y = try block(y, { $0 }, { $0.map { 0.1 * $0 } }) }
    try require(y.count == 1, "30 blocks of one number should give one number, got \(y.count)")
    return y[0]
  }
  try require(
    "the derivative through 30 blocks with F(x) = 0.1·x", gives: gradient[0],
    expected: 17.4494022689, within: 1e-6)
}

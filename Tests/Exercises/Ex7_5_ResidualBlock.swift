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
  let square = { (x: [Double]) in x.map { $0 * $0 } }
  var call = "residualBlock([1, 3], { 2·x }, { x² })"
  try require(
    call, gives: block([1, 3], double, square), expected: [5, 39],
    mistakes: [
      (
        [1, 3, 4, 36],
        "the + of Swift joins two lists, which is a dense block; add number to number"
      ),
      ([4, 36], "this is second(first(x)) alone: the input is missing"),
      ([1, 3], "this is x alone: the layers are missing"),
      ([3, 21], "the layers ran in the wrong order: first comes first"),
      ([6, 42], "what was added is first(x), not x"),
      ([10, 84], "x was added after the first layer too: only the whole block has a skip"),
      ([9, 81], "x was added before the second layer: it is added to what that makes"),
      ([3, 9], "the second layer is missing"),
      ([2, 12], "the first layer is missing"),
      ([-3, -33], "the layers' result is added to x, not subtracted"),
      ([3, 33], "x is added to the layers' result, not subtracted"),
      ([4, 108], "x is added to the layers' result, not multiplied by it"),
      ([2.5, 19.5], "the sum is not halved"),
      ([5, 39, 5, 39], "the result is there twice"),
    ])

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

import DataPipeline
import ExerciseKit
import Testing

/// 4.6  Write a batch of next words, so that every row goes on where it stopped in the batch before.
///
///     row r of batch b:  x = the `length` tokens from place ⌊r·N / rows⌋ + b·length on
///                        y = the same, moved on by one: the word after each of x
///     N tokens in all; behind the last comes the first again
///
/// Stuck? swift run learn hint 4.6
///
/// - Parameters:
///   - tokens: the whole text as numbers
///   - rows: how many places of the text are read side by side
///   - length: how many tokens of a row one batch holds (the course's bptt)
///   - batch: which batch, from 0
/// - Returns: x and y, each `rows` lists of `length` tokens
func nextWords(
  _ tokens: [Int], rows: Int, length: Int, batch: Int
) throws -> (x: [[Int]], y: [[Int]]) {
  try todo()  // replace this line
}

@Test("4.6 a batch of next words", .exercise("4.6"))
func ex4_6() throws {
  try checkNextWords(nextWords)
  // Your own cases:
}

// How your answer is tried: two batches by hand, then random sizes against the engine's batches.

typealias NextWords = (
  _ tokens: [Int], _ rows: Int, _ length: Int, _ batch: Int
) throws -> (x: [[Int]], y: [[Int]])

func checkNextWords(_ nextWords: NextWords) throws {
  func compare(
    _ name: String, _ call: String, _ found: [[Int]], _ expected: [[Int]],
    _ mistakes: [([[Int]], String)] = []
  ) throws {
    let advice = mistakes.first { $0.0 == found }.map { ": \($0.1)" } ?? ""
    let answers = Set([expected] + mistakes.map(\.0))
    try require(answers.count == 1 + mistakes.count, "\(call) cannot tell mistakes apart")
    try require(
      found == expected, "\(name) of \(call) should be \(expected), got \(found)\(advice)")
  }
  let tokens = Array(0..<12)
  var call = "nextWords(0 to 11, rows: 3, length: 2, batch: 0)"
  var (x, y) = try nextWords(tokens, 3, 2, 0)
  try compare(
    "x", call, x, [[0, 1], [4, 5], [8, 9]],
    [
      (
        [[0, 1], [2, 3], [4, 5]],
        "these rows follow each other in the text, so none goes on in the next batch; each row has a third of the text to itself"
      ),
      ([[0, 4, 8], [1, 5, 9]], "rows and steps are exchanged"),
    ])
  try compare(
    "y", call, y, [[1, 2], [5, 6], [9, 10]],
    [
      ([[0, 1], [4, 5], [8, 9]], "this is x again; y is the word after each"),
      ([[2, 3], [6, 7], [10, 11]], "moved on by a whole row; y is one word further than x"),
      (
        [[1, 1], [5, 5], [9, 9]],
        "the last of a row has a next word too, the first of the next batch"
      ),
    ])
  // The last row runs on into the beginning.
  call = "nextWords(0 to 11, rows: 3, length: 2, batch: 1)"
  (x, y) = try nextWords(tokens, 3, 2, 1)
  try compare(
    "x", call, x, [[2, 3], [6, 7], [10, 11]],
    [
      ([[0, 1], [4, 5], [8, 9]], "this is batch 0: each batch goes on where the last stopped"),
      ([[1, 2], [5, 6], [9, 10]], "a batch moves on by `length` tokens, not by one"),
    ])
  try compare(
    "y", call, y, [[3, 4], [7, 8], [11, 0]],
    [
      (
        [[3, 4], [7, 8], [11, 11]],
        "behind the last token comes the first again, not the last once more"
      ),
      ([[3, 4], [7, 8], [11]], "behind the last token comes the first again: every row is full"),
    ])
  // 14 tokens in four rows: they begin at 0, 3.5, 7 and 10.5, of which the whole parts count.
  call = "nextWords(0 to 13, rows: 4, length: 2, batch: 1)"
  (x, y) = try nextWords(Array(0..<14), 4, 2, 1)
  try compare(
    "x", call, x, [[2, 3], [5, 6], [9, 10], [12, 13]],
    [
      (
        [[2, 3], [5, 6], [8, 9], [11, 12]],
        "a row begins at ⌊r·N / rows⌋: multiply first, then divide"
      ),
      ([[2, 3], [6, 7], [9, 10], [13, 0]], "⌊r·N / rows⌋ is the whole part: do not round up"),
    ])
  try compare("y", call, y, [[3, 4], [6, 7], [10, 11], [13, 0]])

  for seed in 1...6 {
    let sizes = randomNumbers(count: 4, in: 0...1, seed: seed)
    // Rows by powers of two: the engine's starts are then exact, as yours.
    let (count, rows) = (40 + Int(sizes[0] * 60), [2, 4, 8][seed % 3])
    let (length, batch) = (2 + Int(sizes[1] * 5), Int(sizes[2] * 3))
    let text = (0..<count).map { ($0 * 7 + seed) % 23 }
    let expected = LanguageModelBatches(text, rows: rows, length: length)[batch]
    let (x, y) = try nextWords(text, rows, length, batch)
    let call = "nextWords(\(text), rows: \(rows), length: \(length), batch: \(batch))"
    func cut(_ numbers: [Int]) -> [[Int]] {
      (0..<rows).map { Array(numbers[($0 * length)..<(($0 + 1) * length)]) }
    }
    try compare("x", call, x, cut(expected.x))
    try compare("y", call, y, cut(expected.y))
  }
}

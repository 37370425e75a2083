import ExerciseKit
import Testing

// MARK: Hints
// 1. Where does row r begin in batch 0? And how far has each row come after b batches?
// 2. With the start of a row known, x is tokens[start], tokens[start + 1], …, and y the same from start + 1.
// 3. A place behind the end is place % tokens.count.
//    let start = r * tokens.count / rows + batch * length

// MARK: Solution
private enum Solution {
  static func nextWords(
    _ tokens: [Int], rows: Int, length: Int, batch: Int
  ) -> (x: [[Int]], y: [[Int]]) {
    func piece(_ row: Int, _ shift: Int) -> [Int] {
      let start = row * tokens.count / rows + batch * length + shift
      return (start..<(start + length)).map { tokens[$0 % tokens.count] }
    }
    return ((0..<rows).map { piece($0, 0) }, (0..<rows).map { piece($0, 1) })
  }
}

// MARK: Why this works
// A recurrent net carries its state from batch to batch, and row r of the state belongs to row r of the batch. So each row
// has to be one running text. The target of every word is the word after it, and that of the last one in a batch is the
// first of the next batch, which is in the text anyway: a text is its own answer.

// MARK: Proofs
@Test("4.6 solution") func solution4_6() throws { try checkNextWords(Solution.nextWords) }

@Test("4.6 wrong: rows follow each other") func wrong4_6_rows() {
  expectRefusal("none goes on in the next batch") {
    try checkNextWords { tokens, rows, length, batch in
      let start = batch * rows * length
      func piece(_ row: Int, _ shift: Int) -> [Int] {
        (0..<length).map { tokens[(start + row * length + shift + $0) % tokens.count] }
      }
      return ((0..<rows).map { piece($0, 0) }, (0..<rows).map { piece($0, 1) })
    }
  }
}

@Test("4.6 wrong: y is x") func wrong4_6_same() {
  expectRefusal("y is the word after each") {
    try checkNextWords { tokens, rows, length, batch in
      let (x, _) = Solution.nextWords(tokens, rows: rows, length: length, batch: batch)
      return (x, x)
    }
  }
}

@Test("4.6 wrong: every batch is the first") func wrong4_6_batch() {
  expectRefusal("this is batch 0") {
    try checkNextWords { tokens, rows, length, _ in
      Solution.nextWords(tokens, rows: rows, length: length, batch: 0)
    }
  }
}

/// Each of these mistakes gets its own advice.
@Test("4.6 wrong: others") func wrong4_6_others() {
  typealias Start = (_ row: Int, _ count: Int, _ rows: Int, _ length: Int, _ batch: Int) -> Int
  let starts: [(words: String, start: Start)] = [
    (
      "by `length` tokens, not by one", { row, count, rows, _, batch in row * count / rows + batch }
    ),
    (
      "multiply first, then divide",
      { row, count, rows, length, batch in row * (count / rows) + batch * length }
    ),
    (
      "do not round up",
      { row, count, rows, length, batch in (row * count + rows - 1) / rows + batch * length }
    ),
  ]
  #expect(starts.count == 3)
  for (words, start) in starts {
    expectRefusal(words) {
      try checkNextWords { tokens, rows, length, batch in
        func piece(_ row: Int, _ shift: Int) -> [Int] {
          let first = start(row, tokens.count, rows, length, batch) + shift
          return (first..<(first + length)).map { tokens[$0 % tokens.count] }
        }
        return ((0..<rows).map { piece($0, 0) }, (0..<rows).map { piece($0, 1) })
      }
    }
  }
  let targets: [(words: String, change: ([[Int]], [[Int]], [Int]) -> [[Int]])] = [
    ("moved on by a whole row", { x, _, tokens in x.map { $0.map { tokens[($0 + 2) % 12] } } }),
    ("has a next word too", { _, y, _ in y.map { $0.dropLast() + [$0[$0.count - 2]] } }),
    (
      "not the last once more",
      { x, y, tokens in zip(x, y).map { $1.contains(0) && $0.contains(11) ? [11, 11] : $1 } }
    ),
    ("every row is full", { x, y, tokens in zip(x, y).map { $0.contains(11) ? [11] : $1 } }),
  ]
  #expect(targets.count == 4)
  for (words, change) in targets {
    expectRefusal(words) {
      try checkNextWords { tokens, rows, length, batch in
        let (x, y) = Solution.nextWords(tokens, rows: rows, length: length, batch: batch)
        return (x, change(x, y, tokens))
      }
    }
  }
  expectRefusal("rows and steps are exchanged") {
    try checkNextWords { tokens, rows, length, batch in
      let (x, y) = Solution.nextWords(tokens, rows: rows, length: length, batch: batch)
      return ((0..<length).map { t in x.map { $0[t] } }, (0..<length).map { t in y.map { $0[t] } })
    }
  }
}

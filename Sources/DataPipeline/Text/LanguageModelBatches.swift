import Tensors

/// Batches of next words: a long text cut into rows that are read side by side.
///
/// Of N tokens, row i of `rows` starts at ⌊N/rows·i⌋, in floating point, as in fastai (now and then a token before
/// ⌊i·N/rows⌋). Batch j holds of each row the tokens from its start
/// plus j·`length`, and as targets the same moved by one. Positions are taken modulo N, so the last row runs
/// on into the beginning. Row r of a batch continues row r of the batch before: a state that is kept
/// between batches stays meaningful.
public struct LanguageModelBatches: Sendable {
  public let tokens: [Int]
  public let rows: Int
  /// Tokens of a row in one batch (the course calls it bptt).
  public let length: Int

  public init(_ tokens: [Int], rows: Int, length: Int) {
    expect(
      !tokens.isEmpty && rows > 0 && length > 0,
      "LanguageModelBatches expects tokens and at least one row and one step, got \(tokens.count), \(rows) and \(length)"
    )
    self.tokens = tokens
    self.rows = rows
    self.length = length
  }

  /// Texts one behind the other, in a new order each time, as fastai does it from the second epoch on.
  public init(
    shuffling texts: [[Int]], rows: Int, length: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    self.init(texts.shuffled(using: &generator).flatMap { $0 }, rows: rows, length: length)
  }

  /// How many batches an epoch has; each is whole, as the last reads on into the beginning.
  public var stepsPerEpoch: Int { count }

  public var count: Int { (tokens.count + rows * length - 1) / (rows * length) }

  /// Inputs and targets of a batch, `[rows · length]` each, row after row.
  public subscript(batch: Int) -> (x: [Int], y: [Int]) {
    var x: [Int] = []
    var y: [Int] = []
    x.reserveCapacity(rows * length)
    y.reserveCapacity(rows * length)
    for row in 0..<rows {
      let start = Int(Double(tokens.count) / Double(rows) * Double(row)) + batch * length
      for step in 0..<length {
        x.append(tokens[(start + step) % tokens.count])
        y.append(tokens[(start + step + 1) % tokens.count])
      }
    }
    return (x, y)
  }
}

import Tensors

/// An embedding that, while training, forgets whole words: each row of the table is 0 with probability p and
/// divided by 1 − p otherwise (Gal and Ghahramani 2016; Merity et al. 2017, section 4.3).
///
/// One choice a call for each word: wherever a forgotten word stands in the batch, it is missing.
public final class EmbeddingDropout: Module, DrawsRandomNumbers {
  public let embedding: Embedding
  public let p: Float
  /// Where its choices come from.
  public var generator: SeededGenerator

  public init(
    _ embedding: Embedding, _ p: Float = 0.1, seed: UInt64, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.embedding = embedding
    self.p = dropoutProbability(p, of: "EmbeddingDropout", file: file, line: line)
    generator = SeededGenerator(seed: seed)
  }

  /// The rows of the words: `[words.count, features]`.
  public func callAsFunction(_ words: [Int]) -> Tensor {
    let y = embedding(words)
    guard isTraining, p > 0 else { return y }
    // The mask of the rows that are looked up, instead of a product with the whole table.
    let mask = dropoutMask([embedding.$weight.value.shape[0], 1], p, using: &generator)
    return y * mask.rows(words)
  }
}

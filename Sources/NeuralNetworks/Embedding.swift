import Tensors

/// A table of vectors, one a word (or user, or category): row i is the product of the table with a one-hot i.
///
/// The table starts from the standard normal distribution, as PyTorch's does.
public final class Embedding: Module {
  @Parameter public var weight: Tensor  // [words, features]

  public init(_ words: Int, _ features: Int, using generator: inout some RandomNumberGenerator) {
    weight = .normal([words, features], using: &generator)
  }

  /// The rows of the words: `[words.count, features]`.
  public func callAsFunction(_ words: [Int]) -> Tensor {
    traced(words: words) { weight.rows(words) }
  }
}

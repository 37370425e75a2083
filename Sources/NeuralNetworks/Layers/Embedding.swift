import Tensors

/// A table of vectors, one a word (or user, or category): row i is the product of the table with a one-hot i.
///
/// The table starts from the standard normal distribution, as PyTorch's does.
public final class Embedding: Module {
  @Parameter public var weight: Tensor  // [words, features]

  public init(
    _ words: Int, _ features: Int, using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      words >= 0 && features >= 0,
      "Embedding expects no negative size, got \(words) words and \(features) features", file: file,
      line: line)
    weight = .normal([words, features], using: &generator, file: file, line: line)
  }

  /// The rows of the words: `[words.count, features]`.
  public func callAsFunction(_ words: [Int]) -> Tensor {
    expectLabels(words, below: $weight.value.shape[0], in: "Embedding")
    return traced(words: words) { weight.rows(words) }
  }
}

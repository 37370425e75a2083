import Tensors

/// A rating as the product of what a user likes and what an item has, plus a bias of each (Koren et al. 2009;
/// fastai's EmbeddingDotBias): r̂ = low + (high − low)·σ(u·v + b_u + b_v).
///
/// Input: a user and an item for each row; output `[rows]`. Embeddings and biases start from a
/// truncated normal distribution of deviation 0.01.
public final class DotProductBias: Module {
  public let userFactors: Embedding
  public let itemFactors: Embedding
  public let userBias: Embedding
  public let itemBias: Embedding
  public let sigmoidRange: SigmoidRange?

  public init(
    users: Int, items: Int, factors: Int, range: ClosedRange<Float>? = nil,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectSizes(
      [users, items, factors], "users, items and factors", of: "DotProductBias", file: file,
      line: line)
    userFactors = Embedding(users, factors, using: &generator)
    itemFactors = Embedding(items, factors, using: &generator)
    userBias = Embedding(users, 1, using: &generator)
    itemBias = Embedding(items, 1, using: &generator)
    sigmoidRange = range.map { SigmoidRange($0, file: file, line: line) }
    super.init()
    for table in [userFactors, itemFactors, userBias, itemBias] {
      let shape = table.weight.shape
      table.weight = .truncatedNormal(shape, deviation: 0.01, using: &generator)
    }
  }

  public func callAsFunction(users: [Int], items: [Int]) -> Tensor {
    expect(
      users.count == items.count,
      "DotProductBias expects an item for each user, got \(users.count) and \(items.count)")
    return traced(words: users) {
      let product = (userFactors(users) * itemFactors(items)).sum(axes: [1])
      let rating = product + (userBias(users) + itemBias(items)).reshaped([-1])
      return sigmoidRange.map { $0(rating) } ?? rating
    }
  }

  /// The names of fastai's EmbeddingDotBias.
  public var fastaiNames: NameMap {
    NameMap(
      self,
      renaming: [
        ("userFactors", "u_weight"), ("itemFactors", "i_weight"), ("userBias", "u_bias"),
        ("itemBias", "i_bias"),
      ])
  }
}

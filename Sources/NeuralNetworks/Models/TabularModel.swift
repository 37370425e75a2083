import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A net for tables: an embedding for each column of categories, beside the normalised columns of numbers, then
/// fully connected layers (Guo and Berkhahn 2016, "Entity embeddings of categorical variables"; in the form of
/// fastai's TabularModel).
///
/// Input: the categories' numbers, column by column, and numbers `[rows, columns]`; output `[rows, outputs]`.
/// Embeddings start from a truncated normal distribution of deviation 0.01. Hidden layers are Linear, ReLU, batch norm, dropout, in this order; embeddings have their own dropout.
/// Category 0 is meant for values that are missing or were never seen.
public final class TabularModel: Module {
  public let embeddings: [Embedding]
  public let embeddingDropout: Dropout
  /// Of the columns of numbers, where there are any.
  public let norm: BatchNorm?
  public let layers: Sequential
  public let sigmoidRange: SigmoidRange?

  /// - Parameters:
  ///   - categories: How many categories each column has, and how many numbers stand for one.
  ///   - numbers: How many columns of numbers.
  ///   - hidden: The widths of the hidden layers; `dropouts` holds a probability for each, none if left out.
  ///   - range: Between which ends the outputs lie.
  public init(
    categories: [(count: Int, features: Int)], numbers: Int, hidden: [Int], outputs: Int,
    dropouts: [Float]? = nil, embeddingDropout: Float = 0, range: ClosedRange<Float>? = nil,
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(
      dropouts == nil || dropouts?.count == hidden.count,
      "TabularModel expects a dropout for each hidden layer, got \(dropouts ?? []) for \(hidden)",
      file: file, line: line)
    for p in dropouts ?? [] {
      _ = dropoutProbability(p, of: "TabularModel's dropout", file: file, line: line)
    }
    expectWidths(
      hidden + [outputs], "widths and outputs", of: "TabularModel", file: file, line: line)
    for (count, features) in categories {
      expectSizes(
        [count, features], "categories and features", of: "TabularModel", file: file, line: line)
    }
    expect(
      (0...1 << 20).contains(numbers) && (numbers > 0 || !categories.isEmpty),
      "TabularModel expects columns of categories, of numbers or of both, got \(categories.count) and \(numbers)",
      file: file, line: line)
    var embeddings: [Embedding] = []
    for (count, features) in categories {
      embeddings.append(Embedding(count, features, using: &generator))
    }
    for embedding in embeddings {
      let shape = embedding.weight.shape
      embedding.weight = .truncatedNormal(shape, deviation: 0.01, using: &generator)
    }
    self.embeddings = embeddings
    self.embeddingDropout = Dropout(
      embeddingDropout, seed: generator.next(), file: file, line: line)
    norm = numbers > 0 ? BatchNorm(numbers) : nil

    var layers: [any Layer] = []
    var width = categories.reduce(numbers) { $0 + $1.features }
    for (i, units) in hidden.enumerated() {
      layers += [Linear(width, units, using: &generator), ReLU(), BatchNorm(units)] as [any Layer]
      if let p = dropouts?[i], p > 0 { layers.append(Dropout(p, seed: generator.next())) }
      width = units
    }
    layers.append(Linear(width, outputs, using: &generator))
    self.layers = Sequential(layers)
    sigmoidRange = range.map { SigmoidRange($0, file: file, line: line) }
  }

  /// fastai's rule for how many numbers stand for one of `count` categories: 1.6·count^0.56, at most 600.
  public static func features(for count: Int) -> Int {
    expectCategories(count)
    return min(600, Int((1.6 * pow(Double(count), 0.56)).rounded()))
  }

  /// fastai's earlier rule, the one that the course's talk names: count/2 + 1, rounded down, at most 50.
  public static func featuresByHalf(for count: Int) -> Int {
    expectCategories(count)
    return min(50, count / 2 + 1)
  }

  private static func expectCategories(_ count: Int) {
    expect(count > 0, "TabularModel has features for 1 category or more, got \(count)")
  }

  public func callAsFunction(categories: [[Int]], numbers: Tensor) -> Tensor {
    let columns = norm?.$gamma.value.count ?? 0
    expect(
      numbers.rank == 2 && numbers.shape[1] == columns,
      "TabularModel expects numbers [rows, \(columns)], got \(numbers.shape)")
    let rows = numbers.shape[0]
    expect(
      categories.count == embeddings.count && categories.allSatisfy { $0.count == rows },
      "TabularModel expects \(embeddings.count) columns of \(rows) categories, got \(categories.map(\.count))"
    )
    return traced(numbers) {
      var parts: [Tensor] = []
      if !embeddings.isEmpty {
        let vectors = zip(embeddings, categories).map { $0($1) }
        parts.append(embeddingDropout(concatenate(vectors, axis: 1)))
      }
      if let norm { parts.append(norm(numbers)) }
      let y = layers(concatenate(parts, axis: 1))
      return sigmoidRange.map { $0(y) } ?? y
    }
  }

  /// The names of fastai's TabularModel.
  public var fastaiNames: NameMap {
    NameMap(
      self,
      renaming: [("embeddings", "embeds"), ("norm", "bn_cont"), ("layers.layers", "layers")])
  }
}

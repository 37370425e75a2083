import Tensors

/// Predicts the next word at each place of a text: an AWD-LSTM and a decoder that uses the embedding's own
/// table (Merity et al. 2017; tied weights: Press and Wolf 2017).
///
/// Input as of `AWDLSTM`; output: logits `[rows, time, words]`.
public final class LanguageModel: Module {
  public let encoder: AWDLSTM
  public let outputDropout: VariationalDropout
  public let decoder: TiedDecoder

  public init(
    words: Int, features: Int = 400, hidden: Int = 1152, layers: Int = 3,
    dropouts: AWDLSTM.Dropouts = .init(), using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID,
    line: UInt = #line
  ) {
    encoder = AWDLSTM(
      words: words, features: features, hidden: hidden, layers: layers, dropouts: dropouts,
      using: &generator, file: file, line: line)
    outputDropout = VariationalDropout(dropouts.output, seed: generator.next())
    decoder = TiedDecoder(encoder.embedding.embedding)
  }

  public func callAsFunction(_ words: [Int], rows: Int) -> Tensor {
    traced(words: words) { decoder(outputDropout(encoder(words, rows: rows))) }
  }

  /// PyTorch's names of an `nn.Embedding` encoder, a list of `nn.LSTM` called rnns, and a decoder whose weight
  /// is the encoder's.
  public var torchNames: NameMap {
    NameMap(self, renaming: Self.encoderNames, ignored: ["decoder.weight"])
  }

  static let encoderNames: [(String, String)] = [
    ("encoder.embedding.embedding", "encoder"), ("encoder.layers", "rnns"), ("net", ""),
  ]
}

/// y = x·Eᵀ + b, E being an embedding's table: a word is likely if its vector points where x does.
///
/// Input `[…, features]`, output `[…, words]`.
public final class TiedDecoder: Module, Layer, CountsMultiplyAdds {
  /// The embedding's own.
  @Parameter public var weight: Tensor  // [words, features]
  @Parameter public var bias: Tensor  // [words]

  public init(_ embedding: Embedding) {
    _weight = embedding.$weight
    bias = .zeros([embedding.$weight.value.shape[0]])
  }

  public func forward(_ x: Tensor) -> Tensor {
    let features = $weight.value.shape[1]
    expect(
      x.rank > 1 && x.shape.last == features,
      "TiedDecoder expects [..., rows, \(features)], got \(x.shape)")
    return matmul(x, weight.transposed()) + bias
  }

  public func multiplyAdds(input: [Int], output: [Int]) -> Int {
    product(output, [$weight.value.shape[1]])
  }
}

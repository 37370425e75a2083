import Tensors

/// LSTM upon LSTM with dropout in every place that helps: an encoder of text (Merity et al. 2017, "Regularizing
/// and optimizing LSTM language models"; sizes and dropouts are fastai's).
///
/// Input: word numbers of `rows` texts, row after row; output `[rows, time, features]`. The first layers have
/// `hidden` numbers, the last has `features` again, so that the decoder can use the embedding's table. The state
/// is kept from batch to batch, cut off from the tape, until `reset()` or another count of rows.
public final class AWDLSTM: Module, CarriesState {
  /// A probability for each kind.
  public struct Dropouts: Sendable {
    public var embedding: Float = 0.02
    public var input: Float = 0.25
    public var hidden: Float = 0.15
    public var weight: Float = 0.2
    public var output: Float = 0.1

    public init() {}

    public static let none = Dropouts().scaled(by: 0)

    /// fastai's for a classifier of texts; those of `init` are its language model's.
    public static let classifier: Dropouts = {
      var result = Dropouts()
      (result.embedding, result.input, result.hidden) = (0.05, 0.4, 0.3)
      (result.weight, result.output) = (0.5, 0.4)
      return result
    }()

    /// All of them times a factor (fastai's `drop_mult`).
    public func scaled(
      by factor: Float, file: StaticString = #fileID, line: UInt = #line
    ) -> Dropouts {
      expect(
        factor >= 0 && factor.isFinite,
        "AWDLSTM.Dropouts are scaled by a factor of 0 or more, got \(factor)", file: file,
        line: line)
      var result = self
      for part in [\Dropouts.embedding, \.input, \.hidden, \.weight, \.output] {
        result[keyPath: part] *= factor
      }
      return result
    }
  }

  public let embedding: EmbeddingDropout
  public let inputDropout: VariationalDropout
  public let layers: [WeightDrop<LSTM>]
  /// Between the layers.
  public let hiddenDropouts: [VariationalDropout]
  public let features: Int
  /// h and c of each layer after the last batch; empty before the first.
  public private(set) var state: [(h: Tensor, c: Tensor)] = []

  public init(
    words: Int, features: Int = 400, hidden: Int = 1152, layers: Int = 3,
    dropouts: Dropouts = Dropouts(), using generator: inout some RandomNumberGenerator,
    file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectSizes(
      [words, features, hidden, layers], "words, features, hidden numbers and layers",
      of: "AWDLSTM", file: file, line: line)
    self.features = features
    let table = Embedding(words, features, using: &generator)
    table.weight = .uniform([words, features], in: -0.1..<0.1, using: &generator)
    embedding = EmbeddingDropout(table, dropouts.embedding, seed: generator.next())
    inputDropout = VariationalDropout(dropouts.input, seed: generator.next())
    var nets: [WeightDrop<LSTM>] = []
    var between: [VariationalDropout] = []
    for i in 0..<layers {
      let isLast = i == layers - 1
      let net = LSTM(i == 0 ? features : hidden, isLast ? features : hidden, using: &generator)
      nets.append(WeightDrop(net, dropouts.weight, seed: generator.next()))
      if !isLast {
        between.append(VariationalDropout(dropouts.hidden, seed: generator.next()))
      }
    }
    self.layers = nets
    hiddenDropouts = between
  }

  /// h and c of each layer, one after the other.
  public var carriedState: [Tensor] {
    get { state.flatMap { [$0.h, $0.c] } }
    set {
      expect(
        newValue.isEmpty || newValue.count == 2 * layers.count,
        "AWDLSTM carries 2 tensors a layer, \(2 * layers.count), got \(newValue.count)")
      let rows = newValue.first.map { $0.rank == 3 ? $0.shape[1] : 0 } ?? 0
      expect(
        newValue.enumerated().allSatisfy { place, tensor in
          tensor.shape == [1, rows, layers[place / 2].net.hidden]
        },
        "AWDLSTM carries tensors [1, rows, hidden] of each layer, got \(newValue.map(\.shape))")
      state = stride(from: 0, to: newValue.count, by: 2).map { (newValue[$0], newValue[$0 + 1]) }
    }
  }

  /// Forgets the state: the next batch starts from zeros.
  public func reset() { state = [] }

  public func callAsFunction(_ words: [Int], rows: Int) -> Tensor {
    expect(
      rows > 0 && !words.isEmpty && words.count % rows == 0,
      "AWDLSTM expects words for \(rows) rows of one length, got \(words.count)")
    if state.first?.h.shape[1] != rows { reset() }
    return traced(words: words) {
      var x = inputDropout(embedding(words).reshaped([rows, -1, features]))
      var next: [(h: Tensor, c: Tensor)] = []
      for (i, layer) in layers.enumerated() {
        let (y, (h, c)) = layer(x, state.isEmpty ? nil : state[i])
        next.append((h.detached(), c.detached()))
        x = i < hiddenDropouts.count ? hiddenDropouts[i](y) : y
      }
      state = next
      return x
    }
  }
}

import Tensors

/// Classifies texts by what a language model's encoder makes of them (Howard and Ruder 2018, "Universal language
/// model fine-tuning for text classification").
///
/// Input: word numbers of `rows` texts, padded at the front; output `[rows, classes]`. A text is read in pieces of
/// `length` words, the state carried on and cut off from the tape between them, as fastai does; pieces that end
/// before the last `maximum` words only leave their state. Then the concat pooling: the last output, the largest
/// and the mean over time, side by side, through batch norm, dropout and two Linear layers.
public final class TextClassifier: Module {
  public let encoder: AWDLSTM
  public let head: Sequential
  public let length: Int
  public let maximum: Int
  public let padding: Int

  /// - Parameters:
  ///   - length: Words of a piece (fastai's bptt).
  ///   - maximum: Words at the end of a text that the pooling sees.
  ///   - padding: The number of the padding word.
  ///   - hidden: Units between the two Linear layers.
  public init(
    _ encoder: AWDLSTM, classes: Int, hidden: Int = 50, length: Int = 70, maximum: Int = 1400,
    padding: Int = 1, dropouts: (Float, Float) = (0.4, 0.1),
    using generator: inout some RandomNumberGenerator, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expectSizes(
      [classes, hidden], "classes and hidden numbers", of: "TextClassifier", file: file, line: line)
    expect(
      length > 0 && maximum > 0,
      "TextClassifier expects positive lengths, got \(length), \(maximum)", file: file, line: line)
    self.encoder = encoder
    self.length = length
    self.maximum = maximum
    self.padding = padding
    let width = 3 * encoder.features
    head = Sequential(
      BatchNorm(width), Dropout(dropouts.0, seed: generator.next(), file: file, line: line),
      Linear(width, hidden, using: &generator), ReLU(), BatchNorm(hidden),
      Dropout(dropouts.1, seed: generator.next(), file: file, line: line),
      Linear(hidden, classes, using: &generator))
  }

  public func callAsFunction(_ words: [Int], rows: Int) -> Tensor {
    expect(
      rows > 0 && !words.isEmpty && words.count % rows == 0,
      "TextClassifier expects words for \(rows) rows of one length, got \(words.count)")
    let time = words.count / rows
    return traced(words: words) {
      encoder.reset()
      var pieces: [Tensor] = []
      var seen = 0
      for start in stride(from: 0, to: time, by: length) {
        let end = min(start + length, time)
        let piece = (0..<rows).flatMap { words[($0 * time + start)..<($0 * time + end)] }
        if end <= time - maximum {
          withoutGradients { _ = encoder(piece, rows: rows) }
          seen = end
        } else {
          pieces.append(encoder(piece, rows: rows))
        }
      }
      let kept = (0..<rows).flatMap { words[($0 * time + seen)..<(($0 + 1) * time)] }
      return head(pooled(concatenate(pieces, axis: 1), isWord: kept.map { $0 != padding }))
    }
  }

  /// cat[last, max, mean] of `[rows, time, features]` over the places that are no padding.
  private func pooled(_ x: Tensor, isWord: [Bool]) -> Tensor {
    let (rows, time) = (x.shape[0], x.shape[1])
    let keep = Tensor(isWord.map { $0 ? 1 : 0 }, shape: [rows, time, 1])
    let counts = keep.sum(axes: [1])
    expect(
      counts.values.allSatisfy { $0 > 0 },
      "TextClassifier: a text has no words but padding in its last \(time)")
    let last = x.sliced(axis: 1, (time - 1)..<time).reshaped([rows, -1])
    let largest = (x + Tensor(isWord.map { $0 ? 0 : -.infinity }, shape: [rows, time, 1]))
      .max(axis: 1)
    let mean = (x * keep).sum(axes: [1]) / counts
    return concatenate([last, largest, mean], axis: 1)
  }

  /// PyTorch's names: the encoder's as in `LanguageModel`, the head an `nn.Sequential`.
  public var torchNames: NameMap {
    NameMap(self, renaming: LanguageModel.encoderNames + [("head.layers", "head")])
  }
}

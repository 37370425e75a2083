import Tensors

/// The last stage of a data block: batches to train on, to validate with, and to test.
///
/// `train` fits a `TrainingLoop`:
///
///     TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in … }
public struct DataBunch<Stage, Batch>: CustomStringConvertible {
  /// The stage before, with what was learned from the training set: classes, vocabulary, categories.
  public let stage: Stage
  /// Of a batch.
  public let size: Int
  /// How many batches `train` has each epoch: the steps that a schedule counts. A last batch follows the rule of `LastBatch`.
  public let stepsPerEpoch: Int
  /// The batches of one epoch; what is random in them comes from the generator.
  public let train: (inout SeededGenerator) -> AnySequence<Batch>
  /// In a fixed order: that of the list, but for texts, whose longest come first.
  public let valid: AnySequence<Batch>
  /// In the order of the list; none without a test set. Labels are those that it came with, or the kind's `unknown`.
  public let test: AnySequence<Batch>?
  /// Which items of its part a batch holds, from 0, row by row; none where batches are pieces of one long text.
  public let items: (Batch) -> [Int]
  /// Of pictures, if they are.
  public private(set) var normalization: ChannelNormalization?
  public let description: String

  init(
    stage: Stage, size: Int, stepsPerEpoch: Int,
    train: @escaping (inout SeededGenerator) -> AnySequence<Batch>,
    valid: AnySequence<Batch>, test: AnySequence<Batch>? = nil,
    items: @escaping (Batch) -> [Int], normalization: ChannelNormalization? = nil,
    description: String
  ) {
    self.stage = stage
    self.size = size
    self.stepsPerEpoch = stepsPerEpoch
    self.items = items
    self.train = train
    self.valid = valid
    self.test = test
    self.normalization = normalization
    self.description = description
  }

  /// The batches of one epoch whose order a seed draws.
  public func epoch(seed: UInt64) -> AnySequence<Batch> {
    var generator = SeededGenerator(seed: seed)
    return train(&generator)
  }

  /// What `predict` gives for each item of some batches, in the order of the list, whatever order the batches have:
  ///
  ///     let classes = data.inOrder(data.valid) { model($0.words, rows: $0.rows).argmax(axis: 1) }
  public func inOrder<Prediction>(
    _ batches: AnySequence<Batch>, _ predict: (Batch) throws -> [Prediction]
  ) rethrows -> [Prediction] {
    var found: [(item: Int, prediction: Prediction)] = []
    for batch in batches {
      let (items, predictions) = (items(batch), try predict(batch))
      expect(
        items.count == predictions.count,
        "inOrder expects a prediction for each of the \(items.count) items of a batch, got \(predictions.count)"
      )
      found += zip(items, predictions).map { ($0, $1) }
    }
    return found.sorted { $0.item < $1.item }.map(\.prediction)
  }
}

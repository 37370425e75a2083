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
  /// The batches of one epoch; what is random in them comes from the generator.
  public let train: (inout SeededGenerator) -> AnySequence<Batch>
  /// In a fixed order.
  public let valid: AnySequence<Batch>
  /// In a fixed order, every label the kind's `unknown`; none without a test set.
  public let test: AnySequence<Batch>?
  /// Of pictures, if they are.
  public private(set) var normalization: ChannelNormalization?
  public let description: String

  init(
    stage: Stage, size: Int, train: @escaping (inout SeededGenerator) -> AnySequence<Batch>,
    valid: AnySequence<Batch>, test: AnySequence<Batch>? = nil,
    normalization: ChannelNormalization? = nil, description: String
  ) {
    self.stage = stage
    self.size = size
    self.train = train
    self.valid = valid
    self.test = test
    self.normalization = normalization
    self.description = description
  }
}

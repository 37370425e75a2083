import Tensors

/// The last stage of a data block: batches to train on, to validate with, and to test.
///
/// `train` fits a `TrainingLoop`:
///
///     TrainingLoop(model, optimizer: adam, seed: 42, batches: data.train) { batch in … }
public struct DataBunch<Batch>: CustomStringConvertible {
  /// The batches of one epoch; what is random in them comes from the generator.
  public let train: (inout SeededGenerator) -> AnySequence<Batch>
  /// In a fixed order.
  public let valid: AnySequence<Batch>
  /// In a fixed order, every label the kind's `unknown`; none without a test set.
  public let test: AnySequence<Batch>?
  public let description: String
}

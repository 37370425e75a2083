import Tensors

/// Dropout for sequences, "locked": one choice for all time steps (Gal and Ghahramani 2016; Merity et al.
/// 2017, section 4.2).
///
/// Input `[n, time, features]`. While training, feature j of sequence i is 0 at every step with probability p
/// and divided by 1 − p otherwise. A choice for each step would blur over time what the state is to carry.
public final class VariationalDropout: Module, Layer, DrawsRandomNumbers {
  public let p: Float
  /// Where its choices come from.
  public var generator: SeededGenerator

  public init(
    _ p: Float = 0.5, seed: UInt64, file: StaticString = #fileID, line: UInt = #line
  ) {
    self.p = dropoutProbability(p, of: "VariationalDropout", file: file, line: line)
    generator = SeededGenerator(seed: seed)
  }

  public func forward(_ x: Tensor) -> Tensor {
    expect(x.rank == 3, "VariationalDropout expects [n, time, features], got \(x.shape)")
    guard isTraining, p > 0 else { return x }
    return x * dropoutMask([x.shape[0], 1, x.shape[2]], p, using: &generator)
  }
}

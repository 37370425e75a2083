import Tensors

/// Numbers less their mean, divided by their standard deviation: (x − μ) / σ.
///
/// μ and σ come from one batch of training images, as in the course, and serve for all batches, those for validation
/// too. This is not batch normalisation, which takes new ones from every batch.
public struct Normalization: Codable, Sendable {
  public let mean: Float
  public let deviation: Float

  public init(mean: Float, deviation: Float) {
    expect(
      mean.isFinite && deviation.isFinite && deviation > 0,
      "Normalization needs a mean and a deviation above 0, got \(mean) and \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  /// Those of a batch. One of a single value but for rounding (σ ≤ 10⁻⁶·|μ|) is only moved.
  public init(of batch: Tensor) {
    expect(batch.count > 0, "Normalization expects numbers, got shape \(batch.shape)")
    let statistics = batch.statistics
    let isConstant = statistics.deviation <= 1e-6 * abs(statistics.mean)
    self.init(mean: statistics.mean, deviation: isConstant ? 1 : statistics.deviation)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { (x - mean) / deviation }
}

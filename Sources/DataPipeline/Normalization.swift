import Tensors

/// Numbers less their mean, divided by their standard deviation: (x − μ) / σ.
///
/// μ and σ come from one batch of training images, as in the course, and serve for all batches, those for validation
/// too. This is not batch normalisation, which takes new ones from every batch.
public struct Normalization: Codable, Sendable {
  public let mean: Float
  public let deviation: Float

  public init(mean: Float, deviation: Float) {
    expect(deviation > 0, "Normalization needs a deviation above 0, got \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  public init(of batch: Tensor) {
    let statistics = batch.statistics
    self.init(mean: statistics.mean, deviation: statistics.deviation)
  }

  public func callAsFunction(_ x: Tensor) -> Tensor { (x - mean) / deviation }
}

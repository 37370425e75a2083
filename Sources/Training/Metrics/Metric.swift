import Tensors

/// A metric with its name, computed once over all predictions of a set: F-beta, perplexity or RMSE of the whole are
/// not the mean of those of its batches.
///
///     learner.metrics = [Metric("error rate") { errorRate($0, $1) }]
public struct Metric<Targets> {
  public let name: String
  public let value: (_ predictions: Tensor, _ targets: Targets) -> Double

  public init(_ name: String, value: @escaping (Tensor, Targets) -> Double) {
    self.name = name
    self.value = value
  }
}

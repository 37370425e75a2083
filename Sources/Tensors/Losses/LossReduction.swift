/// What becomes of the losses of a batch: one for each item, their sum, or their mean.
public enum LossReduction: Sendable {
  case none, sum, mean
}

extension Tensor {
  /// Losses as they are, their sum, or their mean (NaN of no loss at all).
  package func reduced(_ reduction: LossReduction) -> Tensor {
    switch reduction {
    case .none: self
    case .sum: sum()
    case .mean: mean()
    }
  }
}

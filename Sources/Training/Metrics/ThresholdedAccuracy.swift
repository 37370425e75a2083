import Tensors

/// For items with several labels: the share of all yes-or-no answers that are right, where a probability above the
/// threshold is a yes (fastai's `accuracy_thresh`, with the sigmoid taken before).
///
/// Both `[batch, labels]`; targets are 0 or 1. With few labels an item most answers are an easy no, so it is high
/// for a model that says no to everything; `fBeta` is not. NaN if a probability is.
public func thresholdedAccuracy(
  _ probabilities: Tensor, _ targets: Tensor, threshold: Float = 0.5, file: StaticString = #fileID,
  line: UInt = #line
) -> Double {
  expectPairs(probabilities, targets, in: "thresholdedAccuracy", file: file, line: line)
  expect(
    !threshold.isNaN, "thresholdedAccuracy expects a threshold, got NaN", file: file, line: line)
  expectZerosAndOnes(targets, in: "thresholdedAccuracy", file: file, line: line)
  if probabilities.values.contains(where: \.isNaN) { return .nan }
  let right = zip(probabilities.values, targets.values).count { ($0 > threshold) == ($1 == 1) }
  return Double(right) / Double(targets.count)
}

/// Predictions and targets of one shape, at least one number.
func expectPairs(
  _ predictions: Tensor, _ targets: Tensor, in metric: String, file: StaticString, line: UInt
) {
  expect(
    predictions.shape == targets.shape,
    "\(metric) expects predictions and targets of one shape, got \(predictions.shape) and \(targets.shape)",
    file: file, line: line)
  expect(
    targets.count > 0, "\(metric) expects one number or more, got shape \(targets.shape)",
    file: file, line: line)
}

func expectZerosAndOnes(
  _ targets: Tensor, in metric: String, file: StaticString, line: UInt
) {
  if let other = targets.values.first(where: { $0 != 0 && $0 != 1 }) {
    fatalError("\(metric) expects targets of 0 and 1, got \(other)", file: file, line: line)
  }
}

import Tensors

/// The share of rows whose largest logit is *not* in the label's column: 1 − accuracy.
public func errorRate(
  _ predictions: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expect(
    predictions.rank == 2 && predictions.shape[0] == labels.count && !labels.isEmpty,
    "errorRate expects predictions [batch, classes] and one label a row, got \(predictions.shape) and \(labels.count) labels",
    file: file, line: line)
  return 1 - accuracy(predictions, labels, file: file, line: line)
}

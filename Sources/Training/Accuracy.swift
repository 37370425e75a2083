import Tensors

/// The share of rows whose largest logit (or probability) is in the label's column.
public func accuracy(
  _ predictions: Tensor, _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expect(
    predictions.rank == 2 && predictions.shape[0] == labels.count && !labels.isEmpty,
    "accuracy expects predictions [batch, classes] and one label a row, got \(predictions.shape) and \(labels.count) labels",
    file: file, line: line)
  let right = zip(predictions.argmax(), labels).count { $0 == $1 }
  return Double(right) / Double(labels.count)
}

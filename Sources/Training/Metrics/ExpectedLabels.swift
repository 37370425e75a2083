import Tensors

/// One row of predictions a label, which is a class or ignored.
func expectRows(
  _ predictions: Tensor, _ labels: [Int], ignoring ignored: Int? = nil, in metric: String,
  rows: String = "predictions [batch, classes]", file: StaticString, line: UInt
) {
  expect(
    predictions.rank == 2 && predictions.shape[0] == labels.count,
    "\(metric) expects \(rows) and one label a row, got \(predictions.shape) and \(labels.count) labels",
    file: file, line: line)
  expectClasses(
    labels, below: predictions.shape[1], ignoring: ignored, in: metric, file: file, line: line)
}

/// One pixel of predictions a label, which is a class or void.
func expectPixels(
  _ predictions: Tensor, _ labels: [Int], void: Int?, in metric: String, file: StaticString,
  line: UInt
) {
  let shape = predictions.shape
  expect(
    shape.count == 4 && shape[0] * shape[2] * shape[3] == labels.count,
    "\(metric) expects predictions [n, classes, h, w] and one label a pixel, got \(shape) and \(labels.count) labels",
    file: file, line: line)
  expectClasses(labels, below: shape[1], ignoring: void, in: metric, file: file, line: line)
}

private func expectClasses(
  _ labels: [Int], below classes: Int, ignoring ignored: Int?, in metric: String,
  file: StaticString, line: UInt
) {
  expect(
    !labels.isEmpty, "\(metric) expects one label or more, got none", file: file, line: line)
  if let i = labels.firstIndex(where: { ($0 < 0 || $0 >= classes) && $0 != ignored }) {
    fatalError(
      "\(metric) expects labels in 0..<\(classes), got \(labels[i]) at position \(i)",
      file: file, line: line)
  }
}

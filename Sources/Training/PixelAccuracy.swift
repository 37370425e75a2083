import Tensors

/// The share of pixels whose class is right, of those that have one: pixels labelled `void` do not count
/// (the course's `acc_camvid`).
///
/// Predictions `[n, classes, h, w]`, labels pixel by pixel, row by row, image by image. NaN if all are void.
public func pixelAccuracy(
  _ predictions: Tensor, _ labels: [Int], void: Int? = nil, file: StaticString = #fileID,
  line: UInt = #line
) -> Double {
  let classes = pixelClasses(predictions, labels, in: "pixelAccuracy", file: file, line: line)
  var (right, counted) = (0, 0)
  for (predicted, label) in zip(classes, labels) where label != void {
    counted += 1
    if predicted == label { right += 1 }
  }
  return Double(right) / Double(counted)
}

/// The class with the largest logit at each pixel.
func pixelClasses(
  _ predictions: Tensor, _ labels: [Int], in metric: String, file: StaticString, line: UInt
) -> [Int] {
  let shape = predictions.shape
  expect(
    shape.count == 4 && shape[0] * shape[2] * shape[3] == labels.count && !labels.isEmpty,
    "\(metric) expects predictions [n, classes, h, w] and one label a pixel, got \(shape) and \(labels.count) labels",
    file: file, line: line)
  return predictions.argmax(axis: 1)
}

import Tensors

/// The overlap of the pixels predicted as a class, A, with those labelled so, B: 2·|A ∩ B| / (|A| + |B|)
/// (Dice 1945). 1 is a perfect match, 0 none; 1, too, if the class is in neither.
///
/// Predictions `[n, classes, h, w]`, labels pixel by pixel; all images together, but for pixels labelled `void`. NaN
/// if one of the others has a NaN.
public func dice(
  _ predictions: Tensor, _ labels: [Int], class number: Int = 1, void: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectPixels(predictions, labels, void: void, in: "dice", file: file, line: line)
  expect(
    number >= 0 && number < predictions.shape[1],
    "dice expects a class in 0..<\(predictions.shape[1]), got \(number)", file: file, line: line)
  let isNaN = nanPlaces(predictions)
  var (both, sum) = (0, 0)
  for (i, (predicted, label)) in zip(predictions.argmax(axis: 1), labels).enumerated()
  where label != void {
    if isNaN.contains(i) { return .nan }
    if predicted == number && label == number { both += 1 }
    if predicted == number { sum += 1 }
    if label == number { sum += 1 }
  }
  return sum == 0 ? 1 : 2 * Double(both) / Double(sum)
}

import Tensors

/// The share of rows whose largest logit (or probability) is in the label's column. Rows whose label is `ignored` do
/// not count.
///
/// NaN if no row is left, or a row that counts holds a NaN: such a row has no largest number.
public func accuracy(
  _ predictions: Tensor, _ labels: [Int], ignoring ignored: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectRows(predictions, labels, ignoring: ignored, in: "accuracy", file: file, line: line)
  return share(of: predictions, labels, ignoring: ignored)
}

/// The share of right classes along axis 1, in the order of the labels.
func share(of predictions: Tensor, _ labels: [Int], ignoring ignored: Int?) -> Double {
  let isNaN = nanPlaces(predictions)
  var (right, counted) = (0, 0)
  for (i, (guess, label)) in zip(predictions.argmax(axis: 1), labels).enumerated()
  where label != ignored {
    if isNaN.contains(i) { return .nan }
    counted += 1
    if guess == label { right += 1 }
  }
  return Double(right) / Double(counted)
}

/// The places, in the order of labels, at which one of the classes along axis 1 has a NaN.
func nanPlaces(_ predictions: Tensor) -> Set<Int> {
  let classes = predictions.shape[1]
  let inner = predictions.shape[2...].reduce(1, *)
  var places: Set<Int> = []
  for (i, number) in predictions.values.enumerated() where number.isNaN {
    places.insert(i / (classes * inner) * inner + i % inner)
  }
  return places
}

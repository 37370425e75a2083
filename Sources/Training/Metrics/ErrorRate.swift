import Tensors

/// The share of rows whose largest logit is *not* in the label's column: 1 − accuracy, NaN where that is.
public func errorRate(
  _ predictions: Tensor, _ labels: [Int], ignoring ignored: Int? = nil,
  file: StaticString = #fileID, line: UInt = #line
) -> Double {
  expectRows(predictions, labels, ignoring: ignored, in: "errorRate", file: file, line: line)
  return 1 - share(of: predictions, labels, ignoring: ignored)
}

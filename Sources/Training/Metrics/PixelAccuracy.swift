import Tensors

/// The share of pixels whose class is right, of those that have one: pixels labelled `void` do not count
/// (the course's `acc_camvid`).
///
/// Predictions `[n, classes, h, w]`, labels pixel by pixel, row by row, image by image. NaN if all are void, or one that
/// is not has a NaN.
public func pixelAccuracy(
  _ predictions: Tensor, _ labels: [Int], void: Int? = nil, file: StaticString = #fileID,
  line: UInt = #line
) -> Double {
  expectPixels(predictions, labels, void: void, in: "pixelAccuracy", file: file, line: line)
  return share(of: predictions, labels, ignoring: void)
}

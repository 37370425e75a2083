import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Peak signal-to-noise ratio of images, 10·log₁₀(peak² / mean (ŷ − y)²), in decibels: 10 more for a tenth of the
/// squared error, infinite for equal images. `peak` is the largest value that a pixel can have.
public func psnr(
  _ predictions: Tensor, _ targets: Tensor, peak: Double = 1, file: StaticString = #fileID,
  line: UInt = #line
) -> Double {
  expectPairs(predictions, targets, in: "psnr", file: file, line: line)
  expect(
    peak > 0 && peak.isFinite, "psnr expects a peak above 0, got \(peak)", file: file, line: line)
  return 10 * log10(peak * peak / meanSquare(predictions, targets))
}

import Tensors

/// The largest number of each window of `[n, channels, h, w]`, see `maxPool2d`. Kernel, stride (the
/// kernel's size, if left out) and padding are one number or `[height, width]`.
public final class MaxPool2d: Module, Layer {
  public let kernel: HeightAndWidth
  public let stride: HeightAndWidth
  public let padding: HeightAndWidth
  public let ceilMode: Bool

  public init(
    _ kernel: any PerAxis, stride: (any PerAxis)? = nil, padding: any PerAxis = 0,
    ceilMode: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) {
    (self.kernel, self.stride, self.padding) = checkedWindow(
      kernel, stride, padding, in: "MaxPool2d", file: file, line: line)
    self.ceilMode = ceilMode
  }

  public func forward(_ x: Tensor) -> Tensor {
    x.maxPool2d(kernel, stride: stride, padding: padding, ceilMode: ceilMode)
  }
}

/// The mean of each window of `[n, channels, h, w]`, see `averagePool2d`; sizes as in `MaxPool2d`.
/// Padding counts as zeros, unless `countsPadding` is false.
public final class AveragePool2d: Module, Layer {
  public let kernel: HeightAndWidth
  public let stride: HeightAndWidth
  public let padding: HeightAndWidth
  public let ceilMode: Bool
  public let countsPadding: Bool

  public init(
    _ kernel: any PerAxis, stride: (any PerAxis)? = nil, padding: any PerAxis = 0,
    ceilMode: Bool = false, countsPadding: Bool = true, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    (self.kernel, self.stride, self.padding) = checkedWindow(
      kernel, stride, padding, in: "AveragePool2d", file: file, line: line)
    self.ceilMode = ceilMode
    self.countsPadding = countsPadding
  }

  public func forward(_ x: Tensor) -> Tensor {
    x.averagePool2d(
      kernel, stride: stride, padding: padding, ceilMode: ceilMode, countsPadding: countsPadding)
  }
}

private func checkedWindow(
  _ kernel: any PerAxis, _ stride: (any PerAxis)?, _ padding: any PerAxis, in name: StaticString,
  file: StaticString, line: UInt
) -> (kernel: HeightAndWidth, stride: HeightAndWidth, padding: HeightAndWidth) {
  let k = kernel.checked("a kernel", from: 1, in: name, file: file, line: line)
  let p = padding.checked("a padding", from: 0, in: name, file: file, line: line)
  expect(
    p.height <= k.height / 2 && p.width <= k.width / 2,
    "\(name): padding \(p) is more than half the kernel \(k)", file: file, line: line)
  return (k, (stride ?? k).checked("a stride", from: 1, in: name, file: file, line: line), p)
}

/// The mean of each channel over the whole image: `[n, channels, h, w]` → `[n, channels]` (Lin et
/// al. 2013).
public final class GlobalAveragePool: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.rank == 4 && x.shape[2] > 0 && x.shape[3] > 0,
      "GlobalAveragePool expects [n, channels, h, w] of one pixel or more, got \(x.shape)")
    return x.mean(axes: [2, 3])
  }
}

/// The maximum and the mean of each channel over the whole image, side by side: `[n, channels, h,
/// w]` → `[n, 2·channels]`, maxima first (fastai's `AdaptiveConcatPool2d`).
public final class GlobalConcatPool: Module, Layer {
  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.rank == 4 && x.shape[2] > 0 && x.shape[3] > 0,
      "GlobalConcatPool expects [n, channels, h, w] of one pixel or more, got \(x.shape)")
    let planes = x.reshaped([x.shape[0], x.shape[1], x.shape[2] * x.shape[3]])
    return concatenate([planes.max(axis: 2), planes.mean(axes: [2])], axis: 1)
  }
}

import Kernels

// Pooling over the last two axes of `[n, channels, height, width]`. Kernel, stride (the kernel's
// size, if left out) and padding (at most half the kernel) are one number or `[height, width]`.
// Along an axis there are
//
//     ⌊(length + 2·padding − kernel) / stride⌋ + 1
//
// windows; with `ceilMode` the quotient is rounded up, and the last window may hang over, but
// begins inside.
extension Tensor {
  /// The largest number of each window, NaN where it holds one; padding never wins.
  public func maxPool2d(
    _ kernel: any PerAxis, stride: (any PerAxis)? = nil, padding: any PerAxis = 0,
    ceilMode: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    maximumPooled(
      Windows(
        self, kernel, stride, padding, ceilMode, countsPadding: true, "maxPool2d", file: file,
        line: line))
  }

  /// The same with one number for both axes.
  public func maxPool2d(
    _ kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    maxPool2d(
      kernel as any PerAxis, stride: stride as (any PerAxis)?, padding: padding as any PerAxis,
      file: file, line: line)
  }

  /// The mean of each window. Padding counts as zeros (as PyTorch's default does), unless
  /// `countsPadding` is false: then only the numbers of the image are summed and counted.
  public func averagePool2d(
    _ kernel: any PerAxis, stride: (any PerAxis)? = nil, padding: any PerAxis = 0,
    ceilMode: Bool = false, countsPadding: Bool = true, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    averagePooled(
      Windows(
        self, kernel, stride, padding, ceilMode, countsPadding: countsPadding, "averagePool2d",
        file: file, line: line))
  }

  /// The same with one number for both axes.
  public func averagePool2d(
    _ kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    averagePool2d(
      kernel as any PerAxis, stride: stride as (any PerAxis)?, padding: padding as any PerAxis,
      file: file, line: line)
  }

  /// Means over as many windows as `size` says, whatever the input's size: window i of n runs from
  /// ⌊i·length/n⌋ to ⌈(i + 1)·length/n⌉.
  public func adaptiveAveragePool2d(
    _ size: (height: Int, width: Int), file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    averagePooled(Windows(self, size, "adaptiveAveragePool2d", file: file, line: line))
  }

  /// The largest number of each of as many windows as `size` says.
  public func adaptiveMaxPool2d(
    _ size: (height: Int, width: Int), file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    maximumPooled(Windows(self, size, "adaptiveMaxPool2d", file: file, line: line))
  }

  private func maximumPooled(_ w: Windows) -> Tensor {
    let y = Tensor(unfilled: w.output)
    var places = [Int32](repeating: 0, count: y.count)
    places.withUnsafeMutableBufferPointer {
      guard let places = $0.baseAddress else { return }
      Kernels.maximumPool(
        start, into: y.storage.start, at: places, planes: w.planes, height: w.height,
        width: w.width, rows: w.rows.ranges, columns: w.columns.ranges)
    }
    return y.recorded("maxPool2d", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      places.withUnsafeBufferPointer {
        guard let places = $0.baseAddress else { return }
        Kernels.maximumPoolGradient(
          dy.start, at: places, into: dx.storage.start, planes: w.planes,
          outputs: w.rows.ranges.count * w.columns.ranges.count, inputs: w.height * w.width,
          rows: w.rows.ranges, columns: w.columns.ranges)
      }
      return dx
    }
  }

  private func averagePooled(_ w: Windows) -> Tensor {
    let y = Tensor(unfilled: w.output)
    let scales = w.scales
    Kernels.averagePool(
      start, into: y.storage.start, planes: w.planes, height: w.height, width: w.width,
      rows: w.rows.ranges, columns: w.columns.ranges, scales: scales)
    return y.recorded("averagePool2d", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      Kernels.averagePoolGradient(
        dy.start, into: dx.storage.start, planes: w.planes, height: w.height, width: w.width,
        rows: w.rows.ranges, columns: w.columns.ranges, scales: scales)
      return dx
    }
  }
}

/// The windows of a pooling along both axes.
private struct Windows {
  let planes: Int
  let height: Int
  let width: Int
  let rows: AxisWindows
  let columns: AxisWindows
  let output: [Int]

  init(
    _ x: Tensor, _ kernel: any PerAxis, _ stride: (any PerAxis)?, _ padding: any PerAxis,
    _ ceilMode: Bool, countsPadding: Bool, _ name: StaticString, file: StaticString, line: UInt
  ) {
    let stride = stride ?? kernel
    let k = kernel.checked("a kernel", from: 1, in: name, file: file, line: line)
    let s = stride.checked("a stride", from: 1, in: name, file: file, line: line)
    let p = padding.checked("a padding", from: 0, in: name, file: file, line: line)
    expect(
      p.height <= k.height / 2 && p.width <= k.width / 2,
      "\(name): padding \(p) is more than half the kernel \(k)", file: file, line: line)
    expectImages(x, name, file: file, line: line)
    func windows(_ axis: Int, _ side: KeyPath<HeightAndWidth, Int>) -> AxisWindows {
      guard
        let windows = AxisWindows(
          x.shape[axis], kernel: k[keyPath: side], stride: s[keyPath: side],
          padding: p[keyPath: side], ceilMode: ceilMode, countsPadding: countsPadding)
      else {
        fatalError(
          "\(name): kernel \(k), stride \(s), padding \(p) do not fit an input of shape \(x.shape)",
          file: file, line: line)
      }
      return windows
    }
    self.init(x, rows: windows(2, \.height), columns: windows(3, \.width))
  }

  init(
    _ x: Tensor, _ size: (height: Int, width: Int), _ name: StaticString, file: StaticString,
    line: UInt
  ) {
    expect(
      x.rank == 4 && size.height > 0 && size.width > 0,
      "\(name) expects [n, channels, h, w] and a positive size, got \(x.shape) and \(size)",
      file: file, line: line)
    expectImages(x, name, file: file, line: line)
    let most = 1 << 24
    expect(
      size.height <= most && size.width <= most,
      "\(name): a size of \(size.height) × \(size.width) is too large", file: file, line: line)
    expectShape(
      [x.shape[0], x.shape[1], size.height, size.width], in: name, file: file, line: line)
    self.init(
      x, rows: AxisWindows(x.shape[2], count: size.height),
      columns: AxisWindows(x.shape[3], count: size.width))
  }

  private init(_ x: Tensor, rows: AxisWindows, columns: AxisWindows) {
    planes = x.shape[0] * x.shape[1]
    height = x.shape[2]
    width = x.shape[3]
    self.rows = rows
    self.columns = columns
    output = [x.shape[0], x.shape[1], rows.ranges.count, columns.ranges.count]
  }

  /// What the sum of each window is multiplied by: 1 over the numbers that count.
  var scales: [Float] {
    rows.sizes.flatMap { row in columns.sizes.map { 1 / Float(Double(row) * Double($0)) } }
  }
}

private func expectImages(_ x: Tensor, _ name: StaticString, file: StaticString, line: UInt) {
  expect(
    x.rank == 4 && x.shape[2] > 0 && x.shape[3] > 0 && x.shape[2] <= Int(Int32.max) / x.shape[3],
    "\(name) expects [n, channels, h, w] of one pixel to 2³¹, got \(x.shape)", file: file,
    line: line)
}

/// The windows along one axis.
private struct AxisWindows {
  /// What of the image each covers.
  var ranges: [Range<Int>] = []
  /// How many numbers of each count in a mean.
  var sizes: [Int] = []

  /// Nil where not one fits.
  init?(
    _ length: Int, kernel: Int, stride: Int, padding: Int, ceilMode: Bool, countsPadding: Bool
  ) {
    // From the first window to the last that there is room for.
    let room = length - (kernel - 2 * padding)
    guard room >= 0 || ceilMode && -room < stride else { return nil }
    var count = room < 0 ? 1 : room / stride + 1
    if ceilMode && room > 0 && room % stride > 0 {
      // One that hangs over, if it begins before the end.
      let (next, isBeyond) = count.multipliedReportingOverflow(by: stride)
      if !isBeyond && next - padding < length { count += 1 }
    }
    for i in 0..<count {
      let first = i * stride - padding
      let end = first + min(kernel, length + padding - first)
      ranges.append(max(0, first)..<min(length, end))
      sizes.append(countsPadding ? end - first : min(length, end) - max(0, first))
    }
  }

  init(_ length: Int, count: Int) {
    for i in 0..<count {
      ranges.append((i * length / count)..<(((i + 1) * length + count - 1) / count))
    }
    sizes = ranges.map(\.count)
  }
}

import Kernels

// Pooling over the last two axes of `[n, channels, height, width]`.
extension Tensor {
  /// The largest number of each window; padding never wins.
  public func maxPool2d(
    _ kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let windows = Windows(
      self, kernel, stride ?? kernel, padding, "maxPool2d", file: file, line: line)
    return maximumPooled(windows)
  }

  /// The mean of each window; padding counts as zeros (as PyTorch's default does).
  public func averagePool2d(
    _ kernel: Int, stride: Int? = nil, padding: Int = 0, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let windows = Windows(
      self, kernel, stride ?? kernel, padding, "averagePool2d", file: file, line: line)
    return averagePooled(windows, scale: 1 / Float(kernel * kernel))
  }

  /// Means over as many windows as `size` says, whatever the input's size: window i of n runs from
  /// ⌊i·length/n⌋ to ⌈(i + 1)·length/n⌉.
  public func adaptiveAveragePool2d(
    _ size: (height: Int, width: Int), file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    averagePooled(Windows(self, size, "adaptiveAveragePool2d", file: file, line: line), scale: nil)
  }

  /// The largest number of each of as many windows as `size` says.
  public func adaptiveMaxPool2d(
    _ size: (height: Int, width: Int), file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    maximumPooled(Windows(self, size, "adaptiveMaxPool2d", file: file, line: line))
  }

  private func maximumPooled(_ w: Windows) -> Tensor {
    let y = Tensor(unfilled: w.output(of: self))
    var places = [Int32](repeating: 0, count: y.count)
    places.withUnsafeMutableBufferPointer {
      guard let places = $0.baseAddress else { return }
      Kernels.maximumPool(
        start, into: y.storage.start, at: places, planes: w.planes, height: w.height,
        width: w.width, rows: w.rows, columns: w.columns)
    }
    let outputs = w.rows.count * w.columns.count
    return y.recorded("maxPool2d", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      for (i, place) in places.enumerated() {
        dx.storage.start[i / outputs * w.height * w.width + Int(place)] += dy.storage.start[i]
      }
      return dx
    }
  }

  private func averagePooled(_ w: Windows, scale: Float?) -> Tensor {
    let y = Tensor(unfilled: w.output(of: self))
    Kernels.averagePool(
      start, into: y.storage.start, planes: w.planes, height: w.height, width: w.width,
      rows: w.rows, columns: w.columns, scale: scale)
    return y.recorded("averagePool2d", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      Kernels.averagePoolGradient(
        dy.start, into: dx.storage.start, planes: w.planes, height: w.height, width: w.width,
        rows: w.rows, columns: w.columns, scale: scale)
      return dx
    }
  }
}

/// The windows of a pooling layer along both axes, inside the image.
private struct Windows {
  let planes: Int
  let height: Int
  let width: Int
  let rows: [Range<Int>]
  let columns: [Range<Int>]

  init(
    _ x: Tensor, _ kernel: Int, _ stride: Int, _ padding: Int, _ name: String, file: StaticString,
    line: UInt
  ) {
    expect(
      x.rank == 4 && kernel > 0 && stride > 0 && padding >= 0 && 2 * padding <= kernel
        && x.shape[2] + 2 * padding >= kernel && x.shape[3] + 2 * padding >= kernel,
      "\(name): kernel \(kernel), stride \(stride), padding \(padding) do not fit an input of shape \(x.shape)",
      file: file, line: line)
    func windows(_ length: Int) -> [Range<Int>] {
      (0..<((length + 2 * padding - kernel) / stride + 1)).map { i in
        let first = i * stride - padding
        return Swift.max(0, first)..<Swift.min(length, first + kernel)
      }
    }
    self.init(x, rows: windows(x.shape[2]), columns: windows(x.shape[3]))
  }

  init(
    _ x: Tensor, _ size: (height: Int, width: Int), _ name: String, file: StaticString, line: UInt
  ) {
    expect(
      x.rank == 4 && size.height > 0 && size.width > 0,
      "\(name) expects [n, channels, h, w] and a positive size, got \(x.shape) and \(size)",
      file: file, line: line)
    func windows(_ length: Int, _ count: Int) -> [Range<Int>] {
      (0..<count).map { i in (i * length / count)..<(((i + 1) * length + count - 1) / count) }
    }
    self.init(
      x, rows: windows(x.shape[2], size.height), columns: windows(x.shape[3], size.width))
  }

  private init(_ x: Tensor, rows: [Range<Int>], columns: [Range<Int>]) {
    planes = x.shape[0] * x.shape[1]
    height = x.shape[2]
    width = x.shape[3]
    self.rows = rows
    self.columns = columns
  }

  func output(of x: Tensor) -> [Int] { [x.shape[0], x.shape[1], rows.count, columns.count] }
}

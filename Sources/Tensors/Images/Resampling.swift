import Kernels

// Making images larger, smaller and wider, over the last two axes of `[n, channels, height, width]`.
extension Tensor {
  /// Each output pixel is the nearest input pixel: ⌊i·length/size⌋.
  public func resizedNearest(
    _ size: (height: Int, width: Int), file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectSize(size, "resizedNearest", file, line)
    return picked(
      rows: (0..<size.height).map { $0 * shape[2] / size.height },
      columns: (0..<size.width).map { $0 * shape[3] / size.width }, name: "resizedNearest")
  }

  /// Each output pixel is a weighted mean of the four around it. Pixels are areas whose centres are
  /// matched: source = (i + ½)·length/size − ½; or, with `alignsCorners`, points of which the first and the last
  /// are matched: source = i·(length − 1)/(size − 1).
  public func resizedBilinear(
    _ size: (height: Int, width: Int), alignsCorners: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    expectSize(size, "resizedBilinear", file, line)
    let rows = Taps(from: shape[2], to: size.height, alignsCorners)
    let columns = Taps(from: shape[3], to: size.width, alignsCorners)
    // The mean over rows, then over columns: two picks and their weights each.
    func along(_ x: Tensor, _ taps: Taps, isRows: Bool) -> Tensor {
      let all = Array(0..<(isRows ? x.shape[3] : x.shape[2]))
      func pick(_ indices: [Int]) -> Tensor {
        x.picked(
          rows: isRows ? indices : all, columns: isRows ? all : indices, name: "resizedBilinear")
      }
      let share = Tensor(taps.share, shape: isRows ? [taps.share.count, 1] : [taps.share.count])
      return pick(taps.first) * (1 - share) + pick(taps.second) * share
    }
    return along(along(self, rows, isRows: true), columns, isRows: false)
  }

  /// Zeros around each image.
  public func zeroPadded(
    left: Int, right: Int, top: Int, bottom: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectPadding(left, right, top, bottom, "zeroPadded", file, line)
    func indices(_ length: Int, _ before: Int, _ after: Int) -> [Int] {
      (0..<(before + length + after)).map {
        $0 < before || $0 >= before + length ? -1 : $0 - before
      }
    }
    return picked(
      rows: indices(shape[2], top, bottom), columns: indices(shape[3], left, right),
      name: "zeroPadded")
  }

  /// Each image mirrored at its borders, the border itself not repeated: 3 2 | 1 2 3 | 2 1.
  public func reflectionPadded(
    left: Int, right: Int, top: Int, bottom: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectPadding(left, right, top, bottom, "reflectionPadded", file, line)
    expect(
      Swift.max(left, right) < shape[3] && Swift.max(top, bottom) < shape[2],
      "reflectionPadded: padding must be smaller than the image \(shape[2]) × \(shape[3]), got left \(left), right \(right), top \(top), bottom \(bottom)",
      file: file, line: line)
    func indices(_ length: Int, _ before: Int, _ after: Int) -> [Int] {
      (-before..<(length + after)).map { i in
        i < 0 ? -i : (i >= length ? 2 * (length - 1) - i : i)
      }
    }
    return picked(
      rows: indices(shape[2], top, bottom), columns: indices(shape[3], left, right),
      name: "reflectionPadded")
  }

  /// Depth to space: `[n, c·f², h, w]` → `[n, c, h·f, w·f]` (Shi et al. 2016).
  public func pixelShuffled(
    _ factor: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectImages("pixelShuffled", file, line)
    let square = factor.timesLength(factor)
    expect(
      factor > 0 && shape[1] % square == 0,
      "pixelShuffled does not fit an input of shape \(shape): factor \(factor)", file: file,
      line: line)
    let (n, c, h, w) = (shape[0], shape[1] / square, shape[2], shape[3])
    expectShape(
      [n, c, h.timesLength(factor), w.timesLength(factor)], in: "pixelShuffled", file: file,
      line: line)
    return reshaped([n, c, factor, factor, h, w]).permuted([0, 1, 4, 2, 5, 3])
      .reshaped([n, c, h * factor, w * factor])
  }

  private func expectImages(_ name: StaticString, _ file: StaticString, _ line: UInt) {
    expect(
      rank == 4, "\(name) does not fit an input of shape \(shape): it takes [n, channels, h, w]",
      file: file, line: line)
  }

  private func expectSize(
    _ size: (height: Int, width: Int), _ name: StaticString, _ file: StaticString, _ line: UInt
  ) {
    expectImages(name, file, line)
    expect(
      size.height > 0 && size.width > 0 && shape[2] > 0 && shape[3] > 0,
      "\(name) does not fit an input of shape \(shape): size \(size.height) × \(size.width)",
      file: file, line: line)
    expectRoom(size.height, size.width, name, file, line)
  }

  private func expectPadding(
    _ left: Int, _ right: Int, _ top: Int, _ bottom: Int, _ name: StaticString,
    _ file: StaticString, _ line: UInt
  ) {
    expectImages(name, file, line)
    expect(
      Swift.min(left, right, top, bottom) >= 0,
      "\(name) does not fit an input of shape \(shape): padding left \(left), right \(right), top \(top), bottom \(bottom)",
      file: file, line: line)
    expectRoom(
      top.plusLength(bottom).plusLength(shape[2]), left.plusLength(right).plusLength(shape[3]),
      name, file, line)
  }

  /// Images of such a size fit in memory, and so do the lists of their rows and columns, even if there are no images.
  private func expectRoom(
    _ height: Int, _ width: Int, _ name: StaticString, _ file: StaticString, _ line: UInt
  ) {
    let planes = Swift.max(1, shape[0] * shape[1])
    expectShape(
      [planes, Swift.max(1, height), Swift.max(1, width)], in: name, file: file, line: line)
  }

  private func picked(rows: [Int], columns: [Int], name: StaticString) -> Tensor {
    let planes = shape[0] * shape[1]
    let y = Tensor(unfilled: [shape[0], shape[1], rows.count, columns.count])
    Kernels.pick(
      start, into: y.storage.start, planes: planes, height: shape[2], width: shape[3], rows: rows,
      columns: columns)
    return y.recorded(name, from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      Kernels.pickGradient(
        dy.start, into: dx.storage.start, planes: planes, height: self.shape[2],
        width: self.shape[3], rows: rows, columns: columns)
      return dx
    }
  }
}

/// The two neighbours of each output along an axis, and the share of the second.
private struct Taps {
  var first: [Int] = []
  var second: [Int] = []
  var share: [Float] = []

  init(from length: Int, to size: Int, _ alignsCorners: Bool) {
    for i in 0..<size {
      let at =
        alignsCorners
        ? Double(i) * Double(length - 1) / Double(Swift.max(1, size - 1))
        : Swift.max(0, (Double(i) + 0.5) * Double(length) / Double(size) - 0.5)
      let low = Swift.min(Int(at), length - 1)
      first.append(low)
      second.append(Swift.min(low + 1, length - 1))
      share.append(Float(at - Double(low)))
    }
  }
}

import Kernels

extension Tensor {
  /// Every `step`th entry of a run along an axis: x[…, lower, lower + step, … < upper, …].
  public func sliced(
    axis: Int, _ range: Range<Int>, by step: Int, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "slice", file: file, line: line)
    var ranges = shape[...axis].map { 0..<$0 }
    var steps = ranges.map { _ in 1 }
    ranges[axis] = range
    steps[axis] = step
    return sliced(ranges, by: steps, file: file, line: line)
  }

  /// A run along each of the first axes, and of it every `step`th entry; the other axes stay whole.
  ///
  ///     x.sliced([0..<8, 1..<9], by: [2, 4])     // rows 0, 2, 4, 6 and columns 1, 5
  ///
  /// Steps are 1 or more, and 1 where they are left out. The gradient is 0 for what was passed over.
  public func sliced(
    _ ranges: [Range<Int>], by steps: [Int]? = nil, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    let steps = steps ?? ranges.map { _ in 1 }
    expect(
      ranges.count <= rank && steps.count == ranges.count,
      "slice: \(ranges.count) ranges and \(steps.count) steps do not fit shape \(shape)",
      file: file, line: line)
    var strides = denseStrides
    var first = 0
    var shape = shape
    for (axis, (range, step)) in zip(ranges, steps).enumerated() {
      expect(step > 0, "slice expects steps of 1 or more, got \(step)", file: file, line: line)
      expect(
        range.lowerBound >= 0 && range.upperBound <= shape[axis],
        "slice: \(range) is outside axis \(axis) of shape \(self.shape)", file: file, line: line)
      shape[axis] = range.isEmpty ? 0 : (range.count - 1) / step + 1
      first += range.isEmpty ? 0 : range.lowerBound * strides[axis]
      // A step of one entry is never taken; a huge one would overflow.
      strides[axis] *= shape[axis] > 1 ? step : 0
    }
    let y = Tensor(unfilled: shape)
    Kernels.gather(start + first, strides: strides, into: y.storage.start, shape: shape)
    return y.recorded("slice", from: self) { [strides, first] dy in
      let dx = Tensor.zeros(self.shape)
      Kernels.scatter(
        dy.start, strides: strides, into: dx.storage.start + first, shape: dy.shape)
      return dx
    }
  }
}

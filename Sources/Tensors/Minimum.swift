import Kernels

extension Tensor {
  /// The smallest number along an axis; the gradient goes to it alone (the first, when equal). A NaN counts as
  /// smaller than any number, as in PyTorch.
  public func min(
    axis: Int, keepingAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "min", file: file, line: line)
    let (y, places) = smallest(axis, in: "min", file, line)
    let (_, length, inner) = split(at: axis)
    var result = y
    if !keepingAxis { result.shape.remove(at: axis) }
    return result.recorded("min", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      for (i, place) in places.enumerated() {
        dx.storage.start[(i / inner * length + place) * inner + i % inner] = dy.storage.start[i]
      }
      return dx
    }
  }

  /// The smallest number over the given axes (all of them, if left out).
  public func min(
    axes: [Int]? = nil, keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axes = self.axes(axes ?? Array(0..<rank), in: "min", file: file, line: line)
    let rest = (0..<rank).filter { !axes.contains($0) }
    let length = axes.reduce(1) { $0 * shape[$1] }
    let joined = permuted(rest + axes).reshaped(rest.map { shape[$0] } + [length])
      .min(axis: -1, file: file, line: line)
    guard keepingAxes else { return joined }
    return joined.reshaped((0..<rank).map { axes.contains($0) ? 1 : shape[$0] })
  }

  /// Where the smallest number stands along an axis (the first, when equal; the first NaN, if there is one), in
  /// row-major order.
  public func argmin(axis: Int = -1, file: StaticString = #fileID, line: UInt = #line) -> [Int] {
    smallest(
      self.axis(axis, in: "argmin", file: file, line: line), in: "argmin", file, line
    ).places
  }

  private func smallest(
    _ axis: Int, in operation: String, _ file: StaticString, _ line: UInt
  ) -> (values: Tensor, places: [Int]) {
    let (outer, length, inner) = split(at: axis)
    expect(
      length > 0,
      "\(operation): axis \(axis) of shape \(shape) is empty, no number is the smallest",
      file: file, line: line)
    var shape = shape
    shape[axis] = 1
    let y = Tensor(unfilled: shape)
    var places = [Int](repeating: 0, count: outer * inner)
    places.withUnsafeMutableBufferPointer {
      guard let places = $0.baseAddress else { return }
      Kernels.minimum(
        start, into: y.storage.start, at: places, outer: outer, length: length, inner: inner)
    }
    return (y, places)
  }
}

import Kernels

extension Tensor {
  /// The sum of all numbers, shape `[]`.
  public func sum() -> Tensor {
    Tensor(Kernels.sum(start, count)).recorded("sum", from: self) { dy in
      Tensor(repeating: dy.item, self.shape)
    }
  }

  /// Sums over the given axes, which vanish (or stay, 1 long, with `keepingAxes`).
  public func sum(
    axes: [Int], keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axes = self.axes(axes, in: "sum", file: file, line: line)
    var y = detached()
    for axis in axes.sorted(by: >) {
      let (outer, length, inner) = y.split(at: axis)
      var shape = y.shape
      shape[axis] = 1
      let next = Tensor(unfilled: shape)
      withExtendedLifetime(y) {
        Kernels.sum(y.start, into: next.storage.start, outer: outer, length: length, inner: inner)
      }
      y = next
    }
    let kept = y.shape
    if !keepingAxes { y.shape = shape.indices.filter { !axes.contains($0) }.map { shape[$0] } }
    return y.recorded("sum", from: self) { dy in dy.reshaped(kept).broadcast(to: self.shape) }
  }

  /// The mean of all numbers, shape `[]`; of none, NaN.
  public func mean() -> Tensor { sum() / Float(count) }

  /// Means over the given axes; of no numbers, NaN.
  public func mean(
    axes: [Int], keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axes = self.axes(axes, in: "mean", file: file, line: line)
    return sum(axes: axes, keepingAxes: keepingAxes) / Float(axes.reduce(1) { $0 * shape[$1] })
  }

  /// The largest number along an axis; the gradient goes to it alone (the first, when equal). NaN where there is one.
  public func max(
    axis: Int, keepingAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "max", file: file, line: line)
    let (y, places) = largest(axis, "max", file, line)
    let (_, length, inner) = split(at: axis)
    var result = y
    if !keepingAxis { result.shape.remove(at: axis) }
    return result.recorded("max", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      for (i, place) in places.enumerated() {
        dx.storage.start[(i / inner * length + place) * inner + i % inner] = dy.storage.start[i]
      }
      return dx
    }
  }

  /// The largest number over the given axes (all of them, if left out).
  public func max(
    axes: [Int]? = nil, keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axes = self.axes(axes ?? Array(0..<rank), in: "max", file: file, line: line)
    let rest = (0..<rank).filter { !axes.contains($0) }
    let length = axes.reduce(1) { $0 * shape[$1] }
    let joined = permuted(rest + axes).reshaped(rest.map { shape[$0] } + [length])
      .max(axis: -1, file: file, line: line)
    guard keepingAxes else { return joined }
    return joined.reshaped((0..<rank).map { axes.contains($0) ? 1 : shape[$0] })
  }

  /// Where the largest number stands along an axis (the first, when equal; the first NaN, if there is one), in
  /// row-major order.
  public func argmax(axis: Int = -1, file: StaticString = #fileID, line: UInt = #line) -> [Int] {
    largest(self.axis(axis, in: "argmax", file: file, line: line), "argmax", file, line).places
  }

  private func largest(
    _ axis: Int, _ name: String, _ file: StaticString, _ line: UInt
  ) -> (values: Tensor, places: [Int]) {
    let (outer, length, inner) = split(at: axis)
    expect(
      length > 0, "\(name): axis \(axis) of shape \(shape) is empty, no number is the largest",
      file: file, line: line)
    var shape = shape
    shape[axis] = 1
    let y = Tensor(unfilled: shape)
    var places = [Int](repeating: 0, count: outer * inner)
    places.withUnsafeMutableBufferPointer {
      guard let places = $0.baseAddress else { return }
      Kernels.maximum(
        start, into: y.storage.start, at: places, outer: outer, length: length, inner: inner)
    }
    return (y, places)
  }

  /// The lengths before, at and after an axis: the tensor seen as `[outer, length, inner]`.
  func split(at axis: Int) -> (outer: Int, length: Int, inner: Int) {
    (
      shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *)
    )
  }
}

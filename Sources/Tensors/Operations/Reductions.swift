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

  /// The lengths before, at and after an axis: the tensor seen as `[outer, length, inner]`.
  func split(at axis: Int) -> (outer: Int, length: Int, inner: Int) {
    (
      shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *)
    )
  }
}

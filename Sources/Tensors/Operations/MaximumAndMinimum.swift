import Kernels

// The largest and the smallest number. Among equal ones the first counts, and the gradient goes to it alone. A NaN
// is more than any number, and less, as in PyTorch.
extension Tensor {
  /// The largest number along an axis; NaN where there is one.
  public func max(
    axis: Int, keepingAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let (y, gradient) = extreme(.largest, axis, keepingAxis, in: "max", file, line)
    return y.recorded("max", from: self) { dy in gradient(dy) }
  }

  /// The smallest number along an axis; NaN where there is one.
  public func min(
    axis: Int, keepingAxis: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let (y, gradient) = extreme(.smallest, axis, keepingAxis, in: "min", file, line)
    return y.recorded("min", from: self) { dy in gradient(dy) }
  }

  /// The largest number over the given axes (all of them, if left out).
  public func max(
    axes: [Int]? = nil, keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    over(axes, keepingAxes, in: "max", file, line) { $0.max(axis: -1, file: file, line: line) }
  }

  /// The smallest number over the given axes (all of them, if left out).
  public func min(
    axes: [Int]? = nil, keepingAxes: Bool = false, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    over(axes, keepingAxes, in: "min", file, line) { $0.min(axis: -1, file: file, line: line) }
  }

  /// Where the largest number stands along an axis (the first, when equal; the first NaN, if there is one), in
  /// row-major order.
  public func argmax(axis: Int = -1, file: StaticString = #fileID, line: UInt = #line) -> [Int] {
    let axis = self.axis(axis, in: "argmax", file: file, line: line)
    return extreme(.largest, axis, in: "argmax", file, line).places
  }

  /// Where the smallest number stands, in the same way.
  public func argmin(axis: Int = -1, file: StaticString = #fileID, line: UInt = #line) -> [Int] {
    let axis = self.axis(axis, in: "argmin", file: file, line: line)
    return extreme(.smallest, axis, in: "argmin", file, line).places
  }

  private enum Extreme: String { case largest, smallest }

  private func extreme(
    _ extreme: Extreme, _ axis: Int, _ keepsAxis: Bool, in operation: String, _ file: StaticString,
    _ line: UInt
  ) -> (y: Tensor, gradient: (Tensor) -> Tensor) {
    let axis = self.axis(axis, in: operation, file: file, line: line)
    var (y, places) = self.extreme(extreme, axis, in: operation, file, line)
    if !keepsAxis { y.shape.remove(at: axis) }
    let (_, length, inner) = split(at: axis)
    return (
      y,
      { [shape] dy in
        let dx = Tensor.zeros(shape)
        for (i, place) in places.enumerated() {
          dx.storage.start[(i / inner * length + place) * inner + i % inner] = dy.storage.start[i]
        }
        return dx
      }
    )
  }

  private func extreme(
    _ extreme: Extreme, _ axis: Int, in operation: String, _ file: StaticString, _ line: UInt
  ) -> (values: Tensor, places: [Int]) {
    let (outer, length, inner) = split(at: axis)
    expect(
      length > 0,
      "\(operation): axis \(axis) of shape \(shape) is empty, no number is the \(extreme)",
      file: file, line: line)
    var shape = shape
    shape[axis] = 1
    let y = Tensor(unfilled: shape)
    let kernel = extreme == .largest ? Kernels.maximum : Kernels.minimum
    let places = [Int](unsafeUninitializedCapacity: outer * inner) { places, count in
      count = outer * inner
      if let places = places.baseAddress {
        kernel(start, y.storage.start, places, outer, length, inner)
      }
    }
    return (y, places)
  }

  /// Some axes joined to one at the end, which `reduce` takes away.
  private func over(
    _ axes: [Int]?, _ keepsAxes: Bool, in operation: String, _ file: StaticString, _ line: UInt,
    _ reduce: (Tensor) -> Tensor
  ) -> Tensor {
    let axes = self.axes(axes ?? Array(0..<rank), in: operation, file: file, line: line)
    let rest = (0..<rank).filter { !axes.contains($0) }
    let length = axes.reduce(1) { $0 * shape[$1] }
    let y = reduce(permuted(rest + axes).reshaped(rest.map { shape[$0] } + [length]))
    return keepsAxes ? y.reshaped((0..<rank).map { axes.contains($0) ? 1 : shape[$0] }) : y
  }
}

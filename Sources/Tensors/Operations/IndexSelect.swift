import Kernels

extension Tensor {
  /// Entries along an axis by their numbers, in any order and as often as wanted: that axis becomes as long as the list
  /// (PyTorch's `index_select`).
  ///
  /// The gradient of an entry that was taken several times is the sum of all.
  public func selected(
    axis: Int, _ indices: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "select", file: file, line: line)
    expectIndices(indices, axis, in: "select", file, line)
    let (outer, length, inner) = split(at: axis)
    var shape = shape
    shape[axis] = indices.count
    let y = Tensor(unfilled: shape)
    indices.withUnsafeBufferPointer {
      Kernels.select(
        start, $0, into: y.storage.start, outer: outer, length: length, inner: inner)
    }
    return y.recorded("select", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      indices.withUnsafeBufferPointer {
        Kernels.selectGradient(
          dy.start, $0, into: dx.storage.start, outer: outer, length: length, inner: inner)
      }
      return dx
    }
  }
}

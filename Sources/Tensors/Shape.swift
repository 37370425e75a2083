import Kernels

extension Tensor {
  /// The same numbers under another shape; one axis may be −1, which is then worked out.
  public func reshaped(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    var shape = shape
    if let open = shape.firstIndex(of: -1) {
      let known = shape.enumerated().reduce(1) { $1.offset == open ? $0 : $0 * $1.element }
      shape[open] = known == 0 ? 0 : count / known
    }
    expect(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count,
      "reshape: \(count) numbers of shape \(self.shape) do not fit \(shape)", file: file, line: line
    )
    if shape == self.shape { return self }
    return Tensor(shape: shape, storage: storage).recorded("reshape", from: self) { dy in
      dy.reshaped(self.shape)
    }
  }

  /// The transpose of a matrix: `[m, n]` → `[n, m]`.
  public func transposed(file: StaticString = #fileID, line: UInt = #line) -> Tensor {
    expect(
      rank == 2, "transpose expects a matrix, got shape \(shape)", file: file, line: line)
    let y = Tensor(unfilled: [shape[1], shape[0]])
    Kernels.transpose(start, into: y.storage.start, rows: shape[0], columns: shape[1])
    return y.recorded("transpose", from: self) { dy in dy.transposed() }
  }

  /// The axes in another order: axis i of the result is axis `order[i]` of this tensor.
  public func permuted(
    _ order: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let order = order.map { axis($0, in: "permute", file: file, line: line) }
    expect(
      order.sorted() == Array(0..<rank),
      "permute expects each axis of shape \(shape) once, got \(order)", file: file, line: line)
    if order == Array(0..<rank) { return self }
    var strides = [Int](repeating: 1, count: rank)
    for axis in (0..<rank).dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let y = Tensor(unfilled: order.map { shape[$0] })
    // Adding 0 walks the source by the permuted strides and fills the result in its own order.
    let zero = Tensor(0)
    let plan = Broadcast(
      shape: y.shape, aStrides: order.map { strides[$0] }, bStrides: y.shape.map { _ in 0 })
    withExtendedLifetime(zero) {
      Kernels.map(.add, start, zero.start, into: y.storage.start, plan)
    }
    var inverse = order
    for (i, axis) in order.enumerated() { inverse[axis] = i }
    return y.recorded("permute", from: self) { dy in dy.permuted(inverse) }
  }
}

import Kernels

extension Tensor {
  /// The same numbers under another shape; one axis may be −1, which is then worked out.
  public func reshaped(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let wanted = shape
    var shape = shape
    if let open = shape.firstIndex(of: -1) {
      shape.remove(at: open)
      let known = shape.reduce(1) { $0.timesLength($1) }
      expect(
        known != 0, "reshape: −1 could be any length in \(wanted), which holds no numbers",
        file: file, line: line)
      shape.insert(count / known, at: open)
    }
    expect(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1) { $0.timesLength($1) } == count,
      "reshape: \(count) numbers of shape \(self.shape) do not fit \(wanted)", file: file,
      line: line)
    expectShape(shape, in: "reshape", file: file, line: line)
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
    let y = walked(order.map { shape[$0] }, strides: order.map { strides[$0] })
    var inverse = order
    for (i, axis) in order.enumerated() { inverse[axis] = i }
    return y.recorded("permute", from: self) { dy in dy.permuted(inverse) }
  }

  /// The numbers that so many steps along each axis lead to, under a shape of its own.
  func walked(_ shape: [Int], strides: [Int]) -> Tensor {
    let y = Tensor(unfilled: shape)
    let plan = Broadcast(shape: shape, aStrides: strides, bStrides: shape.map { _ in 0 })
    // Adding −0 changes no number; 0 would turn −0 into 0.
    let nothing = Tensor(-0.0)
    withExtendedLifetime(nothing) {
      Kernels.map(.add, start, nothing.start, into: y.storage.start, plan)
    }
    return y
  }
}

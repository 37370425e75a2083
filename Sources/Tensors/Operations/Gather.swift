import Kernels

extension Tensor {
  /// Along one axis the number that an index names, for every place of the indices' own shape:
  ///
  ///     y[i, j, k] = x[i, indices[i, j, k], k]     // axis 1
  ///
  /// `indices` lie in row-major order under `shape`, which has as many axes as x and is along none but the gathered
  /// one longer (PyTorch's `gather`). The gradient of a number that was taken several times is the sum of all.
  public func gathered(
    axis: Int, _ indices: [Int], shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "gather", file: file, line: line)
    let count = expectShape(shape, in: "gather", file: file, line: line)
    expect(
      shape.count == rank
        && shape.indices.allSatisfy { $0 == axis || shape[$0] <= self.shape[$0] },
      "gather along axis \(axis): indices of shape \(shape) do not fit shape \(self.shape)",
      file: file, line: line)
    expect(
      count == indices.count,
      "gather expects \(count) indices for shape \(shape), got \(indices.count)",
      file: file, line: line)
    expectIndices(indices, axis, in: "gather", file, line)
    var strides = denseStrides
    let step = strides[axis]
    strides[axis] = 0
    let y = Tensor(unfilled: shape)
    indices.withUnsafeBufferPointer {
      guard let indices = $0.baseAddress else { return }
      Kernels.gather(
        start, strides: strides, indices, step: step, into: y.storage.start, shape: shape)
    }
    return y.recorded("gather", from: self) { [strides] dy in
      let dx = Tensor.zeros(self.shape)
      indices.withUnsafeBufferPointer {
        guard let indices = $0.baseAddress else { return }
        Kernels.scatterAdd(
          dy.start, strides: strides, indices, step: step, into: dx.storage.start,
          count: self.count, terms: shape[axis], shape: shape)
      }
      return dx
    }
  }
}

extension Tensor {
  /// How far apart the numbers lie along each axis.
  var denseStrides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in (0..<rank).dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }

  /// Stops at the first index that an axis has not.
  func expectIndices(
    _ indices: [Int], _ axis: Int, in operation: String, _ file: StaticString, _ line: UInt
  ) {
    let length = shape[axis]
    if let bad = indices.firstIndex(where: { $0 < 0 || $0 >= length }) {
      fatalError(
        "\(operation) expects indices in 0..<\(length) for axis \(axis) of shape \(shape), got \(indices[bad]) at position \(bad)",
        file: file, line: line)
    }
  }
}

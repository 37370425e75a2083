import Kernels

extension Tensor {
  /// e^{xᵢ} / Σⱼ e^{xⱼ} along an axis: positive numbers that sum to 1.
  ///
  /// The maximum is subtracted first, which changes nothing but keeps e^x finite.
  /// Gradient: dx = y ∘ (dy − Σ dy∘y).
  public func softmax(axis: Int = -1, file: StaticString = #fileID, line: UInt = #line) -> Tensor {
    let axis = self.axis(axis, in: "softmax", file: file, line: line)
    return alongLast(axis) { x in
      let y = x.mappedRows(Kernels.softmax)
      return y.recorded("softmax", from: x) { dy in
        dy.combinedRows(y, Kernels.softmaxGradient)
      }
    }
  }

  /// ln softmax(x) = x − max x − ln Σ e^{x − max x}: exact where softmax itself would round to 0.
  ///
  /// Gradient: dx = dy − softmax(x)·Σ dy.
  public func logSoftmax(
    axis: Int = -1, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "logSoftmax", file: file, line: line)
    return alongLast(axis) { x in
      let y = x.mappedRows(Kernels.logSoftmax)
      return y.recorded("logSoftmax", from: x) { dy in
        dy.combinedRows(y, Kernels.logSoftmaxGradient)
      }
    }
  }

  /// Moves an axis to the end for an operation on rows, and back.
  private func alongLast(_ axis: Int, _ operation: (Tensor) -> Tensor) -> Tensor {
    if axis == rank - 1 { return operation(self) }
    var order = Array(0..<rank)
    order.swapAt(axis, rank - 1)
    return operation(permuted(order)).permuted(order)
  }

  private func mappedRows(_ kernel: (Pointer, MutablePointer, Int, Int) -> Void) -> Tensor {
    let y = Tensor(unfilled: shape)
    let columns = shape[rank - 1]
    if count > 0 { kernel(start, y.storage.start, count / columns, columns) }
    return y
  }

  private func combinedRows(
    _ y: Tensor, _ kernel: (Pointer, Pointer, MutablePointer, Int, Int) -> Void
  ) -> Tensor {
    let dx = Tensor(unfilled: shape)
    let columns = shape[rank - 1]
    if count > 0 { kernel(start, y.start, dx.storage.start, count / columns, columns) }
    return dx
  }
}

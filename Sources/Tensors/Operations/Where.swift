import Kernels

extension Tensor {
  /// a where the condition is not 0, b elsewhere; the three are repeated to fit each other.
  ///
  ///     let isPositive = Tensor(x.values.map { $0 > 0 ? 1 : 0 }, shape: x.shape)
  ///     Tensor.where(isPositive, x, Tensor(-1))
  ///
  /// Gradient: dy where a was taken, 0 elsewhere, and the reverse for b: chosen, not multiplied, so that an infinite
  /// dy stays on its own side. A condition of NaN counts as true.
  public static func `where`(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, file: StaticString = #fileID,
    line: UInt = #line
  ) -> Tensor {
    guard let values = broadcastShape(a.shape, b.shape),
      let shape = broadcastShape(condition.shape, values)
    else {
      fatalError(
        "where: shapes \(condition.shape), \(a.shape) and \(b.shape) do not fit each other",
        file: file, line: line)
    }
    let condition = condition.detached().broadcast(to: shape)
    return combined(.select, condition, a.repeated(shape), b.repeated(shape)).recorded(
      "where", from: a, b
    ) { dy in
      combined(.select, condition, dy, .zeros(shape)).summed(to: a.shape)
    } second: { dy in
      combined(.select, condition, .zeros(shape), dy).summed(to: b.shape)
    }
  }
}

extension Tensor {
  /// The numbers off the tape, repeated to a wider shape.
  func repeated(_ shape: [Int]) -> Tensor { detached().broadcast(to: shape) }

  /// `operation` of each three numbers; the tensors have one shape.
  static func combined(
    _ operation: TernaryOperation, _ a: Tensor, _ b: Tensor, _ c: Tensor
  ) -> Tensor {
    let y = Tensor(unfilled: a.shape)
    Kernels.map(operation, a.start, b.start, c.start, into: y.storage.start, a.count)
    return y
  }
}

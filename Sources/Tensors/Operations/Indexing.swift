import Kernels

extension Tensor {
  /// One row: index `i` of the first axis, which vanishes.
  public subscript(i: Int) -> Tensor {
    expect(
      rank > 0 && i >= 0 && i < shape[0], "index \(i) is outside the first axis of shape \(shape)")
    return sliced(axis: 0, i..<(i + 1)).reshaped(Array(shape.dropFirst()))
  }

  /// A run of rows of the first axis.
  public subscript(range: Range<Int>) -> Tensor { sliced(axis: 0, range) }

  /// A run along an axis.
  public func sliced(
    axis: Int, _ range: Range<Int>, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    let axis = self.axis(axis, in: "slice", file: file, line: line)
    expect(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice: \(range) is outside axis \(axis) of shape \(shape)", file: file, line: line)
    let (outer, length, inner) = split(at: axis)
    var shape = shape
    shape[axis] = range.count
    let y = Tensor(unfilled: shape)
    let run = range.count * inner
    for o in 0..<outer {
      Kernels.copy(
        start + (o * length + range.lowerBound) * inner, into: y.storage.start + o * run, run)
    }
    return y.recorded("slice", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      for o in 0..<outer {
        Kernels.copy(
          dy.start + o * run,
          into: dx.storage.start + (o * length + range.lowerBound) * inner, run)
      }
      return dx
    }
  }

  /// Rows of a matrix by their numbers, in any order and as often as wanted: `[m, n]` → `[rows, n]`.
  ///
  /// The gradient of a row that was taken twice is the sum of both. This is an embedding's look-up.
  public func rows(
    _ numbers: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expect(rank >= 1, "rows expects at least one axis, got shape []", file: file, line: line)
    expectLabels(numbers, below: shape[0], in: "rows", file: file, line: line)
    let width = shape.dropFirst().reduce(1, *)
    let y = Tensor(unfilled: [numbers.count] + shape.dropFirst())
    numbers.withUnsafeBufferPointer {
      Kernels.select(
        start, $0, into: y.storage.start, outer: 1, length: shape[0], inner: width)
    }
    return y.recorded("rows", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      numbers.withUnsafeBufferPointer {
        Kernels.selectGradient(
          dy.start, $0, into: dx.storage.start, outer: 1, length: self.shape[0], inner: width)
      }
      return dx
    }
  }

  /// From each row of a matrix the number in the column that its label names: `[m, n]` → `[m]`.
  public func columns(
    _ labels: [Int], file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expect(
      rank == 2 && labels.count == shape[0],
      "columns expects one label a row, got shape \(shape) and \(labels.count) labels", file: file,
      line: line)
    let width = shape[1]
    expectLabels(labels, below: width, in: "columns", file: file, line: line)
    let y = Tensor(unfilled: [labels.count])
    for (i, label) in labels.enumerated() { y.storage.start[i] = start[i * width + label] }
    return y.recorded("columns", from: self) { dy in
      let dx = Tensor.zeros(self.shape)
      for (i, label) in labels.enumerated() {
        dx.storage.start[i * width + label] = dy.storage.start[i]
      }
      return dx
    }
  }
}

/// Tensors joined along an axis; their other axes must agree.
public func concatenate(
  _ tensors: [Tensor], axis: Int = 0, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  guard let first = tensors.first else {
    fatalError("concatenate expects at least one tensor", file: file, line: line)
  }
  let axis = first.axis(axis, in: "concatenate", file: file, line: line)
  var shape = first.shape
  shape[axis] = 0
  for tensor in tensors {
    var other = tensor.shape
    let length = tensor.rank > axis ? other[axis] : 0
    if tensor.rank > axis { other[axis] = 0 }
    var wanted = shape
    wanted[axis] = 0
    expect(
      other == wanted,
      "concatenate along axis \(axis): shapes \(first.shape) and \(tensor.shape) do not fit",
      file: file, line: line)
    shape[axis] += length
  }
  let y = Tensor(unfilled: shape)
  let (outer, length, inner) = y.split(at: axis)
  var offset = 0
  var inputs: [(Tensor, (Tensor) -> Tensor)] = []
  for tensor in tensors {
    let run = tensor.shape[axis]
    for o in 0..<outer {
      Kernels.copy(
        tensor.start + o * run * inner, into: y.storage.start + (o * length + offset) * inner,
        run * inner)
    }
    let range = offset..<(offset + run)
    inputs.append((tensor, { dy in dy.sliced(axis: axis, range) }))
    offset += run
  }
  return y.recorded("concatenate", fromAll: inputs)
}

/// Tensors of one shape joined along a new axis.
public func stack(
  _ tensors: [Tensor], axis: Int = 0, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  let rank = (tensors.first?.rank ?? 0) + 1
  let place = axis < 0 ? axis + rank : axis
  expect(
    !tensors.isEmpty && place >= 0 && place < rank
      && tensors.allSatisfy { $0.shape == tensors[0].shape },
    "stack along axis \(axis) expects tensors of one shape, got \(tensors.map(\.shape))",
    file: file, line: line)
  return concatenate(
    tensors.map { tensor in
      var shape = tensor.shape
      shape.insert(1, at: place)
      return tensor.reshaped(shape)
    }, axis: place)
}

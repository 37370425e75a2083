import Kernels

/// The shape of two operands stretched to fit each other: axes are matched from the last, and an
/// axis of length 1 repeats.
func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
  if a == b { return a }
  var shape = a.count >= b.count ? a : b
  for offset in 1...max(1, shape.count) where offset <= min(a.count, b.count) {
    let (m, n) = (a[a.count - offset], b[b.count - offset])
    guard m == n || m == 1 || n == 1 else { return nil }
    shape[shape.count - offset] = m == 1 ? n : m
  }
  return shape
}

/// The step in a tensor of `shape` along each axis of the wider `result`: 0 where it repeats.
private func strides(of shape: [Int], in result: [Int]) -> [Int] {
  var strides = [Int](repeating: 0, count: result.count)
  var step = 1
  for offset in 1...max(1, shape.count) where offset <= shape.count {
    let length = shape[shape.count - offset]
    if length != 1 { strides[result.count - offset] = step }
    step *= length
  }
  return strides
}

extension Tensor {
  /// `operation` element by element, each operand repeated where it is 1 long.
  func combined(_ operation: BinaryOperation, _ other: Tensor, name: StaticString) -> Tensor {
    if shape == other.shape {
      let result = Tensor(unfilled: shape)
      Kernels.map(operation, start, other.start, into: result.storage.start, count)
      return result
    }
    guard let shape = broadcastShape(shape, other.shape) else {
      fatalError("\(name): shapes \(self.shape) and \(other.shape) do not fit each other")
    }
    let result = Tensor(unfilled: shape, in: name)
    let plan = Broadcast(
      shape: shape, aStrides: strides(of: self.shape, in: shape),
      bStrides: strides(of: other.shape, in: shape))
    Kernels.map(operation, start, other.start, into: result.storage.start, plan)
    return result
  }

  /// The reverse of repeating: sums over the axes along which a tensor of `shape` was repeated.
  func summed(to shape: [Int]) -> Tensor {
    if self.shape == shape { return self }
    let extra = rank - shape.count
    var axes = Array(0..<extra)
    for axis in shape.indices where shape[axis] == 1 && self.shape[axis + extra] != 1 {
      axes.append(axis + extra)
    }
    return axes.isEmpty ? reshaped(shape) : sum(axes: axes).reshaped(shape)
  }

  /// Repeated to a wider shape.
  public func broadcast(to shape: [Int], file: StaticString = #fileID, line: UInt = #line) -> Tensor
  {
    expectShape(shape, in: "broadcast", file: file, line: line)
    expect(
      broadcastShape(self.shape, shape) == shape,
      "broadcast: shape \(self.shape) cannot be repeated to \(shape)", file: file, line: line)
    if self.shape == shape { return self }
    let y = walked(shape, strides: strides(of: self.shape, in: shape))
    return y.recorded("broadcast", from: self) { dy in dy.summed(to: self.shape) }
  }
}

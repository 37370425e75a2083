extension Kernels {
  /// y ← numbers of x that lie `strides` apart along each axis of `shape`, from `x` on. y is dense.
  public static func gather(
    _ x: Pointer, strides: [Int], into y: MutablePointer, shape: [Int]
  ) {
    walk(shape, strides) { place, offset, step, n in
      for i in 0..<n { y[place + i] = x[offset + i * step] }
    }
  }

  /// The reverse of a `gather` by strides: puts each number of dy where it came from.
  public static func scatter(
    _ dy: Pointer, strides: [Int], into dx: MutablePointer, shape: [Int]
  ) {
    walk(shape, strides) { place, offset, step, n in
      for i in 0..<n { dx[offset + i * step] = dy[place + i] }
    }
  }

  /// y ← along one axis the number of x that `indices` names: that axis has a stride of 0 among `strides`, `step` is
  /// its stride in x. y and `indices` are dense.
  public static func gather(
    _ x: Pointer, strides: [Int], _ indices: UnsafePointer<Int>, step axisStep: Int,
    into y: MutablePointer, shape: [Int]
  ) {
    walk(shape, strides) { place, offset, step, n in
      for i in 0..<n { y[place + i] = x[offset + i * step + indices[place + i] * axisStep] }
    }
  }

  /// y[outer, indices, inner] ← x[outer, length, inner] at `indices` of the middle axis.
  public static func select(
    _ x: Pointer, _ indices: UnsafeBufferPointer<Int>, into y: MutablePointer, outer: Int,
    length: Int, inner: Int
  ) {
    var y = y
    for o in 0..<outer {
      for index in indices {
        let row = x + (o * length + index) * inner
        for i in 0..<inner { y[i] = row[i] }
        y += inner
      }
    }
  }
}

/// Each run along the last axis of `shape`: its place in a dense tensor, its offset by `strides`, the stride inside it
/// and its length.
@inline(__always)
func walk(_ shape: [Int], _ strides: [Int], _ body: (Int, Int, Int, Int) -> Void) {
  guard shape.allSatisfy({ $0 > 0 }) else { return }
  let n = shape.last ?? 1
  let step = strides.last ?? 0
  let outer = Array(shape.dropLast())
  var index = [Int](repeating: 0, count: outer.count)
  var offset = 0
  var place = 0
  while true {
    body(place, offset, step, n)
    place += n
    var axis = outer.count - 1
    while axis >= 0 {  // an odometer over the outer axes
      index[axis] += 1
      offset += strides[axis]
      if index[axis] < outer[axis] { break }
      offset -= strides[axis] * outer[axis]
      index[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
  }
}

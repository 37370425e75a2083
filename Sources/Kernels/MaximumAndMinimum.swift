extension Kernels {
  /// The largest value over the middle axis of x[outer, length, inner] and where it stands: the
  /// first of several equal ones, the first NaN if there is one. `length` is 1 or more.
  public static func maximum(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int>, outer: Int,
    length: Int, inner: Int
  ) {
    extreme(x, into: y, at: index, outer, length, inner) { $0 <= $1 }
  }

  /// The smallest, in the same way.
  public static func minimum(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int>, outer: Int,
    length: Int, inner: Int
  ) {
    extreme(x, into: y, at: index, outer, length, inner) { $0 >= $1 }
  }

  /// `isNoBetter` is false for a NaN, which replaces any number and is not replaced.
  @inline(__always)
  private static func extreme(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int>, _ outer: Int,
    _ length: Int, _ inner: Int, isNoBetter: (Float, Float) -> Bool
  ) {
    for o in 0..<outer {
      for i in 0..<inner {
        let start = x + o * length * inner + i
        var best = start[0]
        var place = 0
        for k in 1..<max(length, 1) {
          let value = start[k * inner]
          if !isNoBetter(value, best) && !best.isNaN {
            best = value
            place = k
          }
        }
        y[o * inner + i] = best
        index[o * inner + i] = place
      }
    }
  }
}

extension Kernels {
  /// The smallest value over the middle axis and where it stands: the first of several equal ones, the first NaN if
  /// there is one. `length` is 1 or more.
  public static func minimum(
    _ x: Pointer, into y: MutablePointer, at index: UnsafeMutablePointer<Int>, outer: Int,
    length: Int, inner: Int
  ) {
    for o in 0..<outer {
      for i in 0..<inner {
        let start = x + o * length * inner + i
        var best = start[0]
        var place = 0
        for k in 1..<max(length, 1) {
          let value = start[k * inner]
          if value < best || (value.isNaN && !best.isNaN) {
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

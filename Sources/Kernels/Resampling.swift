extension Kernels {
  /// y[p, i, j] ← x[p, rows[i], columns[j]], 0 where an index is negative.
  public static func pick(
    _ x: Pointer, into y: MutablePointer, planes: Int, height: Int, width: Int, rows: [Int],
    columns: [Int]
  ) {
    var y = y
    for p in 0..<planes {
      let plane = x + p * height * width
      for i in rows {
        for (j, column) in columns.enumerated() {
          y[j] = i < 0 || column < 0 ? 0 : plane[i * width + column]
        }
        y += columns.count
      }
    }
  }

  /// The reverse of `pick`: adds each number of dy to the pixel it was picked from.
  public static func pickGradient(
    _ dy: Pointer, into dx: MutablePointer, planes: Int, height: Int, width: Int, rows: [Int],
    columns: [Int]
  ) {
    let terms = rows.count * columns.count / max(1, height * width)
    for p in 0..<planes {
      @inline(__always)
      func add<Sum: BinaryFloatingPoint>(_ plane: UnsafeMutablePointer<Sum>) {
        var dy = dy + p * rows.count * columns.count
        for i in rows {
          for (j, column) in columns.enumerated() where i >= 0 && column >= 0 {
            plane[i * width + column] += Sum(dy[j])
          }
          dy += columns.count
        }
      }
      let plane = dx + p * height * width
      addUp(in: plane, height * width, terms: terms, single: { add($0) }, double: { add($0) })
    }
  }
}

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
    var dy = dy
    for p in 0..<planes {
      let plane = dx + p * height * width
      for i in rows {
        for (j, column) in columns.enumerated() where i >= 0 && column >= 0 {
          plane[i * width + column] += dy[j]
        }
        dy += columns.count
      }
    }
  }
}

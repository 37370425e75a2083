extension Kernels {
  /// y[r, c] ← x[r + down, c + right], 0 where that lies outside the image.
  public static func shiftImage(
    _ x: Pointer, into y: MutablePointer, height: Int, width: Int, down: Int, right: Int
  ) {
    for r in 0..<height {
      let row = y + r * width
      guard r + down >= 0, r + down < height else {
        row.update(repeating: 0, count: width)
        continue
      }
      let source = x + (r + down) * width
      let first = max(0, -right)
      let last = max(first, min(width, width - right))
      row.update(repeating: 0, count: first)
      if last > first {
        (row + first).update(from: source + (first + right), count: last - first)
      }
      (row + last).update(repeating: 0, count: width - last)
    }
  }
}

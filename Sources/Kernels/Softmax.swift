extension Kernels {
  /// Each row: y ← e^{x − max x} / Σ e^{x − max x}.
  public static func softmax(_ x: Pointer, into y: MutablePointer, rows: Int, columns: Int) {
    for r in 0..<rows {
      let x = x + r * columns
      let y = y + r * columns
      let top = largest(x, columns)
      for i in 0..<columns { y[i] = exponential(x[i] - top) }
      let scale = 1 / total(y, columns)
      for i in 0..<columns { y[i] *= scale }
    }
  }

  /// dx ← y ∘ (dy − Σ dy∘y)
  public static func softmaxGradient(
    _ dy: Pointer, _ y: Pointer, into dx: MutablePointer, rows: Int, columns: Int
  ) {
    for r in 0..<rows {
      let at = r * columns
      for i in 0..<columns { dx[at + i] = dy[at + i] * y[at + i] }
      let inner = total(dx + at, columns)
      for i in 0..<columns { dx[at + i] -= inner * y[at + i] }
    }
  }

  /// Each row: y ← x − max x − ln Σ e^{x − max x}.
  public static func logSoftmax(_ x: Pointer, into y: MutablePointer, rows: Int, columns: Int) {
    for r in 0..<rows {
      let x = x + r * columns
      let y = y + r * columns
      let top = largest(x, columns)
      for i in 0..<columns { y[i] = exponential(x[i] - top) }
      // In this order: top + ln Σ would round away the small term of large numbers.
      let logarithmOfSum = logarithm(total(y, columns))
      for i in 0..<columns { y[i] = (x[i] - top) - logarithmOfSum }
    }
  }

  /// dx ← dy − e^y · Σ dy
  public static func logSoftmaxGradient(
    _ dy: Pointer, _ y: Pointer, into dx: MutablePointer, rows: Int, columns: Int
  ) {
    for r in 0..<rows {
      let at = r * columns
      let sum = total(dy + at, columns)
      for i in 0..<columns { dx[at + i] = dy[at + i] - exponential(y[at + i]) * sum }
    }
  }
}

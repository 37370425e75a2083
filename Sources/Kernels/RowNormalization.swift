/// Each row of a matrix with mean 0 and variance 1: layer, group and instance normalisation see their input so.
///
/// Sums and differences in double precision: a mean rounded to 32 bits would move rows that lie far from 0.
extension Kernels {
  /// y ← (x − μ)·inverse of each row, inverse = 1/√(σ² + ε), σ² of the population; μ and inverse are kept.
  public static func normalizeRows(
    _ x: Pointer, into y: MutablePointer, mean: UnsafeMutablePointer<Double>,
    inverse: UnsafeMutablePointer<Double>, epsilon: Double, rows: Int, columns: Int
  ) {
    Parallel.split(rows, work: rows * columns, minimum: worthAThread) { range in
      for r in range {
        let (x, y) = (x + r * columns, y + r * columns)
        let middle =
          doubleSum(columns) {
            doubles(x, $0)
          } rest: {
            Double(x[$0])
          }
          / Double(columns)
        let squares = doubleSum(columns) { i in
          let d = doubles(x, i) - middle
          return d * d
        } rest: { i in
          (Double(x[i]) - middle) * (Double(x[i]) - middle)
        }
        let scale = 1 / (squares / Double(columns) + epsilon).squareRoot()
        for i in 0..<columns { y[i] = Float((Double(x[i]) - middle) * scale) }
        mean[r] = middle
        inverse[r] = scale
      }
    }
  }

  /// dx ← inverse·(dy − mean(dy) − y·mean(dy·y)) of each row, y = (x − μ)·inverse.
  public static func normalizeRowsGradient(
    _ dy: Pointer, _ x: Pointer, into dx: MutablePointer, mean: UnsafePointer<Double>,
    inverse: UnsafePointer<Double>, rows: Int, columns: Int
  ) {
    Parallel.split(rows, work: rows * columns, minimum: worthAThread) { range in
      for r in range {
        let (dy, x, dx) = (dy + r * columns, x + r * columns, dx + r * columns)
        let (middle, scale) = (mean[r], inverse[r])
        let plain =
          doubleSum(columns) {
            doubles(dy, $0)
          } rest: {
            Double(dy[$0])
          }
          / Double(columns)
        let product =
          doubleSum(columns) { i in
            doubles(dy, i) * ((doubles(x, i) - middle) * scale)
          } rest: { i in
            Double(dy[i]) * ((Double(x[i]) - middle) * scale)
          } / Double(columns)
        for i in 0..<columns {
          let normal = (Double(x[i]) - middle) * scale
          dx[i] = Float(scale * (Double(dy[i]) - plain - normal * product))
        }
      }
    }
  }
}

@inline(__always)
private func doubles(_ x: Pointer, _ i: Int) -> SIMD8<Double> {
  SIMD8<Double>(UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Float>.self))
}

/// Σ over 0..<count: eight terms at once, what is left one by one.
@inline(__always)
private func doubleSum(
  _ count: Int, _ eight: (Int) -> SIMD8<Double>, rest: (Int) -> Double
) -> Double {
  var (first, second) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
  var i = 0
  while i + 16 <= count {
    first += eight(i)
    second += eight(i + 8)
    i += 16
  }
  var sum = (first + second).sum()
  while i < count {
    sum += rest(i)
    i += 1
  }
  return sum
}

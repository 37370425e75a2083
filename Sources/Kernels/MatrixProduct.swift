import COpenBLAS

extension Kernels {
  /// c[m, n] ← a[m, k] · b[k, n] (+ c, when accumulating), either operand stored transposed.
  public static func matrixProduct(
    _ a: Pointer, transposed aTransposed: Bool, _ b: Pointer, transposed bTransposed: Bool,
    into c: MutablePointer, m: Int, n: Int, k: Int, accumulating: Bool = false
  ) {
    BLAS.chooseThreads(multiplyAdds: m * n * k)
    cblas_sgemm(
      CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
      bTransposed ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1,
      a, blasint(aTransposed ? m : k), b, blasint(bTransposed ? k : n), accumulating ? 1 : 0,
      c, blasint(n))
  }

  /// y[columns, rows] ← the transpose of x[rows, columns], in tiles that stay in the first cache.
  public static func transpose(_ x: Pointer, into y: MutablePointer, rows: Int, columns: Int) {
    let tile = 16
    for r0 in stride(from: 0, to: rows, by: tile) {
      for c0 in stride(from: 0, to: columns, by: tile) {
        for r in r0..<min(r0 + tile, rows) {
          for c in c0..<min(c0 + tile, columns) { y[c * rows + r] = x[r * columns + c] }
        }
      }
    }
  }
}

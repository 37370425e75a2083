import COpenBLAS

extension Kernels {
  /// c[m, n] ← a[m, k] · b[k, n] (+ c, when accumulating), either operand stored transposed.
  ///
  /// A row of an operand starts `aRow` (`bRow`, `cRow`) numbers after the one before; left out, rows are
  /// dense. Any length may be 0. Large products are split over the threads by rows or columns of c, unless a part of split work
  /// asks for them.
  public static func matrixProduct(
    _ a: Pointer, transposed aTransposed: Bool, _ b: Pointer, transposed bTransposed: Bool,
    into c: MutablePointer, m: Int, n: Int, k: Int, accumulating: Bool = false, aRow: Int? = nil,
    bRow: Int? = nil, cRow: Int? = nil, onThisThread: Bool = false
  ) {
    let aRow = aRow ?? (aTransposed ? m : k)
    let bRow = bRow ?? (bTransposed ? k : n)
    let cRow = cRow ?? n
    if m == 0 || n == 0 { return }
    // Nothing to add up; the library would not touch c.
    if k == 0 {
      if !accumulating { for row in 0..<m { fill(c + row * cRow, 0, n) } }
      return
    }
    BLAS.prepare()
    func product(_ rows: Range<Int>, _ columns: Range<Int>) {
      cblas_sgemm(
        CblasRowMajor, aTransposed ? CblasTrans : CblasNoTrans,
        bTransposed ? CblasTrans : CblasNoTrans, blasint(rows.count), blasint(columns.count),
        blasint(k), 1, a + rows.lowerBound * (aTransposed ? 1 : aRow), blasint(aRow),
        b + columns.lowerBound * (bTransposed ? bRow : 1), blasint(bRow), accumulating ? 1 : 0,
        c + rows.lowerBound * cRow + columns.lowerBound, blasint(cRow))
    }
    if onThisThread { return product(0..<m, 0..<n) }
    // Each part reads all of one operand: split along the longer side of c, in whole tiles of the library.
    if m > n {
      Parallel.split(m, step: 16, work: m * n * k, minimum: productWorthAThread) {
        product($0, 0..<n)
      }
    } else {
      Parallel.split(n, step: 16, work: m * n * k, minimum: productWorthAThread) {
        product(0..<m, $0)
      }
    }
  }

  /// Multiply-adds for which a further thread saves more than it costs.
  private static let productWorthAThread = 2_000_000

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

  /// Each row of y[rows, columns] ← x[columns].
  public static func rows(_ x: Pointer, into y: MutablePointer, rows: Int, columns: Int) {
    Parallel.split(rows, work: rows * columns, minimum: worthAThread) { range in
      for r in range { copy(x, into: y + r * columns, columns) }
    }
  }
}

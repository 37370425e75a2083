import COpenBLAS

extension Kernels {
  /// A = U·diag(s)·Vᵀ by LAPACK's `sgesdd`: A[m, n], U[m, k], s[k], Vᵀ[k, n], k = min(m, n). Overwrites A.
  ///
  /// Returns LAPACK's `info`: 0 if the values were found.
  public static func singularValues(
    _ a: MutablePointer, m: Int, n: Int, u: MutablePointer, s: MutablePointer, vt: MutablePointer
  ) -> Int {
    let k = min(m, n)
    BLAS.prepare()
    // LAPACK reads columns first, so it sees Aᵀ = V·diag(s)·Uᵀ and writes what are our Vᵀ and U, row by row.
    var (rows, columns, leading) = (Int32(n), Int32(m), Int32(k))
    var info: Int32 = 0
    var indices = [Int32](repeating: 0, count: 8 * k)
    var work: [Float] = [0]
    // The first call asks how much room the second one needs.
    for isQuestion in [true, false] {
      var room = isQuestion ? -1 : Int32(work.count)
      sgesdd_(
        "S", &rows, &columns, a, &rows, s, vt, &rows, u, &leading, &work, &room, &indices, &info, 1)
      if info != 0 { break }
      // The answer is a Float, which may have rounded a large count down.
      if isQuestion { work = [Float](repeating: 0, count: Int(work[0].nextUp) + 1) }
    }
    return Int(info)
  }
}

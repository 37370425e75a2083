import Kernels

/// A = U·diag(s)·Vᵀ: any matrix turns (Vᵀ), stretches along the axes (s) and turns again (U).
///
/// A `[m, n]`, and with k = min(m, n): U `[m, k]` and Vᵀ `[k, n]` of orthonormal columns and rows, s `[k]` not
/// negative, the largest first. A column of U and its row of Vᵀ may both change sign. Not on the tape: no gradient
/// flows through.
public struct SingularValueDecomposition {
  public let u: Tensor  // [m, k]
  public let s: Tensor  // [k]
  public let vt: Tensor  // [k, n]

  public init(_ a: Tensor, file: StaticString = #fileID, line: UInt = #line) {
    expect(
      a.rank == 2 && a.count > 0,
      "SingularValueDecomposition expects a matrix, got shape \(a.shape)", file: file, line: line)
    expectLibraryLengths(a.shape, "SingularValueDecomposition", file, line)
    expect(
      a.isFinite, "SingularValueDecomposition expects finite numbers", file: file, line: line)
    let (m, n) = (a.shape[0], a.shape[1])
    let k = Swift.min(m, n)
    var work = a.detached()
    u = Tensor(unfilled: [m, k])
    s = Tensor(unfilled: [k])
    vt = Tensor(unfilled: [k, n])
    let info = Kernels.singularValues(
      work.mutableStart, m: m, n: n, u: u.storage.start, s: s.storage.start, vt: vt.storage.start)
    expect(
      info == 0, "LAPACK found no singular values of this matrix \(a.shape) (sgesdd: \(info))",
      file: file, line: line)
  }
}

import Tensors

/// How much of one table's columns is in another's, however they were turned, stretched or mixed: the correlations of
/// the best matching directions, the largest first (Hotelling 1936).
///
/// X `[n, p]` and Y `[n, q]` give min(p, q) numbers between 0 and 1, the singular values of Uₓᵀ·U_y, where Uₓ and U_y
/// are orthonormal bases of the centred columns (Björck and Golub 1973). With one column in Y this is the correlation of
/// that column with its least-squares fit from X. Columns of pure chance do not give 0: with p of them, the square is
/// p / (n − 1) on average.
public func canonicalCorrelations(
  _ x: Tensor, _ y: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> [Float] {
  expect(
    x.rank == 2 && y.rank == 2 && x.shape[0] == y.shape[0] && x.shape[0] > 1 && x.shape[1] > 0
      && y.shape[1] > 0 && x.isFinite && y.isFinite,
    "canonicalCorrelations expects finite numbers [n, p] and [n, q] with at least two rows, got \(x.shape) and \(y.shape)",
    file: file, line: line)
  let wanted = min(x.shape[1], y.shape[1])
  let (u, v) = (columnBasis(x), columnBasis(y))
  guard u.shape[1] > 0, v.shape[1] > 0 else { return Array(repeating: 0, count: wanted) }
  let s = SingularValueDecomposition(matmul(u.transposed(), v)).s.values
  return s.map { min($0, 1) } + Array(repeating: 0, count: wanted - s.count)
}

/// Orthonormal columns that span the centred columns of a table; columns that follow from others add none.
///
/// The least-squares fit of centred y from x is U·Uᵀ·y.
public func columnBasis(
  _ x: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    x.rank == 2 && x.count > 0 && x.isFinite,
    "columnBasis expects columns [n, p] of finite numbers, got shape \(x.shape)", file: file,
    line: line)
  let x = x.detached()
  let svd = SingularValueDecomposition(x - x.mean(axes: [0]))
  let sizes = svd.s.values
  let rounding = Float(x.shape.max() ?? 1) * Float.ulpOfOne * (sizes.first ?? 0)
  return svd.u.sliced(axis: 1, 0..<sizes.count { $0 > rounding })
}

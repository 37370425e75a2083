import Kernels

/// The matrix product: `[…, m, k] · [k, n]` → `[…, m, n]`.
///
/// With c = a·b the gradients are da = dc·bᵀ and db = aᵀ·dc.
public func matmul(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    a.rank >= 2 && b.rank == 2 && a.shape.last == b.shape.first,
    "matmul expects [..., m, k] and [k, n], got \(a.shape) and \(b.shape)", file: file, line: line)
  let k = b.shape[0]
  let n = b.shape[1]
  let m = k == 0 ? a.shape.dropLast().reduce(1, *) : a.count / k
  let c = product(a, false, b, false, m: m, n: n, k: k, shape: a.shape.dropLast() + [n])
  return c.recorded("matmul", from: a, b) { dc in
    product(dc, false, b, true, m: m, n: k, k: n, shape: a.shape)
  } second: { dc in
    product(a, true, dc, false, m: k, n: n, k: m, shape: b.shape)
  }
}

/// One BLAS call: either operand may be read as its transpose.
private func product(
  _ a: Tensor, _ aTransposed: Bool, _ b: Tensor, _ bTransposed: Bool, m: Int, n: Int, k: Int,
  shape: [Int]
) -> Tensor {
  let c = Tensor(unfilled: shape)
  if m == 0 || n == 0 { return c }
  if k == 0 { return .zeros(shape) }
  Kernels.matrixProduct(
    a.start, transposed: aTransposed, b.start, transposed: bTransposed, into: c.storage.start,
    m: m, n: n, k: k)
  return c
}

import Kernels

/// The matrix product: `[…, m, k] · [k, n]` → `[…, m, n]`. Vectors and stacks of matrices on both sides are
/// multiplied as PyTorch does (`BatchedMatmul.swift`).
///
/// With c = a·b the gradients are da = dc·bᵀ and db = aᵀ·dc.
public func matmul(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  guard a.rank >= 2 && b.rank == 2 && a.shape.last == b.shape.first else {
    if let c = broadcastMatmul(a, b, file: file, line: line) { return c }
    let right = b.rank > 2 ? "[..., k, n], leading axes that fit each other," : "[k, n],"
    fatalError(
      "matmul expects [..., m, k] and \(right) got \(a.shape) and \(b.shape)", file: file,
      line: line)
  }
  let k = b.shape[0]
  let n = b.shape[1]
  let m = a.shape.dropLast().reduce(1, *)
  expectLibraryLengths([m, n, k], "matmul", file, line)
  let c = product(a, false, b, false, m: m, n: n, k: k, shape: a.shape.dropLast() + [n])
  return c.recorded("matmul", from: a, b) { dc in
    product(dc, false, b, true, m: m, n: k, k: n, shape: a.shape)
  } second: { dc in
    product(a, true, dc, false, m: k, n: n, k: m, shape: b.shape)
  }
}

/// The affine function x·w + b: `[…, k] · [k, n] + [n]` → `[…, n]`, in one operation.
///
/// Gradients: dx = dy·wᵀ, dw = xᵀ·dy, db = Σ dy over the rows.
public func linear(
  _ x: Tensor, _ w: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    x.rank >= 1 && w.rank == 2 && x.shape.last == w.shape[0] && b.shape == [w.shape[1]],
    "linear expects [..., k], [k, n] and [n], got \(x.shape), \(w.shape) and \(b.shape)",
    file: file, line: line)
  let (k, n) = (w.shape[0], w.shape[1])
  let m = x.shape.dropLast().reduce(1, *)
  expectLibraryLengths([m, n, k], "linear", file, line)
  let y = Tensor(unfilled: x.shape.dropLast() + [n], in: "linear", file: file, line: line)
  Kernels.rows(b.start, into: y.storage.start, rows: m, columns: n)
  Kernels.matrixProduct(
    x.start, transposed: false, w.start, transposed: false, into: y.storage.start, m: m, n: n,
    k: k, accumulating: true)
  return y.recorded(
    "linear",
    fromAll: [
      (x, { dy in product(dy, false, w, true, m: m, n: k, k: n, shape: x.shape) }),
      (w, { dy in product(x, true, dy, false, m: k, n: n, k: m, shape: w.shape) }),
      (b, { dy in dy.reshaped([m, n]).sum(axes: [0]) }),
    ])
}

/// BLAS and LAPACK count rows and columns in 32 bits.
func expectLibraryLengths(
  _ lengths: [Int], _ name: String, _ file: StaticString, _ line: UInt
) {
  expect(
    lengths.allSatisfy { $0 <= Int32.max },
    "\(name): the matrix library counts to \(Int32.max), got lengths \(lengths)", file: file,
    line: line)
}

/// One BLAS call: either operand may be read as its transpose.
private func product(
  _ a: Tensor, _ aTransposed: Bool, _ b: Tensor, _ bTransposed: Bool, m: Int, n: Int, k: Int,
  shape: [Int]
) -> Tensor {
  let c = Tensor(unfilled: shape, in: "matmul")
  Kernels.matrixProduct(
    a.start, transposed: aTransposed, b.start, transposed: bTransposed, into: c.storage.start,
    m: m, n: n, k: k)
  return c
}

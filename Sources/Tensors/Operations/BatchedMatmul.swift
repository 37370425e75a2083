import Kernels

/// A matrix product for each leading index: `[…, m, k] · […, k, n]` → `[…, m, n]`, leading axes equal.
///
/// `matmul` does the same and repeats leading axes of length 1.
public func batchedMatmul(
  _ a: Tensor, _ b: Tensor, file: StaticString = #fileID, line: UInt = #line
) -> Tensor {
  expect(
    a.rank >= 2 && a.rank == b.rank && a.shape.dropLast(2) == b.shape.dropLast(2)
      && a.shape[a.rank - 1] == b.shape[b.rank - 2],
    "batchedMatmul expects [..., m, k] and [..., k, n], got \(a.shape) and \(b.shape)", file: file,
    line: line)
  return stacksMultiplied(a, b, leading: Array(a.shape.dropLast(2)), "batchedMatmul", file, line)
}

/// The products that `matmul` has beside that of a matrix on the right; nil where the shapes do not fit.
///
///     [k] · [k] → []               [k] · […, k, n] → […, n]       […, m, k] · [k] → […, m]
///     […, m, k] · […, k, n] → […, m, n], leading axes repeated where they are 1 long or missing
func broadcastMatmul(
  _ a: Tensor, _ b: Tensor, file: StaticString, line: UInt
) -> Tensor? {
  guard a.rank > 0, b.rank > 0, a.shape.last == b.shape[max(0, b.rank - 2)] else { return nil }
  // A vector is one row on the left, one column on the right; that axis then goes again.
  let left = a.rank == 1 ? a.reshaped([1] + a.shape) : a
  let right = b.rank == 1 ? b.reshaped(b.shape + [1]) : b
  guard
    let leading = broadcastShape(Array(left.shape.dropLast(2)), Array(right.shape.dropLast(2)))
  else { return nil }
  // One matrix on the right for all: a single product of all rows.
  let isOne = right.rank <= left.rank && right.shape.dropLast(2).allSatisfy { $0 == 1 }
  let product =
    isOne
    ? matmul(left, right.reshaped(Array(right.shape.suffix(2))), file: file, line: line)
    : stacksMultiplied(left, right, leading: leading, "matmul", file, line)
  if a.rank > 1 && b.rank > 1 { return product }
  let rows = a.rank > 1 ? [a.shape[a.rank - 2]] : []
  let columns = b.rank > 1 ? [b.shape[b.rank - 1]] : []
  return product.reshaped(leading + rows + columns)
}

/// The product of each pair of matrices. Gradients: da = dc·bᵀ and db = aᵀ·dc, summed where a matrix was repeated.
private func stacksMultiplied(
  _ a: Tensor, _ b: Tensor, leading: [Int], _ name: StaticString, _ file: StaticString, _ line: UInt
) -> Tensor {
  expectLibraryLengths(a.shape.suffix(2) + b.shape.suffix(1), "\(name)", file, line)
  expectShape(
    leading + [a.shape[a.rank - 2], b.shape[b.rank - 1]], in: name, file: file, line: line)
  return stackProduct(a, false, b, false, leading: leading).recorded("batchedMatmul", from: a, b) {
    dc in
    stackProduct(dc, false, b, true, leading: leading).summed(to: a.shape)
  } second: { dc in
    stackProduct(a, true, dc, false, leading: leading).summed(to: b.shape)
  }
}

/// One call of the matrix library for each place of the leading axes; either operand may be read as its transpose.
private func stackProduct(
  _ a: Tensor, _ aTransposed: Bool, _ b: Tensor, _ bTransposed: Bool, leading: [Int]
) -> Tensor {
  let m = a.shape[a.rank - (aTransposed ? 1 : 2)]
  let k = a.shape[a.rank - (aTransposed ? 2 : 1)]
  let n = b.shape[b.rank - (bTransposed ? 2 : 1)]
  if m == 0 || n == 0 || k == 0 { return .zeros(leading + [m, n]) }
  let c = Tensor(unfilled: leading + [m, n])
  let (aPlaces, bPlaces) = (a.matrixPlaces(leading), b.matrixPlaces(leading))
  for (i, (place, other)) in zip(aPlaces, bPlaces).enumerated() {
    Kernels.matrixProduct(
      a.start + place * m * k, transposed: aTransposed, b.start + other * k * n,
      transposed: bTransposed, into: c.storage.start + i * m * n, m: m, n: n, k: k)
  }
  return c
}

extension Tensor {
  /// The number of the matrix that stands at each place of the wider leading axes.
  fileprivate func matrixPlaces(_ leading: [Int]) -> [Int] {
    var places = [0]
    var step = 1
    let own = shape.dropLast(2)
    var steps: [Int] = []
    for length in own.reversed() {
      steps.append(length == 1 ? 0 : step)
      step *= length
    }
    while steps.count < leading.count { steps.append(0) }
    for (length, step) in zip(leading, steps.reversed()) {
      places = places.flatMap { place in (0..<length).map { place + $0 * step } }
    }
    return places
  }
}

import Tensors

/// Principal components: the directions in which rows of numbers differ most (Pearson 1901), from the singular
/// values of the centred rows, X − x̄ = U·diag(s)·Vᵀ.
///
/// Takes `[n, features]`. Component i is row i of Vᵀ, its sign such that its largest number is positive; its
/// variance is s_i² / (n − 1), and its share of the variance s_i² / Σ s².
public struct PrincipalComponents {
  public let mean: Tensor  // [features]
  /// Orthonormal rows, the one with the largest variance first: `[count, features]`.
  public let components: Tensor
  public let variances: [Float]
  /// The share of the whole variance that each component explains.
  public let shares: [Float]

  /// The first `count` components; all, if left out.
  public init(
    _ x: Tensor, count: Int? = nil, file: StaticString = #fileID, line: UInt = #line
  ) {
    expect(
      x.rank == 2 && x.shape[0] > 1 && x.shape[1] > 0 && x.isFinite,
      "PrincipalComponents expects at least two rows [n, features] of finite numbers, got shape \(x.shape)",
      file: file, line: line)
    // Centred rows add up to 0: the last one follows from the others.
    let all = Swift.min(x.shape[0] - 1, x.shape[1])
    let count = count ?? all
    expect(
      count > 0 && count <= all, "\(x.shape) has \(all) components, \(count) were asked for",
      file: file, line: line)
    mean = x.detached().mean(axes: [0])
    let svd = SingularValueDecomposition(x.detached() - mean, file: file, line: line)
    components = concatenate(
      (0..<count).map { i in
        let row = svd.vt[i..<(i + 1)]
        let largest = row.values.max { $0.magnitude < $1.magnitude } ?? 0
        return largest < 0 ? -row : row
      })
    let squares = svd.s.values.map { Double($0) * Double($0) }
    let total = squares.reduce(0, +)
    variances = squares.prefix(count).map { Float($0 / Double(x.shape[0] - 1)) }
    shares = squares.prefix(count).map { total > 0 ? Float($0 / total) : 0 }
  }

  /// Rows seen along the components: `[n, features]` → `[n, count]`.
  public func project(
    _ x: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectColumns(x, mean.count, in: "project", file, line)
    return matmul(x - mean, components.transposed())
  }

  /// Back from the components to features; what the left-out components held is lost.
  public func restore(
    _ y: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectColumns(y, variances.count, in: "restore", file, line)
    return matmul(y, components) + mean
  }

  private func expectColumns(
    _ x: Tensor, _ count: Int, in operation: String, _ file: StaticString, _ line: UInt
  ) {
    expect(
      x.rank == 2 && x.shape[1] == count,
      "PrincipalComponents: \(operation) expects [n, \(count)], got \(x.shape)", file: file,
      line: line)
  }
}

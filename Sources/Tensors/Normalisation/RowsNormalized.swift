import Kernels

extension Tensor {
  /// x̂ = (x − μ)/√(σ² + ε) of each run of `length` numbers, σ² of the population: what layer, group and instance
  /// normalisation have in common.
  ///
  /// Gradient: dx = (dy − mean(dy) − x̂·mean(dy·x̂))/√(σ² + ε).
  func rowsNormalized(length: Int, epsilon: Float) -> Tensor {
    let rows = length == 0 ? 0 : count / length
    let y = Tensor(unfilled: shape)
    var mean = [Double](repeating: 0, count: rows)
    var inverse = mean
    Kernels.normalizeRows(
      start, into: y.storage.start, mean: &mean, inverse: &inverse, epsilon: Double(epsilon),
      rows: rows, columns: length)
    return y.recorded("normalize", from: self) { [mean, inverse] dy in
      let dx = Tensor(unfilled: self.shape)
      Kernels.normalizeRowsGradient(
        dy.start, self.start, into: dx.storage.start, mean: mean, inverse: inverse, rows: rows,
        columns: length)
      return dx
    }
  }

  /// γ·x + β, each where it is given, both repeated to fit x as `shape`.
  func scaledAndShifted(_ weight: Tensor?, _ bias: Tensor?, as shape: [Int]) -> Tensor {
    var y = self
    if let weight { y = y * weight.reshaped(shape) }
    if let bias { y = y + bias.reshaped(shape) }
    return y
  }
}

/// ε keeps a root above 0.
package func expectEpsilon(
  _ epsilon: Float, in operation: String, file: StaticString, line: UInt
) {
  expect(
    epsilon >= 0 && epsilon.isFinite, "\(operation) expects an ε of 0 or more, got \(epsilon)",
    file: file, line: line)
}

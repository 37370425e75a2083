import Kernels

/// Normalised channels and the statistics they were normalised with.
public struct BatchNormalized {
  public let output: Tensor
  /// Of each channel over the batch.
  public let mean: Tensor
  /// Of the population: divided by the count, not by the count less one.
  public let variance: Tensor
}

extension Tensor {
  /// y = γ·(x − μ)/√(σ² + ε) + β for each channel (axis 1) of `[n, channels, …]`, μ and σ² over everything
  /// else (Ioffe and Szegedy 2015). γ and β are `[channels]`.
  ///
  /// Gradient: dx = γ/√(σ² + ε)·(dy − mean(dy) − x̂·mean(dy·x̂)). With `relu` the output is max(0, y), in
  /// the same pass over the numbers.
  public func batchNormalized(
    gamma: Tensor, beta: Tensor, epsilon: Float, relu: Bool = false, file: StaticString = #fileID,
    line: UInt = #line
  ) -> BatchNormalized {
    expectChannels(gamma, beta, epsilon, file, line)
    let (outer, channels, inner) = split(at: 1)
    let mean = Tensor(unfilled: [channels])
    let rest = Tensor(unfilled: [channels])
    let variance = Tensor(unfilled: [channels])
    Kernels.channelMoments(
      start, mean: mean.storage.start, rest: rest.storage.start, variance: variance.storage.start,
      outer: outer, channels: channels, inner: inner)
    let inverse = 1 / (variance + epsilon).sqrt()
    let scale = gamma.detached() * inverse
    // x − μ = (x − mean) − rest, where the mean is rounded.
    let offset = beta.detached() - rest * scale
    let y = scaled(shift: mean, scale: scale, offset: offset, relu: relu)
    // Both sums are wanted by all three gradients: worked out once for a dy.
    var sums: (sum: Tensor, product: Tensor)?
    func gradients(_ dy: Tensor) -> (sum: Tensor, product: Tensor) {
      if let sums { return sums }
      // Sums of nothing, where the statistics are NaN.
      if self.count == 0 { return (.zeros([channels]), .zeros([channels])) }
      let result = (sum: Tensor(unfilled: [channels]), product: Tensor(unfilled: [channels]))
      Kernels.channelGradients(
        dy.start, self.start, mean: mean.start, rest: rest.start, inverse: inverse.start,
        scale: scale.start, offset: offset.start, relu: relu, sum: result.sum.storage.start,
        product: result.product.storage.start, outer: outer, channels: channels, inner: inner)
      sums = result
      return result
    }
    let output = y.recorded(
      "batchNorm",
      fromAll: [
        (
          self,
          { dy in
            let (sum, product) = gradients(dy)
            let dx = Tensor(unfilled: self.shape)
            Kernels.batchNormGradient(
              dy.start, self.start, mean: mean.start, rest: rest.start, inverse: inverse.start,
              scale: scale.start, offset: offset.start, relu: relu, sum: sum.start,
              product: product.start, into: dx.storage.start, outer: outer, channels: channels,
              inner: inner)
            return dx
          }
        ),
        (gamma, { dy in gradients(dy).product }),
        (beta, { dy in gradients(dy).sum }),
      ])
    return BatchNormalized(output: output, mean: mean, variance: variance)
  }

  /// The same with given statistics, as at test time: y = γ·(x − μ)/√(σ² + ε) + β.
  public func batchNormalized(
    gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: Float,
    file: StaticString = #fileID, line: UInt = #line
  ) -> Tensor {
    expectChannels(gamma, beta, epsilon, file, line)
    expect(
      mean.shape == gamma.shape && variance.shape == gamma.shape,
      "batchNormalized expects a mean and a variance of shape \(gamma.shape), got \(mean.shape) and \(variance.shape)",
      file: file, line: line)
    let shape = [1, self.shape[1]] + self.shape.dropFirst(2).map { _ in 1 }
    let inverse = 1 / (variance + epsilon).sqrt()
    let normal = (self - mean.reshaped(shape)) * inverse.reshaped(shape)
    return normal * gamma.reshaped(shape) + beta.reshaped(shape)
  }

  private func scaled(shift: Tensor, scale: Tensor, offset: Tensor, relu: Bool) -> Tensor {
    let (outer, channels, inner) = split(at: 1)
    let y = Tensor(unfilled: shape)
    Kernels.scaleChannels(
      start, shift: shift.start, scale: scale.start, offset: offset.start, relu: relu,
      into: y.storage.start, outer: outer, channels: channels, inner: inner)
    return y
  }

  private func expectChannels(
    _ gamma: Tensor, _ beta: Tensor, _ epsilon: Float, _ file: StaticString, _ line: UInt
  ) {
    expect(
      rank >= 2 && gamma.shape == [shape[1]] && beta.shape == [shape[1]],
      "batchNormalized expects [n, channels, ...] and γ, β [channels], got \(shape), \(gamma.shape) and \(beta.shape)",
      file: file, line: line)
    expectEpsilon(epsilon, in: "batchNormalized", file: file, line: line)
  }
}

import Tensors

/// Batch normalisation: each channel is normalised by the batch's mean and variance while training, by
/// running averages of them otherwise, then scaled by γ and shifted by β (Ioffe and Szegedy 2015).
///
/// Input `[n, channels, …]`. The running averages take a tenth of each batch; the variance they take is the
/// unbiased one, as in PyTorch.
public final class BatchNorm: Module, Layer {
  @Parameter public var gamma: Tensor  // [channels]
  @Parameter public var beta: Tensor  // [channels]
  @Buffer public private(set) var runningMean: Tensor  // [channels]
  @Buffer public private(set) var runningVariance: Tensor  // [channels]
  public let momentum: Float
  public let epsilon: Float

  public init(
    _ channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5, file: StaticString = #fileID,
    line: UInt = #line
  ) {
    expect(
      channels >= 0, "BatchNorm expects no negative size, got \(channels) channels", file: file,
      line: line)
    gamma = .ones([channels], file: file, line: line)
    beta = .zeros([channels])
    runningMean = .zeros([channels])
    runningVariance = .ones([channels])
    self.momentum = Self.checked(momentum, epsilon, file, line)
    self.epsilon = epsilon
  }

  /// A layer in a given state.
  public init(
    gamma: Tensor, beta: Tensor, runningMean: Tensor, runningVariance: Tensor,
    momentum: Float = 0.1, epsilon: Float = 1e-5, file: StaticString = #fileID, line: UInt = #line
  ) {
    let shapes = [gamma, beta, runningMean, runningVariance].map(\.shape)
    expect(
      gamma.rank == 1 && shapes.allSatisfy { $0 == gamma.shape },
      "BatchNorm expects γ, β, a mean and a variance of one shape [channels], got \(shapes)",
      file: file, line: line)
    self.gamma = gamma
    self.beta = beta
    self.runningMean = runningMean.detached()
    self.runningVariance = runningVariance.detached()
    self.momentum = Self.checked(momentum, epsilon, file, line)
    self.epsilon = epsilon
  }

  /// The momentum, if it and ε are what they can be.
  private static func checked(
    _ momentum: Float, _ epsilon: Float, _ file: StaticString, _ line: UInt
  ) -> Float {
    expect(
      (0...1).contains(momentum) && epsilon >= 0 && epsilon.isFinite,
      "BatchNorm expects a momentum from 0 to 1 and an ε of 0 or more, got \(momentum) and \(epsilon)",
      file: file, line: line)
    return momentum
  }

  public func forward(_ x: Tensor) -> Tensor { forward(x, relu: false) }

  /// max(0, norm(x)), in one pass over the numbers.
  public func relu(_ x: Tensor) -> Tensor {
    // A trace wants to see both.
    ModelTrace.current == nil ? forward(x, relu: true) : self(x).relu()
  }

  private func forward(_ x: Tensor, relu: Bool) -> Tensor {
    guard isTraining else {
      let y = x.batchNormalized(
        gamma: gamma, beta: beta, mean: runningMean, variance: runningVariance, epsilon: epsilon)
      return relu ? y.relu() : y
    }
    let result = x.batchNormalized(gamma: gamma, beta: beta, epsilon: epsilon, relu: relu)
    let count = Float(x.count / max(1, x.shape[1]))
    expect(count > 1, "BatchNorm needs more than one value a channel to train, got \(x.shape)")
    let unbiased = result.variance * (count / (count - 1))
    runningMean = (1 - momentum) * runningMean + momentum * result.mean
    runningVariance = (1 - momentum) * runningVariance + momentum * unbiased
    return result.output
  }
}

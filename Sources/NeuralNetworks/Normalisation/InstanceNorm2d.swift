import Tensors

/// Instance normalisation: each channel of each image is normalised over its pixels (Ulyanov et al. 2016); with
/// `isAffine` it is then scaled by γ and shifted by β, which PyTorch's does not do unless asked either.
///
/// Input `[n, channels, h, w]`, output of the same shape. It does the same while training and at test time. γ starts
/// from 1, β from 0; they are called as PyTorch's are: `weight`, `bias`.
public final class InstanceNorm2d: Module, Layer {
  public let channels: Int
  public let weight: Parameter?  // [channels]
  public let bias: Parameter?  // [channels]
  public let epsilon: Float

  public init(
    _ channels: Int, epsilon: Float = 1e-5, isAffine: Bool = false,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expectEpsilon(epsilon, in: "InstanceNorm2d", file: file, line: line)
    expect(
      channels > 0, "InstanceNorm2d expects 1 channel or more, got \(channels)", file: file,
      line: line)
    self.channels = channels
    self.epsilon = epsilon
    weight = isAffine ? Parameter(.ones([channels])) : nil
    bias = isAffine ? Parameter(.zeros([channels])) : nil
  }

  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.rank == 4 && x.shape[1] == channels,
      "InstanceNorm2d expects [n, \(channels), h, w], got \(x.shape)")
    return x.instanceNormalized(
      weight: weight?.wrappedValue, bias: bias?.wrappedValue, epsilon: epsilon)
  }
}

import Tensors

/// Group normalisation: the channels of each item are normalised in groups, then each is scaled by γ and shifted by β
/// (Wu and He 2018).
///
/// Input `[n, channels, …]`, output of the same shape. γ starts from 1, β from 0. The parameters are called as
/// PyTorch's are: `weight`, `bias`.
public final class GroupNorm: Module, Layer {
  public let groups: Int
  public let channels: Int
  public let weight: Parameter?  // [channels]
  public let bias: Parameter?  // [channels]
  public let epsilon: Float

  public init(
    groups: Int, _ channels: Int, epsilon: Float = 1e-5, isAffine: Bool = true,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expectEpsilon(epsilon, in: "GroupNorm", file: file, line: line)
    expect(
      groups > 0 && channels > 0 && channels % groups == 0,
      "GroupNorm expects channels in equal groups, got \(channels) channels and \(groups) groups",
      file: file, line: line)
    self.groups = groups
    self.channels = channels
    self.epsilon = epsilon
    weight = isAffine ? Parameter(.ones([channels])) : nil
    bias = isAffine ? Parameter(.zeros([channels])) : nil
  }

  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.rank >= 2 && x.shape[1] == channels,
      "GroupNorm expects [n, \(channels), ...], got \(x.shape)")
    return x.groupNormalized(
      groups: groups, weight: weight?.wrappedValue, bias: bias?.wrappedValue, epsilon: epsilon)
  }
}

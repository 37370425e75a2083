import Tensors

/// Layer normalisation: each item is normalised over its last axes, then scaled by γ and shifted by β (Ba et al. 2016).
///
/// Input `[…] + lengths`, output of the same shape. γ starts from 1, β from 0. The parameters are called as
/// PyTorch's are: `weight`, `bias`.
public final class LayerNorm: Module, Layer {
  public let lengths: [Int]
  public let weight: Parameter?  // lengths
  public let bias: Parameter?  // lengths
  public let epsilon: Float

  /// - Parameters:
  ///   - isAffine: With γ and β. - hasBias: With β, where γ is.
  public init(
    _ lengths: [Int], epsilon: Float = 1e-5, isAffine: Bool = true, hasBias: Bool = true,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    expectEpsilon(epsilon, in: "LayerNorm", file: file, line: line)
    expect(
      !lengths.isEmpty && lengths.allSatisfy { $0 > 0 },
      "LayerNorm expects the lengths of one or more axes, each 1 or more, got \(lengths)",
      file: file, line: line)
    self.lengths = lengths
    self.epsilon = epsilon
    weight = isAffine ? Parameter(.ones(lengths)) : nil
    bias = isAffine && hasBias ? Parameter(.zeros(lengths)) : nil
  }

  /// Over the last axis.
  public convenience init(
    _ features: Int, epsilon: Float = 1e-5, isAffine: Bool = true, hasBias: Bool = true,
    file: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      [features], epsilon: epsilon, isAffine: isAffine, hasBias: hasBias, file: file, line: line)
  }

  public func forward(_ x: Tensor) -> Tensor {
    expect(
      x.shape.suffix(lengths.count) == lengths[...],
      "LayerNorm expects [...] + \(lengths), got \(x.shape)")
    return x.layerNormalized(
      lengths, weight: weight?.wrappedValue, bias: bias?.wrappedValue, epsilon: epsilon)
  }
}

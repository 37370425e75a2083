import Tensors

/// While training, each number is 0 with probability p and divided by 1 − p otherwise (Srivastava et al. 2014;
/// "inverted", so that nothing changes at test time). A fresh choice for every element and call.
public final class Dropout: Module, Layer, DrawsRandomNumbers {
  public let p: Float
  /// Where its choices come from.
  public var generator: SeededGenerator

  public init(
    _ p: Float = 0.5, seed: UInt64, file: StaticString = #fileID, line: UInt = #line
  ) {
    self.p = dropoutProbability(p, of: "Dropout", file: file, line: line)
    generator = SeededGenerator(seed: seed)
  }

  public func forward(_ x: Tensor) -> Tensor {
    guard isTraining, p > 0 else { return x }
    return x * dropoutMask(x.shape, p, using: &generator)
  }
}

/// 0 with probability p, 1 / (1 − p) otherwise: the mean is 1.
func dropoutMask(_ shape: [Int], _ p: Float, using generator: inout SeededGenerator) -> Tensor {
  let keep = 1 - p
  let count = shape.reduce(1, *)
  return Tensor(
    (0..<count).map { _ in generator.uniform() < keep ? 1 / keep : 0 }, shape: shape)
}

func dropoutProbability(
  _ p: Float, of name: String, file: StaticString, line: UInt
) -> Float {
  expect(p >= 0 && p < 1, "\(name) expects 0 <= p < 1, got \(p)", file: file, line: line)
  return p
}

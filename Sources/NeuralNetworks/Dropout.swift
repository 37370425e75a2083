import Tensors

/// While training, each number is 0 with probability p and divided by 1 − p otherwise (Srivastava et al. 2014;
/// "inverted", so that nothing changes at test time). A fresh choice for every element and call.
public final class Dropout: Module, Layer {
  public let p: Float
  private var generator: SeededGenerator

  public init(_ p: Float = 0.5, seed: UInt64) {
    expect(p >= 0 && p < 1, "Dropout expects 0 <= p < 1, got \(p)")
    self.p = p
    generator = SeededGenerator(seed: seed)
  }

  public func forward(_ x: Tensor) -> Tensor {
    guard isTraining, p > 0 else { return x }
    let keep = 1 - p
    let mask = Tensor(
      (0..<x.count).map { _ in generator.uniform() < keep ? 1 / keep : 0 }, shape: x.shape)
    return x * mask
  }
}

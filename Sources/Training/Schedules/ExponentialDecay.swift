#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// η_t = η·γᵗ
public struct ExponentialDecay: Schedule {
  public let rate: Double
  /// γ
  public let factor: Double

  public init(_ rate: Double, factor: Double) {
    expectRate(rate, of: "ExponentialDecay")
    expectShare(factor, of: "ExponentialDecay", "a factor")
    self.rate = rate
    self.factor = factor
  }

  public func learningRate(at step: Int) -> Double {
    rate * pow(factor, Double(max(step, 0)))
  }
}

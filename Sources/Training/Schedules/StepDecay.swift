import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// η_t = η·γ^⌊t / every⌋: constant for a while, then γ times as large.
public struct StepDecay: Schedule {
  public let rate: Double
  public let factor: Double
  public let every: Int

  public init(_ rate: Double, factor: Double = 0.1, every steps: Int) {
    expect(steps > 0, "StepDecay expects a positive number of steps, got \(steps)")
    expectRate(rate, of: "StepDecay")
    expectShare(factor, of: "StepDecay", "a factor")
    self.rate = rate
    self.factor = factor
    every = steps
  }

  public func learningRate(at step: Int) -> Double {
    rate * pow(factor, Double(max(step, 0) / every))
  }
}

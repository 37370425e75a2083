import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// η_t = η_min + (η − η_min)·(1 + cos(π·t / T)) / 2: down along half a cosine in T steps, then η_min
/// (Loshchilov and Hutter 2017, eq. 5, without restarts).
public struct CosineAnnealing: Schedule {
  public let rate: Double
  public let minimum: Double
  /// T
  public let steps: Int

  public init(_ rate: Double, to minimum: Double = 0, steps: Int) {
    expect(steps > 0, "CosineAnnealing expects a positive number of steps, got \(steps)")
    expectRate(rate, of: "CosineAnnealing")
    expect(
      minimum >= 0 && minimum.isFinite,
      "CosineAnnealing expects a last rate of 0 or more, got \(minimum)")
    self.rate = rate
    self.minimum = minimum
    self.steps = steps
  }

  public func learningRate(at step: Int) -> Double {
    cosine(from: rate, to: minimum, Double(min(max(step, 0), steps)) / Double(steps))
  }
}

/// From a to b along half a cosine: b + (a − b)·(1 + cos πp) / 2.
func cosine(from a: Double, to b: Double, _ p: Double) -> Double {
  b + (a - b) * (1 + cos(.pi * p)) / 2
}

/// η_t = η
public struct ConstantRate: Schedule {
  public let rate: Double

  public init(_ rate: Double) {
    expectRate(rate, of: "ConstantRate")
    self.rate = rate
  }

  public func learningRate(at step: Int) -> Double { rate }
}

import Tensors

/// An exponentially weighted moving average, a ← β·a + (1 − β)·x, corrected for its start from zero:
/// after n values the weights sum to 1 − βⁿ, so a is divided by that.
public struct MovingAverage: Sendable {
  public let beta: Double
  public private(set) var count = 0
  /// Without the correction.
  public private(set) var raw = 0.0
  private var kept = 1.0  // βⁿ

  /// β = 0.98 smooths the losses that fastai prints and plots.
  public init(beta: Double = 0.98) {
    expect((0..<1).contains(beta), "MovingAverage expects a β from 0 to below 1, got \(beta)")
    self.beta = beta
  }

  /// The corrected average; NaN before the first value.
  public var value: Double { raw / (1 - kept) }

  /// Adds a value and returns the corrected average.
  @discardableResult public mutating func add(_ x: Double) -> Double {
    count += 1
    kept *= beta
    raw = beta * raw + (1 - beta) * x
    return value
  }

  /// The corrected average after each of the values.
  public static func smoothed(_ values: [Double], beta: Double = 0.98) -> [Double] {
    var average = MovingAverage(beta: beta)
    return values.map { average.add($0) }
  }
}

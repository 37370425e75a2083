import Tensors

/// One cycle (Smith 2018): the rate rises to its maximum and falls far below its start, while
/// momentum does the opposite. Both halves are half a cosine, as in fastai v1.
///
///     rise over the first 0.3·steps:  max/25 → max,        momentum 0.95 → 0.85
///     fall over the rest:             max → max/(25·10⁴),  momentum 0.85 → 0.95
///     from step `steps` on:           max/(25·10⁴),        momentum 0.95
public struct OneCycle: Schedule {
  public let maximum: Double
  public let steps: Int
  public var start: Double { maximum / division }
  public var end: Double { maximum / (division * 1e4) }
  public let division: Double
  public let momenta: (high: Double, low: Double)
  /// How many steps the rise takes.
  public let rise: Int

  public init(
    maximum: Double, steps: Int, division: Double = 25, rising share: Double = 0.3,
    momenta: (high: Double, low: Double) = (0.95, 0.85)
  ) {
    expectRate(maximum, of: "OneCycle")
    expect(steps > 0, "OneCycle expects 1 step or more, got \(steps)")
    expect(
      division > 0 && division.isFinite, "OneCycle expects a division above 0, got \(division)")
    expectShare(share, of: "OneCycle", "a rising share")
    expect(
      (0..<1).contains(momenta.high) && (0..<1).contains(momenta.low),
      "OneCycle expects momenta from 0 to below 1, got \(momenta.high) and \(momenta.low)")
    self.maximum = maximum
    self.steps = steps
    self.division = division
    self.momenta = momenta
    rise = share == 1 ? steps : Int(Double(steps) * share)
  }

  /// η of a step; the first is number 0.
  public func learningRate(at step: Int) -> Double {
    let step = min(max(step, 0), steps)
    return step < rise
      ? cosine(from: start, to: maximum, Double(step) / Double(rise))
      : cosine(from: maximum, to: end, Double(step - rise) / Double(max(1, steps - rise)))
  }

  /// β of a step.
  public func momentum(at step: Int) -> Double {
    let step = min(max(step, 0), steps)
    return step < rise
      ? cosine(from: momenta.high, to: momenta.low, Double(step) / Double(rise))
      : cosine(
        from: momenta.low, to: momenta.high, Double(step - rise) / Double(max(1, steps - rise)))
  }

  public func apply(to optimizer: Optimizer, at step: Int) {
    optimizer.learningRate = learningRate(at: step)
    optimizer.momentum = momentum(at: step)
  }
}

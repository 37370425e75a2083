import Tensors

/// η_t = η·(f + (1 − f)·t / steps) for t < steps, and then another schedule, whose first rate η is.
///
/// The first gradients come from weights that fit nothing, and an optimizer's averages rest on few of them: small
/// steps do less harm (Goyal et al. 2017, section 2.2).
public struct LinearWarmUp: Schedule {
  public let steps: Int
  /// f: the share of η at step 0.
  public let start: Double
  public let next: any Schedule

  public init(steps: Int, from start: Double = 0, then next: any Schedule) {
    expect(steps >= 0, "LinearWarmUp expects 0 or more steps, got \(steps)")
    expectShare(start, of: "LinearWarmUp", "a starting share")
    self.steps = steps
    self.start = start
    self.next = next
  }

  public func learningRate(at step: Int) -> Double {
    let step = max(step, 0)
    guard step < steps else { return next.learningRate(at: step - steps) }
    let share = Double(step) / Double(steps)
    return next.learningRate(at: 0) * (start + (1 - start) * share)
  }

  public func apply(to optimizer: Optimizer, at step: Int) {
    next.apply(to: optimizer, at: max(step, steps) - steps)
    optimizer.learningRate = learningRate(at: step)
  }
}

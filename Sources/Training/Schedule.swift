/// A plan for the learning rate, step by step.
public protocol Schedule: Sendable {
  /// η of a step; the first is number 0.
  func learningRate(at step: Int) -> Double

  /// Sets what the schedule moves before a step is made.
  func apply(to optimizer: Optimizer, at step: Int)
}

extension Schedule {
  /// The rate, unless the schedule says otherwise.
  public func apply(to optimizer: Optimizer, at step: Int) {
    optimizer.learningRate = learningRate(at: step)
  }
}

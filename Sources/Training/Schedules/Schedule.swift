import Tensors

/// A plan for the learning rate, step by step.
///
/// Those here hold their ends: a step before the first has its rate, and a plan with an end keeps its last rate from
/// there on.
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

/// Rates are numbers that an optimizer can take.
func expectRate(_ rate: Double, of schedule: String) {
  expect(
    rate > 0 && rate.isFinite, "\(schedule) expects a finite rate above 0, got \(rate)")
}

/// Shares and factors of decay.
func expectShare(_ share: Double, of schedule: String, _ name: String) {
  expect((0...1).contains(share), "\(schedule) expects \(name) from 0 to 1, got \(share)")
}

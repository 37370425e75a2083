import NeuralNetworks
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A learning rate for each layer group of a net, the one nearest the input first: early layers are good already and
/// change little (Howard and Ruder 2018, section 3.2).
///
/// The optimizer's rate, which a schedule moves, is that of the last group, `last`.
public enum DiscriminativeRates: Equatable, Sendable {
  /// A number: every group has it.
  case same(Double)
  /// `slice(x)`: the last group has x, the others x divided by this: 10 in fastai v1, 3 as the notes have it.
  case onlyLast(Double, dividing: Double = 10)
  /// `slice(a, b)`: from a for the first group to b for the last.
  case between(Double, Double, spacing: Spacing = .geometric)

  public enum Spacing: Equatable, Sendable {
    /// a·(b / a)^(k / (n − 1)), as in fastai v1.
    case geometric
    /// a + (b − a)·k / (n − 1), as the notes have it: the middle of three is (a + b) / 2.
    case arithmetic
  }

  public var last: Double {
    switch self {
    case .same(let rate), .onlyLast(let rate, _), .between(_, let rate, _): rate
    }
  }

  /// The rate of each of so many groups. One group has the last rate.
  public func rates(groups: Int) -> [Double] {
    expect(groups > 0, "DiscriminativeRates expects at least one group, got \(groups)")
    expectRate(last, of: "DiscriminativeRates")
    if case .onlyLast(_, let divisor) = self {
      expect(
        divisor > 0 && divisor.isFinite,
        "DiscriminativeRates expects a divisor above 0, got \(divisor)")
    }
    if case .between(let first, _, _) = self { expectRate(first, of: "DiscriminativeRates") }
    return (0..<groups).map { k in
      if k == groups - 1 { return last }
      let share = Double(k) / Double(groups - 1)
      switch self {
      case .same(let rate): return rate
      case .onlyLast(let rate, let divisor): return rate / divisor
      case .between(let a, let b, .geometric): return a * pow(b / a, share)
      case .between(let a, let b, .arithmetic): return a + (b - a) * share
      }
    }
  }

  /// Sets the optimizer's rate to `last` and the groups' factors below it; decay factors stay 1.
  public func apply(to optimizer: Optimizer, groups: LayerGroups) {
    let rates = rates(groups: groups.count)
    optimizer.learningRate = last
    optimizer.groups = zip(groups.parameters, rates).map {
      ParameterGroup($0, rateFactor: $1 / last)
    }
  }
}

extension Learner {
  /// One cycle for each group, up to the group's own rate: the schedule moves all of them alike.
  public func fitOneCycle(
    epochs: Int, rates: DiscriminativeRates, groups: LayerGroups,
    checkpoint: TrainingCheckpoint? = nil
  ) throws {
    rates.apply(to: optimizer, groups: groups)
    try fitOneCycle(epochs: epochs, maximum: rates.last, checkpoint: checkpoint)
  }
}

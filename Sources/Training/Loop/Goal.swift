import Tensors

/// By which number of the validation one epoch is better than another.
public enum Goal: Equatable, Sendable {
  case lowestLoss
  case lowest(metric: String)
  case highest(metric: String)

  /// The place of the best epoch, nil if there is none. An epoch must be better than the best
  /// before it by more than `change`; NaN never is.
  public func best(of history: [EpochResult], by change: Double = 0) -> Int? {
    expect(change >= 0, "Goal expects a change of 0 or more, got \(change)")
    var best: Int?
    var record = -Double.infinity
    for (i, epoch) in history.enumerated() {
      guard let validation = epoch.validation else { continue }
      let value = height(of: validation)
      if value > record + change {
        best = i
        record = value
      }
    }
    return best
  }

  /// Larger is better.
  func height(of validation: Validation) -> Double {
    switch self {
    case .lowestLoss: return -validation.loss
    case .lowest(let metric): return -value(metric, validation)
    case .highest(let metric): return value(metric, validation)
    }
  }

  private func value(_ metric: String, _ validation: Validation) -> Double {
    guard let found = validation.metrics.first(where: { $0.name == metric }) else {
      fatalError("no metric is called \(metric); there are \(validation.metrics.map(\.name))")
    }
    return found.value
  }
}

import Tensors

/// Ends a training when `patience` epochs in a row have brought nothing better (Prechelt 1998, "Early stopping, but
/// when?"). It counts the epochs of one call of `fit`, with those of the checkpoint that it went on from. The weights
/// are those of the last epoch; `BestModel` keeps the best.
public struct EarlyStopping: Callback {
  public let patience: Int
  public let goal: Goal
  /// A smaller gain does not count.
  public let minimumChange: Double

  public init(patience: Int, goal: Goal = .lowestLoss, minimumChange: Double = 0) {
    expect(patience > 0, "EarlyStopping expects a patience of 1 epoch or more, got \(patience)")
    expect(
      minimumChange >= 0, "EarlyStopping expects a change of 0 or more, got \(minimumChange)")
    self.patience = patience
    self.goal = goal
    self.minimumChange = minimumChange
  }

  public func afterEpoch(_ loop: TrainingLoop) {
    loop.validation()
    let best = goal.best(of: loop.history, by: minimumChange) ?? -1
    if loop.history.count - 1 - best >= patience {
      loop.stop(because: "no better epoch in \(patience)")
    }
  }
}

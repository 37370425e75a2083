import NeuralNetworks

/// Keeps the model of the best epoch, weights and buffers, in a file, and gives it back when the training ends.
///
/// The file outlives a call of `fit`: a later call with the same callback and model replaces it by a better epoch only,
/// and gives back the best of all.
public final class BestModel: Callback {
  public let path: String
  public let goal: Goal
  private weak var model: Module?
  /// The best of earlier calls, by height.
  private var record = -Double.infinity

  public init(_ path: String, goal: Goal = .lowestLoss) {
    self.path = path
    self.goal = goal
  }

  public func beforeFit(_ loop: TrainingLoop) {
    if model !== loop.model { record = -.infinity }
    model = loop.model
  }

  public func afterEpoch(_ loop: TrainingLoop) throws {
    loop.validation()
    let history = loop.history
    if goal.best(of: history) == history.count - 1, height(of: history) > record {
      try Checkpoint.save(loop.model, to: path)
    }
  }

  public func afterFit(_ loop: TrainingLoop) throws {
    record = max(record, height(of: loop.history))
    if record > -.infinity { try Checkpoint.load(path, into: loop.model) }
  }

  public func failed(_ loop: TrainingLoop, _ error: any Error) {
    if model === loop.model { record = max(record, height(of: loop.history)) }
  }

  /// Of the best epoch.
  private func height(of history: [EpochResult]) -> Double {
    goal.best(of: history).flatMap { history[$0].validation }.map(goal.height) ?? -.infinity
  }
}

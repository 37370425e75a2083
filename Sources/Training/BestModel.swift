import NeuralNetworks

/// Keeps the model of the best epoch, weights and buffers, in a file, and gives it back when the training ends.
public struct BestModel: Callback {
  public let path: String
  public let goal: Goal

  public init(_ path: String, goal: Goal = .lowestLoss) {
    self.path = path
    self.goal = goal
  }

  public func afterEpoch(_ loop: TrainingLoop) throws {
    loop.validation()
    if goal.best(of: loop.history) == loop.history.count - 1 {
      try Checkpoint.save(loop.model, to: path)
    }
  }

  public func afterFit(_ loop: TrainingLoop) throws {
    if goal.best(of: loop.history) != nil { try Checkpoint.load(path, into: loop.model) }
  }
}

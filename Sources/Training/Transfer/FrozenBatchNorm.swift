import NeuralNetworks

/// Batch normalisation whose γ and β are frozen works as at test time while the rest is trained: it normalises by its
/// running averages, and they stay (fastai's `BnFreeze`). A frozen body is then the same function before and after.
///
///     groups.freeze(keepingBatchNorm: false)
///     learner.callbacks = [FrozenBatchNorm()]
public struct FrozenBatchNorm: Callback {
  public init() {}

  public func beforeEpoch(_ loop: TrainingLoop) {
    for norm in Self.norms(of: loop.model) { norm.train(false) }
  }

  public func afterFit(_ loop: TrainingLoop) { back(loop) }

  public func failed(_ loop: TrainingLoop, _ error: any Error) { back(loop) }

  private func back(_ loop: TrainingLoop) {
    for norm in Self.norms(of: loop.model) { norm.train(loop.model.isTraining) }
  }

  private static func norms(of model: Module) -> [BatchNorm] {
    model.namedModules.compactMap { $0.module as? BatchNorm }
      .filter { $0.parameters.allSatisfy(\.isFrozen) }
  }
}

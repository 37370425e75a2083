import NeuralNetworks
import Tensors

/// A model cut into groups of layers, from input to output: what is frozen together and shares a rate.
///
///     let groups = LayerGroups([earlyBody], [lateBody], [head])
///     groups.freeze()          // only the head learns
///     groups.freeze(to: -2)    // the last two groups learn
///     groups.unfreeze()
public struct LayerGroups {
  public let modules: [[Module]]

  public init(_ modules: [Module]...) { self.init(modules) }

  public init(_ modules: [[Module]]) {
    expect(!modules.isEmpty, "LayerGroups expects at least one group")
    self.modules = modules
  }

  public var count: Int { modules.count }

  /// The parameters of each group.
  public var parameters: [[Parameter]] { modules.map { $0.flatMap(\.parameters) } }

  /// Only the last group learns.
  public func freeze(keepingBatchNorm: Bool = true) {
    freeze(to: -1, keepingBatchNorm: keepingBatchNorm)
  }

  /// Everything learns.
  public func unfreeze() { freeze(to: 0) }

  /// Groups before number `first` do not learn; −1 is the last. γ and β of batch normalisation learn on unless asked
  /// otherwise, as in fastai; its running averages move in any case.
  public func freeze(to first: Int, keepingBatchNorm: Bool = true) {
    let start = first < 0 ? first + count : first
    expect(
      start >= 0 && start < count, "freeze(to: \(first)) is outside of \(count) layer groups")
    for (number, group) in modules.enumerated() {
      for module in group {
        for parameter in module.parameters { parameter.isFrozen = number < start }
        guard keepingBatchNorm else { continue }
        for case let norm as BatchNorm in module.namedModules.map(\.module) {
          for parameter in norm.parameters { parameter.isFrozen = false }
        }
      }
    }
  }
}

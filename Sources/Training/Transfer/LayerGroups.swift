import NeuralNetworks
import Tensors

/// A model cut into groups of layers, from input to output: what is frozen together and shares a rate.
///
///     let groups = LayerGroups([earlyBody], [lateBody], [head])
///     groups.freeze()          // only the head learns
///     groups.freeze(to: -2)    // the last two groups learn
///     groups.unfreeze()
///
/// The optimizer goes on with what it remembers. (fastai makes a new one whenever it freezes or unfreezes.)
public struct LayerGroups {
  public let modules: [[Module]]

  public init(_ modules: [Module]...) { self.init(modules) }

  public init(_ modules: [[Module]]) {
    expect(!modules.isEmpty, "LayerGroups expects at least one group")
    self.modules = modules
    var groupOf: [ObjectIdentifier: Int] = [:]
    for (number, group) in parameters.enumerated() {
      for parameter in group {
        let other = groupOf.updateValue(number, forKey: ObjectIdentifier(parameter))
        expect(
          other == nil,
          "a parameter of shape \(parameter.value.shape) is in layer groups \(other ?? 0) and \(number): put the layers that share it into one"
        )
      }
    }
  }

  public var count: Int { modules.count }

  /// The parameters of each group; one that its layers share counts once.
  public var parameters: [[Parameter]] {
    modules.map { group in
      var seen: Set<ObjectIdentifier> = []
      return group.flatMap(\.parameters).filter { seen.insert(ObjectIdentifier($0)).inserted }
    }
  }

  /// The group that a layer lies in, however deep.
  public func number(of layer: Module) -> Int? {
    modules.firstIndex { group in
      group.contains { $0.namedModules.contains { $0.module === layer } }
    }
  }

  /// Only the last group learns.
  public func freeze(keepingBatchNorm: Bool = true) {
    freeze(to: -1, keepingBatchNorm: keepingBatchNorm)
  }

  /// Everything learns.
  public func unfreeze() { freeze(to: 0) }

  /// Groups before number `first` do not learn; −1 is the last. γ and β of batch normalisation learn on unless asked
  /// otherwise, as in fastai; its running averages move in any case, but with `FrozenBatchNorm`.
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

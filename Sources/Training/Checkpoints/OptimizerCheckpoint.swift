import NeuralNetworks
import Tensors

/// What an optimizer remembers between steps, in a safetensors file: how many steps were made, and its averages.
/// Without them a training that is taken up again starts like the first one, with averages of nothing.
extension Checkpoint {
  /// Writes an optimizer's memory; settings such as rates are the program's.
  public static func save(_ optimizer: Optimizer, to path: String) throws {
    try Safetensors.write(
      named(optimizer.memory),
      metadata: [
        "optimizer": "\(type(of: optimizer))", "steps": "\(optimizer.steps)",
        "updates": optimizer.updatesText,
      ], to: path)
  }

  /// Takes up an optimizer's memory. Where anything is wrong, the optimizer stays as it was.
  public static func load(_ path: String, into optimizer: Optimizer) throws {
    let file = try Safetensors(contentsOf: path)
    do {
      guard file.metadata["optimizer"] == "\(type(of: optimizer))" else {
        throw CheckpointError(
          "it is of the optimizer \(file.metadata["optimizer"] ?? "of no name"), not \(type(of: optimizer))"
        )
      }
      let notes = Notes(file.metadata)
      let steps = try notes.number("steps", from: 0, below: Int.max)
      var rest = Set(file.names.map { ExactName($0) })
      let memory = try memory(for: optimizer, in: file, rest: &rest)
      if let other = rest.min() {
        throw CheckpointError("\(other) has no place in this optimizer")
      }
      let updates = try notes.updates("updates", of: optimizer)
      optimizer.restore(memory, steps: steps, updates: updates)
    } catch let error as CheckpointError {
      throw CheckpointError("\(path): \(error)")
    }
  }

  /// The memory of an optimizer from a file; names that were read leave `rest`.
  static func memory(
    for optimizer: Optimizer, in file: Safetensors, prefix: String = "", rest: inout Set<ExactName>
  ) throws -> [(kind: String, tensors: [Tensor])] {
    var memory: [(kind: String, tensors: [Tensor])] = []
    for (kind, tensors) in optimizer.memory {
      var loaded: [Tensor] = []
      for (i, old) in tensors.enumerated() {
        let name = "\(prefix)\(kind).\(i)"
        let new = try file.tensor(name)
        guard new.shape == old.shape else {
          throw CheckpointError("\(name) has shape \(new.shape), the optimizer's \(old.shape)")
        }
        rest.remove(ExactName(name))
        loaded.append(new)
      }
      memory.append((kind, loaded))
    }
    return memory
  }

  static func named(
    _ memory: [(kind: String, tensors: [Tensor])], prefix: String = ""
  ) -> [(name: String, tensor: Tensor)] {
    memory.flatMap { kind, tensors in
      tensors.enumerated().map { (name: "\(prefix)\(kind).\($0.offset)", tensor: $0.element) }
    }
  }
}

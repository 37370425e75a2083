import Tensors

/// A model's parameters and buffers in a safetensors file.
///
///     try Checkpoint.save(model, to: "model.safetensors")
///     try Checkpoint.load("resnet18.safetensors", into: model, names: model.torchvisionNames)
public enum Checkpoint {
  /// Writes the model's state under its own names, or those of a map.
  public static func save(
    _ model: Module, to path: String, names: NameMap? = nil, metadata: [String: String] = [:]
  ) throws {
    let state = (names ?? NameMap(identity: model)).state(of: model)
    try Safetensors.write(
      state.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, metadata: metadata, to: path)
  }

  /// Sets every parameter and buffer from a file. Where anything is wrong with the file, or it does not fit the
  /// model, the model stays as it was.
  public static func load(
    _ path: String, into model: Module, names: NameMap? = nil
  ) throws {
    let file = try Safetensors(contentsOf: path)
    let names = names ?? NameMap(identity: model)
    do {
      var tensors: [String: Tensor] = [:]
      for name in file.names where !names.ignored.contains(name) {
        tensors[name] = try file.tensor(name)
      }
      try names.load(tensors, into: model)
    } catch {
      throw CheckpointError("\(path): \(error)")
    }
  }
}

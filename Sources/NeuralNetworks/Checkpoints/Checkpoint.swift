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
    try Safetensors.write(
      (names ?? NameMap(identity: model)).named(model), metadata: metadata, to: path)
  }

  /// Sets every parameter and buffer from a file. Where anything is wrong with the file, or it does not fit the
  /// model, the model stays as it was. What an optimizer remembers of the weights before stays, too.
  public static func load(
    _ path: String, into model: Module, names: NameMap? = nil
  ) throws {
    let file = try Safetensors(contentsOf: path)
    let names = names ?? NameMap(identity: model)
    do {
      try names.load(from: file.names, into: model) { try file.tensor($0) }
    } catch {
      throw CheckpointError("\(path): \(error)")
    }
  }
}

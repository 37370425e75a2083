import NeuralNetworks
import Tensors

/// A file from which a training goes on to the same bits as one that was never interrupted: written after each epoch
/// and, if asked, every so many steps. The old file stays until the new one is whole; what a killed writer left beside
/// it is removed by the next run.
///
///     try loop.fit(epochs: 5, checkpoint: TrainingCheckpoint("run.safetensors", everySteps: 500))
///
/// Run the same program again after it was killed, and it goes on. The file holds the model with its buffers, what
/// dropouts and recurrent nets remember, the optimizer's memory and rate, the generators, the position and the
/// record. What the program sets (data, loss, clipping, callbacks) must be the same; the settings that the file names
/// are compared.
public struct TrainingCheckpoint: Sendable {
  public let path: String
  public let everySteps: Int?

  public init(_ path: String, everySteps: Int? = nil) {
    expect(
      everySteps.map { $0 > 0 } ?? true,
      "TrainingCheckpoint expects 1 step or more between two, got \(everySteps ?? 0)")
    self.path = path
    self.everySteps = everySteps
  }

  func isDue(after step: Int) -> Bool { everySteps.map { step % $0 == 0 } ?? false }

  func save(_ loop: TrainingLoop, settings: [String: String]) throws {
    var notes = settings
    var tensors = Checkpoint.named(loop.optimizer.memory, prefix: "optimizer.")
    for (name, tensor) in loop.model.namedState {
      tensors.append((name: "model.\(name)", tensor: tensor.value))
    }
    for (name, module) in loop.model.namedModules {
      if let module = module as? any DrawsRandomNumbers {
        notes["generator.\(name)"] = "\(module.generator.state)"
      }
      if let module = module as? any CarriesState {
        for (i, tensor) in module.carriedState.enumerated() {
          tensors.append((name: "state.\(name).\(i)", tensor: tensor))
        }
      }
    }
    for (i, shared) in loop.generators.enumerated() {
      notes["shared generator.\(i)"] = "\(shared.generator.state)"
    }
    notes["order generator"] = "\(loop.generator.state)"
    notes["optimizer steps"] = "\(loop.optimizer.steps)"
    notes["optimizer updates"] = loop.optimizer.updatesText
    notes["learning rate"] = "\(loop.optimizer.learningRate)"
    notes["momentum"] = loop.optimizer.momentum.map { "\($0)" }
    notes["steps in epoch"] = "\(loop.stepsInEpoch)"
    notes["stopped"] = loop.stopReason
    notes.merge(loop.notes) { _, new in new }
    try Safetensors.write(tensors, metadata: notes, to: path)
  }

  /// Takes up the training of the file, if there is one. Where it does not fit, the training stays as it was.
  func resume(_ loop: TrainingLoop, settings: [String: String]) throws {
    removePartialFiles(of: path)
    guard fileExists(path) else { return }
    let file = try Safetensors(contentsOf: path)
    do {
      try resume(loop, from: Notes(file.metadata), file, settings: settings)
    } catch {
      throw CheckpointError("\(path): \(error)")
    }
  }

  private func resume(
    _ loop: TrainingLoop, from notes: Notes, _ file: Safetensors, settings: [String: String]
  ) throws {
    for (name, ours) in settings.sorted(by: { $0.key < $1.key }) {
      let theirs = try notes.text(name)
      guard theirs == ours else {
        throw CheckpointError("it is of a training with \(name) \(theirs), not \(ours)")
      }
    }
    var rest = Set(file.names)
    let memory = try Checkpoint.memory(
      for: loop.optimizer, in: file, prefix: "optimizer.", rest: &rest)
    let steps: Int = try notes.number("optimizer steps")
    let updates = try notes.updates("optimizer updates", of: loop.optimizer)
    let rate: Double = try notes.number("learning rate")
    let momentum: Double? = try loop.optimizer.momentum.map { _ in try notes.number("momentum") }
    let stepsInEpoch: Int = try notes.number("steps in epoch")
    let order: UInt64 = try notes.number("order generator")
    let shared: [UInt64] = try loop.generators.indices.map {
      try notes.number("shared generator.\($0)")
    }
    let (record, history) = try notes.recordAndHistory()
    var changes: [() -> Void] = []
    for (name, module) in loop.model.namedModules {
      if let module = module as? any DrawsRandomNumbers {
        let seed: UInt64 = try notes.number("generator.\(name)")
        changes.append { module.generator = SeededGenerator(seed: seed) }
      }
      if let module = module as? any CarriesState {
        let names = (0..<rest.count).map { "state.\(name).\($0)" }.prefix { rest.contains($0) }
        let tensors = try names.map { try file.tensor($0) }
        rest.subtract(names)
        changes.append { module.carriedState = tensors }
      }
    }
    let model = rest.filter { $0.hasPrefix("model.") }
    if let other = rest.subtracting(model).min() {
      throw CheckpointError("\(other) has no place in this training")
    }
    let tensors = try model.map { (String($0.dropFirst("model.".count)), try file.tensor($0)) }
    // The last thing that can fail, and it changes all or nothing.
    try NameMap(identity: loop.model).load(
      Dictionary(uniqueKeysWithValues: tensors), into: loop.model)
    for change in changes { change() }
    loop.optimizer.restore(memory, steps: steps, updates: updates)
    loop.optimizer.learningRate = rate
    if let momentum { loop.optimizer.momentum = momentum }
    loop.generator = SeededGenerator(seed: order)
    for (generator, seed) in zip(loop.generators, shared) {
      generator.generator = SeededGenerator(seed: seed)
    }
    loop.stepsInEpoch = stepsInEpoch
    loop.stopReason = file.metadata["stopped"]
    loop.record = record
    loop.history = history
  }
}

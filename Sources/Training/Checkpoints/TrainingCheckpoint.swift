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
///
/// A training of 3 epochs goes on to 5 with `fit(epochs: 5, …)` and its old schedule, if it had one: a plan for 3 epochs
/// holds its end from there. Under another plan, or for a second training of the same model, use another file.
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
  ///
  /// What the program set since a call of `fit` `left` it, stays.
  func resume(_ loop: TrainingLoop, settings: [String: String], left: Fingerprint?) throws {
    removePartialFiles(of: path)
    guard fileExists(path) else { return }
    let file = try Safetensors(contentsOf: path)
    do {
      let notes = Notes(file.metadata)
      try compare(notes, settings)
      try resume(loop, from: notes, file, left)
    } catch {
      throw CheckpointError("\(path): \(error)")
    }
  }

  private func compare(_ notes: Notes, _ settings: [String: String]) throws {
    for (name, ours) in settings.sorted(by: { $0.key < $1.key }) {
      let theirs = try notes.text(name)
      guard theirs != ours else { continue }
      let way =
        name == "schedule"
        ? ": end that training with its own schedule, then train on by another with a file of its own"
        : ""
      throw CheckpointError("it is of a training with \(name) \(theirs), not \(ours)\(way)")
    }
  }

  private func resume(
    _ loop: TrainingLoop, from notes: Notes, _ file: Safetensors, _ left: Fingerprint?
  ) throws {
    let now = left.map { _ in Fingerprint(loop) }
    var rest = Set(file.names.map { ExactName($0) })
    let memory = try Checkpoint.memory(
      for: loop.optimizer, in: file, prefix: "optimizer.", rest: &rest)
    let steps = try notes.number("optimizer steps", from: 0, below: Int.max)
    let updates = try notes.updates("optimizer updates", of: loop.optimizer)
    let rate = try notes.number("learning rate", from: 0, below: Double.infinity)
    let momentum = try loop.optimizer.momentum.map { _ in
      try notes.number("momentum", from: 0, below: 1.0)
    }
    let order: UInt64 = try notes.number("order generator")
    let shared: [UInt64] = try loop.generators.indices.map {
      try notes.number("shared generator.\($0)")
    }
    let place = try Place(notes, asked: loop.epochs)
    guard left == nil || !place.isEnd else {
      throw CheckpointError(
        "this training has ended with \(place.history.count) epochs\(place.stopped.map { ", \($0)" } ?? ""): ask for more epochs in all, or train on with another file"
      )
    }
    var changes: [() -> Void] = []
    for (name, module) in loop.model.namedModules {
      if let module = module as? any DrawsRandomNumbers {
        let seed: UInt64 = try notes.number("generator.\(name)")
        changes.append { module.generator = SeededGenerator(seed: seed) }
      }
      if let module = module as? any CarriesState {
        let names = (0..<rest.count).map { "state.\(name).\($0)" }
          .prefix { rest.contains(ExactName($0)) }
        let tensors = try names.map { try file.tensor($0) }
        rest.subtract(names.map { ExactName($0) })
        changes.append { module.carriedState = tensors }
      }
    }
    let prefix = "model."
    let model = rest.filter { $0.text.utf8.starts(with: prefix.utf8) }
    if let other = rest.subtracting(model).min() {
      throw CheckpointError("\(other) has no place in this training")
    }
    let set = loop.model.namedState.filter {
      $0.tensor is Parameter ? now?.weights != left?.weights : now?.buffers != left?.buffers
    }.map { ($0.tensor, $0.tensor.value) }
    // The last thing that can fail, and it changes all or nothing.
    try NameMap(identity: loop.model).load(
      from: model.map { String($0.text.dropFirst(prefix.count)) }, into: loop.model
    ) { try file.tensor(prefix + $0) }
    for (tensor, value) in set { tensor.value = value }
    for change in changes { change() }
    if now?.memory == left?.memory {
      loop.optimizer.restore(memory, steps: steps, updates: updates)
    }
    if now?.rate == left?.rate { loop.optimizer.learningRate = rate }
    if let momentum, now?.momentum == left?.momentum { loop.optimizer.momentum = momentum }
    loop.generator = SeededGenerator(seed: order)
    for (generator, seed) in zip(loop.generators, shared) {
      generator.generator = SeededGenerator(seed: seed)
    }
    loop.stepsInEpoch = place.stepsInEpoch
    loop.stopReason = place.isEnd ? place.stopped : nil
    loop.record = place.record
    loop.history = place.history
    loop.stepsTakenUp = place.record.losses.count
  }

  /// How far the training of a file has come.
  private struct Place {
    let record: TrainingRecord
    let history: [EpochResult]
    let stepsInEpoch: Int
    let stopped: String?
    /// Whether nothing is left to do.
    let isEnd: Bool

    init(_ notes: Notes, asked epochs: Int) throws {
      (record, history) = try notes.recordAndHistory()
      stepsInEpoch = try notes.number("steps in epoch", from: 0, below: Int.max)
      stopped = notes.texts["stopped"]
      guard (history.last?.lastStep ?? 0) + stepsInEpoch == record.losses.count else {
        throw CheckpointError("its counts of steps contradict each other")
      }
      guard history.count < epochs || (history.count == epochs && stepsInEpoch == 0) else {
        let steps = stepsInEpoch > 0 ? " and \(stepsInEpoch) steps" : ""
        throw CheckpointError(
          "it has made \(history.count) epochs\(steps), more than the \(epochs) asked for: ask for more epochs in all, or name another file"
        )
      }
      // Stopped early, it goes on only where more epochs are asked for than then.
      let before: Int = try notes.number("epochs")
      isEnd = history.count == epochs || (stopped != nil && epochs <= before)
    }
  }
}

import NeuralNetworks
import Tensors

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TrainingLoop {
  /// What must be the same when a training is taken up again.
  func settings(schedule: (any Schedule)?) -> [String: String] {
    let frozen = optimizer.parameters.indices.filter { optimizer.parameters[$0].isFrozen }
    let groups = optimizer.groups.map {
      "\($0.parameters.count)×\($0.rateFactor)/\($0.decayFactor)"
    }
    return [
      "schedule": schedule.map { "\($0)" } ?? "none",
      "optimizer": "\(type(of: optimizer))", "weight decay": "\(optimizer.weightDecay)",
      "frozen parameters": "\(frozen)", "groups": "\(groups)",
    ]
  }

  /// Record and history as texts: numbers of a row, one after the other, each with all its digits.
  var notes: [String: String] {
    func row(_ values: [Double?]) -> String {
      values.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ")
    }
    var notes = [
      "epochs": "\(epochs)", "losses": row(record.losses),
      "learning rates": row(record.learningRates),
      "momenta": row(record.momenta), "epochs/train loss": row(history.map(\.trainLoss)),
      "epochs/seconds": row(history.map(\.seconds)),
      "epochs/last step": row(history.map { Double($0.lastStep) }),
      "epochs/valid loss": row(history.map { $0.validation?.loss }),
    ]
    let names = history.first { $0.validation != nil }?.validation?.metrics.map(\.name) ?? []
    for (i, name) in names.enumerated() {
      notes["metric \(i)"] = name
      notes["epochs/metric \(i)"] = row(history.map { $0.validation?.metrics[i].value })
    }
    return notes
  }
}

extension Optimizer {
  /// How often each parameter was changed, as a row of numbers.
  var updatesText: String { updates.map { "\($0)" }.joined(separator: " ") }
}

/// The texts of a checkpoint's file, read back.
struct Notes {
  let texts: [String: String]
  init(_ texts: [String: String]) { self.texts = texts }

  func text(_ name: String) throws -> String {
    guard let text = texts[name] else { throw CheckpointError("it does not say its \(name)") }
    return text
  }

  func number<T: LosslessStringConvertible>(_ name: String) throws -> T {
    let text = try text(name)
    guard let number = T(text) else { throw CheckpointError("its \(name) is no number: \(text)") }
    return number
  }

  /// How often each parameter of an optimizer was changed.
  func updates(_ name: String, of optimizer: Optimizer) throws -> [Int] {
    let numbers = try text(name).split(separator: " ").compactMap { Int($0) }
    guard numbers.count == optimizer.parameters.count, numbers.allSatisfy({ $0 >= 0 }) else {
      throw CheckpointError(
        "its \(name) are no row of \(optimizer.parameters.count) counts: \(try text(name))")
    }
    return numbers
  }

  /// A number that can be no other than from a least one to below a limit.
  func number<T: LosslessStringConvertible & Comparable>(
    _ name: String, from least: T, below limit: T
  ) throws -> T {
    let number: T = try number(name)
    guard number >= least && number < limit else {
      throw CheckpointError("its \(name) cannot be \(number)")
    }
    return number
  }

  private func row(_ name: String) throws -> [Double?] {
    try text(name).split(separator: " ").map { text in
      if text == "-" { return nil }
      guard let number = Double(text) else {
        throw CheckpointError("its \(name) is no row of numbers: \(text)")
      }
      return number
    }
  }

  func recordAndHistory() throws -> (TrainingRecord, [EpochResult]) {
    var record = TrainingRecord()
    record.losses = try row("losses").compactMap { $0 }
    record.learningRates = try row("learning rates").compactMap { $0 }
    record.momenta = try row("momenta").compactMap { $0 }
    guard record.learningRates.count == record.losses.count,
      record.momenta.count == record.losses.count
    else { throw CheckpointError("its steps have rows of different lengths") }
    let train = try row("epochs/train loss").compactMap { $0 }
    let seconds = try row("epochs/seconds").compactMap { $0 }
    let lastSteps = try row("epochs/last step").compactMap { $0.flatMap(Int.init(exactly:)) }
    let valid = try row("epochs/valid loss")
    var metrics: [(name: String, values: [Double?])] = []
    while let name = texts["metric \(metrics.count)"] {
      metrics.append((name, try row("epochs/metric \(metrics.count)")))
    }
    guard
      ([seconds.count, lastSteps.count, valid.count] + metrics.map(\.values.count))
        .allSatisfy({ $0 == train.count })
    else { throw CheckpointError("its epochs have rows of different lengths") }
    let history = train.indices.map { i in
      EpochResult(
        epoch: i + 1, lastStep: lastSteps[i], trainLoss: train[i], seconds: seconds[i],
        validation: valid[i].map { loss in
          Validation(
            loss: loss,
            metrics: metrics.map { Validation.Measured($0.name, $0.values[i] ?? .nan) })
        })
    }
    return (record, history)
  }
}

func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

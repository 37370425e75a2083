import Unrolled

/// What one seed and one body gave: accuracies on unseen images of the new classes, and how far each layer group moved.
struct TransferRun: Sendable {
  var pretrained = Double.nan  // on the old classes
  /// After the first stage, by what the frozen body's batch norm does; all ways of the first body alone.
  var frozen: [BodyNorm: Double] = [:]
  /// After both stages.
  var headOnly = Double.nan
  var discriminative = Double.nan
  var oneRate = Double.nan
  var allAtOnce = Double.nan
  /// Of the first body's form.
  var scratch = Double.nan
  /// |Δw| / |w| of each layer group, in the second stage, and in the training of everything at once.
  var changes: (discriminative: [Double], oneRate: [Double], allAtOnce: [Double]) = ([], [], [])
}

/// What becomes of batch normalisation in a frozen body.
enum BodyNorm: String, CaseIterable {
  case learns = "learns (fastai)"
  case moves = "its averages move"
  case rests = "rests (BnFreeze)"

  /// Freezes the body of a learner's net.
  func freeze(_ net: BodyAndHead, of learner: Learner) {
    net.groups.freeze(keepingBatchNorm: self == .learns)
    learner.callbacks = self == .rests ? [FrozenBatchNorm()] : []
  }
}

/// The trainings of the transfer sections, each seed's once, when a section first asks.
final class TransferRuns {
  private struct Key: Hashable {
    let task: BodyTask
    let seed: UInt64
  }
  private var kept: [Key: TransferRun] = [:]

  /// How many paired seeds the claims take, if the user names no number: effects of a few points vary as much.
  static let seeds = 6

  static func setting(_ task: BodyTask) -> String {
    """
    digits 8×8; a residual net of 8 convolutions trained on \(task.rawValue), \(TransferTrial.perClass) images each \
    of 6 to 9, batches of 10, Adam .9/.99, one cycle, 2 × \(TransferTrial.epochs) epochs, head at 1e-2, then 5e-5 to 5e-3
    """
  }

  /// For each body, a run a seed.
  func callAsFunction(_ page: Page, seeds: [UInt64]) -> [BodyTask: [TransferRun]] {
    let missing = seeds.flatMap { seed in BodyTask.allCases.map { Key(task: $0, seed: seed) } }
      .filter { kept[$0] == nil }
    let runs = concurrently("transfer", missing.count, page) { [missing] i in
      (try? TransferTrial(missing[i].task, seed: missing[i].seed).run()) ?? TransferRun()
    }
    for (key, run) in zip(missing, runs) { kept[key] = run }
    return Dictionary(
      uniqueKeysWithValues: BodyTask.allCases.map { task in
        (task, seeds.compactMap { kept[Key(task: task, seed: $0)] })
      })
  }
}

extension TransferTrial {
  func run() throws -> TransferRun {
    var run = TransferRun()
    let (old, accuracy) = try pretrained()
    run.pretrained = accuracy
    let (few, rest) = newImages()
    func learner(_ net: BodyAndHead, stage: UInt64) -> Learner {
      Self.learner(net, few, rest, seed: seed &+ stage)
    }

    // The first stage: the head alone.
    var first = withNewHead(old.body)
    for norm in task == .six ? BodyNorm.allCases : [.learns] {
      let net = withNewHead(old.body)
      let learner = learner(net, stage: 1)
      norm.freeze(net, of: learner)
      try learner.fitOneCycle(epochs: Self.epochs, maximum: Self.headRate)
      run.frozen[norm] = learner.validate().accuracy
      if norm == .learns { first = net }
    }

    // The second, from where the head is now: once more the head alone, or everything.
    func second(_ train: (BodyAndHead, Learner) throws -> Void) throws -> (Double, [Double]) {
      let net = withNewHead(old.body)
      Self.copyState(of: first, into: net)
      let learner = learner(net, stage: 2)
      let before = net.groups
      let weights = before.parameters.map { $0.map(\.value) }
      try train(net, learner)
      return (learner.validate().accuracy, Self.changes(before, since: weights))
    }
    run.headOnly = try second { net, learner in
      net.groups.freeze()
      try learner.fitOneCycle(epochs: Self.epochs, maximum: Self.headRate)
    }.0
    (run.discriminative, run.changes.discriminative) = try second { net, learner in
      try learner.fitOneCycle(epochs: Self.epochs, rates: Self.stageRates, groups: net.groups)
    }
    (run.oneRate, run.changes.oneRate) = try second { _, learner in
      try learner.fitOneCycle(epochs: Self.epochs, maximum: Self.stageRates.last)
    }

    // As many epochs without stages: of everything at once, and of a net that has seen nothing before.
    var generator = SeededGenerator(seed: seed &+ 3000)
    for isPretrained in task == .six ? [true, false] : [true] {
      let net = withNewHead(isPretrained ? old.body : Self.body(using: &generator))
      let weights = net.groups.parameters.map { $0.map(\.value) }
      let learner = learner(net, stage: 1)
      try learner.fitOneCycle(epochs: 2 * Self.epochs, maximum: Self.headRate)
      if isPretrained {
        run.allAtOnce = learner.validate().accuracy
        run.changes.allAtOnce = Self.changes(net.groups, since: weights)
      } else {
        run.scratch = learner.validate().accuracy
      }
    }
    return run
  }

  /// |Δw| / |w| of each group.
  static func changes(_ groups: LayerGroups, since before: [[Tensor]]) -> [Double] {
    func square(_ tensors: [Tensor]) -> Double {
      tensors.reduce(0) { $0 + Double($1.square().sum().item) }
    }
    return zip(groups.parameters, before).map { parameters, before in
      let moved = zip(parameters, before).map { $0.value - $1 }
      return (square(moved) / square(before)).squareRoot()
    }
  }
}

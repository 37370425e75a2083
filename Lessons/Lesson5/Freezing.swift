import Foundation
import Unrolled

/// The body frozen, the head trained; then everything. What stays, what moves, and what it is worth.
func freezing(_ page: Page, _ runs: TransferRuns) throws {
  page.question("Train the new layers alone first, or everything at once?")
  page.say(
    """
    The new head starts from random numbers, so at first its gradients say little about the body, and steps along them would spoil what the body knows. **Freezing**: in the first fit no step is made in the old layers. \
    **Unfreezing**: after a while the rest is trained too. As before the body has learned the digits 0 to 5; of 6 to 9 there are \(TransferTrial.perClass) labelled images each, and the others are kept to judge by.
    """)
  let trial = TransferTrial(try DigitsData(page), seed: page.seed)
  let old = try trial.pretrained().net
  let (few, rest) = trial.newImages()
  let frozen = try page.run {
    let net = trial.withNewHead(old.body)
    let learner = TransferTrial.learner(net, few, rest, seed: page.seed)
    let before = BodyState(net)
    net.groups.freeze()
    try learner.fitOneCycle(epochs: 20, maximum: 1e-2)
    page.show("unseen images of 6 to 9", rest.count)
    page.show("accuracy on them", learner.validate().accuracy)
    return (before, BodyState(net))
  }
  page.check(
    "tl/frozen-bits", "convolution weights of the frozen body that changed in 40 steps",
    Double(frozen.0.changed(frozen.1).weights), equals: 0, within: 0,
    because: "no step is made, so not one bit may change", source: "what freezing means")
  page.correction(
    "F18", says: "frozen, no gradients go back to any layers but the new ones",
    standard: """
      fastai keeps training the batch norms of a frozen body (`train_bn`), γ and β, and their running averages follow the new images in any case. So gradients do go back, all the way to the first batch norm. \
      Its callback `BnFreeze` stops the averages of those that do not learn
      """)
  let seeds = page.atLeast(10)
  let all = try runs(page, seeds: seeds)
  let variants = try BodyNorm.allCases.map { norm in
    try FrozenVariant(norm, trial, old, few, rest)
  }
  page.table(
    "A frozen body by what its batch norm does (accuracy over \(seeds.count) seeds)",
    columns: [
      "batch norm in the frozen body", "weights changed", "γ, β changed", "averages changed",
      "operations on the tape", "accuracy, %",
    ],
    rows: zip(BodyNorm.allCases, variants).map { norm, variant in
      [
        norm.rawValue, "\(variant.changed.weights)", "\(variant.changed.norms)",
        "\(variant.changed.averages)", "\(variant.operations)",
        spread(all.map { ($0.frozen[norm] ?? .nan) * 100 }, 1),
      ]
    })
  let unfrozen = FrozenVariant.operations(nil, trial, old, few)
  page.say(
    """
    Unfrozen, the tape of one batch holds \(unfrozen) operations. With fastai's frozen body it is hardly shorter, because γ and β lie in every block: only the gradients of the weights are saved. With batch norm frozen as well it begins at the head. What that is in time goes to the receipt:
    """)
  for (name, seconds) in try timings(trial, old) {
    page.timing("100 batches of 64, \(name)", seconds: 100 * seconds)
  }

  page.say(
    """
    Now the second stage. From the same head, \(TransferTrial.epochs) more epochs: either the head alone once more, or everything, with the rates of the next section. Beside them, for as many epochs in all: \
    everything at once from the fresh head on, and a net of the same form that has seen no digit before.
    """)
  let arms: [(String, (TransferRun) -> Double)] = [
    ("head only", { $0.headOnly }), ("head, then all", { $0.discriminative }),
    ("all at once", { $0.allAtOnce }), ("from scratch", { $0.scratch }),
  ]
  page.table(
    "Accuracy on about \(rest.count) unseen images of 6 to 9, \(few.count) labelled ones, \(seeds.count) seeds",
    columns: ["training", "accuracy, %", "lowest", "highest"],
    rows: arms.map { name, value in
      let values = all.map { value($0) * 100 }
      return [
        name, spread(values, 1), text(values.min() ?? .nan, 1), text(values.max() ?? .nan, 1),
      ]
    })
  page.plot(
    Plot(
      "transfer-arms", "From \(few.count) labelled images, a dot a seed",
      alt:
        "Accuracy of each seed for four ways of training; those that start from the trained body lie above the net from scratch.",
      x: Axis("training", categories: arms.map(\.0)), y: Axis("accuracy, %"),
      layers: [
        .scatter(
          "a seed",
          arms.enumerated().flatMap { i, arm in
            all.map { (x: Double(i), y: arm.1($0) * 100) }
          })
      ]))
  let setting =
    "digits 8×8; a residual net of 8 convolutions trained on 0 to 5, \(TransferTrial.perClass) images each of 6 to 9, batches of 10, one cycle, 2 × \(TransferTrial.epochs) epochs, head at 1e-2, then 5e-5 to 5e-3"
  page.claim(
    "tl-from-scratch", says: "With few labelled images, a body trained on other classes helps.",
    measure: "accuracy, head then all − from scratch", threshold: 0.05,
    thresholdText: "at least 5 points more", setting: setting, seeds: seeds,
    effect: paired(seeds, all.map(\.discriminative), all.map(\.scratch)))
  page.claim(
    "tl-unfreeze", says: "Once the head is good, training the rest as well improves the net.",
    measure: "accuracy, head then all − head only, for as many epochs", threshold: 0,
    thresholdText: "more right after unfreezing", setting: setting, seeds: seeds,
    effect: paired(seeds, all.map(\.discriminative), all.map(\.headOnly)))
  page.claim(
    "tl-staged", says: "Head first, then everything, beats everything at once.",
    measure: "accuracy, head then all − all at once, for as many epochs", threshold: 0,
    thresholdText: "more right in two stages", setting: setting, seeds: seeds,
    effect: paired(seeds, all.map(\.discriminative), all.map(\.allAtOnce)))
  func mean(_ value: (TransferRun) -> Double) -> Double {
    meanAndDeviation(all.map { value($0) * 100 }).mean
  }
  page.seen(
    """
    A frozen body is a bet that its features fit the new classes. Here the head alone ends at \(text(mean(\.headOnly), 1)) %, and the small rates of the second stage hardly move the body from there. \
    Let go at the full rate from the first step, the same trained body ends at \(text(mean(\.allAtOnce), 1)) %; without the training on 0 to 5 it is \(text(mean(\.scratch), 1)) %. So what the body knows is of use as a place to start from, not as something to keep: \
    865 images of six digits teach what tells those six apart, and 6 to 9 need more than that. The notes speak of a body that has seen more than a million photographs of 1,000 classes, cats and dogs among them, before it meets breeds of pets. \
    Verdicts about freezing are verdicts about the body.
    """)
}

/// The numbers of a body by kind.
private struct BodyState {
  var weights: [Tensor]
  var norms: [Tensor]
  var averages: [Tensor]

  init(_ net: BodyAndHead) {
    let modules = net.body.namedModules.map(\.module)
    weights = modules.compactMap { ($0 as? Convolution2d)?.weight.detached() }
    norms = modules.compactMap { $0 as? BatchNorm }.flatMap { $0.parameters.map(\.value) }
    averages = net.body.namedBuffers.map(\.buffer.value)
  }

  /// How many numbers are other numbers now.
  func changed(_ other: BodyState) -> (weights: Int, norms: Int, averages: Int) {
    func count(_ a: [Tensor], _ b: [Tensor]) -> Int {
      zip(a, b).reduce(0) { sum, pair in
        sum + zip(pair.0.values, pair.1.values).count { $0.bitPattern != $1.bitPattern }
      }
    }
    return (
      count(weights, other.weights), count(norms, other.norms), count(averages, other.averages)
    )
  }
}

/// One way to freeze, on the page's seed: what moved, and how long the tape of a batch is.
private struct FrozenVariant {
  let changed: (weights: Int, norms: Int, averages: Int)
  let operations: Int

  init(
    _ norm: BodyNorm, _ trial: TransferTrial, _ old: BodyAndHead, _ few: LabelledImages,
    _ rest: LabelledImages
  ) throws {
    let net = trial.withNewHead(old.body)
    let learner = TransferTrial.learner(net, few, rest, seed: trial.seed)
    norm.freeze(net, of: learner)
    let before = BodyState(net)
    try learner.fitOneCycle(epochs: TransferTrial.epochs, maximum: TransferTrial.headRate)
    changed = before.changed(BodyState(net))
    operations = Self.operations(norm, trial, old, few)
  }

  /// On the tape of one training batch; of everything that learns, if nothing is frozen.
  static func operations(
    _ norm: BodyNorm?, _ trial: TransferTrial, _ old: BodyAndHead, _ few: LabelledImages
  ) -> Int {
    let net = trial.withNewHead(old.body)
    if let norm { net.groups.freeze(keepingBatchNorm: norm == .learns) }
    if norm == .rests { net.body.train(false) }
    let batch = few.batch(0..<10)
    return Tape(of: crossEntropy(net(batch.images.reshaped([-1, 1, 8, 8])), batch.labels))
      .entries.count { !$0.isParameter }
  }
}

/// Seconds of a training step on 64 images, everything learning and frozen in two ways.
private func timings(
  _ trial: TransferTrial, _ old: BodyAndHead
) throws -> [(String, Double)] {
  let images = trial.train.only(classes: TransferTrial.newClasses)
  let ways: [(String, BodyNorm?)] = [
    ("everything learns", nil), ("body frozen as fastai does", .learns),
    ("body frozen, batch norm too", .rests),
  ]
  return try ways.map { name, norm in
    let net = trial.withNewHead(old.body)
    let learner = TransferTrial.learner(net, images[0..<512], images, batchSize: 64, seed: 1)
    norm?.freeze(net, of: learner)
    try learner.fit(epochs: 1)  // warm
    let start = Date()
    try learner.fit(epochs: 3)
    return (name, Date().timeIntervalSince(start) / Double(learner.record.losses.count))
  }
}

import Foundation
import Unrolled

/// The body frozen, the head trained: what stays, bit for bit, and what moves all the same.
func freezing(_ page: Page, _ runs: TransferRuns) throws {
  page.question("What does it mean to freeze layers?")
  page.say(
    """
    The new head starts from random numbers, so at first its gradients say little about the body, and steps along them would spoil what the body knows. **Freezing**: in the first fit no step is made in the old layers. \
    As before the body has learned the digits 0 to 5; of 6 to 9 there are \(TransferTrial.perClass) labelled images each, and the others are kept to judge by.
    """)
  _ = try DigitsData(page)
  let trial = try TransferTrial(seed: page.seed)
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
  let seeds = page.atLeast(TransferRuns.seeds)
  let all = runs(page, seeds: seeds)[.six] ?? []
  let variants = try BodyNorm.allCases.map { norm in
    try FrozenVariant(norm, trial, old, few, rest)
  }
  page.table(
    "A frozen body: how many of its numbers changed, length of the tape, accuracy over \(seeds.count) seeds",
    columns: ["batch norm", "weights", "γ, β", "averages", "tape", "accuracy, %"],
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
  page.seen(
    """
    Frozen weights keep every bit. What a frozen *body* computes may change all the same, as long as its batch norms learn or follow the batches; the table says what each form is worth here. Only with all of it at rest could one run the body once over all images, keep the features, and train the head on those.
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
  let images = trial.digits.only(classes: TransferTrial.newClasses)
  let ways: [(String, BodyNorm?)] = [
    ("everything learns", nil), ("body frozen as fastai does", .learns),
    ("body frozen, batch norm too", .rests),
  ]
  return try ways.map { name, norm in
    let net = trial.withNewHead(old.body)
    let learner = TransferTrial.learner(net, images[0..<256], images, batchSize: 64, seed: 1)
    norm?.freeze(net, of: learner)
    try learner.fit(epochs: 1)  // warm
    let start = Date()
    try learner.fit(epochs: 2)
    return (name, Date().timeIntervalSince(start) / Double(learner.record.losses.count))
  }
}

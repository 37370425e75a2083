import Unrolled

/// A net in two parts: a body that turns images into features, and a head that names a class.
final class BodyAndHead: Module, Layer {
  let body: Sequential
  let head: any Layer

  init(_ body: Sequential, _ head: any Layer) {
    self.body = body
    self.head = head
  }

  func forward(_ x: Tensor) -> Tensor { head(body(x)) }

  /// fastai's three: the head, and the rest in two halves.
  var groups: LayerGroups {
    LayerGroups(Array(body.layers[..<4]), Array(body.layers[4...]), [head])
  }
}

/// What a body has learned before: to tell six digits apart, or all ten.
enum BodyTask: String, CaseIterable, Sendable {
  case six = "0 to 5"
  case ten = "all ten"

  var classes: [Int] { Array(self == .six ? 0...5 : 0...9) }
}

/// A small residual net learns digits from the first 1,000 images; of the others, a few of 6 to 9 are labelled.
struct TransferTrial: Sendable {
  static let newClasses = Array(6...9)
  /// Labelled images of each new class.
  static let perClass = 5
  static let pretrainingEpochs = 8
  /// Of each of two stages; 20 images in batches of 10 are two steps an epoch.
  static let epochs = 20
  /// At which a new head learns.
  static let headRate = 1e-2
  /// Afterwards, for everything: half the head's rate at the end, a hundredth of that at the start (the course's
  /// library made this its recipe later, as `fine_tune`).
  static let stageRates = DiscriminativeRates.between(5e-5, 5e-3)

  let digits: LabelledImages
  let task: BodyTask
  let seed: UInt64

  init(_ task: BodyTask = .six, seed: UInt64) throws {
    digits = try Digits.load()
    self.task = task
    self.seed = seed
  }

  /// Two halves of a body: `[n, 1, 8, 8]` → `[n, 32, 4, 4]`.
  static func body(using generator: inout SeededGenerator) -> Sequential {
    Sequential(
      Convolution2d(1, 16, kernel: 3, padding: 1, hasBias: false, using: &generator),
      BatchNorm(16), ReLU(), ResNet.BasicBlock(16, 16, using: &generator),
      ResNet.BasicBlock(16, 32, stride: 2, using: &generator),
      ResNet.BasicBlock(32, 32, using: &generator))
  }

  /// A net for the old classes, with one last matrix, trained, and its accuracy on unseen images.
  func pretrained() throws -> (net: BodyAndHead, accuracy: Double) {
    var generator = SeededGenerator(seed: seed)
    let net = BodyAndHead(
      Self.body(using: &generator),
      Sequential(
        GlobalAveragePool(), Linear(32, task.classes.count, using: &generator)))
    let learner = Self.learner(
      net, digits[0..<1000].only(classes: task.classes),
      digits[1000..<1797].only(classes: task.classes), batchSize: 64, seed: seed)
    try learner.fitOneCycle(epochs: Self.pretrainingEpochs, maximum: Self.headRate)
    return (net, learner.validate().accuracy)
  }

  /// The few labelled images of the new classes, and all others of them to judge by.
  func newImages() -> (few: LabelledImages, rest: LabelledImages) {
    var generator = SeededGenerator(seed: seed &+ 1000)
    let (few, rest) = digits[1000..<1797].only(classes: Self.newClasses)
      .drawn(perClass: Self.perClass, using: &generator)
    return (few, rest)
  }

  /// Behind a copy of a body, a new head; the same numbers for the same seed.
  func withNewHead(_ body: Sequential) -> BodyAndHead {
    var generator = SeededGenerator(seed: seed &+ 2000)
    return BodyAndHead(
      Self.copy(body),
      ClassifierHead(features: 32, classes: Self.newClasses.count, using: &generator))
  }

  static func copy(_ body: Sequential) -> Sequential {
    var generator = SeededGenerator(seed: 0)
    let copy = Self.body(using: &generator)
    Self.copyState(of: body, into: copy)
    return copy
  }

  static func copyState(of module: Module, into copy: Module) {
    for (ours, theirs) in zip(copy.namedState, module.namedState) {
      ours.tensor.value = theirs.tensor.value
    }
  }

  static func learner(
    _ net: BodyAndHead, _ train: LabelledImages, _ valid: LabelledImages, batchSize: Int = 10,
    seed: UInt64
  ) -> Learner {
    let learner = Learner(
      net, train: train, valid: valid,
      optimizer: Adam(
        net.parameters, learningRate: 0, beta2: 0.99, weightDecay: .decoupled(0.01)),
      batchSize: batchSize, seed: seed)
    let (height, width) = (train.height, train.width)
    learner.prepare = { images, _ in images.reshaped([-1, 1, height, width]) }
    return learner
  }
}

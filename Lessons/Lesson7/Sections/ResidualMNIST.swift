import Foundation
import Unrolled

/// One of the course's three nets for MNIST, its settings, and what others reached with it.
struct CourseNet: Sendable {
  let id: String
  let name: String
  let epochs: Int
  let rate: Double
  /// Training loss, validation loss and accuracy of the course's one run.
  let course: (train: Double, valid: Double, accuracy: Double)
  /// Mean and standard deviation over PyTorch's seeds: Tests/References/mnist_residual.json.
  let torch:
    (
      train: Double, trainSD: Double, valid: Double, validSD: Double, accuracy: Double,
      accuracySD: Double
    )
  let make: @Sendable (inout SeededGenerator) -> any Layer

  static let torchSeeds = 8
  static let all = [
    CourseNet(
      id: "simple", name: "SimpleCNN", epochs: 3, rate: 0.1, course: (0.072080, 0.038664, 0.9886),
      torch: (0.07237, 0.00306, 0.03954, 0.00143, 0.98746, 0.00092)
    ) { SimpleCNN(using: &$0) },
    CourseNet(
      id: "layers", name: "ConvLayerCNN", epochs: 10, rate: 0.1,
      course: (0.044705, 0.028373, 0.9916),
      torch: (0.04531, 0.0022, 0.02869, 0.00173, 0.99064, 0.00042)
    ) { ConvLayerCNN(using: &$0) },
    CourseNet(
      id: "residual", name: "SmallResNet", epochs: 12, rate: 0.05,
      course: (0.021365, 0.016120, 0.9952),
      torch: (0.01884, 0.00145, 0.01549, 0.00149, 0.99495, 0.00066)
    ) { SmallResNet(using: &$0) },
  ]

  /// A learner with the course's settings: batches of 128, Adam .9/.99, decoupled weight decay 0.01, a random window
  /// of each training image padded by 3, normalised by the statistics of one such batch.
  func learner(
    _ train: LabelledImages, _ valid: LabelledImages, seed: UInt64
  ) -> Learner {
    var generator = SeededGenerator(seed: seed)
    let model = make(&generator)
    let learner = Learner(
      model, train: train, valid: valid,
      optimizer: Adam(
        model.parameters, learningRate: 0, beta2: 0.99, weightDecay: .decoupled(0.01)),
      batchSize: 128, seed: seed)
    let pad = RandomPad(3)
    func images(_ batch: Tensor) -> Tensor {
      let x = batch.reshaped([-1, 1, train.height, train.width])
      return train.height == 28 ? x : x.resizedBilinear((28, 28))
    }
    let order = (0..<train.count).shuffled(using: &generator)
    let first = pad(images(train.batch(order.prefix(128)).images), using: &generator)
    let normalization = Normalization(of: first)
    // The generator goes on from here, where a checkpoint sees it.
    let windows = SharedGenerator(seed: generator.state)
    learner.generators = [windows]
    learner.prepare = { batch, isTraining in
      let x = images(batch)
      var windows = windows
      return normalization(isTraining ? pad(x, using: &windows) : x)
    }
    return learner
  }
}

/// The course's convolutional and residual nets on MNIST, or on the small digits.
func residualMNIST(_ page: Page) throws {
  page.question("How far do the course's nets come with its settings?")
  page.say(
    """
    The notebook's settings for all three: pixels padded by 3 zeros and cropped back to 28 × 28 at a random place, a fresh one each time; normalised by the mean and deviation \
    of one batch; batches of 128; Adam with one cycle; decoupled weight decay 0.01.
    """)
  var generator = SeededGenerator(seed: page.seed)
  let trace = ModelTrace(SmallResNet(using: &generator), on: .zeros([1, 1, 28, 28]))
  let summary = ModelSummary(trace, detail: 2)
  page.table(
    "SmallResNet and one image: a row for each conv layer and each block",
    columns: ["layer", "output", "parameters", "multiply-adds", "bytes of activations"],
    rows: (summary.rows + [summary.total]).map {
      [
        $0.type, shapeText($0.output), "\($0.parameters)", "\($0.multiplyAdds)",
        "\($0.activationBytes)",
      ]
    })
  page.draw(
    Drawing(
      diagramOf: trace, detail: 2, id: "small-resnet", title: "The course's small residual net"))
  page.source(
    of: "public func callAsFunction", file: "Sources/DataPipeline/Transforms/RandomPad.swift")
  let folder = page.realData("mnist")
  let (train, valid, source) = try images(page, folder)
  func learner(_ net: CourseNet, _ seed: UInt64) -> Learner {
    net.learner(train, valid, seed: seed)
  }
  let isWhole = folder != nil && page.isFull
  func epochs(_ net: CourseNet) -> Int { isWhole ? net.epochs : (folder == nil ? 4 : 2) }
  // Three seeds of up to twelve epochs are minutes; more on request.
  let seeds = isWhole ? (page.isSeedsGiven ? page.seeds : Array(page.seeds.prefix(3))) : [page.seed]
  let sample = learner(CourseNet.all[0], page.seed)
  let numbers = (0..<8).map { $0 }
  let raw = train.batch(numbers)
  let (padded, plain) = page.run {
    let plain = sample.prepare?(raw.images, false) ?? raw.images
    let padded = sample.prepare?(raw.images, true) ?? raw.images
    page.show("a batch, normalised", plain)
    page.show("the same, padded and cropped", padded)
    return (padded, plain)
  }
  page.plot(
    ContactSheet(
      "rand-pad", "Eight training images, and a random window of each",
      alt: "Two rows of digits; those of the second row are shifted by up to three pixels.",
      images: (plain.reshaped([8, 784]).rowValues + padded.reshaped([8, 784]).rowValues), width: 28,
      height: 28, captions: raw.labels.map(String.init) + raw.labels.map { "\($0)" }))
  struct Run {
    var train: Double
    var valid: Double
    var accuracies: [Double]
  }
  let total = CourseNet.all.reduce(0) { sum, net in
    sum + seeds.count * epochs(net) * sample.stepsPerEpoch
  }
  let progress = page.progress("three nets on \(source)", total: total)
  let runs = try page.run {
    try CourseNet.all.map { net in
      try seeds.map { seed in
        let learner = learner(net, seed)
        let begin = Date()
        var accuracies: [Double] = []
        learner.afterStep = { step, loss in
          progress.advance(note: "\(net.name), loss \(text(loss, 3))")
          if step % learner.stepsPerEpoch == 0 { accuracies.append(learner.validate().accuracy) }
        }
        try learner.fitOneCycle(epochs: epochs(net), maximum: net.rate)
        let steps = learner.record.losses.count
        page.timing(
          "\(net.name), seed \(seed), \(steps) steps with validation",
          seconds: Date().timeIntervalSince(begin))
        return Run(
          train: learner.record.smoothedLosses.last ?? .nan, valid: learner.validate().loss,
          accuracies: accuracies)
      }
    }
  }
  progress.finish()
  func last(_ runs: [Run]) -> [Double] { runs.map { $0.accuracies.last ?? .nan } }
  var rows: [[String]] = []
  for (net, runs) in zip(CourseNet.all, runs) {
    rows.append([
      net.name, "this program, \(source)", "\(epochs(net))", figure(runs.map(\.train)),
      figure(runs.map(\.valid)), figure(last(runs)),
    ])
    rows.append([
      net.name, "PyTorch, \(CourseNet.torchSeeds) seeds", "\(net.epochs)",
      "\(text(net.torch.train, 4)) ± \(text(net.torch.trainSD, 4))",
      "\(text(net.torch.valid, 4)) ± \(text(net.torch.validSD, 4))",
      "\(text(net.torch.accuracy, 4)) ± \(text(net.torch.accuracySD, 4))",
    ])
    rows.append([
      net.name, "the course, one run", "\(net.epochs)", text(net.course.train, 4),
      text(net.course.valid, 4), text(net.course.accuracy, 4),
    ])
  }
  page.table(
    "Beside the course and beside PyTorch",
    columns: ["net", "run", "epochs", "training loss", "validation loss", "accuracy"], rows: rows)
  if isWhole {
    for (net, runs) in zip(CourseNet.all, runs) {
      compare(page, net, "accuracy", last(runs), net.torch.accuracy, net.torch.accuracySD)
      compare(page, net, "loss", runs.map(\.valid), net.torch.valid, net.torch.validSD)
    }
  }
  page.plot(
    Plot(
      "resmnist-accuracy", "Accuracy after each epoch, \(source)",
      alt:
        "A line for each of the three nets: the accuracy on the validation images after each epoch.",
      x: Axis("epoch"), y: Axis("accuracy"),
      layers: zip(CourseNet.all, runs).map { net, runs in
        .line(
          net.name, (runs.first?.accuracies ?? []).enumerated().map { (x: Double($0 + 1), y: $1) })
      }))
  page.seen(
    isWhole
      ? "The residual net ends above both plain ones, as in the course, with three times the parameters and more epochs; the course did not compare at equal cost, and neither does this table."
      : "This is a short run. `swift run lesson7 --full --data DIR`, where `DIR/mnist` holds the four IDX files, trains the course's 3, 10 and 12 epochs on all 60,000 images and compares with PyTorch."
  )
}

private func images(
  _ page: Page, _ folder: URL?
) throws -> (train: LabelledImages, valid: LabelledImages, name: String) {
  guard let folder else {
    page.say(
      "MNIST is not part of this package, so the small digits stand in for it, enlarged to 28 × 28 pixels: the nets are the same, the figures are not to be compared."
    )
    let data = try DigitsData(page)
    return (data.train, data.valid, "digits")
  }
  let (train, valid) = try MNIST.loadAll(from: folder)
  page.used(
    data: "mnist", kind: .real, records: train.count + valid.count,
    sha256: try SHA256.digest(ofFiles: MNIST.fileNames.map { folder.appending(path: $0).path }),
    licence: MNIST.licence)
  page.say(
    "Found: 60,000 images to train, 10,000 to validate, the test file, as the course splits them here."
  )
  return page.isFull
    ? (train, valid, "MNIST") : (train[0..<12_800], valid[0..<2_000], "12,800 images of MNIST")
}

/// One number, or mean and deviation of several.
private func figure(_ values: [Double]) -> String {
  values.count == 1 ? text(values[0], 4) : spread(values, 4)
}

/// Our mean beside PyTorch's.
private func compare(
  _ page: Page, _ net: CourseNet, _ what: String, _ ours: [Double], _ mean: Double,
  _ deviation: Double
) {
  // Student's t at 99 %, with the deviation of both samples together and n + m − 2 degrees of freedom.
  let (n, m) = (Double(ours.count), Double(CourseNet.torchSeeds))
  let own = meanAndDeviation(ours).deviation
  let freedom = n + m - 2
  let pooled = (((n - 1) * own * own + (m - 1) * deviation * deviation) / freedom).squareRoot()
  page.check(
    "resmnist/\(net.id)/\(what)", "\(net.name): mean \(what) of \(ours.count) seeds",
    meanAndDeviation(ours).mean, equals: mean,
    within: studentT99(Int(freedom)) * pooled * (1 / n + 1 / m).squareRoot(),
    because: "the 99 % band of Student's test for two means, from the spread of both samples",
    source: "our PyTorch run of the same settings: Tests/References/mnist_residual.py")
}

/// Two-sided 99 % points of Student's t for 1, 2, … degrees of freedom.
private func studentT99(_ freedom: Int) -> Double {
  let table = [63.66, 9.92, 5.84, 4.60, 4.03, 3.71, 3.50, 3.36, 3.25, 3.17]
  return freedom > table.count ? 3.17 : table[max(freedom, 1) - 1]
}

extension Tensor {
  /// The rows of a matrix as lists.
  fileprivate var rowValues: [[Float]] {
    let width = shape[1]
    let values = self.values
    return (0..<shape[0]).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
  }
}

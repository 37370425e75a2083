import Foundation
import Unrolled

/// The course's own run: one hidden layer of 50, one cycle, one epoch.
func mnist(_ page: Page) throws {
  page.question("Does all of it together reach the course's figures?")
  page.say(
    """
    The course ends its notebook with the net of 50 hidden activations, Adam under one cycle up to 1e-2, weight decay \
    0.01 and one epoch of MNIST in batches of 64, and prints: train loss 0.129, validation loss 0.126, accuracy \
    0.9635. One run, one seed.
    """)
  guard let folder = page.realData("mnist") else {
    if let data = page.data {
      page.say("There is no folder `mnist` in `\(data.lastPathComponent)`.")
    }
    page.say(
      """
      MNIST itself is not part of this package. `swift run lesson5 --data DIR` runs this section on it, where \
      `DIR/mnist` holds the four IDX files. Here are the same net and the same settings on the package's small digits, \
      ten epochs because there are so few.
      """)
    let data = try DigitsData(page)
    let results = page.run {
      page.seeds.map { seed in
        Trial(
          data: data, epochs: 10,
          optimizer: { Adam($0, learningRate: 0, beta2: 0.99, weightDecay: .decoupled(0.01)) },
          oneCycle: 1e-2
        ).result(seed)
      }
    }
    report(page, "digits", seeds: page.seeds, results)
    page.seen(
      """
      On 360 unseen small digits: \(text(meanAndDeviation(results.map(\.accuracy)).mean * 100, 1)) % right. The split is by position in the file, not at random.
      """)
    return
  }
  let paths = MNIST.fileNames.prefix(2).map { folder.appending(path: $0).path }
  let (train, valid) = try MNIST.load(from: folder)
  page.used(
    data: "mnist", kind: .real, records: train.count + valid.count,
    sha256: try SHA256.digest(ofFiles: paths), licence: MNIST.licence)
  page.say(
    """
    Found: \(train.count) images to train, \(valid.count) to validate, as the course splits them, pixels divided by 255.
    """)
  let progress = page.progress("MNIST, \(page.seeds.count) seeds", total: page.seeds.count * 782)
  let learners = try page.run {
    try page.seeds.map { seed in
      var generator = SeededGenerator(seed: seed)
      let model = Sequential(
        Linear(784, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator))
      let optimizer = Adam(
        model.parameters, learningRate: 0, beta2: 0.99, weightDecay: .decoupled(0.01))
      let learner = Learner(model, train: train, valid: valid, optimizer: optimizer, seed: seed)
      learner.afterStep = { _, loss in progress.advance(by: 1, note: "loss \(text(loss, 3))") }
      try learner.fitOneCycle(epochs: 1, maximum: 1e-2)
      return learner
    }
  }
  progress.finish()
  let results = learners.map { $0.validate() }
  report(page, "mnist", seeds: page.seeds, results)
  let trainLosses = learners.map { $0.record.smoothedLosses.last ?? .nan }
  page.table(
    "Beside the course and beside PyTorch",
    columns: ["run", "train loss", "validation loss", "accuracy"],
    rows: [
      ["the course, one run", "0.129", "0.126", "0.9635"],
      ["the talk, one run", "0.149", "0.136", "0.9608"],
      ["PyTorch 2.15, ten seeds", "0.148 ± 0.007", "0.132 ± 0.003", "0.9625 ± 0.0013"],
      [
        "this program, \(results.count) seeds", spread(trainLosses, 3),
        spread(results.map(\.loss), 3), spread(results.map(\.accuracy), 4),
      ],
    ])
  // Two standard errors of a difference of means, ours of n seeds and PyTorch's of ten.
  func band(_ deviation: Double) -> Double {
    2 * deviation * (1 / Double(results.count) + 0.1).squareRoot()
  }
  for (id, label, values, mean, deviation) in [
    ("accuracy", "accuracy", results.map(\.accuracy), 0.96252, 0.00127),
    ("loss", "validation loss", results.map(\.loss), 0.13196, 0.00301),
  ] {
    page.check(
      "mnist/\(id)", "mean \(label) of \(results.count) seeds", meanAndDeviation(values).mean,
      equals: mean, within: band(deviation),
      because:
        "two standard errors of the difference of two means, from PyTorch's spread \(deviation)",
      source: "our PyTorch run of the same settings, ten seeds: Tests/References/mnist_one_cycle.py"
    )
  }
  if let record = learners.first?.record {
    page.plot(
      Plot(
        "mnist-losses", "One epoch of MNIST, 782 batches",
        alt: "Raw batch losses as a pale band, and the smoothed loss falling from 2.3 to 0.15.",
        x: Axis("batch"), y: Axis("loss"),
        layers: [
          .line("each batch", values: record.losses, style: .faint),
          .line("smoothed, β = 0.98", values: record.smoothedLosses),
        ]))
  }
  page.seen(
    """
    Our mean and PyTorch's agree. The course's accuracy and validation loss lie inside the spread of seeds; its printed \
    train loss of 0.129 is lower than each of ten PyTorch seeds gave, so it should not be promised to anyone.
    """)
}

private func report(
  _ page: Page, _ id: String, seeds: [UInt64], _ results: [(loss: Double, accuracy: Double)]
) {
  page.table(
    "One row a seed", columns: ["seed", "validation loss", "accuracy"],
    rows: zip(seeds, results).map { ["\($0)", text($1.loss, 4), text($1.accuracy, 4)] }
      + [["mean ± sd", spread(results.map(\.loss), 4), spread(results.map(\.accuracy), 4)]])
}

import Foundation
import Unrolled

/// The depths that are compared.
enum Depths {
  /// Where to change them, for the last lines of the lesson.
  static let line = #line + 1
  static let all = [6, 20, 40]
}

/// Plain nets of 6, 20 and 40 layers, and the same with skip connections: who has the lower training loss?
func degradation(_ page: Page) throws {
  page.question("Does a deeper net fit its training images better?")
  page.say(
    """
    A net with more layers can compute more, so it should push its training error to zero and then overfit. He et al. 2015 tried plain nets of 20 \
    and 56 layers on CIFAR-10: the deeper one was worse, and on the *training* images too. That is not overfitting, that is not being \
    able to train.
    """)
  page.correction(
    "F29", says: "many layers, then overfit; but it is worse",
    standard:
      "it is the training error that degrades, in plain nets without batch norm or a careful start, from about 20 layers on; a small demonstration needs depth and no batch norm to show it"
  )
  page.source(of: "static func make", file: "Lessons/Lesson7/Trials/DeepNet.swift")
  let data = try DigitsData(page)
  let epochs = page.isFull ? 12 : 4
  let rates = page.isFull ? [3e-4, 1e-3, 3e-3, 1e-2] : [1e-3, 4e-3]
  let depths = Depths.all
  let train = data.train[0..<(page.isFull ? 1437 : 448)]
  page.say(
    """
    Here: the small digits, 4 × 4 pixels wide inside, eight channels, weights from He's start, so that neither values nor gradients \
    shrink or grow in the plain net at first. The last convolution of a residual pair starts from 0, as the course's last batch norm does. \
    \(train.count) training images, batches of 32, Adam at \(rates.count) constant rates, \(epochs) epochs; of the rates the one with the lowest training loss counts, for each net by itself, so that no net \
    suffers from a rate that suits another.
    """)
  var runs: [String: ImageTrial.Result] = [:]
  func best(_ depth: Int, _ isResidual: Bool, _ seed: UInt64) -> ImageTrial.Result {
    let key = "\(depth) \(isResidual) \(seed)"
    if let result = runs[key] { return result }
    let results = rates.map { rate in
      ImageTrial(
        train: train, valid: data.valid, epochs: epochs, batchSize: 32, rate: rate, isCycled: false
      ) { DeepNet.make(depth: depth, isResidual: isResidual, using: &$0) }.run(seed)
    }
    let result = results.min { $0.trainLoss < $1.trainLoss } ?? results[0]
    runs[key] = result
    return result
  }
  let setting =
    "digits 8×8, \(train.count) images, no batch norm, 8 channels, Adam, \(epochs) epochs, best of \(rates.count) rates"
  page.claim(
    "claim-deeper-plain-net-worse",
    says: "A deeper plain net is worse, even on the images it is trained on.",
    measure: "training loss with 40 layers − with 6 layers, plain", threshold: 0,
    thresholdText: "40 layers end with the higher training loss", setting: setting
  ) { best(40, false, $0).trainLoss - best(6, false, $0).trainLoss }
  page.claim(
    "res-expected-overfit",
    says: "More layers fit the training images better: the training error goes to zero.",
    measure: "training loss with 6 layers − with 20 layers, plain", threshold: 0,
    thresholdText: "20 layers end with the lower training loss", setting: setting
  ) { best(6, false, $0).trainLoss - best(20, false, $0).trainLoss }
  page.claim(
    "res-add-input", says: "Adding each pair's input to its output lets the deep net train.",
    measure: "training loss of 40 plain layers − of 40 layers with skip connections", threshold: 0,
    thresholdText: "the residual net has the lower training loss", setting: setting
  ) { best(40, false, $0).trainLoss - best(40, true, $0).trainLoss }
  func row(_ depth: Int, _ isResidual: Bool) -> [String] {
    let results = page.seeds.map { best(depth, isResidual, $0) }
    return [
      isResidual ? "residual" : "plain", "\(depth)", spread(results.map(\.trainLoss), 3),
      spread(results.map(\.validLoss), 3), spread(results.map { $0.accuracy * 100 }, 1),
    ]
  }
  page.table(
    "Mean ± standard deviation over \(page.seeds.count) seeds",
    columns: ["net", "layers", "training loss", "validation loss", "accuracy, %"],
    rows: depths.map { row($0, false) } + depths.map { row($0, true) })
  func curve(_ isResidual: Bool) -> Plot {
    Plot(
      isResidual ? "residual" : "plain", isResidual ? "With skip connections" : "Plain", alt: "",
      x: Axis("step"), y: Axis("smoothed training loss", range: 0...2.5),
      layers: depths.map { depth in
        .line(
          "\(depth) layers",
          values: MovingAverage.smoothed(
            best(depth, isResidual, page.seeds[0]).losses, beta: 0.9))
      })
  }
  page.plot(
    PlotGrid(
      "degradation", "Training loss of nets of 6, 20 and 40 layers",
      alt:
        "Left, plain: the more layers, the slower the training loss falls; with 40 layers it stays highest. Right, with skip connections: the three curves lie close together.",
      plots: [curve(false), curve(true)],
      caption: "One seed, each net at its best rate."))
  page.seen(
    """
    The plain net of 40 layers holds the net of 6 inside it: 34 layers that pass on what they get would do. Training does not find them. The next \
    section makes passing on the default.
    """)
}

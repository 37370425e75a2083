import DataPipeline
import Foundation

@testable import Notebook

/// One figure of every kind, with values that look like a lesson's.
enum SampleFigures {
  static func wave(_ count: Int, _ body: (Double) -> Double) -> [(x: Double, y: Double)] {
    (0..<count).map { (x: Double($0), y: body(Double($0))) }
  }

  /// A repeatable stand-in for noise.
  static func noise(_ x: Double) -> Double {
    let value = sin(x * 12.9898) * 43758.5453
    return value - value.rounded(.down) - 0.5
  }

  static let loss = Plot(
    "loss", "Loss of a small net, raw and smoothed",
    alt: "The smoothed loss falls from 2.3 to 0.2 in 3,000 steps; the raw loss scatters around it.",
    x: Axis("step"), y: Axis("loss"),
    layers: [
      .line("raw", wave(3000) { 2.1 * exp(-$0 / 700) + 0.2 + noise($0) * 0.4 }, style: .faint),
      .line("smoothed", wave(3000) { 2.1 * exp(-$0 / 700) + 0.2 }),
    ])

  static let optimizers = Plot(
    "optimizers",
    "Five epochs of four optimizers on the 29-point line, each with its own best "
      + "learning rate", alt: "Four falling lines; Adam is lowest.",
    x: Axis("epoch"), y: Axis("mean squared error", scale: .log),
    layers: [
      .line("SGD", x: [0, 1, 2, 3, 4, 5], y: [80, 30, 14, 8, 5, 3.4]),
      .line("momentum", x: [0, 1, 2, 3, 4, 5], y: [80, 20, 5, 2, 0.9, 0.5]),
      .line("RMSProp", x: [0, 1, 2, 3, 4, 5], y: [80, 9, 2, 0.7, 0.2, 0.1]),
      .line("Adam", x: [0, 1, 2, 3, 4, 5], y: [80, 5, 0.9, 0.1, 0.03, 0.01], style: .dashed),
    ])

  static let finder = Plot(
    "finder", "Learning-rate finder", alt: "The loss dips near 0.03 and explodes past 1.",
    x: Axis("learning rate", scale: .log), y: Axis("loss", range: 0...4),
    layers: [
      .line(
        "loss",
        (0..<100).map { index -> (x: Double, y: Double) in
          let rate = pow(10, -6 + Double(index) * 0.08)
          return (rate, 2.3 - 1.6 / (1 + pow(0.01 / rate, 1.2)) + pow(rate, 2.0) * 2)
        }), .vertical(x: 0.01, "steepest: 0.01"), .vertical(x: 0.1, "a tenth of the minimum's"),
      .horizontal(y: 2.3, "ln 10"),
      .point(x: 0.2, y: 0.9, "lowest"),
    ])

  static let scatter = Plot(
    "scatter", "Data and fit", alt: "Points around two lines.", x: Axis("x"), y: Axis("y"),
    layers: [
      .band(
        "95 % band", x: [0, 5, 10], lower: [0, 9, 18], upper: [4, 12, 22]),
      .line("fit", x: [0, 10], y: [2.0, 20]),
      .scatter("train", wave(40) { $0 * 0.5 + 2 + noise($0) * 5 }.map { (x: $0.x / 4, y: $0.y) }),
      .scatter("valid", wave(40) { $0 * 0.4 + noise($0 + 99) * 5 }.map { (x: $0.x / 4, y: $0.y) }),
    ])

  static let bars = Plot(
    "bars", "Accuracy by class", alt: "Bars for three models over four classes.",
    x: Axis("class", categories: ["cat", "dog", "horse", "very long class name"]),
    y: Axis("accuracy (%)"),
    layers: [
      .bars("linear", [61, 72, 55, 40]), .bars("one hidden layer", [82, 80, 75, 66]),
      .bars("convolutional", [93, 95, 90, 88]),
    ])

  static let signedBars = Plot(
    "signed-bars", "Change in loss", alt: "Bars above and below zero.",
    x: Axis("", categories: ["no decay", "l2", "decoupled", "dropout"]), y: Axis("change"),
    layers: [.bars("", [0, -0.12, -0.2, 0.05])])

  static let histogram = Plot(
    "histogram", "Activations of the first layer", alt: "Two overlapping humps.",
    x: Axis("activation"), y: Axis("count"),
    layers: [
      .histogram(
        "before normalising",
        of: (0..<4000).map { noise(Double($0)) + noise(Double($0) + 0.5) * 2 + 1 }),
      .histogram("after", of: (0..<4000).map { noise(Double($0)) + noise(Double($0) + 0.7) }),
    ])

  static let surface = Plot(
    "surface", "The path of gradient descent over the loss", alt: "A zigzag into a valley.",
    x: Axis("slope"), y: Axis("intercept"),
    layers: [
      .heatmap(
        (0..<48).map { r in
          (0..<48).map { c in
            let a = Double(c) / 47 * 4 - 2
            let b = Double(r) / 47 * 4 - 2
            return a * a * 3 + b * b + a * b
          }
        }, x: -2...2, y: -2...2, contours: true),
      .line("path", x: [-1.8, 0.9, -0.7, 0.4, -0.2, 0.05], y: [1.8, 1.2, 0.6, 0.4, 0.1, 0]),
      .point(x: 0, y: 0, "minimum"),
    ])

  static let confusion = Plot(
    "confusion", "Confusion matrix", alt: "Most counts lie on the diagonal.",
    x: Axis("predicted", categories: (0..<10).map(String.init)),
    y: Axis("true", categories: (0..<10).map(String.init)),
    layers: [
      .matrix((0..<10).map { r in (0..<10).map { c in r == c ? 36 : Double((r * c) % 4) } })
    ])

  static let words = Plot(
    "words", "Embeddings of twelve films, first two components", alt: "Titles in a plane.",
    x: Axis("component 1"), y: Axis("component 2"),
    layers: [
      .labels(
        (0..<12).map {
          (x: noise(Double($0)) * 2, y: noise(Double($0) + 7), text: "film <\($0)> & co")
        })
    ])

  static let gaps = Plot(
    "gaps", "A line with gaps", alt: "NaN and infinity are left out.", x: Axis("x"), y: Axis("y"),
    layers: [
      .line("a", x: [0, 1, .nan, 3, 4], y: [1, 2, 3, .infinity, 5]), .scatter("b", x: [1], y: [1]),
    ])

  static let empty = Plot(
    "empty", "Nothing", alt: "No data.", x: Axis("x"), y: Axis("y"), layers: [])

  static let plots = [
    loss, optimizers, finder, scatter, bars, signedBars, histogram, surface, confusion, words, gaps,
    empty,
  ]

  static let grid = PlotGrid(
    "grid", "Learning rates that are too low, right, and too high", alt: "Three small plots.",
    plots: [("too low", 0.01), ("right", 0.3), ("too high", 1.02)].map { name, rate in
      Plot(
        name, name, alt: name, x: Axis("step"), y: Axis("loss"),
        layers: [.line("loss", wave(60) { pow(abs(1 - rate * 2), $0 / 10) + noise($0) * 0.02 })])
    }, columns: 3)

  static let sheet = ContactSheet(
    "weights", "First-layer weights", alt: "Ten blobs.",
    images: (0..<10).map { k in
      (0..<64).map { Float(sin(Double($0 % 8) * 0.5 * Double(k + 1)) * cos(Double($0 / 8) * 0.4)) }
    }, width: 8, height: 8, captions: (0..<10).map(String.init), diverging: true)

  static func blob(_ k: Int) -> [Float] {
    (0..<784).map { index in
      let x = Double(index % 28) - 14
      let y = Double(index / 28) - 10 - Double(k % 5)
      return Float(exp(-x * x / 30 - y * y / 40))
    }
  }

  static let digits = ContactSheet(
    "digits", "Sixteen digits", alt: "Blobs in grey.", images: (0..<16).map(blob), width: 28,
    height: 28, captions: (0..<16).map { "3 → 8, loss 4.\($0)" })

  /// A ball in the sky, as photographed, with its mask, with points (one of them outside), and in grey.
  static let pictures: PictureSheet = {
    let (width, height) = (48, 36)
    var (colors, greys, classes): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for y in 0..<height {
      for x in 0..<width {
        let isBall = (x - 30) * (x - 30) + (y - 16) * (y - 16) < 100
        colors += isBall ? [220, UInt8(6 * y), 40] : [90, UInt8(120 + 3 * y), 230]
        greys.append(isBall ? 60 : UInt8(150 + 2 * y))
        classes.append(isBall ? 2 : 0)
      }
    }
    let image = Image(width: width, height: height, channels: 3, pixels: colors)
    let points = [Point(x: 30.5, y: 16.5), Point(x: 8, y: 4), Point(x: 80, y: 4)]
    return PictureSheet(
      "pictures", "A ball in the sky", alt: "Four pictures of one ball.",
      pictures: [
        .init(image, "as it is"),
        .init(image, "mask", mask: Mask(width: width, height: height, classes: classes)),
        .init(
          image, "a caption that is too long for one line",
          points: Points(points, width: width, height: height)),
        .init(Image(width: width, height: height, channels: 1, pixels: greys), "grey"),
      ], classes: ["sky", "never seen", "ball"])
  }()

  static let drawings = [
    Drawing(
      "net", "A net with one hidden layer", alt: "Input, hidden, output, joined by arrows.",
      dot: """
        digraph {
          rankdir=LR; node [shape=box, style=filled]; legend [label="legend", style="", shape=plain];
          x [label="x", fillcolor="#cfe2ff"]; w1 [label="W₁ 784 × 50\\n39,200 weights", fillcolor="#fff3b0"];
          h [label="h", fillcolor="#e3d3f5"]; y [label="ŷ", fillcolor="#cfe2ff"];
          subgraph cluster_a { label="hidden layer × 2"; style=dashed; h; }
          x -> w1 -> h [color="#cf222e"]; h -> y [label="[64, 10]"];
        }
        """, text: "x ─ W₁ ─ h ─ ŷ"),
    Drawing(
      "recurrent", "A recurrent net", alt: "A loop.",
      dot:
        "digraph { in [shape=box]; h [shape=circle]; out [shape=triangle]; in -> h -> out; h -> h }"
    ),
    Drawing("bad", "Broken", alt: "none", dot: "digraph { a -> "),
  ]
}

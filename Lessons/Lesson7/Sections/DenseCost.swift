import Foundation
import Unrolled

/// Parameters and memory of dense and residual nets that reach the same accuracy.
func denseCost(_ page: Page) throws {
  page.question("What does a dense net cost, and what does it save?")
  page.say(
    """
    The notes: hungry for memory, but few parameters. A comparison needs nets that do equally well. So for each seed: train a residual net of four blocks, then dense \
    nets of four blocks with a growth of 1, 2, 4 and 8 channels, and take the smallest whose accuracy is within half a percent of the residual net's.
    """)
  page.correction(
    "F31", says: "DenseNets are memory hungry, but have few parameters",
    standard:
      "both are relative: few parameters for an accuracy, thanks to a small growth; memory because after L blocks each layer reads, and each concatenation stores, a number of channels that grows with L, so the sum grows with L²"
  )
  page.source(of: "func make", file: "Lessons/Lesson7/Trials/BlockNet.swift")
  let data = try DigitsData(page)
  let epochs = page.isFull ? 8 : 4
  struct Match {
    var residual: (accuracy: Double, parameters: Int, bytes: Int)
    var dense: (accuracy: Double, parameters: Int, bytes: Int)
    var growth: Int
  }
  func train(_ kind: BlockNet, growth: Int, _ seed: UInt64) -> (Double, Int, Int) {
    let trial = ImageTrial(train: data.train, valid: data.valid, epochs: epochs) {
      kind.make(growth: growth, using: &$0)
    }
    let learner = trial.learner(seed)
    let accuracy = trial.run(learner).accuracy
    let net = learner.model as? Sequential ?? Sequential()
    return (accuracy, net.parameterCount, BlockNet.activationBytes(net))
  }
  var matches: [UInt64: Match] = [:]
  func match(_ seed: UInt64) -> Match {
    if let match = matches[seed] { return match }
    let residual = train(.residual, growth: 0, seed)
    var match = Match(residual: residual, dense: residual, growth: 0)
    for growth in [1, 2, 4, 8] {
      match.dense = train(.dense, growth: growth, seed)
      match.growth = growth
      if match.dense.accuracy >= residual.0 - 0.005 { break }
    }
    matches[seed] = match
    return match
  }
  let setting =
    "digits 8×8, 4 blocks of 2 convolutions at 4×4, 8 channels, one cycle to 0.01, \(epochs) epochs; the smallest growth of 1, 2, 4, 8 within 0.5 % accuracy"
  page.claim(
    "dense-memory-params",
    says: "At equal accuracy a dense net has fewer parameters (the first half of the note).",
    measure: "log2(parameters of the residual net / of the dense net)", threshold: 0,
    thresholdText: "the dense net has fewer", setting: setting
  ) { seed in
    let match = match(seed)
    return log2(Double(match.residual.parameters) / Double(match.dense.parameters))
  }
  page.claim(
    "dense-memory-params/memory",
    says: "At equal accuracy a dense net needs more memory (the second half).",
    measure: "log2(bytes of activations of the dense net / of the residual net)", threshold: 0,
    thresholdText: "the dense net keeps more bytes for the way back", setting: setting
  ) { seed in
    let match = match(seed)
    return log2(Double(match.dense.bytes) / Double(match.residual.bytes))
  }
  page.table(
    "Matched nets, one pair a seed; bytes of activations for one image",
    columns: ["seed", "net", "accuracy, %", "parameters", "bytes", "bytes a parameter"],
    rows: page.seeds.flatMap { seed in
      let match = match(seed)
      return [("residual", match.residual), ("dense, growth \(match.growth)", match.dense)].map {
        name, net in
        [
          "\(seed)", name, text(net.accuracy * 100, 1), "\(net.parameters)", "\(net.bytes)",
          text(Double(net.bytes) / Double(net.parameters), 1),
        ]
      }
    })
  let counts = [1, 2, 4, 8, 12, 16, 24]
  let curves = page.run {
    func bytes(_ kind: BlockNet, _ blocks: Int) -> Double {
      var generator = SeededGenerator(seed: page.seed)
      let net = kind.make(blocks: blocks, growth: 4, using: &generator)
      return Double(BlockNet.activationBytes(net)) / 1024
    }
    return (counts.map { bytes(.residual, $0) }, counts.map { bytes(.dense, $0) })
  }
  page.plot(
    Plot(
      "dense-memory", "Memory for one image against the number of blocks",
      alt:
        "The residual net's line is straight. The dense net's (growth 4) starts below it, bends upwards and crosses it.",
      x: Axis("blocks"), y: Axis("KiB of activations"),
      layers: [
        .line("residual, 8 channels", x: counts.map(Double.init), y: curves.0),
        .line("dense, growth 4", x: counts.map(Double.init), y: curves.1),
      ]))
  let crossing = zip(counts, zip(curves.0, curves.1)).first { $0.1.1 > $0.1.0 }?.0
  page.seen(
    """
    Memory counts what has to be kept for the way back: the output of every layer and every merge. In a few blocks there is little to concatenate, and \
    the thin layers of a dense net (growth 4) keep less than a residual net's; its curve bends while the other is straight, and \(crossing.map { "with \($0) blocks it is above" } ?? "it does not reach it here"). So the \
    note comes true with depth: DenseNet-121 concatenates up to 24 times in a row. In so small a net the growth that is needed for equal accuracy differs from seed to seed, and the \
    verdicts with it.
    """)
}

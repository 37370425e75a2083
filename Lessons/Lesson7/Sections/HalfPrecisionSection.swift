import Foundation
import Unrolled

/// Sixteen bits: what they can hold, what falls out, and what loss scaling and master weights save.
func halfPrecision(_ page: Page) throws {
  page.question("Are 16-bit numbers better, and faster?")
  page.say(
    """
    `.to_fp16()` lets a net compute in half precision: 1 sign, 5 exponent and 10 fraction bits instead of 1, 8 and 23. Three decimal digits remain, nothing above 65504, nothing below 6e-8. \
    The engine rounds 32-bit numbers to those that 16 bits can hold:
    """)
  let samples: [(Float, Double)] = [
    (1 / 3, 0.333251953125), (2049, 2048), (65504, 65504), (65519.9, 65504), (65520, .infinity),
    (1e-5, 1.0013580322265625e-05), (6e-8, 5.960464477539063e-08), (3e-8, 5.960464477539063e-08),
    (2.9e-8, 0),
  ]
  let rounded = page.run {
    let x = Tensor(samples.map(\.0))
    let y = x.roundedToHalf()
    page.show("x", x)
    page.show("in 16 bits", y)
    return y.values
  }
  for (i, sample) in samples.enumerated() where sample.1.isFinite {
    page.check(
      "half/\(i)", "\(sample.0) in 16 bits", Double(rounded[i]), equals: sample.1, within: 0,
      because: "rounding is exact by definition", source: "numpy.float16")
  }
  page.show("65520 becomes infinite", rounded[4] == .infinity)
  page.say(
    "Rounding is a staircase: its derivative is 0, or a jump. The engine passes the gradient straight through instead, as if nothing had been rounded:"
  )
  page.run {
    let step: Float = 1e-4  // less than the 0.001 between two neighbours above 1
    let slopes = ([1.0002, 1.0005, 1.0008] as [Float]).map { x in
      let (low, high) = (Tensor(x - step).roundedToHalf(), Tensor(x + step).roundedToHalf())
      return (high - low).item / (2 * step)
    }
    page.print("slopes of the staircase at 1.0002, 1.0005, 1.0008: \(slopes.map { text($0, 2) })")
    @Parameter var x = Tensor(1.0004)
    x.roundedToHalf().backward()
    page.show("gradient that the tape passes", $x.grad.item)
  }
  page.correction(
    "F27", says: "less precise, but better result and faster training",
    standard:
      "mixed precision: 16 bits for activations and gradients, 32 for the weights that are updated, and a scaled loss. Faster only on hardware with 16-bit units. \"Better\" was one CamVid run, 92.1 to 92.5 %"
  )
  try smallGradients(page)
  smallUpdates(page)
  try trainInHalf(page)
}

/// Gradients below 3e-8 become zero, unless the loss is scaled.
private func smallGradients(_ page: Page) throws {
  page.say(
    """
    **Small gradients vanish.** Half of the smallest number, 3e-8 and below, rounds to 0. As a net gets its images right, its gradients become small. Here is one that was trained for a while, and the \
    gradients of its first weights for one batch:
    """)
  let data = try DigitsData(page)
  var generator = SeededGenerator(seed: page.seed)
  let net = Sequential(
    Linear(64, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator))
  let learner = Learner(
    net, train: data.train, valid: data.valid,
    optimizer: Adam(net.parameters, learningRate: 1e-2, beta2: 0.99), seed: page.seed)
  try learner.fit(epochs: 100)
  let batch = data.train.batch(0..<64)
  let scales: [Float] = [1, 0x1p8, 0x1p16, 0x1p30]
  let gradients = page.run {
    crossEntropy(net(batch.images), batch.labels).backward()
    let g = net.parameters[0].grad
    page.print("\(g.count) gradients, \(g.zeroCount) of them 0 in 32 bits")
    for scale in scales {
      let half = (g * scale).roundedToHalf()
      page.print(
        "loss × \(Int(scale)): \(half.zeroCount) are 0 in 16 bits, \(half.values.count { $0.isInfinite }) infinite"
      )
    }
    return g.values.filter { $0 != 0 }.map { log10(Double(abs($0))) }
  }
  page.plot(
    Plot(
      "half-gradients", "Sizes of the gradients of a trained net",
      alt:
        "A histogram of the decimal logarithm of the gradients, with a line at 3e-8: what lies left of it is 0 in 16 bits; scaling the loss by 65536 moves it all to the right by 4.8.",
      x: Axis("log10 of the size", range: -14...7), y: Axis("gradients"),
      layers: [
        .histogram("as they are", of: gradients),
        .histogram("loss × 65536", of: gradients.map { $0 + log10(65536) }),
        .vertical(x: log10(2.98e-8), "0 below"), .vertical(x: log10(65504), "infinite"),
      ]))
  page.say(
    """
    So the loss is multiplied before `backward()` and the gradients are divided after it, in 32 bits. Too large a factor makes infinities; a *dynamic* one halves itself after an overflow, leaves that step out, and doubles after \
    a calm time:
    """)
  page.run {
    let scaling = LossScaling(0x1p40, kind: .dynamic(patience: 2000))
    var tries = 0
    repeat {
      net.zeroGrad()
      scaling.scaled(crossEntropy(net(batch.images), batch.labels)).backward()
      tries += 1
    } while !scaling.unscale(net.parameters)
    page.print("from 2^40 to 2^\(Int(log2(scaling.scale))) in \(tries - 1) skipped steps")
  }
}

/// Updates smaller than half a step of the number vanish, unless the weights have 32 bits.
private func smallUpdates(_ page: Page) {
  page.broken(
    "updating the 16-bit weights themselves",
    """
    Next to 1, numbers of 16 bits are 0.001 apart above and 0.0005 below. A weight of 1 that should lose 0.0001 a step rounds back to 1, each time. That is what the *master weights* of 32 bits are for.
    """)
  page.run {
    @Parameter var half = Tensor(1)
    @Parameter var master = Tensor(1)
    for _ in 0..<1000 {
      half = (half.detached() - 1e-4).roundedToHalf()
      master = master.detached() - 1e-4
    }
    page.show("after 1000 steps of 0.0001, 16 bits", half.item)
    page.show("32 bits, then rounded", master.detached().roundedToHalf().item)
  }
}

/// How a net is trained.
private enum Mode: String, CaseIterable {
  case single = "32 bits"
  case mixed = "16 bits, master weights, scaled loss"
  case unscaled = "16 bits, master weights"
  case noMaster = "16 bits, scaled loss"
  case bare = "16 bits alone"

  /// The rounding and the safeguards of a mode around an optimizer; nothing for 32 bits.
  func precision(_ optimizer: Optimizer) -> MixedPrecision? {
    switch self {
    case .single: nil
    case .mixed: MixedPrecision(optimizer, scaling: LossScaling(1024))
    case .unscaled: MixedPrecision(optimizer, scaling: LossScaling(1))
    case .noMaster:
      MixedPrecision(optimizer, scaling: LossScaling(1024), hasMasterWeights: false)
    case .bare: MixedPrecision(optimizer, scaling: LossScaling(1), hasMasterWeights: false)
    }
  }

  /// The layers with a rounding before, between and after them.
  func model(_ layers: [any Layer]) -> Sequential {
    guard self != .single else { return Sequential(layers) }
    return Sequential([HalfPrecision()] + layers.flatMap { [$0, HalfPrecision()] as [any Layer] })
  }

  /// Trains on batches in an order from the generator.
  func train(
    _ model: Sequential, _ optimizer: Optimizer, _ data: DigitsData, batchSize: Int, epochs: Int,
    using generator: inout SeededGenerator
  ) -> (loss: Double, accuracy: Double) {
    let precision = precision(optimizer)
    func images(_ x: Tensor) -> Tensor {
      model.layers.contains { $0 is ConvLayer } ? x.reshaped([-1, 1, 8, 8]) : x
    }
    for _ in 0..<epochs {
      for batch in data.train.batches(of: batchSize, using: &generator) {
        let loss = crossEntropy(model(images(batch.images)), batch.labels)
        if let precision {
          precision.step(loss)
        } else {
          optimizer.zeroGrad()
          loss.backward()
          optimizer.step()
        }
      }
    }
    let learner = Learner(
      model, train: data.train, valid: data.valid, optimizer: optimizer, seed: 0)
    learner.prepare = { x, _ in images(x) }
    return learner.validate()
  }
}

/// The digits in 32 bits, in mixed precision, and without each of its two safeguards.
private func trainInHalf(_ page: Page) throws {
  page.say(
    """
    Now training, with the activations, their gradients, the weights and the weights' gradients rounded to 16 bits. First the small net of lesson 5 by many small \
    steps: batches of 8 and SGD at a rate of 0.001, so that a step moves a weight by less than 16 bits can show.
    """)
  page.source(of: "public func step", file: "Sources/Training/Precision/MixedPrecision.swift")
  let data = try DigitsData(page)
  let rows = page.run {
    Mode.allCases.map { mode in
      let results = page.seeds.map { seed in
        var generator = SeededGenerator(seed: seed)
        let net = mode.model([
          Linear(64, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator),
        ])
        return mode.train(
          net, SGD(net.parameters, learningRate: 1e-3), data, batchSize: 8, epochs: 20,
          using: &generator)
      }
      return [
        mode.rawValue, spread(results.map(\.loss), 3), spread(results.map { $0.accuracy * 100 }, 1),
      ]
    }
  }
  page.table(
    "Mean ± standard deviation over \(page.seeds.count) seeds",
    columns: ["training", "validation loss", "accuracy, %"], rows: rows)
  page.say(
    """
    The weights that are updated need their 32 bits. Scaling the loss changes little here, since few gradients of so small a net are below 3e-8; the histogram above shows where they would be lost. \
    The notes' claim is about the whole of it, so it is measured on a convolutional net:
    """)
  let epochs = page.isFull ? 12 : 4
  var results: [String: (loss: Double, accuracy: Double)] = [:]
  func convolutional(_ mode: Mode, _ seed: UInt64) -> (loss: Double, accuracy: Double) {
    let key = "\(mode) \(seed)"
    if let result = results[key] { return result }
    var generator = SeededGenerator(seed: seed)
    let net = mode.model([
      ConvLayer(1, 16, stride: 2, using: &generator),
      ConvLayer(16, 16, stride: 2, using: &generator),
      Flatten(), Linear(64, 10, using: &generator),
    ])
    let begin = Date()
    let result = mode.train(
      net, Adam(net.parameters, learningRate: 3e-3, beta2: 0.99), data, batchSize: 64,
      epochs: epochs, using: &generator)
    if seed == page.seeds[0] {
      page.timing(mode.rawValue, seconds: Date().timeIntervalSince(begin))
    }
    results[key] = result
    return result
  }
  let setting =
    "digits 8×8, 2 conv layers of 16 channels and a linear one, Adam at 0.003, \(epochs) epochs, master weights, loss × 1024"
  page.claim(
    "trick-fp16", says: "Sixteen bits are less precise, but give a better result.",
    measure: "accuracy in mixed precision − in 32 bits", threshold: 0,
    thresholdText: "mixed precision is right more often", setting: setting
  ) { convolutional(.mixed, $0).accuracy - convolutional(.single, $0).accuracy }
  page.claim(
    "improve-fp16", says: "Switching to 16 bits does no harm.",
    measure: "accuracy in mixed precision − in 32 bits", threshold: -0.01,
    thresholdText: "at most one percent is lost", setting: setting
  ) { convolutional(.mixed, $0).accuracy - convolutional(.single, $0).accuracy }
  page.table(
    "The convolutional net, mean ± standard deviation over \(page.seeds.count) seeds",
    columns: ["training", "validation loss", "accuracy, %"],
    rows: [Mode.single, .mixed].map { mode in
      let all = page.seeds.map { convolutional(mode, $0) }
      return [mode.rawValue, spread(all.map(\.loss), 3), spread(all.map { $0.accuracy * 100 }, 1)]
    })
  page.seen(
    """
    Mixed precision does here what 32 bits do, to within the noise of seeds. And it is not faster: this engine rounds in software, on top of all the work in 32 bits (the times are in the \
    receipt). The gain that the notes speak of comes from units that multiply 16-bit numbers at twice the rate or more, and from half the memory.
    """)
}

import Unrolled

/// A deep residual net made from a trained shallow one: the same outputs, and then trained on.
func atLeastAsGood(_ page: Page) throws {
  page.question("Is the deep residual net at least as good as the shallow net?")
  page.say(
    """
    The argument for residual blocks: set the weights of the added blocks to zero, and the deep net computes what the shallow one does. So it must be at least as \
    good. The first half can be built. Train a net of three conv layers, put five fresh residual blocks into it, and compare.
    """)
  let data = try DigitsData(page)
  func shallow(_ generator: inout SeededGenerator) -> [any Layer] {
    [
      ConvLayer(1, 8, stride: 2, using: &generator), ConvLayer(8, 16, stride: 2, using: &generator),
      ConvLayer(16, 16, stride: 2, using: &generator), Flatten(),
      Linear(16, 10, using: &generator),
    ]
  }
  func deepened(_ layers: [any Layer], _ seed: UInt64) -> [any Layer] {
    var generator = SeededGenerator(seed: seed)
    var deep = layers
    for (place, channels) in [(2, 16), (1, 8)] {
      deep.insert(
        contentsOf: (0..<(channels == 16 ? 2 : 3)).map { _ in ResBlock(channels, using: &generator)
        },
        at: place)
    }
    return deep
  }
  let epochs = page.isFull ? 10 : 5
  func trial(epochs: Int, rate: Double = 1e-2) -> ImageTrial {
    ImageTrial(train: data.train, valid: data.valid, epochs: epochs, rate: rate) {
      Sequential(shallow(&$0))
    }
  }
  let (net, deep) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let layers = shallow(&generator)
    let net = Sequential(layers)
    let result = trial(epochs: epochs).run(trial(epochs: epochs).learner(net, page.seed))
    // The trained layers, and blocks between them.
    let deep = Sequential(deepened(layers, page.seed))
    page.print(
      "3 conv layers, \(net.parameterCount) parameters, accuracy \(text(result.accuracy, 4))")
    page.print("3 conv layers and 5 blocks, \(deep.parameterCount) parameters")
    return (net, deep)
  }
  let images = data.valid.all.images.reshaped([-1, 1, 8, 8])
  let apart = withoutGradients {
    net.train(false)
    deep.train(false)
    return difference(net(images), deep(images))
  }
  page.check(
    "res/same-outputs", "largest difference of any logit of 360 images, shallow and deepened",
    apart,
    equals: 0, within: 0, because: "each block adds exactly 0", source: "the construction")
  page.correction(
    "F30", says: "it must be at least as good as the shallow net",
    standard:
      "that such weights exist does not mean that training finds them: the plain deep net has them as well. What helps is that the search starts near them, and that gradients pass"
  )
  page.say(
    """
    The second half is a claim about training. From the trained shallow net, go on for as many epochs again, once with the shallow net and once with the deepened \
    one, with the same batches.
    """)
  struct Pair {
    var shallow: ImageTrial.Result
    var deep: ImageTrial.Result
  }
  var pairs: [UInt64: Pair] = [:]
  func pair(_ seed: UInt64) -> Pair {
    if let pair = pairs[seed] { return pair }
    func trained() -> [any Layer] {
      var generator = SeededGenerator(seed: seed)
      let layers = shallow(&generator)
      let first = trial(epochs: epochs)
      _ = first.run(first.learner(Sequential(layers), seed))
      return layers
    }
    let on = trial(epochs: epochs)
    let pair = Pair(
      shallow: on.run(on.learner(Sequential(trained()), seed + 100)),
      deep: on.run(on.learner(Sequential(deepened(trained(), seed)), seed + 100)))
    pairs[seed] = pair
    return pair
  }
  page.claim(
    "res-at-least-as-good",
    says: "With residual blocks added, a net is at least as good as before.",
    measure: "training loss of the shallow net trained on − of the deepened net trained on",
    threshold: -0.005, thresholdText: "the deepened net is at most 0.005 worse",
    setting:
      "digits 8×8, 3 conv layers trained \(epochs) epochs, then \(epochs) more with and without 5 zeroed residual blocks, one cycle to 0.01"
  ) { seed in pair(seed).shallow.trainLoss - pair(seed).deep.trainLoss }
  let all = page.seeds.map(pair)
  page.table(
    "After as many epochs again, mean ± standard deviation over \(all.count) seeds",
    columns: ["net", "training loss", "validation loss", "accuracy, %"],
    rows: [("shallow, trained on", all.map(\.shallow)), ("deepened, trained on", all.map(\.deep))]
      .map { name, results in
        [
          name, spread(results.map(\.trainLoss), 4), spread(results.map(\.validLoss), 4),
          spread(results.map { $0.accuracy * 100 }, 1),
        ]
      })
  page.seen(
    """
    At the moment of construction the deep net is exactly as good; that is a fact. Afterwards it is a matter of training, and the claim above says how it went for the \
    training images. On images that it has not seen nothing promises that more parameters do better: see the right columns.
    """)
}

import Foundation
import Unrolled

/// Weight decay in the loss and in the step: equal for SGD, different for Adam; and what it buys.
func weightDecay(_ page: Page) throws {
  page.question("How does a net with too many parameters stay modest?")
  page.say(
    """
    Let m(x, w) be the model's prediction for input x with weights w. Add the sum of all squared weights to the loss, times a small number wd: now large weights cost something, \
    and all weights stay smaller.
    """)
  page.formula(
    #"L(x, w) = \mathrm{loss}(m(x, w), y) + wd \sum w^2 \qquad \frac{\partial L}{\partial w} = \frac{\partial\, \mathrm{loss}}{\partial w} + 2\, wd\, w"#,
    plain: "L = loss(m(x, w), y) + wd·Σw²       ∂L/∂w = ∂loss/∂w + 2·wd·w")
  page.correction(
    "F12", says: "dL/dw = 2·wd·w", standard: "That drops the data: dL/dw = ∂loss/∂w + 2·wd·w.")
  let data = try DigitsData(page)
  let (gap, split, missing) = page.run {
    let wd: Float = 0.01
    let batch = data.train.batch(0..<64)
    let w = Parameter(firstWeights().w1.sliced(axis: 1, 0..<10))
    func dataLoss() -> Tensor { crossEntropy(matmul(batch.images, w.wrappedValue), batch.labels) }
    dataLoss().backward()
    let dataGradient = w.grad
    w.zeroGrad()
    let penalty = wd * w.wrappedValue.square().sum()
    let whole = dataLoss() + penalty
    whole.backward()
    page.show("loss of the data", dataLoss().item)
    page.show("wd·Σw²", penalty.item)
    page.show("gradient", w.grad)
    let formula = dataGradient + 2 * wd * w.value
    return (
      (w.grad - formula).abs().max().item, penalty.item,
      (w.grad - 2 * wd * w.value).abs().max().item
    )
  }
  page.check(
    "wd/gradient", "tape against data gradient + 2·wd·w, largest gap of 640", gap, equals: 0,
    within: 1e-7, because: "rounding of numbers below 0.3",
    source: "algebra; each component has its own term, so the sum needs no thought")
  var exact = 0.0
  for row in 0..<64 {
    for column in 0..<10 { exact += pow(0.1 * sin(1 + Double(row * 50 + column)), 2) }
  }
  page.check(
    "wd/penalty", "wd·Σw²", split, equals: 0.01 * exact, within: 1e-7,
    because: "640 roundings of a sum of 3", source: "the same sum in double precision")
  page.say(
    """
    Σ adds over all weights, but the derivative of one weight meets only its own square: the notes are right that \
    the sum may be left out when looking at one weight. Left out by the notes' formula is the data's part, \
    up to \(text(missing, 3)) here. Training with 2·wd·w alone ignores the data altogether:
    """)
  page.broken(
    "the gradient without the data term",
    "Both trainings start from the same weights; one uses the whole gradient, the other 2·wd·w alone."
  )
  let broken = [true, false].map { hasData in
    Trial(
      data: data, epochs: 5,
      optimizer: { DecayedSGD($0, learningRate: 0.3, wd: 0.01, hasData: hasData) }
    ).run(page.seed)?.record.smoothedLosses ?? []
  }
  page.plot(
    Plot(
      "wd-no-data", "With and without the data's part of the gradient",
      alt: "Smoothed loss: with the data term it falls; without, it stays at ln 10, guessing.",
      x: Axis("step"), y: Axis("smoothed loss of the data"),
      layers: [
        .line("whole gradient", values: broken[0]),
        .line("2·wd·w alone", values: broken[1], style: .dashed),
      ]))

  page.say(
    """
    What is left of the formula when the data have nothing to say? Each step takes the same share of the weight: \
    w ← (1 − η·λ)·w. That is **weight decay**. Since wd and 2·wd differ only in the name of the constant, \
    write λ = 2·wd.
    """)
  let decayed = page.run {
    let w = Parameter(Tensor([1, -2, 0.5]))
    let optimizer = SGD([w], learningRate: 0.1, weightDecay: .decoupled(0.5))
    for _ in 0..<20 {
      w.grad = .zeros([3])
      optimizer.step()
    }
    page.show("w after 20 steps", w.value)
    return w.value.values
  }
  page.check(
    "wd/geometric", "1 after 20 steps of decay alone", decayed[0], equals: pow(0.95, 20),
    within: 1e-6, because: "twenty roundings of numbers below 1",
    source: "by hand: (1 − 0.1·0.5)²⁰")
  page.correction(
    "F13", says: "subtract wd·w from the gradients",
    standard: """
      The sign is wrong: wd·w is *added* to the gradient, or η·wd·w is subtracted from the *weight*. \
      Subtracted from the gradient it makes weights grow: 1 would become \
      \(text(pow(1.05, 20), 3)) instead of \(text(pow(0.95, 20), 3)) in the twenty steps above.
      """)
  page.correction(
    "F14", says: "L2 regularisation and weight decay are two names for one thing",
    standard: """
      For plain SGD they are one. With momentum they differ slightly, with Adam clearly: an L2 term \
      goes through the averages and is divided by √R, so it works harder on all weights (√R is far below 1) and least on those with large gradients. Decay of the \
      weight itself (AdamW) treats all alike. fastai's default is the latter, 0.01, on biases too.
      """)
  let makers: [(String, ([Parameter], WeightDecay) -> Optimizer)] = [
    ("SGD", { SGD($0, learningRate: 0.1, weightDecay: $1) }),
    ("momentum", { Momentum($0, learningRate: 0.1, beta: 0.9, weightDecay: $1) }),
    ("Adam", { Adam($0, learningRate: 1e-2, weightDecay: $1) }),
  ]
  func weights(
    _ make: @escaping ([Parameter], WeightDecay) -> Optimizer, _ decay: WeightDecay, _ seed: UInt64
  ) -> [Float] {
    Trial(data: data, epochs: 5, optimizer: { make($0, decay) }).run(seed)?
      .model.parameters[0].value.values ?? []
  }
  func difference(_ make: @escaping ([Parameter], WeightDecay) -> Optimizer, _ seed: UInt64)
    -> Double
  {
    let (l2, decoupled) = (weights(make, .l2(0.1), seed), weights(make, .decoupled(0.1), seed))
    func length(_ v: [Float]) -> Double { v.reduce(0) { $0 + Double($1 * $1) }.squareRoot() }
    return length(zip(l2, decoupled).map { $0 - $1 }) / length(decoupled)
  }
  page.table(
    "How far apart L2 and decay end (first layer, λ = 0.1, 115 steps)",
    columns: ["optimizer", "|w(L2) − w(decay)| / |w|"],
    rows: makers.map { [$0.0, String(format: "%.2e", difference($0.1, page.seed))] })
  page.check(
    "wd/sgd-equal", "SGD: L2 against decay, relative distance", difference(makers[0].1, page.seed),
    equals: 0, within: 2e-6, because: "rounding over 115 steps: the two add in another order",
    source: "algebra: w − η(g + λw) = (1 − ηλ)w − ηg")
  page.claim(
    "wd-name", says: "L2 regularisation and weight decay differ under Adam.",
    measure: "relative distance of the final weights under Adam", threshold: 0.05,
    thresholdText: "more than 5 % of the weights' length",
    setting: "digits 8×8, 64-50-10, first layer, Adam at 1e-2, λ = 0.1, 5 epochs"
  ) { difference(makers[2].1, $0) }
  let sizes = usualGradients(data, page.seed)
  page.plot(
    Plot(
      "wd-shrink", "How much decay a weight feels under Adam",
      alt:
        "Scatter over the usual gradient of each weight: decay of the weight takes the same share of all; an L2 term under Adam takes less of the weights whose gradients are large.",
      x: Axis("usual gradient √R̂ (L2 term included)", scale: .log),
      y: Axis("share of a weight taken in one step", scale: .log),
      layers: [
        .scatter("L2 under Adam: ηλ/√R̂", sizes.map { (x: $0, y: 1e-2 * 0.01 / $0) }),
        .line("decay: ηλ", [(sizes.min() ?? 1e-4, 1e-4), (sizes.max() ?? 1, 1e-4)]),
      ],
      caption:
        "Adam at η = 1e-2 with an L2 term of λ = 0.01, after two epochs. Above 1 a step would overshoot 0: those weights are next to nothing already."
    ))

  page.say(
    """
    **What it is for.** A giant net for a small set: 1,000 hidden activations, 75,010 parameters, for 200 \
    digits. It can learn them by heart. Here is the sweep over λ.
    """)
  let lambdas = [0, 0.3, 1, 3, 10, 30, 100]
  func giant(_ lambda: Double, _ seed: UInt64) -> Learner? {
    var trial = Trial(
      data: data, hidden: 1000, epochs: 40,
      optimizer: { Adam($0, learningRate: 3e-3, weightDecay: .decoupled(lambda)) })
    trial.data = data.small(200, seed: seed)
    return trial.run(seed)
  }
  func trainLoss(_ learner: Learner?) -> Double {
    learner.map { $0.evaluate(on: $0.train).loss } ?? .nan
  }
  let sweep = lambdas.map { lambda in
    let learner = giant(lambda, page.seed)
    let valid = learner?.validate() ?? (.nan, .nan)
    return (train: trainLoss(learner), valid: valid.loss, accuracy: valid.accuracy)
  }
  page.table(
    "75,010 parameters, 200 digits, seed \(page.seed)",
    columns: ["λ", "train loss", "validation loss", "accuracy"],
    rows: zip(lambdas, sweep).map {
      [text($0, 1), text($1.train, 4), text($1.valid, 4), text($1.accuracy, 3)]
    })
  page.plot(
    Plot(
      "wd-sweep", "A giant net on 200 digits, by weight decay",
      alt:
        "Train and validation loss against the decay: train loss rises steadily, validation loss has a shallow minimum and then rises.",
      x: Axis("λ", categories: lambdas.map { text($0, 1) }), y: Axis("loss"),
      layers: [
        .line("train", values: sweep.map(\.train)),
        .line("validation", values: sweep.map(\.valid), style: .dashed),
      ]))
  page.say(
    """
    A λ picked on the same digits that judge it would look better than it is. So for each seed the first half of the \
    validation digits picks λ, and the second half compares it with λ = 0.
    """)
  page.claim(
    "wd-giant-nets", says: "With weight decay a giant net on little data overfits less.",
    measure: "loss on 180 digits with λ = 0 − with the λ that was best on 180 others", threshold: 0,
    thresholdText: "the decayed net has the lower loss",
    setting: "64-1000-10 on 200 digits, Adam at 3e-3, 40 epochs, λ from 0.3 to 100"
  ) { seed in
    let nets = lambdas.map { lambda in
      let learner = giant(lambda, seed)
      return (
        picks: learner?.evaluate(on: data.valid[0..<180]).loss ?? .infinity,
        judges: learner?.evaluate(on: data.valid[180..<360]).loss ?? .infinity
      )
    }
    let best = nets.dropFirst().min { $0.picks < $1.picks } ?? nets[0]
    return nets[0].judges - best.judges
  }
  page.claim(
    "wd-too-much", says: "With too much weight decay the net just does not train.",
    measure: "train loss with λ = 100 − with λ = 0", threshold: 0.5,
    thresholdText: "half a unit of loss more on the very digits it trains on",
    setting: "64-1000-10 on 200 digits, Adam at 3e-3, 40 epochs"
  ) { trainLoss(giant(100, $0)) - trainLoss(giant(0, $0)) }
  page.seen(
    """
    The same constant does three different things: an L2 term in the loss and a decay of the weight agree for \
    SGD to rounding, part a little under momentum, and part clearly under Adam. The claim measures the difference at one λ, and most of it is strength: divided by √R, the L2 term pulls much harder. In the sweep the training loss rises with every λ, while the validation loss falls a little and then rises: decay trades one for the other, and beyond that only more data would help.
    """)
}

/// SGD with the notes' penalty, whole or with the data's part left out.
private final class DecayedSGD: Optimizer {
  let wd: Float
  let hasData: Bool
  init(_ parameters: [Parameter], learningRate: Double, wd: Float, hasData: Bool) {
    self.wd = wd
    self.hasData = hasData
    super.init(parameters, learningRate: learningRate)
  }
  override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    w -= Float(learningRate) * (hasData ? g + 2 * wd * w : 2 * wd * w)
  }
}

/// √R̂ of some first-layer weights after a short training by Adam with an L2 term.
private func usualGradients(_ data: DigitsData, _ seed: UInt64) -> [Double] {
  let trial = Trial(
    data: data, epochs: 2, optimizer: { Adam($0, learningRate: 1e-2, weightDecay: .l2(0.01)) })
  guard let adam = trial.run(seed)?.optimizer as? Adam else { return [] }
  let correction = 1 - pow(0.999, Double(adam.steps))
  return adam.squares[0].values.enumerated()
    .filter { $0.offset % 7 == 0 }
    .map { (Double($0.element) / correction).squareRoot() }
}

extension DigitsData {
  /// A random sample of the training digits, with the same validation digits.
  func small(_ count: Int, seed: UInt64) -> DigitsData {
    var generator = SeededGenerator(seed: seed)
    let order = Array(0..<train.count).shuffled(using: &generator)
    return DigitsData(train: train.sample(order.prefix(count)), valid: valid)
  }
}

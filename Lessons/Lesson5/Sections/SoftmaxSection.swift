import Foundation
import Unrolled

/// Softmax on the course's sheet, its gradient with cross entropy, and the slip of applying it twice.
func softmax(_ page: Page) throws {
  page.question("How do ten outputs become ten probabilities, and who does it?")
  page.say(
    """
    The last layer gives one number a class, the **logits**. They can be anything. Softmax makes \
    them positive and makes them sum to 1:
    """)
  page.formula(
    #"\sigma(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}"#,
    plain: "softmax(z)_i = e^{z_i} / Σ_j e^{z_j}")
  let (first, second, sums) = page.run {
    let first = Tensor([0.02179, -2.48806, -1.75056, 2.07041, 1.25026])
    let second = first - 1.44284
    page.show("softmax(z)", first.softmax())
    page.show("softmax(z − 1.44284)", second.softmax())
    return (first.softmax(), second.softmax(), (first.exp().sum().item, second.exp().sum().item))
  }
  let names = ["cat", "dog", "plane", "fish", "building"]
  let printed = [0.0805, 0.0065, 0.0137, 0.6244, 0.2749]
  for (i, name) in names.enumerated() {
    page.check(
      "softmax/\(name)", "softmax of \(name)", first.values[i], equals: printed[i], within: 6e-5,
      because: "the sheet's figures are rounded to four decimals",
      source: "course sheet, softmax column")
  }
  page.check(
    "softmax/shift", "largest change by shifting all logits",
    (first - second).abs().max().item, equals: 0, within: 1e-6,
    because: "rounding of the shifted logits, 2e-7 of 2",
    source: "algebra: e^(z − c) / Σe^(z − c) = e^z / Σe^z")
  page.check(
    "softmax/sum", "Σe^z of the first column", sums.0, equals: 12.69809, within: 4e-5,
    because: "the logits are rounded to five decimals: 5e-6 of 12.7 and rounding",
    source: "course sheet")
  page.check(
    "softmax/sum-shifted", "Σe^z of the second column", sums.1, equals: 3.0, within: 4e-5,
    because: "the logits are rounded to five decimals: 1.5e-5 of 3.0, and rounding",
    source: "course sheet")
  page.say(
    """
    Two different pictures, one softmax: only differences between logits count. That is also the way \
    to compute it: subtract the largest logit first. Without that, e^z leaves the finite numbers at \
    z = 89 in 32 bits.
    """)
  page.correction(
    "F39", says: "softmax, then cross entropy",
    standard: """
      Right as mathematics; as arithmetic it breaks. Subtract the maximum, and take log-softmax and \
      the negative log likelihood in one go: z − max − ln Σe^(z − max).
      """)
  let (stable, naive) = page.run {
    let z = Tensor([1000, 999, 0])
    let naive = z.exp() / z.exp().sum()
    page.show("naive", naive)
    page.show("softmax", z.softmax())
    page.show("log-softmax", z.logSoftmax())
    return (z.softmax().values[0], naive.isFinite)
  }
  page.check(
    "softmax/large", "softmax(1000, 999, 0), first", stable, equals: 1 / (1 + exp(-1.0)),
    within: 1e-7, because: "one unit in the last place of 32 bits is 6e-8",
    source: "by hand: 1 / (1 + e⁻¹)")
  page.check(
    "softmax/naive-breaks", "the naive form stays finite (1) or not (0)", naive ? 1.0 : 0.0,
    equals: 0, within: 0, because: "a yes or no", source: "e^1000 has no value in 32 bits")

  page.say(
    """
    Softmax and cross entropy belong together because their derivatives do: all the exponentials \
    cancel, and what flows back is the probability minus the truth ([i = y] is 1 for the label's place and 0 elsewhere).
    """)
  page.formula(
    #"\frac{\partial}{\partial z_i} \Bigl(-\ln \sigma(z)_y\Bigr) = \sigma(z)_i - [i = y]"#,
    plain: "gradient at logit i = softmax(z)_i − (1 if i is the label, else 0)")
  let gap = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let z = Parameter(.normal([1, 5], using: &generator))
    crossEntropy(z.wrappedValue, [3]).backward()
    let formula = z.value.softmax() - .oneHot([3], classes: 5)
    page.show("by the tape", z.grad)
    page.show("p − one-hot", formula)
    return (z.grad - formula).abs().max().item
  }
  page.check(
    "softmax/gradient", "tape against p − one-hot, largest gap", gap, equals: 0, within: 3e-7,
    because: "a few units in the last place", source: "algebra, above")

  page.say(
    """
    PyTorch's `nn.CrossEntropyLoss` and this engine's `crossEntropy` take raw logits and do the \
    softmax inside. A model therefore ends in a plain linear layer, and softmax is applied only to show \
    a prediction as probabilities.
    """)
  let data = try DigitsData(page)
  let learner = Trial(data: data, optimizer: { Adam($0, learningRate: 1e-2) }).run(page.seed)
  if let learner {
    page.run {
      let one = data.valid.batch([0])
      let logits = learner.model(one.images)
      page.show("logits of one digit", logits)
      page.show("as probabilities", logits.softmax())
      page.show("predicted", logits.argmax()[0])
      page.show("label", one.labels[0])
    }
  }

  page.broken(
    "softmax twice",
    """
    Put a softmax at the end of the model *and* use a loss that applies one, and nothing fails: \
    it only trains badly. The second softmax sees numbers between 0 and 1, so the best it can give the \
    true class among ten is e / (e + 9) = 0.232, and the loss cannot fall below 1.461.
    """)
  let floor = page.run {
    let perfect = Tensor([[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]])
    let floor = crossEntropy(perfect, [0]).item
    page.show("loss of a perfect prediction", floor)
    return floor
  }
  page.check(
    "softmax/twice-floor", "the least loss after two softmaxes, ten classes", floor,
    equals: 1.4611501717344, within: 1e-6, because: "32 bits of a number near 1",
    source: "by hand: −ln(e / (e + 9))")
  func curve(twice isTwice: Bool) -> [Double] {
    let training = Trial(
      data: data, epochs: 5, optimizer: { SGD($0, learningRate: 0.3) },
      loss: { crossEntropy(isTwice ? $0.softmax() : $0, $1) })
    return training.run(page.seed)?.record.smoothedLosses ?? []
  }
  page.plot(
    Plot(
      "softmax-twice", "Training with one softmax and with two",
      alt:
        "Smoothed training loss against step: with one softmax it falls from 2.3 to about 0.5; with two it hardly moves, far above the dashed floor of 1.46.",
      x: Axis("step"), y: Axis("smoothed loss"),
      layers: [
        .line("once", values: curve(twice: false)), .line("twice", values: curve(twice: true)),
        .horizontal(y: 1.461, "the floor with two"),
      ]))
  page.claim(
    "crossentropyloss-has-softmax/twice",
    says: "Applying softmax before a loss that applies it again slows training.",
    measure: "validation accuracy, softmax once − twice", threshold: 0.01,
    thresholdText: "at least one point of accuracy",
    setting: "digits 8×8, 64-50-10, SGD at 0.3, 3 epochs"
  ) { seed in
    let accuracies = [false, true].map { isTwice in
      Trial(
        data: data, optimizer: { SGD($0, learningRate: 0.3) },
        loss: { crossEntropy(isTwice ? $0.softmax() : $0, $1) }
      ).result(seed).accuracy
    }
    return accuracies[0] - accuracies[1]
  }
  page.seen(
    """
    Softmax looks only at differences, is safe once the maximum is subtracted, and has the gradient \
    p − one-hot together with cross entropy. The loss does it for you: doing it again fails quietly: the net still learns, many times slower.
    """)
}

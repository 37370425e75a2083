import Foundation
import Unrolled

/// Binary cross entropy by its rows, and why squared error is a poor judge of classes.
func crossEntropySection(_ page: Page) throws {
  page.question("How far off is a prediction of a class?")
  page.say(
    """
    A class is not a quantity. A prediction ŷ is the probability of "yes", and the truth y is 1 or \
    0. The loss should be near 0 when the model is sure and right, and large when it is sure and \
    wrong. **Binary cross entropy** is minus the logarithm of the probability given to what was true:
    """)
  page.formula(
    #"L = \begin{cases} -\ln \hat y & y = 1 \\ -\ln (1 - \hat y) & y = 0 \end{cases} \;=\; -y \ln \hat y - (1 - y) \ln (1 - \hat y)"#,
    plain: "y = 1: −ln ŷ      y = 0: −ln(1 − ŷ)      or −y·ln ŷ − (1 − y)·ln(1 − ŷ)")
  let (y, p, natural, branches, picked) = page.run {
    let y: [Float] = [1, 1, 0, 0, 1]
    let p: [Float] = [0.5, 0.98, 0.9, 0.5, 0.9]
    let branches = zip(y, p).map { y, p in y == 1 ? -log(p) : -log(1 - p) }
    let sums = zip(y, p).map { y, p in binaryCrossEntropy(Tensor([p]), Tensor([y])).item }
    // As a look-up: the two classes' log-probabilities in a row, and the label picks the column.
    let rows = Tensor(p.map { [log(1 - $0), log($0)] })
    let picked = -rows.columns(y.map { Int($0) })
    page.show("by if and else", Tensor(branches))
    page.show("by the sum     ", Tensor(sums))
    page.show("by look-up     ", picked)
    page.show(
      "mse(4, 3) and mse(4, 9)",
      Tensor([mse(Tensor([4]), Tensor([3])).item, mse(Tensor([4]), Tensor([9])).item]))
    return (y, p, sums, branches, picked.values)
  }
  let gap = zip(natural, zip(branches, picked)).map {
    max(($0 - $1.0).magnitude, ($0 - $1.1).magnitude)
  }.max()
  page.check(
    "bce/forms", "if and else, sum, look-up: largest gap of five rows", gap ?? .nan, equals: 0,
    within: 5e-7, because: "two roundings of numbers up to 2.3",
    source: "algebra: one formula in three forms")
  let printed: [(natural: Double, decimal: Double)] = [
    (0.69315, 0.30103), (0.02020, 0.00877), (2.30259, 1.0), (0.69315, 0.30103), (0.10536, 0.04576),
  ]
  for (i, row) in printed.enumerated() {
    let label = "y = \(Int(y[i])), ŷ = \(p[i])"
    page.check(
      "bce/row\(i + 1)/natural", "loss of \(label)", natural[i], equals: row.natural,
      within: 6e-6, because: "the sheet's figures are rounded to five decimals",
      source: "course sheet entropy_example, in natural logarithms")
    page.check(
      "bce/row\(i + 1)/decimal", "the same over ln 10", Double(natural[i]) / log(10),
      equals: row.decimal, within: 6e-6,
      because: "the sheet's figures are rounded to five decimals",
      source: "course sheet entropy_example, as printed (Excel's LOG)")
  }
  page.correction(
    "F7", says: "the loss is an if on y, with the talk's values 0.3, 0.01 and 1.0",
    standard: """
      That is the two-class case of −Σ y·ln p, averaged over the batch, with *natural* logarithms, \
      computed from logits. The talk's values are decimal logarithms (Excel's LOG): 0.693, 0.020 \
      and 2.303 in natural ones.
      """)

  page.say(
    """
    Squared error judges the same predictions far more mildly, and its gradient has a worse fault: \
    behind a sigmoid, σ(z) = 1/(1 + e^−z), it *vanishes* where the model is sure and wrong. The number z before the sigmoid is called the **logit**. With ŷ = σ(z) and y = 1:
    """)
  page.formula(
    #"\frac{\partial}{\partial z}(\hat y - 1)^2 = 2(\hat y - 1)\,\hat y (1 - \hat y) \qquad \frac{\partial}{\partial z}(-\ln \hat y) = \hat y - 1"#,
    plain: "squared error: 2(ŷ − 1)·ŷ(1 − ŷ) → 0      cross entropy: ŷ − 1 → −1")
  let gradients = page.run {
    let logits: [Float] = [-8, -4, -2, 0, 2, 4]
    return logits.map { z in
      let (forSquare, forEntropy) = (Parameter(Tensor([z])), Parameter(Tensor([z])))
      mse(forSquare.wrappedValue.sigmoid(), Tensor([1])).backward()
      binaryCrossEntropy(logits: forEntropy.wrappedValue, Tensor([1])).backward()
      return (z: z, square: forSquare.grad.item, entropy: forEntropy.grad.item)
    }
  }
  page.table(
    "Gradient at the logit z when the truth is 1",
    columns: ["z", "ŷ", "squared error", "cross entropy"],
    rows: gradients.map {
      [
        text($0.z, 0), text(1 / (1 + exp(-$0.z)), 5), text($0.square, 6), text($0.entropy, 6),
      ]
    })
  page.check(
    "bce/gradient-wrong", "cross entropy's gradient at z = −8", gradients[0].entropy,
    equals: 1 / (1 + exp(8.0)) - 1, within: 1e-6, because: "rounding of numbers near 1",
    source: "by hand: σ(−8) − 1")
  page.check(
    "mse/gradient-wrong", "squared error's gradient at z = −8", gradients[0].square,
    equals: -2 * pow(1 - 1 / (1 + exp(8.0)), 2) / (1 + exp(8.0)), within: 1e-8,
    because: "seven digits of 7e-4", source: "by hand: 2(σ − 1)·σ(1 − σ)")
  let confidence = (1...199).map { Double($0) / 200 }
  page.plot(
    PlotGrid(
      "loss-against-confidence", "What a prediction costs when the truth is 1",
      alt: """
        Two plots against the predicted probability of the true class. Left: cross entropy climbs \
        without bound towards probability 0 while squared error stays below 1. Right: the size of the \
        gradient at the logit; cross entropy's rises to 1, squared error's returns to 0.
        """,
      plots: [
        Plot(
          "loss", "Loss", alt: "", x: Axis("probability of the truth"), y: Axis("loss"),
          layers: [
            .line("cross entropy", x: confidence, y: confidence.map { -log($0) }),
            .line(
              "squared error", x: confidence, y: confidence.map { pow(1 - $0, 2) }, style: .dashed),
          ]),
        Plot(
          "gradient", "Size of the gradient at the logit", alt: "",
          x: Axis("probability of the truth"), y: Axis("size"),
          layers: [
            .line("cross entropy", x: confidence, y: confidence.map { 1 - $0 }),
            .line(
              "squared error", x: confidence, y: confidence.map { 2 * pow(1 - $0, 2) * $0 },
              style: .dashed),
          ]),
      ]))
  page.correction(
    "F8", says: "mse(4, 3) is small, but should be big",
    standard: """
      The number 4 is no nearer to 3 than to 9 when they name classes, so a distance between them \
      means nothing. And where squared error is applied to probabilities, the trouble is the vanishing \
      gradient above, not the size of the loss.
      """)

  page.say(
    """
    With more classes the same idea reads: look up the probability of the true class and take minus \
    its logarithm. It is called *negative log likelihood*, and it also punishes being right but unsure:
    """)
  page.table(
    "Loss by the probability given to the true class", columns: ["probability", "loss"],
    rows: [0.99, 0.9, 0.5, 0.1, 0.01].map { [text($0, 2), text(-log($0), 3)] })
  let (whole, parts) = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let logits = Tensor.normal([6, 4], deviation: 3, using: &generator)
    let labels = [0, 3, 2, 1, 1, 0]
    let whole = crossEntropy(logits, labels).item
    let parts = negativeLogLikelihood(logits.logSoftmax(), labels).item
    page.show("cross entropy", whole)
    page.show("negative log likelihood of log-softmax", parts)
    let byHand = zip(0..., labels).map { row, label in
      let z = logits[row].values.map { exp(Double($0)) }
      return -log(z[label] / z.reduce(0, +))
    }
    return (whole, byHand.reduce(0, +) / 6)
  }
  page.check(
    "ce/by-hand", "cross entropy of six rows", whole, equals: parts, within: 1e-6,
    because: "32 bits against double precision, numbers near 1",
    source: "−ln(e^z / Σe^z) by plain loops in double precision")

  let data = try DigitsData(page)
  let rates = [0.03, 0.1, 0.3, 1, 3]
  let entropy = Trial(data: data, optimizer: { SGD($0, learningRate: 0) })
  func best(_ loss: @escaping (Tensor, [Int]) -> Tensor, seed: UInt64) -> Double {
    rates.map { rate in
      var training = entropy
      training.loss = loss
      training.optimizer = { SGD($0, learningRate: rate) }
      return training.result(seed).accuracy
    }.max() ?? 0
  }
  page.claim(
    "mse-not-for-classes",
    says: "Cross entropy trains a classifier better than mean squared error does.",
    measure:
      "accuracy with cross entropy − with squared error of the sigmoids, each at the best of five rates",
    threshold: 0.01, thresholdText: "at least one point of accuracy",
    setting: "digits 8×8, 64-50-10, SGD, 3 epochs, rates 0.03 to 3, fresh weights"
  ) { seed in
    best({ crossEntropy($0, $1) }, seed: seed) - best(squaredErrorOfSigmoids, seed: seed)
  }
  page.claim(
    "mse-not-for-classes/sure-and-wrong",
    says:
      "A net that is sure and wrong recovers under cross entropy, and hardly under squared error.",
    measure:
      "accuracy after recovering for 2 epochs, cross entropy − squared error, each at the best of five rates",
    threshold: 0.01, thresholdText: "at least one point of accuracy",
    setting: "digits 8×8, 64-50-10, first trained to be sure that every digit is the next one, SGD"
  ) { seed in
    recovery(data, { crossEntropy($0, $1) }, rates, seed)
      - recovery(data, squaredErrorOfSigmoids, rates, seed)
  }
  page.seen(
    """
    The two losses agree on what is best and differ on how hard they push. From fresh weights, where nothing is sure \
    yet, the difference is a few points of accuracy; from a start that is sure and wrong it shows what the formula says: \
    a squared error behind a sigmoid has almost no gradient there.
    """)
}

/// Mean squared error between the sigmoids of the outputs and the one-hot labels, summed over classes.
func squaredErrorOfSigmoids(_ logits: Tensor, _ labels: [Int]) -> Tensor {
  let classes = logits.shape[1]
  return Float(classes) * mse(logits.sigmoid(), .oneHot(labels, classes: classes))
}

/// Accuracy after two epochs of recovering from a start that is sure of the wrong digit, at the best
/// of several rates.
private func recovery(
  _ data: DigitsData, _ loss: @escaping (Tensor, [Int]) -> Tensor, _ rates: [Double], _ seed: UInt64
) -> Double {
  let wrong = Trial(
    data: data, epochs: 10, optimizer: { Adam($0, learningRate: 1e-2) },
    loss: { logits, labels in crossEntropy(logits, labels.map { ($0 + 1) % 10 }) })
  guard let start = wrong.run(seed) else { return 0.1 }
  let weights = start.model.parameters.map(\.value)
  return rates.map { rate in
    let training = Trial(
      data: data, epochs: 2, optimizer: { SGD($0, learningRate: rate) }, loss: loss)
    let learner = training.learner(seed)
    for (parameter, value) in zip(learner.model.parameters, weights) {
      parameter.value = value
    }
    guard (try? learner.fit(epochs: 2)) != nil else { return 0.1 }
    return learner.validate().accuracy
  }.max() ?? 0
}

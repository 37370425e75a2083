import Foundation
import Unrolled

/// A net without hidden layers: raw tensors, then a module, then an optimizer.
func logistic(_ page: Page) throws {
  page.question("What is the smallest net that reads digits, written from nothing?")
  let data = try DigitsData(page)
  page.say(
    """
    The data are 1,797 handwritten digits of 8 × 8 pixels; the first 1,437 train, the last 360 \
    validate. Each image is a row of 64 numbers between 0 and 1. **Logistic regression** is one \
    matrix product and a softmax: 64 × 10 weights and 10 biases.
    """)
  let all = data.train.all
  page.plot(
    ContactSheet(
      "digits", "The first twenty digits",
      alt: "Twenty small grey pictures of handwritten digits 0 to 9.",
      images: (0..<20).map { all.images[$0].values }, width: 8, height: 8,
      captions: all.labels.prefix(20).map(String.init)))
  page.correction(
    "F23", says: "a net with no hidden layer and no nonlinearities",
    standard: """
      No *hidden* nonlinearity. The softmax is one, but it sits in the loss, at the end; the border between \
      two classes is still a straight line.
      """)

  page.say(
    """
    **First: raw tensors.** All 1,437 images in one batch, weights from zero, rate 0.5, a hundred steps. \
    Everything is on the page: the product, the loss, the gradient, the update.
    """)
  let byHand = page.run {
    @Parameter var w = Tensor.zeros([64, 10])
    @Parameter var b = Tensor.zeros([10])
    var losses: [Float] = []
    for _ in 0...100 {
      let logits = matmul(all.images, w) + b
      let loss = crossEntropy(logits, all.labels)
      losses.append(loss.item)
      if losses.count > 100 { break }
      loss.backward()
      w -= 0.5 * $w.grad
      b -= 0.5 * $b.grad
      $w.zeroGrad()
      $b.zeroGrad()
    }
    page.show("x", all.images)
    page.show("w after training", w)
    page.show("loss", losses[100])
    return (losses: losses, w: w.detached(), b: b.detached())
  }
  page.say("**Second: a module.** The weights move into a `Linear`, which knows its parameters.")
  let byModule = page.run {
    let model = Linear(weight: .zeros([64, 10]), bias: .zeros([10]))
    var losses: [Float] = []
    for _ in 0...100 {
      let loss = crossEntropy(model(all.images), all.labels)
      losses.append(loss.item)
      if losses.count > 100 { break }
      loss.backward()
      for parameter in model.parameters {
        parameter.wrappedValue -= 0.5 * parameter.grad
      }
      model.zeroGrad()
    }
    return losses
  }
  page.say("**Third: an optimizer.** The update moves into `SGD`.")
  let byOptimizer = page.run {
    let model = Linear(weight: .zeros([64, 10]), bias: .zeros([10]))
    let optimizer = SGD(model.parameters, learningRate: 0.5)
    var losses: [Float] = []
    for _ in 0...100 {
      let loss = crossEntropy(model(all.images), all.labels)
      losses.append(loss.item)
      if losses.count > 100 { break }
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
    }
    return losses
  }
  compareThreeWays(page, "logistic", byHand.losses, byModule, byOptimizer)
  for (step, reference) in [
    (0, 2.302585092994046), (1, 2.203246525688446), (10, 1.5215146684914653),
    (50, 0.5994617694271575), (100, 0.3754471488191322),
  ] {
    page.check(
      "logistic/loss\(step)", "loss after \(step) steps", byHand.losses[step], equals: reference,
      within: 3e-6, because: "ten times what 32 bits were seen to move it, 2.7e-7",
      source: "double precision, PyTorch and numpy: Tests/References/digits_reference.py")
  }
  let valid = data.valid.all
  let predictions = matmul(valid.images, byHand.w) + byHand.b
  page.check(
    "logistic/correct", "digits right of 360", accuracy(predictions, valid.labels) * 360,
    equals: 313, within: 1e-9, because: "a count; the closest decision is 5e-4 wide",
    source: "double precision, PyTorch and numpy: Tests/References/digits_reference.py")

  let weights = byHand.w.transposed()
  page.plot(
    ContactSheet(
      "logistic-weights", "The weights of each digit as a picture",
      alt:
        "Ten 8 × 8 pictures, one a digit: red where ink speaks for the digit, blue where it speaks against it. The 0 has a blue centre in a red ring.",
      images: (0..<10).map { weights[$0].values }, width: 8, height: 8,
      captions: (0..<10).map(String.init), diverging: true,
      caption: "With one layer, a column of weights can be looked at: it is a template."))
  page.draw(
    Drawing(
      of: ModelTrace(Linear(weight: byHand.w, bias: byHand.b), on: valid.images[0..<1]),
      id: "net-logistic", title: "Logistic regression on 64 pixels"))

  page.say(
    """
    The border it draws is straight. On two clouds of points in the plane, the model says "one half" \
    along a line:
    """)
  let border = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let left = Tensor.normal([60, 2], mean: -1, using: &generator)
    let right = Tensor.normal([60, 2], mean: 1, using: &generator)
    let x = concatenate([left, right])
    let labels = [Int](repeating: 0, count: 60) + [Int](repeating: 1, count: 60)
    let model = Linear(weight: .zeros([2, 2]), bias: .zeros([2]))
    let optimizer = SGD(model.parameters, learningRate: 0.5)
    for _ in 0..<200 {
      optimizer.zeroGrad()
      crossEntropy(model(x), labels).backward()
      optimizer.step()
    }
    page.show("accuracy", accuracy(model(x), labels))
    return (left: left, right: right, model: model)
  }
  page.used(
    data: "two clouds", kind: .generated, records: 120, sha256: "none",
    licence: "generated by this program")
  // Both logits are equal where (w₁ − w₀)·x + (b₁ − b₀) = 0.
  let w = border.model.weight.values
  let b = border.model.bias.values
  let (nx, ny, shift) = (w[1] - w[0], w[3] - w[2], b[1] - b[0])
  func points(_ x: Tensor) -> [(x: Double, y: Double)] {
    (0..<x.shape[0]).map { (Double(x.values[2 * $0]), Double(x.values[2 * $0 + 1])) }
  }
  page.plot(
    Plot(
      "logistic-border", "Two clouds and the line between them",
      alt:
        "Two overlapping clouds of points, divided by one straight line, with some points of each on the other's side.",
      x: Axis("x₁", range: -4...4), y: Axis("x₂", range: -4...4),
      layers: [
        .scatter("class 0", points(border.left)), .scatter("class 1", points(border.right)),
        .line("one half", [-3, 3].map { (x: $0, y: Double(-(nx * Float($0) + shift) / ny)) }),
      ]))
  let onLine = border.model(Tensor([[0, -shift / ny], [2, -(2 * nx + shift) / ny]])).softmax()
    .values
  page.check(
    "logistic/border", "probability of class 1 on the line, the farther of two points from ½",
    (onLine[1] - 0.5).magnitude > (onLine[3] - 0.5).magnitude ? onLine[1] : onLine[3], equals: 0.5,
    within: 1e-5,
    because: "rounding of the points on the line, about 1e-6 of weights near 3",
    source: "algebra: equal logits")
  page.seen(
    """
    A hundred steps bring the loss from ln 10 = 2.303, pure guessing, to \
    \(text(byHand.losses[100], 3)), and 313 of 360 unseen digits are right. The three ways of writing \
    it are one computation.
    """)
}

/// Checks that the three ways of writing a training gave the same losses.
func compareThreeWays(
  _ page: Page, _ id: String, _ tensors: [Float], _ module: [Float], _ optimizer: [Float]
) {
  for (name, losses) in [("module", module), ("optimizer", optimizer)] {
    let gap = zip(tensors, losses).map { ($0 - $1).magnitude }.max() ?? .nan
    page.check(
      "\(id)/tensors-\(name)", "raw tensors against \(name), largest gap of \(losses.count) losses",
      gap, equals: 0, within: 1e-6, because: "the same operations; only rounding may differ",
      source: "the same training written another way")
  }
}

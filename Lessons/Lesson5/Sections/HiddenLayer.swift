import Foundation
import Unrolled

/// One hidden layer of 50, three times, then with Adam.
func hiddenLayer(_ page: Page) throws {
  page.question("What does a hidden layer add, and what does Adam add to that?")
  let data = try DigitsData(page)
  page.say(
    """
    Put 50 activations and a ReLU between the pixels and the digits: 64 → 50 → 10. Now the border \
    between classes can bend. To compare with an independent run number by number, the first weights are not \
    random but given by a formula, and the batches come in the order of the file.
    """)
  page.source(of: "func firstWeights")
  page.say("**First: raw tensors**, mini-batches of 64, rate 0.1, two epochs.")
  let byHand = page.run {
    let start = firstWeights()
    @Parameter var w1 = start.w1
    @Parameter var b1 = Tensor.zeros([50])
    @Parameter var w2 = start.w2
    @Parameter var b2 = Tensor.zeros([10])
    var losses: [Float] = []
    for _ in 1...2 {
      for batch in data.train.batches(of: 64) {
        let hidden = (matmul(batch.images, w1) + b1).relu()
        let loss = crossEntropy(matmul(hidden, w2) + b2, batch.labels)
        losses.append(loss.item)
        loss.backward()
        for parameter in [$w1, $b1, $w2, $b2] {
          parameter.wrappedValue -= 0.1 * parameter.grad
          parameter.zeroGrad()
        }
      }
    }
    return losses
  }
  page.say("**Second: a module.**")
  let byModule = page.run {
    let model = netFromFormula()
    var losses: [Float] = []
    for _ in 1...2 {
      for batch in data.train.batches(of: 64) {
        let loss = crossEntropy(model(batch.images), batch.labels)
        losses.append(loss.item)
        loss.backward()
        for parameter in model.parameters {
          parameter.wrappedValue -= 0.1 * parameter.grad
        }
        model.zeroGrad()
      }
    }
    return losses
  }
  page.say("**Third: an optimizer**, which can now be exchanged.")
  page.source(of: "func trainFromFormula")
  let sgd = page.run { trainFromFormula(data) { SGD($0, learningRate: 0.1) } }
  let adam = page.run {
    trainFromFormula(data) { Adam($0, learningRate: 1e-2, beta2: 0.99) }
  }
  compareThreeWays(page, "hidden", byHand, byModule, sgd.losses)
  let reason = "ten times what 32 bits were seen to move it, 3.5e-7"
  let source = "double precision, PyTorch and numpy: Tests/References/digits_reference.py"
  for (name, run, losses, correct, loss) in [
    (
      "sgd", sgd,
      [
        (0, 2.302382075892929), (1, 2.298788131619715), (10, 2.2604988025303414),
        (22, 2.227081277646429), (45, 2.1110173115845035),
      ], 140.0, 2.0668187525131274
    ),
    (
      "adam", adam,
      [
        (1, 2.2559512187336597), (10, 1.727006262044392), (22, 0.922887133139061),
        (45, 0.31705954354058447),
      ], 290.0, 0.6726721696794642
    ),
  ] {
    for (step, reference) in losses {
      page.check(
        "hidden/\(name)/loss\(step)", "\(name): loss of batch \(step)", run.losses[step],
        equals: reference, within: 4e-6, because: reason, source: source)
    }
    page.check(
      "hidden/\(name)/valid", "\(name): validation loss", run.valid.loss, equals: loss,
      within: 4e-6, because: reason, source: source)
    page.check(
      "hidden/\(name)/correct", "\(name): digits right of 360", run.valid.accuracy * 360,
      equals: correct, within: 1e-6, because: "a count; no decision is closer than 3e-5",
      source: source)
  }

  page.say(
    """
    Two epochs from these very regular first weights (each matrix has rank 2) are too few for plain SGD. With ordinary random weights and ten \
    epochs the order of the course appears in the loss: logistic, hidden layer, hidden layer with Adam.
    """)
  func curve(hidden isHidden: Bool, adam isAdam: Bool) -> Learner.Record {
    var generator = SeededGenerator(seed: page.seed)
    let model: any Layer =
      isHidden
      ? Sequential(Linear(64, 50, using: &generator), ReLU(), Linear(50, 10, using: &generator))
      : Linear(64, 10, using: &generator)
    let learner = Learner(
      model, train: data.train, valid: data.valid,
      optimizer: isAdam
        ? Adam(model.parameters, learningRate: 1e-2) : SGD(model.parameters, learningRate: 0.1),
      seed: page.seed)
    try? learner.fit(epochs: 10)
    let result = learner.validate()
    page.show(
      "\(isHidden ? "64-50-10" : "64-10") with \(isAdam ? "Adam" : "SGD")",
      "accuracy \(text(result.accuracy, 3)), loss \(text(result.loss, 3))")
    return learner.record
  }
  let curves = [
    ("logistic, SGD 0.1", curve(hidden: false, adam: false)),
    ("hidden layer, SGD 0.1", curve(hidden: true, adam: false)),
    ("hidden layer, Adam 0.01", curve(hidden: true, adam: true)),
  ]
  page.plot(
    Plot(
      "three-curves", "Logistic, a hidden layer, and Adam",
      alt:
        "Smoothed training loss over ten epochs: the hidden layer with SGD starts slower than logistic regression; with Adam it is far below both.",
      x: Axis("step"), y: Axis("smoothed loss"),
      layers: curves.map { .line($0.0, values: $0.1.smoothedLosses) }))

  let net = netFromFormula()
  page.draw(
    Drawing(
      of: ModelTrace(net, on: data.valid.batch([0]).images), id: "net-64-50-10",
      title: "One hidden layer: 64 → 50 → 10"))
  page.check(
    "hidden/parameters", "parameters of 784 → 50 → 10", Double(parameterCount([784, 50, 10])),
    equals: 39760, within: 0, because: "a count", source: "course, lesson5-sgd-mnist")
  page.check(
    "logistic/parameters", "parameters of 784 → 10", Double(parameterCount([784, 10])),
    equals: 7850, within: 0, because: "a count", source: "course, lesson5-sgd-mnist")
  let trained = Trial(
    data: data, epochs: 20, optimizer: { Adam($0, learningRate: 1e-2) }, oneCycle: 1e-2
  ).run(page.seed)
  if let model = trained?.model as? Sequential, let first = model.layers[0] as? Linear {
    let weights = first.weight.transposed()
    page.plot(
      ContactSheet(
        "first-layer", "What the 50 hidden activations look at",
        alt:
          "Fifty 8 × 8 pictures of signed weights, mottled red and blue: parts of strokes at best, none like a whole digit.",
        images: (0..<50).map { weights[$0].values }, width: 8, height: 8, diverging: true,
        caption: "The first layer's weights after 20 epochs."))
  }
  page.seen(
    """
    Raw tensors, module and optimizer give the same losses, and these agree with double precision to six \
    digits. The hidden layer starts slower than logistic regression, as in the course's plots: at first the small weights of each layer make the gradient of the other small. Adam shortens exactly that.
    """)
}

/// First weights that any program can make: sines and cosines.
func firstWeights() -> (w1: Tensor, w2: Tensor) {
  let w1 = (0..<64 * 50).map { Float(0.1 * sin(1 + Double($0))) }
  let w2 = (0..<50 * 10).map { Float(0.1 * cos(1 + Double($0))) }
  return (Tensor(w1, shape: [64, 50]), Tensor(w2, shape: [50, 10]))
}

func netFromFormula() -> Sequential {
  let start = firstWeights()
  return Sequential(
    Linear(weight: start.w1, bias: .zeros([50])), ReLU(),
    Linear(weight: start.w2, bias: .zeros([10])))
}

func trainFromFormula(
  _ data: DigitsData, _ optimizer: ([Parameter]) -> Optimizer
) -> (losses: [Float], valid: (loss: Double, accuracy: Double)) {
  let model = netFromFormula()
  let optimizer = optimizer(model.parameters)
  var losses: [Float] = []
  for _ in 1...2 {
    for batch in data.train.batches(of: 64) {
      let loss = crossEntropy(model(batch.images), batch.labels)
      losses.append(loss.item)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
    }
  }
  let learner = Learner(
    model, train: data.train, valid: data.valid, optimizer: optimizer, seed: 0)
  return (losses, learner.validate())
}

/// How many parameters a chain of linear layers of these widths has.
private func parameterCount(_ widths: [Int]) -> Int {
  var generator = SeededGenerator(seed: 0)
  return zip(widths, widths.dropFirst()).reduce(0) {
    $0 + Linear($1.0, $1.1, using: &generator).parameterCount
  }
}

import Foundation
import Unrolled

/// Adam from its two parents, the correction from a geometric sum, and the course's own slip.
func adam(_ page: Page) throws {
  page.question("What does Adam do that momentum and RMSProp together do not?")
  page.say(
    """
    Take momentum's average S of the gradient and RMSProp's average R of its square, and divide one by the \
    root of the other. Here is the whole derivation as code: momentum averages g, RMSProp divides by the size of g, Adam does both.
    """)
  page.source(of: "func derivation")
  page.run {
    let g: [Double] = [4, 2, -1, 3]
    let w = derivation(gradients: g)
    page.print("gradients       \(g.map { text($0, 0) }.joined(separator: "  "))")
    for (name, path) in w {
      page.print("\(name)\(path.map { text($0, 4) }.joined(separator: "  "))")
    }
  }
  page.correction(
    "F2", says: "Adam is momentum and RMSProp, nothing more",
    standard: """
      Two more things: a correction for averages that start from zero, and ε = 1e-8. And β₂ is 0.9 in the \
      sheet, 0.99 in fastai, 0.999 in the paper and in PyTorch.
      """)
  page.say(
    """
    **Why a correction?** Start S at 0 and let every gradient be the same g. After t steps
    """)
  page.formula(
    #"S_t = (1-\beta) \sum_{k=0}^{t-1} \beta^k g = (1-\beta)\, \frac{1-\beta^t}{1-\beta}\, g = (1-\beta^t)\, g"#,
    plain: "S_t = (1 − β)·(1 + β + … + β^{t−1})·g = (1 − βᵗ)·g")
  page.say(
    """
    so S is too small by the factor 1 − βᵗ, and dividing by it gives g back exactly. With gradients that \
    vary, the weights inside S still sum to 1 − βᵗ, so Ŝ = S / (1 − βᵗ) is a proper average. The same \
    for R.
    """)
  page.formula(
    #"\hat S_t = \frac{S_t}{1-\beta_1^t} \quad \hat R_t = \frac{R_t}{1-\beta_2^t} \quad w_t = w_{t-1} - \eta\, \frac{\hat S_t}{\sqrt{\hat R_t} + \varepsilon}"#,
    plain: "Ŝ = S/(1 − β₁ᵗ)    R̂ = R/(1 − β₂ᵗ)    w_t = w_{t−1} − η·Ŝ / (√R̂ + ε)")
  let constant = page.run {
    let w = Parameter(Tensor([0]))
    let optimizer = Adam([w], learningRate: 0.1, beta1: 0.9, beta2: 0.999)
    for t in 1...5 {
      w.grad = Tensor([3])
      optimizer.step()
      let raw = Double(optimizer.averages[0].item)
      page.print(
        "t = \(t): S = \(text(raw, 5)), S/(1 − 0.9ᵗ) = \(text(raw / (1 - pow(0.9, Double(t))), 5))")
    }
    return (s: optimizer.averages[0].item, w: w.value.item)
  }
  page.check(
    "adam/geometric", "S after five gradients of 3", constant.s, equals: 3 * (1 - pow(0.9, 5)),
    within: 5e-7, because: "five roundings of numbers near 1",
    source: "the geometric sum: 3·(1 − 0.9⁵)")
  page.check(
    "adam/steady", "w after five steps at 0.1 with a steady gradient", constant.w, equals: -0.5,
    within: 1e-6, because: "ten roundings of numbers near 1",
    source: "algebra: Ŝ/√R̂ = 1, so each step is η")

  page.say("On the 29 points, rate 1. The sheet's form without correction, and the standard one:")
  let sheet = page.run { SheetRun(Optimizers.adamSheet) }
  page.table(
    "First rows without correction (β₁ = β₂ = 0.9)",
    columns: SheetRun.columns(showing: [.average, .squares]),
    rows: sheet.table(3, showing: [.average, .squares]))
  let standard = page.run { SheetRun(Optimizers.adam99) }
  page.table(
    "First rows with correction (0.9, 0.99)",
    columns: ["x", "y", "parameter", "w", "gradient", "Ŝ", "R̂", "step"],
    rows: standard.table(3, showing: [.average, .squares], betas: (0.9, 0.99)))
  let paper = page.run { SheetRun(Optimizers.adam999) }
  Sheet.adamUncorrected.check(page, epoch1: sheet.path[29], epoch5: sheet.path[145])
  Sheet.adam99.check(page, epoch1: standard.path[29], epoch5: standard.path[145])
  Sheet.adam999.check(page, epoch1: paper.path[29], epoch5: paper.path[145])
  page.check(
    "adam/first-step", "first corrected step of the slope", standard.rows[0].after.slope - 1,
    equals: 1, within: 1e-6, because: "rounding of g/√g² at 1e-7",
    source: "algebra: Ŝ₁ = g, R̂₁ = g², so the first step is η")
  page.check(
    "adam/first-step-sheet", "first uncorrected step of the slope",
    sheet.rows[0].after.slope - 1, equals: 0.1.squareRoot(), within: 1e-6,
    because: "rounding of 1.3", source: "algebra: 0.1·g / √(0.1·g²) = √0.1")

  let runs = [
    ("SGD", SheetRun(Optimizers.sgd)), ("momentum", SheetRun(Optimizers.momentum)),
    ("RMSProp", SheetRun(Optimizers.rmsprop)), ("Adam, sheet", sheet), ("Adam .9/.99", standard),
    ("Adam .9/.999", paper),
  ]
  page.table(
    "After five epochs (truth: 30 and 2)", columns: ["optimizer", "intercept", "slope"],
    rows: runs.map { [$0.0, text($0.1.path[145].intercept, 3), text($0.1.path[145].slope, 3)] })
  page.plot(
    Plot(
      "optimizer-paths", "The ways of the optimizers over the loss of the line",
      alt:
        "Heat map of the loss with paths: SGD and momentum stop near intercept 1.3, RMSProp near 3.3, Adam runs along the valley to about 27.",
      x: Axis("slope"), y: Axis("intercept"),
      layers: [lossSurface(slopes: 0.5...4, intercepts: 0...40)]
        + [0, 1, 2, 4].map { (i: Int) in
          PlotLayer.line(
            runs[i].0, runs[i].1.path.map { (x: Double($0.slope), y: Double($0.intercept)) })
        } + [.point(x: 2, y: 30, "the truth")]))

  page.say(
    """
    The notes call such optimizers *dynamic learning rates*. What is dynamic is the scale of each \
    parameter's step; η itself must still be chosen, and lowered towards the end. At rate 1, the line's Adam hovers around the truth; with a rate that falls to 0 it settles nearer.
    """)
  page.correction(
    "F3",
    says: "Adam is a dynamic learning rate: when it is small, momentum is large (with a figure)",
    standard: """
      The figure shows the schedule of one-cycle training, which is drawn below, in its own section. Adam does not tie \
      rate and momentum together, and its η must still be chosen and, as below, lowered.
      """)
  let epochs = 40
  let total = Double(epochs * 29)
  let constantRate = SheetRun(Optimizers.adam99, epochs: epochs)
  let falling = SheetRun(Optimizers.adam99, epochs: epochs, rate: { 1 - Double($0) / total })
  func distance(_ run: SheetRun) -> [Double] {
    run.path.map { Double(max(1e-6, hypotf($0.intercept - 30, $0.slope - 2))) }
  }
  page.plot(
    Plot(
      "adam-anneal", "Distance from the truth, Adam at rate 1",
      alt:
        "On a logarithmic axis, the constant rate swings between about 0.04 and 5 from step 400 on; the falling rate ends near 0.1.",
      x: Axis("step"), y: Axis("distance", scale: .log),
      layers: [
        .line("constant rate", values: distance(constantRate), style: .faint),
        .line("rate falling to 0", values: distance(falling)),
      ]))
  page.claim(
    "claim-dynamic-lr",
    says: "Adam sets its own learning rate, so no schedule is needed.",
    measure: "log₁₀ of the final distance from the truth, falling rate − constant rate",
    threshold: 0, thresholdText: "a falling rate ends no nearer than a constant one",
    setting:
      "the 29 points in random order, Adam .9/.99 at rate 1, 40 epochs; the last epoch's mean distance"
  ) { seed in
    var generator = SeededGenerator(seed: seed)
    let order = Array(0..<29).shuffled(using: &generator)
    func end(_ run: SheetRun) -> Double {
      log10(distance(run).suffix(29).reduce(0, +) / 29)
    }
    return end(
      SheetRun(Optimizers.adam99, epochs: epochs, order: order, rate: { 1 - Double($0) / total }))
      - end(SheetRun(Optimizers.adam99, epochs: epochs, order: order))
  }

  page.broken(
    "Adam made anew for every batch",
    """
    The course's notebook builds its optimizer inside the update function, once a batch. So every step is \
    a *first* step: Ŝ = g, R̂ = g², and the update is −η·sign(g). It trains, which makes the slip easy to miss.
    """)
  let data = try DigitsData(page)
  let sign = page.run {
    let w = Parameter(Tensor([1, 1, 1]))
    w.grad = Tensor([0.001, -5, 300])
    Adam([w], learningRate: 0.1).step()
    page.show("w after a first step", w.value)
    return w.value.values
  }
  for (i, wanted) in [0.9, 1.1, 0.9].enumerated() {
    page.check(
      "adam/sign\(i)", "first step of gradient \(["0.001", "−5", "300"][i])", sign[i],
      equals: wanted,
      within: 2e-6, because: "ε = 1e-8 beside √R̂ = 1e-3 takes 1e-5 of the step of 0.1",
      source: "algebra: 1 − 0.1·sign(g)")
  }
  func curve(_ isRemade: Bool) -> [Double] {
    let trial = Trial(
      data: data, epochs: 8,
      optimizer: { isRemade ? SignSGD($0, learningRate: 1e-2) : Adam($0, learningRate: 1e-2) })
    return trial.run(page.seed)?.record.smoothedLosses ?? []
  }
  page.source(of: "final class SignSGD")
  page.plot(
    Plot(
      "adam-remade", "Adam kept, and Adam made anew for every batch",
      alt:
        "Smoothed loss: the kept Adam goes lower and is steadier than the one that is made anew each batch.",
      x: Axis("step"), y: Axis("smoothed loss"),
      layers: [
        .line("kept", values: curve(false)),
        .line("made anew", values: curve(true), style: .dashed),
      ]))
  page.claim(
    "adam-both/remade", says: "Making Adam anew for every batch costs validation loss.",
    measure: "validation loss, made anew − kept, each at the better of rates 1e-3 and 1e-2",
    threshold: 0, thresholdText: "the kept optimizer has the lower loss",
    setting: "digits 8×8, 64-50-10, 8 epochs"
  ) { seed in
    func best(_ make: @escaping ([Parameter], Double) -> Optimizer) -> Double {
      [1e-3, 1e-2].map { rate in
        Trial(data: data, epochs: 8, optimizer: { make($0, rate) }).result(seed).loss
      }.min() ?? .nan
    }
    return best { SignSGD($0, learningRate: $1) } - best { Adam($0, learningRate: $1) }
  }
  page.seen(
    """
    Adam carries the intercept to 27 in five epochs; the rates are the course's (1 for Adam, 0.02 for RMSProp), so this does not rank the methods: RMSProp at rate 1 gets there as well. The correction decides how \
    it starts: the corrected first step is exactly η, the sheet's is √0.1·η. Without its memory Adam is a coin with two \
    sides: every weight moves by η, up or down.
    """)
}

/// Four rules side by side on the same gradients: where a weight stands after each step.
private func derivation(gradients: [Double]) -> [(name: String, path: [Double])] {
  let (rate, beta1, beta2, epsilon) = (0.1, 0.9, 0.999, 1e-8)
  var w = [0.0, 0, 0, 0]
  var (s, r) = (0.0, 0.0)
  var paths: [[Double]] = [[], [], [], []]
  for (i, g) in gradients.enumerated() {
    let t = Double(i + 1)
    w[0] -= rate * g  // SGD
    s = beta1 * s + (1 - beta1) * g
    w[1] -= rate * s  // momentum: s in place of g
    r = beta2 * r + (1 - beta2) * g * g
    w[2] -= rate * g / (r.squareRoot() + epsilon)  // RMSProp: g divided by √r
    let corrected = (s / (1 - pow(beta1, t)), r / (1 - pow(beta2, t)))
    w[3] -= rate * corrected.0 / (corrected.1.squareRoot() + epsilon)  // Adam: both, corrected
    for k in 0..<4 { paths[k].append(w[k]) }
  }
  return Array(
    zip(["SGD             ", "momentum        ", "RMSProp         ", "Adam            "], paths))
}

/// The course's slip: a new Adam for every step.
private final class SignSGD: Optimizer {
  override func update(_ w: inout Tensor, gradient g: Tensor, number: Int) {
    let parameter = Parameter(w)
    parameter.grad = g
    Adam([parameter], learningRate: learningRate).step()
    w = parameter.value
  }
}

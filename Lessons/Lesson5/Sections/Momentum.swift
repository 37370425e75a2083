import Foundation
import Unrolled

/// Momentum on the 29 points, its weights, its two forms, and whether 0.9 is a good choice.
func momentum(_ page: Page) throws {
  page.question("What changes if each step follows an average of the recent gradients?")
  page.say(
    """
    Instead of the gradient itself, step along S, an exponentially weighted moving average of the \
    gradients: what points the same way again and again stays, what flips its sign cancels.
    """)
  page.formula(
    #"S_t = \beta\, S_{t-1} + (1 - \beta)\, g_t \qquad w_t = w_{t-1} - \eta\, S_t"#,
    plain: "S_t = β·S_{t−1} + (1 − β)·g_t        w_t = w_{t−1} − η·S_t")
  page.correction(
    "F10",
    says:
      "S_t = α·g + (1 − α)·S_{t−1}, where (1 − α) = 0.9 is the momentum; an average of the step",
    standard: """
      The field writes β for 1 − α. What is averaged is the *gradient*. PyTorch's form, the *heavy ball*, adds the whole gradient, \
      v = βv + g, w −= ηv: then v = S / (1 − β), and the same path needs a rate of η·(1 − β). Neither \
      corrects the start.
      """)
  page.source(of: "public static func stepMomentum", file: "Sources/Kernels/OptimizerSteps.swift")
  page.say("`SheetRun` trains the line on the 29 points, one a step, and notes every number.")
  let run = page.run { SheetRun(Optimizers.momentum) }
  page.table(
    "The first rows, as in the sheet (β = 0.9, η = 1e-4)",
    columns: SheetRun.columns(showing: [.average]),
    rows: run.table(3, showing: [.average]))
  Sheet.momentum.check(page, epoch1: run.path[29], epoch5: run.path[145])
  let heavy = page.run { SheetRun(Optimizers.heavyBall) }
  let gap = zip(run.path, heavy.path).map {
    max(($0.slope - $1.slope).magnitude, ($0.intercept - $1.intercept).magnitude)
  }.max()
  page.check(
    "xl29/momentum/heavy-ball", "average at 1e-4 against heavy ball at 1e-5, largest gap of 146",
    gap ?? .nan, equals: 0, within: 2e-5,
    because: "rounding: 0.1·g and 1e-5 are not exact in binary; 1e-5 is what it moves alone",
    source: "algebra: v = S / (1 − β)")

  page.say(
    """
    Why "exponentially weighted"? Put a single gradient of 1 in, and zeros after it, and watch how long S \
    remembers it. The weights are (1 − β)·β^k: they fall by a tenth each step, and sum to 1.
    """)
  let response = page.run {
    let w = Parameter(Tensor([0]))
    let optimizer = Momentum([w], learningRate: 1, beta: 0.9)
    return (0..<40).map { step in
      w.grad = Tensor([step == 0 ? 1 : 0])
      optimizer.step()
      return Double(optimizer.averages[0].item)
    }
  }
  page.plot(
    Plot(
      "impulse-response", "S after a single gradient of 1",
      alt: "Bars that fall from 0.1 by a tenth each step.",
      x: Axis("steps since the gradient"), y: Axis("S"),
      layers: [.bars("S", response)],
      caption: "The weight that a gradient still has k steps later: 0.1 · 0.9^k."))
  page.check(
    "impulse/ten", "weight after ten steps", response[10], equals: 0.1 * pow(0.9, 10),
    within: 3.3e-8,
    because: "ten factors of 0.9, each 2.6e-8 too small in 32 bits, and eleven roundings of 6e-8",
    source: "by hand: 0.1·0.9¹⁰")
  page.check(
    "impulse/sum", "sum of the first forty weights", response.reduce(0, +),
    equals: 1 - pow(0.9, 40), within: 1e-6, because: "forty roundings of numbers below 0.1",
    source: "the geometric sum: 1 − 0.9⁴⁰")

  page.say(
    """
    The picture for momentum is a ravine: steep across, flat along. Here the loss is \
    ½(x² + 50y²), started at (−10, 1), rate 0.036, the heavy-ball form, sixty steps.
    """)
  let betas = [0, 0.5, 0.9, 0.99]
  let paths = page.run {
    betas.map { beta in
      @Parameter var x = Tensor(-10)
      @Parameter var y = Tensor(1)
      let optimizer = Momentum([$x, $y], learningRate: 0.036, beta: beta, form: .heavyBall)
      var path = [(x: -10.0, y: 1.0)]
      for _ in 0..<60 {
        optimizer.zeroGrad()
        (0.5 * (x.square() + 50 * y.square())).backward()
        optimizer.step()
        path.append((Double(x.item), Double(y.item)))
      }
      page.print(
        "β = \(text(beta, 2)): distance from the bottom \(text(hypot(path[60].x, path[60].y), 4))")
      return path
    }
  }
  page.check(
    "ravine/plain", "x after 60 plain steps", paths[0][60].x, equals: -10 * pow(1 - 0.036, 60),
    within: 1e-5, because: "sixty roundings of numbers near 1",
    source: "by hand: −10·(1 − 0.036)⁶⁰")
  page.plot(
    PlotGrid(
      "ravine", "Sixty steps down a ravine",
      alt: """
        Four paths from the left end of a ravine towards its bottom at the centre. Without momentum the path \
        zig-zags across and creeps along; with 0.5 it zig-zags less and arrives; with 0.9 it swings past the bottom a few times and arrives; with 0.99 it flies past and back.
        """,
      plots: zip(betas, paths).map { beta, path in
        Plot(
          "b", "β = \(text(beta, 2))", alt: "", x: Axis("x (flat)", range: -12...12),
          y: Axis("y (steep)", range: -2.5...2.5),
          layers: [.line("path", path), .point(x: 0, y: 0, "")])
      }))

  let data = try DigitsData(page)
  let rates = [0.01, 0.03, 0.1, 0.3, 1, 3]
  func best(_ beta: Double, _ seed: UInt64) -> Double {
    rates.map { rate in
      Trial(
        data: data, epochs: 10, optimizer: { Momentum($0, learningRate: rate, beta: beta) }
      ).result(seed).loss
    }.min() ?? .nan
  }
  page.claim(
    "momentum-point-nine", says: "A momentum of 0.9 is a good choice.",
    measure: "validation loss with β = 0 − with β = 0.9, each at the best of six rates",
    threshold: 0, thresholdText: "0.9 gives the lower loss",
    setting: "digits 8×8, 64-50-10, the notes' momentum, 10 epochs, rates 0.01 to 3"
  ) { best(0, $0) - best(0.9, $0) }
  page.table(
    "Validation loss at the best of six rates, seed \(page.seed)", columns: ["β", "loss"],
    rows: [0, 0.5, 0.9, 0.99].map { [text($0, 2), text(best($0, page.seed), 4)] })
  page.claim(
    "improve-momentum", says: "Adding momentum at the same rate improves a training.",
    measure: "validation loss without − with β = 0.9 (heavy ball), both at rate 0.03",
    threshold: 0, thresholdText: "momentum gives the lower loss",
    setting: "digits 8×8, 64-50-10, SGD at 0.03, 3 epochs"
  ) { seed in
    let plain = Trial(data: data, optimizer: { SGD($0, learningRate: 0.03) }).result(seed).loss
    let heavy = Trial(
      data: data, optimizer: { Momentum($0, learningRate: 0.03, beta: 0.9, form: .heavyBall) }
    ).result(seed).loss
    return plain - heavy
  }
  page.seen(
    """
    On the 29 points the averaging form is a little *behind* SGD after five epochs (intercept 1.254 against \
    1.298): an average steps no further than its gradients, it only steadies them. The gain comes \
    with the larger rate that steadier steps allow, or with PyTorch's form, where 0.9 \
    multiplies the rate by ten in the long run. So "momentum helps" is mostly a statement about the rate \
    that goes with it.
    """)
}

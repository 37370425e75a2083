import Foundation
import Unrolled

/// The schedule of one-cycle training, its printed values, and whether it beats a constant rate.
func oneCycle(_ page: Page) throws {
  page.question("Why should the learning rate go up before it goes down?")
  page.say(
    """
    One-cycle training starts at a small rate, rises to a maximum over the first 30 % of the steps and \
    falls to almost nothing over the rest. Each half goes from a value a to a value b along half a cosine, p being the share of the half that is done. Momentum does the opposite: where steps are large, less of the past is \
    kept. This is the figure that the notes file under Adam, "when the learning rate is small, momentum is large".
    """)
  page.formula(
    #"\eta(p) = b + (a - b)\, \frac{1 + \cos \pi p}{2}, \qquad a \to b:\ \tfrac{\eta_{max}}{25} \to \eta_{max} \to \tfrac{\eta_{max}}{25 \cdot 10^4}"#,
    plain: "η(p) = b + (a − b)·(1 + cos πp)/2    from max/25 to max, to max/250,000")
  let cycle = page.run {
    let cycle = OneCycle(maximum: 1e-2, steps: 782)
    for step in [0, 117, 234, 508, 781] {
      page.print(
        "batch \(step): rate \(cycle.learningRate(at: step)), momentum \(text(cycle.momentum(at: step), 6))"
      )
    }
    return cycle
  }
  let source =
    "fastai v1's schedule for 782 batches at 1e-2, computed apart in double precision; the course's notebook plots it"
  for (step, rate, momentum, digits) in [
    (0, 4.0e-4, 0.95, 1e-9), (117, 5.2e-3, 0.90, 1e-9), (234, 1e-2, 0.85, 1e-9),
    (508, 5.00002e-3, 0.90000, 3e-5), (781, 1.22e-7, 0.949999, 6e-10),
  ] {
    page.check(
      "one-cycle/rate\(step)", "rate at batch \(step)", cycle.learningRate(at: step), equals: rate,
      within: step == 508 ? 2e-8 : digits,
      because: step == 508 || step == 781
        ? "half a unit of the last given digit" : "exact by the formula",
      source: source)
    page.check(
      "one-cycle/momentum\(step)", "momentum at batch \(step)", cycle.momentum(at: step),
      equals: momentum, within: step < 300 ? 1e-9 : 6e-7,
      because: step < 300 ? "exact at these points" : "the figure is printed to six decimals",
      source: source)
  }
  let steps = 0..<782
  page.plot(
    PlotGrid(
      "one-cycle", "One cycle over 782 batches: rate and momentum",
      alt:
        "Left: the rate climbs from 0.0004 to 0.01 at batch 234 and falls to 0 along half a cosine; dashed, the straight warm-up of the time of the talk. Right: momentum mirrored, from 0.95 to 0.85 and back.",
      plots: [
        Plot(
          "rate", "Learning rate", alt: "", x: Axis("batch"), y: Axis("rate"),
          layers: [
            .line("cosine", values: steps.map { cycle.learningRate(at: $0) }),
            .line(
              "straight warm-up (talk)", x: [0, 234], y: [4e-4, 1e-2], style: .dashed),
          ]),
        Plot(
          "momentum", "Momentum", alt: "", x: Axis("batch"), y: Axis("β₁"),
          layers: [.line("cosine", values: steps.map { cycle.momentum(at: $0) })]),
      ],
      caption: "One-cycle, not Adam (F3)."))
  let data = try DigitsData(page)
  let rates = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
  func best(_ seed: UInt64, cycled isCycled: Bool) -> Double {
    rates.map { rate in
      Trial(
        data: data, epochs: 5, optimizer: { Adam($0, learningRate: rate, beta2: 0.99) },
        oneCycle: isCycled ? rate : nil
      ).result(seed).loss
    }.min() ?? .nan
  }
  page.claim(
    "onecycle-link", says: "One-cycle training beats a constant rate.",
    measure:
      "validation loss with a constant rate − with one cycle, each at the best of five rates",
    threshold: 0, thresholdText: "one cycle has the lower loss",
    setting: "digits 8×8, 64-50-10, Adam .9/.99, 5 epochs, rates 1e-3 to 1e-1"
  ) { best($0, cycled: false) - best($0, cycled: true) }
  let curves = [("one cycle to 0.03", 0.03 as Double?), ("constant 0.03", nil)].map { name, cycle in
    let trial = Trial(
      data: data, epochs: 5, optimizer: { Adam($0, learningRate: 0.03, beta2: 0.99) },
      oneCycle: cycle)
    // β = 0.8: the usual 0.98 looks back 50 batches, half of this run.
    return (name, MovingAverage.smoothed(trial.run(page.seed)?.record.losses ?? [], beta: 0.8))
  }
  page.plot(
    Plot(
      "one-cycle-losses", "One cycle and a constant rate",
      alt:
        "Smoothed loss over five epochs: the constant rate is ahead at first; one cycle ends lower.",
      x: Axis("step"), y: Axis("smoothed loss", scale: .log),
      layers: curves.map { .line($0.0, values: $0.1) }))
  page.seen(
    """
    The large rate in the middle covers ground, the small rate at the end settles. The verdict above says what that is worth on this net.
    """)
}

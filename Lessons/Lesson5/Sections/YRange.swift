import Foundation
import Unrolled

/// A prediction between two ends, and why the upper one lies beyond the best rating.
func yRange(_ page: Page) throws {
  page.question("How does a prediction stay between 0 and 5.5, and why 5.5?")
  page.formula(
    #"\hat r = \mathrm{low} + (\mathrm{high} - \mathrm{low})\,\sigma(z) \qquad \frac{d\hat r}{dz} = (\mathrm{high} - \mathrm{low})\,\sigma(z)\,(1 - \sigma(z))"#,
    plain: "r̂ = low + (high − low)·σ(z)     dr̂/dz = (high − low)·σ(z)·(1 − σ(z))")
  page.say(
    """
    The sigmoid squeezes any number into 0…1, never quite reaching either; the range stretches that to the ratings' \
    scale. The model need not learn that there is nothing beyond five stars. But with an upper end of 5, five stars are out of reach for \
    any finite z. What does 4.99 cost?
    """)
  let slopes = page.run {
    func reach(_ target: Float, _ high: Float) -> (z: Float, slope: Float) {
      let range = SigmoidRange(0...high)
      var (below, above): (Float, Float) = (-20, 20)
      for _ in 0..<60 {
        let middle = (below + above) / 2
        if range(Tensor([middle])).item < target { below = middle } else { above = middle }
      }
      let z = Parameter(Tensor([above]))
      range(z.wrappedValue).sum().backward()
      return (above, z.grad.item)
    }
    let slopes = [5, 5.25, 5.5, 6].map { reach(4.99, $0) }
    for (high, found) in zip([5, 5.25, 5.5, 6], slopes) {
      page.print(
        "high \(high): 4.99 needs z = \(text(found.z, 3)), slope there \(text(found.slope, 3))")
    }
    return slopes
  }
  for (place, high, id) in [(0, 5.0, "5"), (2, 5.5, "5.5")] {
    let z = log(4.99 / (high - 4.99))
    page.check(
      "y-range/z-\(id)", "z for 4.99 with high = \(id)", slopes[place].z, equals: z,
      within: high == 5 ? 1e-4 : 1e-5,
      because:
        "roundings of 5e-7 near 5 over the slope \(high == 5 ? "0.01" : "0.46, with room")",
      source: "by hand: z = ln(r̂ / (high − r̂))")
    page.check(
      "y-range/slope-\(id)", "slope there", slopes[place].slope,
      equals: 4.99 * (high - 4.99) / high, within: 1e-6,
      because: "a few roundings of numbers of size 1", source: "by hand: r̂·(high − r̂)/high")
  }
  let zs = stride(from: -6.0, through: 10, by: 0.1).map { $0 }
  func curve(_ high: Double) -> [(x: Double, y: Double)] {
    zs.map { (x: $0, y: high / (1 + exp(-$0))) }
  }
  page.plot(
    Plot(
      "y-range", "Two ranges, and the way to 4.99",
      alt:
        "Two sigmoid curves: the one up to 5 bends away below the line at 5 and reaches 4.99 at z = 6.2, where it is flat; the one up to 5.5 crosses at z = 2.3, still steep.",
      x: Axis("z"), y: Axis("prediction"),
      layers: [
        .line("0…5.5", curve(5.5)), .line("0…5", curve(5), style: .dashed),
        .horizontal(y: 5, "five stars"), .vertical(x: 2.2807, "4.99 of 5.5"),
        .vertical(x: 6.2126, "4.99 of 5"),
      ]))
  let audit = page.run {
    let checks = gradientCheck(at: [Tensor([-6, -2, 0, 2, 6])]) { SigmoidRange(0...5.5)($0[0]) }
    for check in checks {
      page.print(
        "z = \([-6, -2, 0, 2, 6][check.index]): tape \(text(check.tape, 4)), difference \(text(check.difference, 4))"
      )
    }
    return checks.map(\.error).max() ?? .nan
  }
  page.check(
    "y-range/gradient", "largest gap between tape and central difference", audit, equals: 0,
    within: 1e-4,
    because:
      "the step's own error, r̂‴·h²/6 = 4.6e-5 at z = 0 with h = 0.02, and roundings of 1e-6 over 2h",
    source: "central differences")
  page.correction(
    "F35",
    says: "y_range = [0, 5.5], because there are five-star ratings and the sigmoid never gets to 5",
    standard: """
      True, and the same holds below, which the notes leave out: the lowest ratings are 0.5 (MovieLens sample) and 1 (100k), so a low end of 0 already is \
      half a star or a star wider than the data. With low = 1, one star would be out of reach just as five are with high = 5; with 0…5.5 one star needs \
      z = ln(1/4.5) = \(text(log(1 / 4.5), 2)), where the slope is \(text(1 * 4.5 / 5.5, 2)).
      """)
  try ranges(page)
}

/// Five-star ratings under four upper ends.
private func ranges(_ page: Page) throws {
  page.say(
    """
    **Does it matter?** Generated ratings, four upper ends, and the squared error on held-back ratings of five stars. The \
    generator itself uses a sigmoid, so it is asked twice: once with a truth that can lie above 5 (ratings are cut at five stars), and once with a truth that tops out at 5, where the \
    model with high = 5 has exactly the right form.
    """)
  let highs: [Float] = [5, 5.25, 5.5, 6]
  let truths: [Float] = [5.5, 5]
  let seeds = page.seeds
  let runs = concurrently("ranges", seeds.count * highs.count * truths.count, page) {
    job -> RangeRun in
    let (seed, rest) = (seeds[job / 8], job % 8)
    return RangeRun(seed: seed, truth: truths[rest / 4], high: highs[rest % 4])
  }
  func of(_ truth: Int, _ high: Int) -> [RangeRun] {
    seeds.indices.map { runs[$0 * 8 + truth * 4 + high] }
  }
  page.table(
    "Mean squared error, \(seeds.count) seeds: mean ± standard deviation",
    columns: ["truth up to", "high", "five-star ratings", "all held-back ratings"],
    rows: truths.indices.flatMap { t in
      highs.indices.map { h in
        [
          "\(truths[t])", "\(highs[h])", spread(of(t, h).map(\.five), 3),
          spread(of(t, h).map(\.all), 4),
        ]
      }
    })
  page.plot(
    Plot(
      "y-range-five", "Squared error on five-star ratings by the range's upper end",
      alt: "Two lines that fall from high = 5 to high = 6, steeper at first.",
      x: Axis("high", categories: highs.map { "\($0)" }), y: Axis("MSE on five-star ratings"),
      layers: truths.indices.map { t in
        .line(
          "truth up to \(truths[t])",
          values: highs.indices.map { meanAndDeviation(of(t, $0).map(\.five)).mean })
      }))
  page.claim(
    "trick-y-range-wider", says: "Make the range a little wider than the data's.",
    measure: "MSE on held-back five-star ratings with high = 5 − with high = 5.5", threshold: 0,
    thresholdText: "the wider range is closer to five stars",
    setting:
      "generated ratings whose truth tops out at 5, new ones for each seed, 300 users, 200 films, \(RangeRun.setting)"
  ) { seed in
    let place = seeds.firstIndex(of: seed) ?? 0
    return of(1, 0)[place].five - of(1, 2)[place].five
  }
  func five(_ truth: Int, _ high: Int) -> Double {
    meanAndDeviation(of(truth, high).map(\.five)).mean
  }
  page.seen(
    """
    With a wider range predictions come closer to five stars, even where the truth never goes beyond: from \(text(five(1, 0), 2)) to \(text(five(1, 2), 2)) there, and from \
    \(text(five(0, 0), 2)) to \(text(five(0, 2), 2)) where it does. That is hardly \
    because five stars became possible: predictions are nowhere near (the root of the loss is about a star). More likely the steeper curve lets the same \
    weights, held small by decay, reach further. Over all held-back ratings the loss hardly moves.
    """)
}

/// One training with some upper end.
private struct RangeRun: Sendable {
  static let setting = "5 factors, ten epochs of one cycle up to 1e-2, weight decay 0.1"
  var five = Double.nan
  var all = Double.nan

  init(seed: UInt64, truth: Float, high: Float) {
    let data = RatedFilms(seed: seed) { $0.range = 0...truth }
    let trial = RatingsTrial(
      factors: 5, range: 0...high, epochs: 10, rate: 1e-2, weightDecay: 0.1)
    guard let outcome = try? trial.run(train: data.train, valid: data.valid, seed: seed) else {
      return
    }
    let best = data.valid.sample(data.valid.values.indices.filter { data.valid.values[$0] == 5 })
    five = outcome.model.meanSquaredError(on: best)
    all = outcome.valid
  }
}

import Foundation
import Unrolled

/// Raw and smoothed losses of one training.
func losses(_ page: Page) throws {
  page.question("Why does a plotted loss look so smooth when batches are so noisy?")
  let data = try DigitsData(page)
  page.say(
    """
    Each batch is a small sample, so its loss jumps: some batches are simply harder. fastai therefore \
    plots and prints an exponentially weighted moving average. Each value keeps 0.98 of what was and \
    takes 0.02 of what is new, and is divided by 1 − 0.98ⁿ, because the first values would otherwise be \
    pulled towards 0.
    """)
  page.formula(
    #"a_n = 0.98\, a_{n-1} + 0.02\, L_n \qquad \hat a_n = \frac{a_n}{1 - 0.98^n}"#,
    plain: "a_n = 0.98·a_{n−1} + 0.02·L_n      shown: a_n / (1 − 0.98ⁿ)")
  page.correction(
    "F40", says: "fastai plots the EWMA of the losses",
    standard: """
      With β = 0.98 and the correction for the start, over the whole call of `fit`, not an epoch at a \
      time. The train loss that fastai *prints* is the same average: it lags behind the weights it is \
      printed with.
      """)
  page.say(
    "`Trial`, below and in the claims, trains the small net 64-50-10 on the digits from one seed.")
  let record = page.run {
    let trial = Trial(
      data: data, epochs: 20, batchSize: 32, optimizer: { SGD($0, learningRate: 0.1) })
    return trial.run(page.seed)?.record ?? Learner.Record()
  }
  page.plot(
    Plot(
      "losses-raw", "The loss of each batch",
      alt: "A ragged line that falls from 2.3 to about 0.1, steeply at first.",
      x: Axis("batch"), y: Axis("loss"), layers: [.line("each batch", values: record.losses)]))
  page.plot(
    Plot(
      "losses", "One training, \(record.losses.count) batches",
      alt:
        "Batch losses as a pale ragged band with the smoothed loss above it on the steep part and through its middle later.",
      x: Axis("batch"), y: Axis("loss"),
      layers: [
        .line("each batch", values: record.losses, style: .faint),
        .line("smoothed, β = 0.98", values: record.smoothedLosses),
      ]))
  let lag = page.run {
    // A ramp shows the lag: far from its start, an average with β trails by β / (1 − β) steps.
    var average = MovingAverage(beta: 0.98)
    for n in 0..<2000 { average.add(Double(n)) }
    page.show("the ramp stands at", 1999)
    page.show("its average at", average.value)
    return 1999 - average.value
  }
  page.check(
    "ewma/lag", "steps that the average trails a ramp", lag, equals: 49, within: 1e-9,
    because: "double precision; the start's weight 0.98²⁰⁰⁰ is 3e-18",
    source: "the geometric sum: 0.98 / 0.02")
  let (raw, corrected) = page.run {
    var average = MovingAverage(beta: 0.9)
    var raw: [Double] = []
    var corrected: [Double] = []
    for x in [5.0, 1, 1] {
      corrected.append(average.add(x))
      raw.append(average.raw)
    }
    page.print("raw        \(raw.map { text($0, 4) }.joined(separator: "  "))")
    page.print("corrected  \(corrected.map { text($0, 6) }.joined(separator: "  "))")
    return (raw, corrected)
  }
  for (i, (plain, fixed)) in zip([0.5, 0.55, 0.595], [5, 2.894737, 2.195572]).enumerated() {
    page.check(
      "mom-bias/raw\(i + 1)", "average of 5, 1, 1 after \(i + 1)", raw[i], equals: plain,
      within: 1e-9, because: "double precision of exact decimals", source: "course sheet mom_bias")
    page.check(
      "mom-bias/corrected\(i + 1)", "the same, corrected", corrected[i], equals: fixed,
      within: 6e-7, because: "the sheet's figures are rounded to six decimals",
      source: "course sheet mom_bias")
  }
  page.seen(
    """
    The smooth line is the same data, some 30 to 60 batches late on the steep part; on a steady ramp it is 49. The \
    correction matters at the start: of 5, 1, 1 the raw average begins at 0.5, which none of the values is \
    near.
    """)
}

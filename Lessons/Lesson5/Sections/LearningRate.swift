import Foundation
import Unrolled

/// The learning-rate finder, its suggestion, and the notes' advice to try ten times less and more.
func learningRate(_ page: Page) throws {
  page.question("Which learning rate?")
  let data = try DigitsData(page)
  page.say(
    """
    The finder trains for a hundred batches while the rate grows from 1e-7 to 10 in equal ratios, and \
    plots the smoothed loss. It stops when the loss passes four times its best, and puts the weights back. \
    The mark stands where the loss falls fastest for a given *ratio* of rates, leaving out the first \
    tenth. It is a suggestion: too far left wastes steps, and the lowest point is already too far right, \
    because there the loss is about to rise.
    """)
  let (finder, before, after) = page.run {
    let learner = Trial(data: data, optimizer: { Adam($0, learningRate: 0) }).learner(page.seed)
    let before = learner.validate().loss
    let finder = LearningRateFinder.run(learner)
    page.show("batches", finder.rates.count)
    page.show("suggestion", finder.suggestion ?? .nan)
    page.show("lowest loss at", finder.lowest.map { finder.rates[$0] } ?? .nan)
    return (finder, before, learner.validate().loss)
  }
  page.check(
    "finder/restored", "validation loss after the finder", after, equals: before, within: 0,
    because: "the same weights give the same bits", source: "the loss before it ran")
  page.check(
    "finder/ratio", "ratio of two rates next to each other", finder.rates[1] / finder.rates[0],
    equals: pow(10, 8.0 / 99), within: 1e-9, because: "double precision",
    source: "by hand: 1e-7 to 10 in 99 equal ratios")
  let suggestion = finder.suggestion ?? 1e-2
  page.plot(
    Plot(
      "finder", "The learning-rate finder",
      alt:
        "Smoothed loss against the learning rate on a logarithmic axis: flat, then a steep fall with a mark on it, a minimum, and a sharp rise.",
      x: Axis("learning rate", scale: .log), y: Axis("smoothed loss", range: 1.5...3.5),
      layers: [.line("loss", x: finder.rates, y: finder.losses)]
        + (finder.steepest.map {
          [
            PlotLayer.point(
              x: finder.rates[$0], y: finder.losses[$0], "steepest: \(twoDigits(suggestion))")
          ]
        } ?? [])
        + (finder.lowest.map {
          [PlotLayer.point(x: finder.rates[$0], y: finder.losses[$0], "lowest")]
        } ?? [])))
  page.say(
    "The notes add: when in doubt, try ten times less and ten times more. Here are the three:")
  let factors = [0.1, 1, 10]
  let learners = factors.map { factor in
    Trial(data: data, optimizer: { Adam($0, learningRate: suggestion * factor) }).run(page.seed)
  }
  page.table(
    "Three epochs at three rates", columns: ["rate", "validation loss", "accuracy"],
    rows: zip(factors, learners).map { factor, learner in
      let result = learner?.validate()
      return [
        twoDigits(suggestion * factor), result.map { text($0.loss, 3) } ?? "not finite",
        result.map { text($0.accuracy, 3) } ?? "–",
      ]
    })
  page.plot(
    Plot(
      "finder-three", "A tenth of the suggestion, the suggestion, ten times",
      alt: "Smoothed losses of three trainings at three rates.",
      x: Axis("step"), y: Axis("smoothed loss", scale: .log),
      layers: zip(factors, learners).map { factor, learner in
        .line("× \(twoDigits(factor))", values: learner?.record.smoothedLosses ?? [])
      }))
  page.claim(
    "lrfind-try-10x",
    says: "Trying ten times less and more finds a better rate than the finder's mark alone.",
    measure: "validation loss at the mark − at the better of mark/10 and 10·mark",
    threshold: 0, thresholdText: "one of the two is better than the mark",
    setting: "digits 8×8, 64-50-10, Adam, 3 epochs; the mark is found anew for each seed"
  ) { seed in
    let learner = Trial(data: data, optimizer: { Adam($0, learningRate: 0) }).learner(seed)
    let mark = LearningRateFinder.run(learner).suggestion ?? 1e-2
    let losses = factors.map { factor in
      Trial(data: data, optimizer: { Adam($0, learningRate: mark * factor) }).result(seed).loss
    }
    return losses[1] - min(losses[0], losses[2])
  }
  page.seen(
    """
    The mark is read off a smoothed curve, which lags, and off a hundred batches; another seed moves it. For one seed the mark wins on train loss and accuracy, and a tenth of it on validation loss. Whether the neighbours at a tenth and at ten times are better is measured above. The three short trainings cost less than a \
    second, so there is no reason to guess.
    """)
}

/// Two digits, as 0.0012 or 1.2e-05.
func twoDigits(_ x: Double) -> String { String(format: "%.2g", x) }

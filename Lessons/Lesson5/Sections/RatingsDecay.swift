import Unrolled

/// Weight decay for factors: 40 of them learn few ratings by heart, unless they are held small.
func ratingsDecay(_ page: Page) {
  page.question("Forty factors for a film with ten ratings: what keeps them honest?")
  page.say(
    """
    Each user and each film of the course's model has 41 numbers, and many films have fewer ratings than that. The course trains MovieLens 100k with \
    weight decay 0.1, ten times the library's default. Here is the sweep on generated ratings, one cycle of ten epochs.
    """)
  let decays = [0, 0.01, 0.1, 0.3]
  let seeds = page.seeds
  let runs = concurrently("weight decay", seeds.count * decays.count, page) { job -> DecayRun in
    DecayRun(seed: seeds[job / decays.count], decay: decays[job % decays.count])
  }
  func of(_ decay: Int) -> [DecayRun] { seeds.indices.map { runs[$0 * decays.count + decay] } }
  page.table(
    "Mean squared error, \(seeds.count) seeds: mean ± standard deviation",
    columns: ["weight decay", "training", "validation", "length of a film's factors"],
    rows: decays.indices.map {
      [
        "\(decays[$0])", spread(of($0).map(\.train), 3), spread(of($0).map(\.valid), 3),
        spread(of($0).map(\.length), 2),
      ]
    })
  page.plot(
    Plot(
      "ratings-decay", "Forty factors, by weight decay",
      alt:
        "Training loss rises with the decay, and validation loss falls: the two lines come closer.",
      x: Axis("weight decay", categories: decays.map { "\($0)" }), y: Axis("MSE"),
      layers: [
        .line(
          "training", values: decays.indices.map { meanAndDeviation(of($0).map(\.train)).mean }),
        .line(
          "validation", values: decays.indices.map { meanAndDeviation(of($0).map(\.valid)).mean },
          style: .dashed),
      ]))
  page.claim(
    "improve-weight-decay", says: "Weight decay improves the model.",
    measure: "validation MSE with weight decay 0 − with 0.1", threshold: 0,
    thresholdText: "the decayed model has the lower loss",
    setting: "generated ratings, new ones for each seed, 300 users, 200 films, \(DecayRun.setting)"
  ) { seed in
    let place = seeds.firstIndex(of: seed) ?? 0
    return of(0)[place].valid - of(2)[place].valid
  }
  let means = decays.indices.map { i in meanAndDeviation(of(i).map(\.valid)).mean }
  page.seen(
    """
    Without decay forty factors learn the noise of the training ratings: their loss there is far below what the planted truth itself has. Decay keeps \
    them shorter and gives back \(text(means[0] - means[2], 3)) of the validation loss at 0.1 and \(text(means[0] - means[3], 3)) at 0.3. Fewer factors do more \
    (section `factor-count`): decay is the remedy where one does not want to look for their number.
    """)
}

/// One training with some weight decay.
private struct DecayRun: Sendable {
  static let setting = "40 factors, range 0…5.5, ten epochs of one cycle up to 5e-3"
  var train = Double.nan
  var valid = Double.nan
  var length = Double.nan

  init(seed: UInt64, decay: Double) {
    let data = RatedFilms(seed: seed)
    let trial = RatingsTrial(factors: 40, epochs: 10, weightDecay: decay)
    guard let outcome = try? trial.run(train: data.train, valid: data.valid, seed: seed) else {
      return
    }
    train = outcome.model.meanSquaredError(on: data.train)
    valid = outcome.valid
    let squares = outcome.model.knownItemFactors.square().sum(axes: [1]).values
    length = meanAndDeviation(squares.map { Double($0.squareRoot()) }).mean
  }
}

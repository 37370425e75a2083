import Unrolled

/// How many factors: the width of the embedding, and why the course took 40.
func factorCount(_ page: Page) {
  page.question("How many factors should there be?")
  page.say(
    """
    `n_factors` is the width of both embedding matrices: so many numbers for each user and each film. For MovieLens 100k \
    the course prints tables of 944 and 1,654 rows, 943 users and 1,653 titles and one row each for the unknown.
    """)
  let model = page.run {
    var generator = SeededGenerator(seed: page.seed)
    let model = DotProductBias(
      users: 944, items: 1654, factors: 40, range: 0...5.5, using: &generator)
    for (name, parameter) in model.namedParameters { page.show(name, shape: parameter.value.shape) }
    page.show("parameters", model.parameterCount)
    return model
  }
  page.check(
    "mf/parameters", "parameters of the course's model", Double(model.parameterCount),
    equals: 106_518, within: 0, because: "a count",
    source: "PyTorch's count, Tests/References/movielens_100k.py; by hand (944 + 1654)·(40 + 1)")
  page.say(
    """
    Why 40? The course tried a few, 10, 20, 40 and 80, and took the best. So do we, on ratings with three planted \
    genres, where the answer ought to be small.
    """)
  let counts = [1, 2, 3, 5, 10, 20, 40, 80]
  let seeds = page.seeds
  let runs = concurrently("factors", seeds.count * counts.count, page) { job -> FactorRun in
    FactorRun(seed: seeds[job / counts.count], factors: counts[job % counts.count])
  }
  func of(_ count: Int) -> [FactorRun] {
    seeds.indices.map { runs[$0 * counts.count + count] }
  }
  page.table(
    "Mean squared error, \(seeds.count) seeds: mean ± standard deviation",
    columns: ["factors", "training", "validation"],
    rows: counts.indices.map {
      ["\(counts[$0])", spread(of($0).map(\.train), 4), spread(of($0).map(\.valid), 4)]
    })
  page.plot(
    Plot(
      "mf-factors", "Validation loss by the number of factors",
      alt:
        "One line a seed: each falls to a shallow minimum at a few factors and changes little after that.",
      x: Axis("factors", categories: counts.map(String.init)), y: Axis("validation MSE"),
      layers: seeds.indices.map { s in
        .line("seed \(seeds[s])", values: counts.indices.map { runs[s * counts.count + $0].valid })
      }))
  page.say(
    """
    The number that is best on the ratings that judge it would look better than it is. So for each seed one half of the \
    validation ratings picks, and the other half compares the pick with 40.
    """)
  page.claim(
    "mf-why-40", says: "Nobody knows the right number of factors beforehand: try a few.",
    measure:
      "MSE on half of the validation ratings of 40 factors − of the number that was best on the other half",
    threshold: 0, thresholdText: "the number that was picked by trying beats 40",
    setting:
      "generated ratings, new ones for each seed, 300 users, 200 films, three planted genres, \(FactorRun.setting)"
  ) { seed in
    let place = seeds.firstIndex(of: seed) ?? 0
    let own = counts.indices.map { runs[place * counts.count + $0] }
    let best = own.min { $0.picks < $1.picks } ?? own[0]
    return own[counts.firstIndex(of: 40) ?? 0].judges - best.judges
  }
  let means = counts.indices.map { i in meanAndDeviation(of(i).map(\.valid)).mean }
  let best = counts[means.indices.min { means[$0] < means[$1] } ?? 0]
  page.seen(
    """
    The training loss falls with every factor, the validation loss only until about \(best): three genres need few. The curve is flat around its lowest point, so there is no need to be exact. \
    MovieLens has more kinds of taste and eight times as many ratings, so 40 there is no contradiction.
    """)
}

/// One training with some number of factors.
private struct FactorRun: Sendable {
  static let setting = "range 0…5.5, ten epochs of one cycle up to 1e-2, weight decay 0.1"
  var train = Double.nan
  var valid = Double.nan
  /// On the first and on the second half of the validation ratings.
  var picks = Double.infinity
  var judges = Double.infinity

  init(seed: UInt64, factors: Int) {
    let data = RatedFilms(seed: seed)
    let trial = RatingsTrial(factors: factors, epochs: 10, rate: 1e-2, weightDecay: 0.1)
    guard let outcome = try? trial.run(train: data.train, valid: data.valid, seed: seed) else {
      return
    }
    let half = data.valid.count / 2
    train = outcome.model.meanSquaredError(on: data.train)
    valid = outcome.valid
    picks = outcome.model.meanSquaredError(on: data.valid.sample(0..<half))
    judges = outcome.model.meanSquaredError(on: data.valid.sample(half..<data.valid.count))
  }
}

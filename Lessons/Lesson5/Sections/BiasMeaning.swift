import Unrolled

/// What a bias means: how good a film is when it is set aside who rated it.
func biasMeaning(_ page: Page) throws {
  page.question("Is a film's bias just its mean rating?")
  page.say(
    """
    Some films are liked by all, some users like everything. The generated ratings have such numbers planted: a bias for each \
    film and each user. Are they found?
    """)
  let data = RatedFilms(page, BiasMeaningRun.world)
  let model = try page.run {
    let trial = BiasMeaningRun.trial
    let model = try trial.run(train: data.train, valid: data.valid, seed: page.seed).model
    page.show(
      "films: learned with planted bias, correlation",
      correlation(model.knownItemBias, data.films(\.bias)))
    page.show(
      "users: learned with planted bias, correlation",
      correlation(model.knownUserBias, data.users(\.bias)))
    return model
  }
  page.plot(
    PlotGrid(
      "bias-found", "Planted and learned biases",
      alt:
        "Two scatter plots, films and users: the dots lie along a rising line, flatter than the diagonal.",
      plots: [
        Plot(
          "films", "films: r = \(text(correlation(model.knownItemBias, data.films(\.bias)), 2))",
          alt: "",
          x: Axis("planted"), y: Axis("learned"),
          layers: [.scatter("", x: data.films(\.bias), y: model.knownItemBias)]),
        Plot(
          "users", "users: r = \(text(correlation(model.knownUserBias, data.users(\.bias)), 2))",
          alt: "",
          x: Axis("planted"), y: Axis("learned"),
          layers: [.scatter("", x: data.users(\.bias), y: model.knownUserBias)]),
      ]))
  let means = data.meanRatings
  let moved = Array(TasteAndBias(model, over: data.train).itemBias.dropFirst())
  let orders = [moved, model.knownItemBias, means, data.films(\.bias)].map { list in
    list.indices.sorted { list[$0] > list[$1] }
  }
  /// 1 for the best film by the bias with the factors' share, the bias, the mean rating, the truth.
  let places = orders.map { order in
    order.enumerated().reduce(into: [Int](repeating: 0, count: order.count)) {
      $0[$1.element] = $1.offset + 1
    }
  }
  page.table(
    "The five films with the highest and the five with the lowest bias",
    columns: ["film", "bias", "mean rating", "place by mean rating", "planted place"],
    rows: (orders[1].prefix(5) + orders[1].suffix(5)).map { film in
      [
        data.planted.films[film + 1].title, text(model.knownItemBias[film], 2),
        text(means[film], 2), "\(places[2][film])", "\(places[3][film])",
      ]
    })
  let seeds = page.seeds
  let found = concurrently("biases", seeds: seeds, page) { BiasMeaningRun.correlations($0) }
  page.claim(
    "bias-meaning",
    says: "A film's bias says how good it is overall; better than its mean rating does.",
    measure: "correlation with the planted bias: of the learned bias − of the mean rating",
    threshold: 0, thresholdText: "the learned bias is closer to the truth",
    setting: "generated ratings, new ones for each seed, \(BiasMeaningRun.setting)"
  ) { seed in
    let own = found[seeds.firstIndex(of: seed) ?? 0]
    return own.bias - own.mean
  }
  page.say(
    """
    Why is that not clearer? A product of factors that are not centred holds some bias: what all users have in common, ū·f, is the same for everyone, \
    and belongs to the film. `TasteAndBias` moves it there; no prediction changes.
    """)
  page.formula(
    #"b_f \leftarrow b_f + \bar u \cdot f \qquad b_u \leftarrow b_u + (u - \bar u) \cdot \bar f"#,
    plain: "b_f ← b_f + ū·f        b_u ← b_u + (u − ū)·f̄")
  page.table(
    "Correlation with the planted bias, \(seeds.count) seeds: mean ± standard deviation",
    columns: ["films by", "correlation"],
    rows: [
      ["mean rating", spread(found.map(\.mean), 3)],
      ["learned bias", spread(found.map(\.bias), 3)],
      ["learned bias and what the factors hold of it", spread(found.map(\.moved), 3)],
    ])
  disagreement(page, data, places, means)
  let gain = meanAndDeviation(found.map { $0.moved - $0.mean }).mean
  page.seen(
    """
    The biases that the tables hold are a good order of the films, but not clearly a better one than mean ratings. With the factors' share moved to \
    them the correlation is \(text(gain.magnitude, 3)) \(gain > 0 ? "above" : "below") the mean rating's (a look after the claim was measured, so no claim of its own). \
    And their size is not to be read as stars: weight decay pulls them towards 0.
    """)
}

/// The films where bias and mean rating are furthest apart, and who rated the first of them.
private func disagreement(
  _ page: Page, _ data: RatedFilms, _ places: [[Int]], _ means: [Float]
) {
  let raters = zip(data.train.items, data.train.users).reduce(into: [Int: [Int]]()) {
    $0[$1.0 - 1, default: []].append($1.1)
  }
  func apart(_ film: Int) -> Int { abs(places[0][film] - places[2][film]) }
  let films = means.indices.filter { (raters[$0] ?? []).count >= 20 }
    .sorted { (apart($1), $0) < (apart($0), $1) }
  /// What the film's raters bring along: mean planted bias and taste for it, 0 over all users.
  func audience(_ film: Int) -> Double {
    let planted = data.planted
    let parts = (raters[film] ?? []).map { user in
      planted.score(user: user, film: film + 1) - planted.settings.centre
        - planted.films[film + 1].bias
    }
    return meanAndDeviation(parts.map(Double.init)).mean
  }
  page.table(
    "Where they disagree most, of films with 20 ratings or more: places among \(means.count)",
    columns: ["film", "by bias with the factors' share", "by mean rating", "planted", "audience"],
    rows: films.prefix(6).map { film in
      [data.planted.films[film + 1].title] + [0, 2, 3].map { "\(places[$0][film])" }
        + [text(audience(film), 2)]
    })
  let rated = means.indices.filter { raters[$0] != nil }
  let gaps = rated.map { Float(places[0][$0] - places[2][$0]) }
  page.say(
    """
    The last column is what the film's own raters bring along: their planted bias and their taste for it, on average (0 over all users). A mean \
    rating gives the film credit or blame for that; the bias is what is left when users and tastes are taken out. Over all films the gap between the two places \
    correlates with the audience: r = \(text(correlation(gaps, rated.map { Float(audience($0)) }), 2)).
    """)
}

private enum BiasMeaningRun {
  static let setting =
    "300 users, 200 films, 40 ratings a user, users see what they like (choosiness 1.5); 5 factors, range 0…5.5, ten epochs of one cycle up to 1e-2, weight decay 0.1"
  static let trial = RatingsTrial(factors: 5, epochs: 10, rate: 1e-2, weightDecay: 0.1)
  static func world(_ settings: inout PlantedRatings.Settings) { settings.choosiness = 1.5 }

  /// How well films are known by three measures.
  static func correlations(_ seed: UInt64) -> (mean: Double, bias: Double, moved: Double) {
    let data = RatedFilms(seed: seed, world)
    guard let model = try? trial.run(train: data.train, valid: data.valid, seed: seed).model
    else { return (.nan, .nan, .nan) }
    let truth = data.films(\.bias)
    return (
      correlation(data.meanRatings, truth), correlation(model.knownItemBias, truth),
      correlation(Array(TasteAndBias(model, over: data.train).itemBias.dropFirst()), truth)
    )
  }
}

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
  let order = model.knownItemBias.indices.sorted {
    model.knownItemBias[$0] > model.knownItemBias[$1]
  }
  let byMean = means.indices.sorted { means[$0] > means[$1] }
  let truth = data.films(\.bias)
  let byTruth = truth.indices.sorted { truth[$0] > truth[$1] }
  func place(_ film: Int, _ order: [Int]) -> Int { (order.firstIndex(of: film) ?? 0) + 1 }
  func row(_ film: Int) -> [String] {
    [
      data.planted.films[film + 1].title, text(model.knownItemBias[film], 2),
      "\(place(film, order))",
      text(means[film], 2), "\(place(film, byMean))", "\(place(film, byTruth))",
    ]
  }
  let columns = ["film", "bias", "place", "mean rating", "place", "planted place"]
  page.table(
    "The five films with the highest and the five with the lowest bias", columns: columns,
    rows: (order.prefix(5) + order.suffix(5)).map(row))
  let raters = data.train.items.indices.reduce(into: [Int: [Int]]()) {
    $0[data.train.items[$1], default: []].append(data.train.users[$1])
  }
  let apart =
    order.filter { (raters[$0 + 1] ?? []).count >= 20 }
    .max { abs(place($0, order) - place($0, byMean)) < abs(place($1, order) - place($1, byMean)) }
    ?? 0
  page.table(
    "Where they disagree most, of films with 20 ratings or more", columns: columns,
    rows: [row(apart)])
  let who = raters[apart + 1] ?? []
  func mean(_ x: [Float]) -> Float { x.reduce(0, +) / Float(max(x.count, 1)) }
  let film = data.planted.films[apart + 1]
  page.say(
    """
    Why? Look at who rated *\(film.title)*: \(who.count) users, whose planted bias is \
    \(text(mean(who.map { data.planted.users[$0].bias }), 2)) on average (0 over all users), and whose planted taste for it, u·f, is \
    \(text(mean(who.map { data.planted.score(user: $0, film: apart + 1) - data.planted.settings.centre - data.planted.users[$0].bias - film.bias }), 2)) \
    (0 over all). A mean rating gives the film credit, or blame, for its audience. The bias does not: what users and tastes explain is taken out.
    """)
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
  let gain = meanAndDeviation(found.map { $0.moved - $0.mean }).mean
  page.seen(
    """
    The biases that the tables hold are a good order of the films, but not clearly a better one than mean ratings. With the factors' share moved to \
    them the correlation is \(text(gain.magnitude, 3)) \(gain > 0 ? "above" : "below") the mean rating's (a look after the claim was measured, so no claim of its own). \
    And their size is not to be read as stars: weight decay pulls them towards 0.
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

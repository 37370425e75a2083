import Unrolled

/// Forty factors squeezed into a few directions that hold most of what they say.
func filmComponents(_ page: Page) throws {
  page.question("There are no 40 kinds of taste. How many are in 40 factors?")
  page.say(
    """
    The 40 columns of the films' matrix are mixtures of whatever there is, and say much of it twice. **Principal component analysis** \
    turns them into new columns, of which the first holds as much of the variance as one direction can, the second \
    as much of the rest, and so on. Here three genres were planted, so three directions should stand out.
    """)
  let data = RatedFilms(page, GenreRuns.world)
  let (factors, pca) = try page.run {
    let trial = RatingsTrial(factors: 40, weightDecay: 0.1)
    let model = try trial.run(train: data.train, valid: data.valid, seed: page.seed).model
    let factors = model.knownItemFactors
    let pca = PrincipalComponents(factors)
    page.show("factors", factors)
    page.show("shares of the variance", Tensor(Array(pca.shares.prefix(8))))
    page.show("along three components", pca.project(factors).sliced(axis: 1, 0..<3))
    return (factors, pca)
  }
  page.plot(
    Plot(
      "pca-shares", "What each component of 40 factors explains",
      alt: "Bars: two or three tall ones, then a long tail of small ones.",
      x: Axis("component", categories: (0..<12).map(String.init)),
      y: Axis("share of the variance, %"),
      layers: [.bars("", pca.shares.prefix(12).map { Double(100 * $0) })]))
  let places = pca.project(factors).transposed()
  let (first, second) = (places[0].values, places[1].values)
  page.plot(
    Plot(
      "pca-films", "Films along two components, by planted genre",
      alt: "Three clouds, one a genre, in different corners, with mixed films between them.",
      x: Axis("component 0"), y: Axis("component 1"),
      layers: PlantedRatings.genres.indices.map { g in
        .scatter(
          PlantedRatings.genres[g],
          first.indices.filter { data.planted.films[$0 + 1].genre == g }
            .map { (x: Double(first[$0]), y: Double(second[$0])) })
      },
      caption: "The model knows no genre; the marks are the planted truth."))
  let truth = data.genreWeights
  page.table(
    "Correlation of the genres with the best mixture of",
    columns: ["columns"] + PlantedRatings.genres,
    rows: [1, 2, 3, 5, 40].map { count in
      let columns = count == 40 ? factors : places[0..<count].transposed()
      return [count == 40 ? "all 40 factors" : "\(count) components"]
        + GenreRuns.fits(columns, truth).map { text($0, 3) }
    })
  let kept = GenreRuns.share(places[0..<3].transposed(), truth) / GenreRuns.share(factors, truth)
  try page.claim(
    "pca-squish", says: "Three columns can hold most of what forty say.",
    measure: "share of the factors' variance that three principal components hold", threshold: 0.5,
    thresholdText: "more than half",
    setting:
      "films' factors; generated ratings, new ones for each seed, 600 users, 120 films, 60 ratings a user, 40 factors, weight decay 0.1"
  ) { seed in
    let data = RatedFilms(seed: seed, GenreRuns.world)
    let trial = RatingsTrial(factors: 40, weightDecay: 0.1)
    let model = try trial.run(train: data.train, valid: data.valid, seed: seed).model
    return Double(PrincipalComponents(model.knownItemFactors, count: 3).shares.reduce(0, +))
  }
  page.seen(
    """
    Three components hold \(text(100 * Double(pca.shares.prefix(3).reduce(0, +)), 0)) % of the variance of forty factors and keep \(text(100 * kept, 0)) % of what \
    the factors know of the genres. The rest is not all noise: five keep a little more. Chance takes a part as well: forty columns of pure chance would "explain" \
    40/119 of anything.
    """)
}

import Foundation
import Unrolled

/// Factors that nobody named: are the planted genres in them?
func genres(_ page: Page) throws {
  page.question("The factors start as random numbers. What do they become?")
  page.say(
    """
    The model has five numbers for each user and five for each film, drawn at random. Nobody tells it of genres: it sees \
    who rated what, and how. Whatever the numbers come to mean is found by gradient descent, hence **latent** (hidden) \
    features. Because these ratings are generated, it can be looked up whether the three planted genres are among them.
    """)
  let data = RatedFilms(page, GenreRuns.world)
  let (before, after) = try page.run {
    var generator = SeededGenerator(seed: page.seed)
    let model = DotProductBias(
      users: data.train.userNames.count, items: data.train.itemNames.count, factors: 5,
      range: 0...5.5, using: &generator)
    let before = model.knownItemFactors
    _ = try GenreRuns.trial.fit(model, train: data.train, valid: data.valid, seed: page.seed)
    page.show("film factors before", before)
    page.show("film factors after", model.knownItemFactors)
    return (before, model)
  }
  let truth = data.genreWeights
  page.say(
    """
    No single factor is a genre. Turn all users' and all films' factors by the same angle, and every dot product stays: \
    U·Mᵀ = (U·R)·(M·R)ᵀ for any rotation R. So the genres can only be there as *mixtures*. Two fair questions: how well \
    does the best mixture of the five factors fit a genre (least squares, correlation of the fit with the truth), and how \
    well do the best mixtures on both sides agree (canonical correlations)?
    """)
  page.table(
    "Correlation of each single factor with each genre, after training",
    columns: ["genre"] + (0..<5).map { "factor \($0)" },
    rows: PlantedRatings.genres.enumerated().map { g, name in
      [name]
        + (0..<5).map { k in
          text(
            correlation(
              after.knownItemFactors.transposed()[k].values, truth.transposed()[g].values), 2)
        }
    })
  let shuffled = try GenreRuns.shuffled(data, seed: page.seed)
  let tables = [
    ("before", before), ("after", after.knownItemFactors), ("after, ratings shuffled", shuffled),
  ]
  page.table(
    "Films: correlation of the genres with the best mixture of five factors",
    columns: ["training"] + PlantedRatings.genres + ["canonical"],
    rows: tables.map { name, factors in
      [name] + GenreRuns.fits(factors, truth).map { text($0, 3) }
        + [canonicalCorrelations(factors, truth).map { text($0, 3) }.joined(separator: ", ")]
    })
  page.table(
    "Users: the same for tastes", columns: ["training"] + PlantedRatings.genres + ["canonical"],
    rows: [
      ["after"] + GenreRuns.fits(after.knownUserFactors, data.tastes).map { text($0, 3) }
        + [
          canonicalCorrelations(after.knownUserFactors, data.tastes).map { text($0, 3) }
            .joined(separator: ", ")
        ]
    ])
  let plane = PrincipalComponents(truth).shares
  page.say(
    """
    The third canonical correlation is the weakest because there is little to find: the three planted weights of a film nearly add up to a constant, so they \
    lie near a plane, and \(text(100 * (plane[0] + plane[1]), 1)) % of their variance is in two directions.
    """)
  let count = truth.shape[0]
  let chance = 5 / Double(count - 1)
  page.say(
    """
    Before training the fit is not 0: five columns of pure chance explain a share 5/(n − 1) of anything, here \
    \(text(chance, 3)), a correlation of \(text(chance.squareRoot(), 2)). That is the bar to clear. The third row is a \
    control: the same training after the ratings were dealt out anew among the same cells. It learns nothing but chance, so what \
    the second row found was in the ratings.
    """)
  let share = GenreRuns.share(before, truth)
  page.check(
    "latent/before", "share of the genres explained before training, mean of three", share,
    equals: chance, within: 3 * 0.026,
    because:
      "three deviations of one genre's share under chance, Beta(5/2, 57): 0.026",
    source: "the mean of that law, 5/119")
  let grid = [("before", before), ("after", after.knownItemFactors)].flatMap { name, factors in
    PlantedRatings.genres.enumerated().map { g, genre in
      let wanted = truth.transposed()[g].values
      let fit = GenreRuns.leastSquares(factors, wanted)
      return Plot(
        "\(name)-\(genre)", "\(genre), \(name): r = \(text(correlation(fit, wanted), 2))", alt: "",
        x: Axis("planted weight"), y: Axis("best mixture", range: -0.7...0.9),
        layers: [.scatter("", x: wanted, y: fit)])
    }
  }
  page.plot(
    PlotGrid(
      "latent-genres", "Planted genres and their best fit from five learned factors",
      alt:
        "Six scatter plots, one dot a film. Above, before training: flat clouds. Below, after training: the dots lie along the diagonal for all three genres.",
      plots: grid, columns: 3))
  try page.claim(
    "latent-emergent",
    says: "Nobody designs the factors; gradient descent finds tastes and features by itself.",
    measure:
      "share of the planted genre weights that the best mixture of factors explains, after − before training, mean of three genres",
    threshold: 0.5, thresholdText: "half of the variance or more",
    setting: "generated ratings, new ones for each seed, \(GenreRuns.setting)"
  ) { seed in
    let data = RatedFilms(seed: seed, GenreRuns.world)
    let (before, after) = try GenreRuns.factors(data, seed: seed)
    return GenreRuns.share(after, data.genreWeights) - GenreRuns.share(before, data.genreWeights)
  }
  page.seen(
    """
    The genres are in the factors, as mixtures and blurred by the noise of the ratings; no factor carries a name, and another seed mixes them \
    differently. To read meaning out of single factors one has to turn them first, for instance to their principal components.
    """)
}

/// Trainings whose factors are held against the planted genres.
enum GenreRuns {
  static let setting =
    "600 users, 120 films, 60 ratings a user, five factors, range 0…5.5, five epochs of one cycle up to 1e-2, weight decay 0.01"
  static let trial = RatingsTrial(factors: 5, rate: 1e-2)

  static func world(_ settings: inout PlantedRatings.Settings) {
    settings.users = 600
    settings.films = 120
    settings.ratingsPerUser = 60
  }

  /// Film factors before and after a training.
  static func factors(_ data: RatedFilms, seed: UInt64) throws -> (before: Tensor, after: Tensor) {
    var generator = SeededGenerator(seed: seed)
    let model = DotProductBias(
      users: data.train.userNames.count, items: data.train.itemNames.count, factors: 5,
      range: 0...5.5, using: &generator)
    let before = model.knownItemFactors
    _ = try trial.fit(model, train: data.train, valid: data.valid, seed: seed)
    return (before, model.knownItemFactors)
  }

  /// Film factors after a training on the same cells with the ratings dealt out anew.
  static func shuffled(_ data: RatedFilms, seed: UInt64) throws -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let order = Array(0..<data.train.count).shuffled(using: &generator)
    let train = data.train.withValues(order.map { data.train.values[$0] })
    return try trial.run(train: train, valid: data.valid, seed: seed).model.knownItemFactors
  }

  /// The best mixture of the columns: the part of y that lies along an orthonormal basis of theirs.
  static func leastSquares(_ columns: Tensor, _ y: [Float]) -> [Float] {
    let basis = columnBasis(columns)
    return matmul(basis, matmul(basis.transposed(), Tensor(y).reshaped([-1, 1]))).values
  }

  /// For each column of the truth, the correlation with its best mixture.
  static func fits(_ factors: Tensor, _ truth: Tensor) -> [Float] {
    (0..<truth.shape[1]).map {
      canonicalCorrelations(factors, truth.sliced(axis: 1, $0..<($0 + 1)))[0]
    }
  }

  /// The share of the variance that the best mixtures explain, mean of the columns.
  static func share(_ factors: Tensor, _ truth: Tensor) -> Double {
    let squares = fits(factors, truth).map { Double($0) * Double($0) }
    return squares.reduce(0, +) / Double(squares.count)
  }
}

import Unrolled

/// Generated ratings of films whose truth is known, a tenth of them kept for validation.
struct RatedFilms: Sendable {
  let planted: PlantedRatings
  let train: Ratings
  let valid: Ratings

  init(seed: UInt64, _ change: (inout PlantedRatings.Settings) -> Void = { _ in }) {
    var settings = PlantedRatings.Settings()
    change(&settings)
    var generator = SeededGenerator(seed: seed)
    planted = PlantedRatings(settings, using: &generator)
    (train, valid) = planted.ratings.split(valid: 0.1, using: &generator)
  }

  /// From the page's seed; names the data in the page's receipt as well.
  init(_ page: Page, _ change: (inout PlantedRatings.Settings) -> Void = { _ in }) {
    self.init(seed: page.seed, change)
    page.used(
      data: "planted ratings", kind: .generated, records: planted.ratings.count,
      sha256: SHA256.digest(Array(planted.csv.utf8)), licence: "generated")
  }

  /// One number for each film, number 0 left out: what was planted, or a column of what was learned.
  func films(_ value: (PlantedRatings.Film) -> Float) -> [Float] {
    planted.films.dropFirst().map(value)
  }

  func users(_ value: (PlantedRatings.User) -> Float) -> [Float] {
    planted.users.dropFirst().map(value)
  }

  /// What each film has of each genre, less the mean film: `[films, genres]`.
  var genreWeights: Tensor { Tensor(planted.films.dropFirst().map(\.weights)) }
  /// What each user likes of each genre: `[users, genres]`.
  var tastes: Tensor { Tensor(planted.users.dropFirst().map(\.tastes)) }

  /// The mean rating that each film had in training, 0 where it had none.
  var meanRatings: [Float] {
    var (sums, counts) = (
      [Float](repeating: 0, count: planted.films.count),
      [Float](repeating: 0, count: planted.films.count)
    )
    for (film, value) in zip(train.items, train.values) {
      sums[film] += value
      counts[film] += 1
    }
    return zip(sums, counts).dropFirst().map { $0 / max($1, 1) }
  }
}

extension DotProductBias {
  /// Of the known users or items, number 0 left out.
  var knownItemFactors: Tensor { itemFactors.weight.detached()[1..<itemFactors.weight.shape[0]] }
  var knownUserFactors: Tensor { userFactors.weight.detached()[1..<userFactors.weight.shape[0]] }
  var knownItemBias: [Float] { Array(itemBias.weight.values.dropFirst()) }
  var knownUserBias: [Float] { Array(userBias.weight.values.dropFirst()) }
}
